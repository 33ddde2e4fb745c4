// A questionnaire, flattened to topics with prompts: its numbers, its sub-questions and their conditions.

import type { CallForInputs } from './schema.ts';

export type PromptRole = 'family' | 'organisation';

/** "If so, …": asked only after this answer to an earlier question. */
export interface Condition {
  /** An earlier prompt of the same topic, or an earlier topic. */
  readonly question: string;
  readonly answer: 'yes' | 'no';
}

export interface TopicPrompt {
  readonly id: string;
  readonly for: readonly PromptRole[];
  /** The answer is expected to be a URL. */
  readonly asks?: 'link';
  /** The official number of a sub-question: "2.a", "2.a.ii". */
  readonly number?: string;
  readonly onlyIf?: Condition;
  /** The prompt that this one is a sub-question of: if that one does not apply, neither does this one. */
  readonly under?: string;
}

export interface Topic {
  readonly id: string;
  readonly prompts: readonly TopicPrompt[];
  /** The official number of a question. */
  readonly number?: string;
  readonly onlyIf?: Condition;
}

type Questionnaires = Extract<CallForInputs['response'], { kind: 'questionnaire' }>['questionnaires'];
type Question = Questionnaires[number]['questions'][number];

export const EVERYONE: readonly PromptRole[] = ['family', 'organisation'];

/**
 * A question is a topic; its sub-questions, level by level, are the prompts. Without sub-questions, or if one of them
 * depends on its answer, the question itself is the first prompt.
 */
export function questionTopics(questionnaires: Questionnaires): Topic[] {
  return questionnaires.flatMap(({ audience, questions }, index) => {
    const roles = rolesOf(audience);
    // Questionnaires for the same people are counted through.
    const before = questionnaires
      .slice(0, index)
      .filter((other) => rolesOf(other.audience).some((role) => roles.includes(role)))
      .reduce((sum, other) => sum + other.questions.length, 0);
    return questions.map((question, at) => topicOf(question, String(before + at + 1), roles));
  });
}

function topicOf(question: Question, derived: string, roles: readonly PromptRole[]): Topic {
  const number = question.number ?? derived;
  const onlyIf = question['only-if'];
  const subs = below(question, number, 1, question.for ?? roles);
  const asked = question.for ?? roles;
  const own = { id: question.id, for: asked, ...(question.asks && { asks: question.asks }) };
  const isAsked = subs.length === 0 || subs.some((sub) => sub.onlyIf?.question === question.id);
  const prompts = [...(isAsked ? [own] : []), ...subs].filter((prompt) => prompt.for.length > 0);
  return { id: question.id, prompts, number, ...(onlyIf && { onlyIf }) };
}

/** The sub-questions of a question, each followed by its own. */
function below(above: Question, number: string, depth: number, roles: readonly PromptRole[]): TopicPrompt[] {
  return (above.questions ?? []).flatMap((question, at) => {
    const own = question.number ?? `${number}.${depth === 1 ? letter(at) : roman(at + 1)}`;
    const onlyIf = question['only-if'];
    const prompt: TopicPrompt = {
      id: question.id,
      for: question.for ?? roles,
      ...(question.asks && { asks: question.asks }),
      number: own,
      ...(onlyIf && { onlyIf }),
      ...(depth > 1 && { under: above.id }),
    };
    return [prompt, ...below(question, own, depth + 1, prompt.for)];
  });
}

/** 0 is "a", 26 is "aa". */
function letter(at: number): string {
  return 'abcdefghijklmnopqrstuvwxyz'.charAt(at % 26).repeat(Math.floor(at / 26) + 1);
}

function roman(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return 'x'.repeat(tens) + (['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'][ones] ?? '');
}

/** Levels of questions: 1 without sub-questions. */
export function depthOf(question: Question): number {
  return 1 + Math.max(0, ...(question.questions ?? []).map(depthOf));
}

/** "3. Heading"; the heading as it is if it already begins with the number. */
export function numbered(number: string | undefined, heading: string): string {
  if (number === undefined || heading.startsWith(number)) return heading;
  return /[\p{L}\p{N}]$/u.test(number) ? `${number}. ${heading}` : `${number} ${heading}`;
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
