// The order of the main steps, and which of them are skipped because they have nothing to ask.

import { acceptedLanguages, type CallForInputs, deadlineOf } from '../../calls/call.ts';
import { askedFirst } from '../organiser/gathering.ts';
import { asksCountry } from '../../calls/country.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { wordsIn } from './budget.ts';
import { hasAnswer, takesAnythingElse, topicsFor } from './questions.ts';
import type { Param, TextRef } from './reply.ts';
import type { Position, Session } from './session.ts';
import { talkIn } from './talk-in-text.ts';
import type { Turn } from './turn.ts';

// The status of a case in a list, in a few words.

type CaseStatus = 'no-yes' | 'open' | 'agreed' | 'offered' | 'asked' | 'sending' | 'sent' | 'withdrawn' | 'closed';

/** A mail of this case can still be stopped. */
export function isWaiting({ mails }: Session): boolean {
  return mails.some((one) => one.mail !== 'withdrawal' && one.outcome === 'waiting');
}

export function caseStatus(session: Session, at: string): CaseStatus {
  const { teller, mails, kept, joint } = session;
  const last = mails.at(-1);
  // A person in a joint document who withdraws their part withdraws nobody else's.
  const isPart = joint !== undefined && joint.members.length > 0 && last?.erases !== true;
  if (last?.mail === 'withdrawal' && !isPart) return 'withdrawn';
  if (session.asked !== undefined) return 'asked';
  if (isWaiting(session)) return 'sending';
  if (mails.length > 0) return 'sent';
  if (teller?.closed === true) return 'closed';
  if (teller?.offered !== undefined && at < teller.offered) return 'offered';
  if (!kept) return 'no-yes';
  return teller?.readBack === undefined ? 'open' : 'agreed';
}

/** "Amina: 3 of 5 topics, 610 words, not read back yet" */
export function caseLine(session: Session, name: Param, call: CallForInputs, at: string, joined: boolean): TextRef {
  if (session.joint !== undefined) {
    const standing = { key: `gathering.standing.${session.mails.length === 0 ? 'joint' : caseStatus(session, at)}` };
    return { key: 'joint.case-line', params: { count: session.joint.members.length, standing } };
  }
  const topics = topicsFor(call, session);
  const answered = topics.filter((topic) => hasAnswer(session, topic));
  const words = wordsIn(session);
  // A text that changed since it was agreed to is read back before it counts as agreed again.
  const isIn = joined && session.teller?.readBack !== undefined;
  return {
    key: topics.length === 0 ? 'gathering.line-plain' : 'gathering.line',
    params: {
      name,
      answered: answered.length,
      topics: topics.length,
      words,
      standing: standingOf(session, isIn ? 'joined' : caseStatus(session, at)),
    },
  };
}

/** "not read back yet, to come: the names" */
function standingOf(session: Session, status: CaseStatus | 'joined'): Param {
  const said: TextRef = { key: `gathering.standing.${status}` };
  const missing = status === 'open' ? missingIn(session) : [];
  if (missing.length === 0) return said;
  const what = { list: missing.map((one) => ({ key: `gathering.missing.${one}` })), by: 'comma' as const };
  return { list: [said, { key: 'gathering.to-come', params: { what } }], by: 'comma' };
}

/** As far as it shows: the story without a word, and the names as long as an earlier question is open. */
function missingIn({ counts, at, under }: Session): readonly ('story' | 'names')[] {
  const names = ROUTE.findIndex(({ prompt }) => prompt === 'author-form');
  const here = ROUTE.findIndex(({ prompt }) => prompt === (under[0] ?? at).prompt);
  return [
    ...(counts['story'] === undefined ? (['story'] as const) : []),
    ...(here !== -1 && here <= names ? (['names'] as const) : []),
  ];
}

// The release of a text, and what happens at the deadline without one.

