// Every kind of response, flattened to topics with prompts.

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

export type PromptRole = 'family' | 'organisation';

export interface TopicPrompt {
  readonly id: string;
  readonly for: readonly PromptRole[];
  /** The answer is expected to be a URL. */
  readonly asks?: 'link';
  /** "If yes, …": ask only after this answer to an earlier prompt of the same topic. */
  readonly onlyIf?: { readonly question: string; readonly answer: 'yes' | 'no' };
}

export interface Topic {
  readonly id: string;
  readonly prompts: readonly TopicPrompt[];
}

type Response = CallForInputs['response'];
type Questionnaire = Extract<Response, { kind: 'questionnaire' }>['questionnaires'][number];
type Question = Questionnaire['questions'][number];
type WrittenPrompt = Extract<Response, { kind: 'topics' }>['topics'][number]['prompts'][number];

export const EVERYONE: readonly PromptRole[] = ['family', 'organisation'];

/** Topics of a response, in its order; without prompts if only others than families and organisations are asked. */
export function topicsIn(response: Response): Topic[] {
  switch (response.kind) {
    case 'topics':
      return response.topics.map(({ id, prompts }) => ({ id, prompts: prompts.map(promptOf) }));
    case 'questionnaire':
      return response.questionnaires.flatMap(({ audience, questions }) => {
        const roles = rolesOf(audience);
        return questions.map((question) => ({ id: question.id, prompts: promptsBelow(question, roles) }));
      });
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

function promptsBelow(question: Question, roles: readonly PromptRole[]): TopicPrompt[] {
  const walk = (each: Question): Question[] => [each, ...(each.questions ?? []).flatMap(walk)];
  const below = (question.questions ?? []).flatMap(walk);
  return (below.length > 0 ? below : [question]).flatMap((each) => {
    const asked = each.for ?? question.for ?? roles;
    if (asked.length === 0) return [];
    const prompt = { id: each.id, for: asked, ...(each.asks && { asks: each.asks }) };
    return [each['only-if'] === undefined ? prompt : { ...prompt, onlyIf: each['only-if'] }];
  });
}

function rolesOf(audience: CallForInputs['audience']): readonly PromptRole[] {
  if (audience === 'anyone' || audience === 'not-stated') return EVERYONE;
  const family = audience.some((group) => group === 'families' || group === 'survivors');
  const organisation = audience.some((group) => ORGANISATIONS.has(group));
  return [...(family ? ['family' as const] : []), ...(organisation ? ['organisation' as const] : [])];
}

const ORGANISATIONS: ReadonlySet<string> = new Set([
  'civil-society',
  'academics',
  'institutions',
  'international-organisations',
]);

/** Lists ambiguities: duplicate ids, and conditions on a question that does not come before. */
export function confusionsIn(topics: readonly Topic[]): string[] {
  const twice = (ids: readonly string[]) => [...new Set(ids.filter((id, index) => ids.indexOf(id) < index))];
  return [
    ...twice(topics.map(({ id }) => id)).map((id) => `topic ids that differ; ${id} is used twice`),
    ...topics.flatMap(({ id: topic, prompts }) => {
      const ids = prompts.map(({ id }) => id);
      return [
        ...twice(ids).map((id) => `prompt ids that differ within topic ${topic}; ${id} is used twice`),
        ...prompts.flatMap(({ id, onlyIf }, index) =>
          onlyIf === undefined || ids.slice(0, index).includes(onlyIf.question)
            ? []
            : [`the only-if of ${id} to name an earlier question of topic ${topic}; ${onlyIf.question} is none`],
        ),
      ];
    }),
  ];
}
