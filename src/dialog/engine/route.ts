// The order of the main steps, and which of them are skipped because they have nothing to ask.

import { acceptedLanguages, deadlineOf } from '../../calls/call.ts';
import { askedFirst } from '../organiser/gathering.ts';
import { asksCountry } from '../../calls/country.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { takesAnythingElse, topicsFor } from './questions.ts';
import type { TextRef } from './reply.ts';
import type { Position, Session } from './session.ts';
import { talkIn } from './talk-in-text.ts';
import type { Turn } from './turn.ts';

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
  { prompt: 'keep', on: ({ session }) => !session.kept },
  { prompt: 'for-whom', on: ({ session }) => session.role === null },
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

/** True as long as the conversation is at this step, or before it. */
export function isYetToCome(step: PromptId, { at, under }: Pick<Session, 'at' | 'under'>): boolean {
  const here = ROUTE.findIndex(({ prompt }) => prompt === (under[0] ?? at).prompt);
  return here !== -1 && here <= ROUTE.findIndex(({ prompt }) => prompt === step);
}

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