/** The number of reviewers who must release a text before it leaves; 0 if the person's SEND is enough. */
export function reviewersNeeded({ world }: Turn): 0 | 1 | 2 {
  switch (world.operator.release) {
    case 'person':
      return 0;
    case 'staff':
      return 1;
    case 'two':
      return 2;
    default:
      return world.operator.release satisfies never;
  }
}

/** The choice has an effect only if staff release and a deadline lies ahead. */
export function choiceMatters(turn: Turn): boolean {
  const deadline = deadlineOf(turn.world.call)?.instant;
  return reviewersNeeded(turn) > 0 && deadline !== undefined && turn.event.at < deadline;
}

/** The outcome without a release, in words, to be said before SEND. */
export function choiceInWords(turn: Turn, confidentialLine: string): TextRef {
  if (!choiceMatters(turn)) return { key: 'unreachable.said.no-deadline' };
  const choice = turn.session.ifUnreachable ?? 'not-send';
  const { publication } = turn.session;
  if (choice === 'confidential' && publication !== 'confidential') {
    return { key: 'unreachable.said.confidential', params: { line: confidentialLine } };
  }
  return { key: choice === 'confidential' ? 'unreachable.said.as-it-is' : `unreachable.said.${choice}` };
}

const always = () => true;

const ROUTE: readonly { readonly prompt: PromptId; readonly on: (turn: Turn) => boolean }[] = [
  { prompt: 'keep', on: always },
  { prompt: 'for-whom', on: always },
  { prompt: 'held', on: ({ session }) => session.held.parts > 0 },
  { prompt: 'story', on: always },
  {
    prompt: 'own-word',
    on: ({ world, session }) =>
      world.intake.optional['own-word'] && !session.ownWordOffered && hasWritten(session.counts),
  },
  { prompt: 'topics', on: ({ world, session }) => topicsFor(world.call, session).length > 0 },
  { prompt: 'asks-government', on: ({ world }) => world.intake.optional.asks },
  { prompt: 'asks-experts', on: ({ world }) => world.intake.optional.asks },
  { prompt: 'good', on: ({ world }) => world.intake.optional['good-examples'] },
  { prompt: 'else', on: ({ world }) => takesAnythingElse(world) },
  { prompt: 'links', on: ({ world }) => world.intake.optional.links && world.call.links !== 'refused' },
  // Before the names: they are looked for in the words that leave.
  { prompt: 'submission-language', on: languagesDiffer },
  { prompt: 'translation', on: (turn) => languagesDiffer(turn) && turn.session.teller === undefined },
  { prompt: 'others', on: always },
  { prompt: 'harmed-form', on: always },
  { prompt: 'author-form', on: always },
  { prompt: 'country', on: ({ world, session }) => asksCountry(world.call) && session.country === null },
  { prompt: 'sieve', on: (turn) => talkIn(turn).length > 0 },
  { prompt: 'read-back', on: always },
  { prompt: 'publication', on: ({ session }) => session.joint === undefined },
  {
    prompt: 'if-unreachable',
    on: (turn) => choiceMatters(turn) && turn.session.ifUnreachable === undefined && turn.session.joint === undefined,
  },
  { prompt: 'reader-name', on: ({ session }) => session.teller !== undefined },
  { prompt: 'ready', on: ({ session }) => session.teller !== undefined && session.together === true },
  { prompt: 'send', on: always },
];

/** The next step after `from` that has something to ask. */
export function nextStep(turn: Turn, from: PromptId): Position {
  const first = askedFirst(turn);
  if (first !== null) return first;
  const here = ROUTE.findIndex(({ prompt }) => prompt === from);
  const next = ROUTE.slice(here + 1).find(({ on }) => on(turn));
  return { prompt: next?.prompt ?? 'send' };
}

/** True if the body does not read the conversation's language: only then the question is needed. */
function languagesDiffer({ world, session }: Turn): boolean {
  return !acceptedLanguages(world.call).includes(session.language);
}

function hasWritten(counts: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(counts).length > 0;
}
