// Every kind of response, flattened to topics with prompts.

import { depthOf, EVERYONE, questionTopics, type Topic, type TopicPrompt } from './questionnaire.ts';
import type { CallForInputs } from './schema.ts';

// A subject line from a pattern such as "{submitter} – {kind} – {country} – {session}".

/**
 * Fills each slot, on one line; a piece whose slots are all empty is removed together with the dash (or bar, comma)
 * before it.
 */
export function filledPattern(pattern: string, slots: ReadonlyMap<string, string>): string {
  return pattern
    .split(/(?<!\s)\s+([-–—|,;])\s+/)
    .reduce<string[]>((pieces, piece, index, all) => {
      if (index % 2 === 1) return pieces;
      const whole = piece.replace(/\{([^}]{0,80})\}/g, (_slot, name: string) => oneLine(slots.get(name) ?? '')).trim();
      if (whole === '') return pieces;
      return pieces.length === 0 ? [whole] : [...pieces, ` ${all[index - 1] ?? '–'} `, whole];
    }, [])
    .join('');
}

/** Without line ends (which would begin another header), control and bidi characters. */
export function oneLine(value: string): string {
  return value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
}

type Response = CallForInputs['response'];
type WrittenPrompt = Extract<Response, { kind: 'topics' }>['topics'][number]['prompts'][number];

/** Topics of a response, in its order; without prompts if only others than families and organisations are asked. */
export function topicsIn(response: Response): Topic[] {
  switch (response.kind) {
    case 'topics':
      return response.topics.map(({ id, prompts }) => ({ id, prompts: prompts.map(promptOf) }));
    case 'questionnaire':
      return questionTopics(response.questionnaires);
    case 'comments':
      return response.paragraphs.map((id) => ({ id, prompts: [{ id: 'comment', for: EVERYONE }] }));
    case 'material':
      return response.items.map((item) => ({ id: item.id, prompts: [promptOf(item)] }));
    case 'table':
      return response.rows.map((id) => ({ id, prompts: response.columns.map(promptOf) }));
    case 'open-letter':
      return [];
  }
}

function promptOf({ id, for: roles, asks }: WrittenPrompt): TopicPrompt {
  return asks === undefined ? { id, for: roles } : { id, for: roles, asks };
}

/** Levels of questions that a document can show: 1, 1.a, 1.a.i. */
const DEEPEST = 3;

/** Lists ambiguities: duplicate ids, questions that are too deep, and conditions on a question that does not come before. */
export function confusionsIn(response: Response, topics: readonly Topic[]): string[] {
  const twice = (ids: readonly string[]) => [...new Set(ids.filter((id, index) => ids.indexOf(id) < index))];
  const questions = response.kind === 'questionnaire' ? response.questionnaires.flatMap((one) => one.questions) : [];
  return [
    ...twice(topics.map(({ id }) => id)).map((id) => `topic ids that differ; ${id} is used twice`),
    ...questions
      .filter((question) => depthOf(question) > DEEPEST)
      .map(({ id }) => `questions that are at most ${DEEPEST} deep; those of ${id} are deeper`),
    ...topics.flatMap(({ id: topic, prompts, onlyIf: condition }, at) => {
      const ids = prompts.map(({ id }) => id);
      const before = topics.slice(0, at).map(({ id }) => id);
      return [
        ...(condition === undefined || before.includes(condition.question)
          ? []
          : [`the only-if of ${topic} to name an earlier question; ${condition.question} is none`]),
        ...twice(ids).map((id) => `prompt ids that differ within topic ${topic}; ${id} is used twice`),
        ...prompts.flatMap(({ id, onlyIf }, index) =>
          onlyIf === undefined || [...before, ...ids.slice(0, index)].includes(onlyIf.question)
            ? []
            : [`the only-if of ${id} to name an earlier question of topic ${topic}; ${onlyIf.question} is none`],
        ),
      ];
    }),
  ];
}
