// The way through the main steps: which one comes after another, and which are passed over because they have nothing to ask.

import { acceptedLanguages, topicsOf } from '../../calls/call.ts';
import { askedFirst } from '../organiser/gathering.ts';
import { choiceMatters } from './release.ts';
import type { Position } from './session.ts';
import type { PromptId } from '../prompts/steps.ts';
import type { Turn } from './turn-in-progress.ts';

const always = () => true;

const WAY: readonly { readonly prompt: PromptId; readonly on: (turn: Turn) => boolean }[] = [
  { prompt: 'keep', on: always },
  { prompt: 'for-whom', on: always },
  { prompt: 'held', on: ({ session }) => session.held.parts > 0 },
  { prompt: 'story', on: always },
  {
    prompt: 'own-word',
    on: ({ world, session }) =>
      world.intake.optional['own-word'] && !session.ownWordOffered && hasWritten(session.counts),
  },
  { prompt: 'topics', on: ({ world }) => topicsOf(world.call).length > 0 },
  { prompt: 'asks-government', on: ({ world }) => world.intake.optional.asks },
  { prompt: 'asks-experts', on: ({ world }) => world.intake.optional.asks },
  { prompt: 'good', on: ({ world }) => world.intake.optional['good-examples'] },
  { prompt: 'else', on: ({ world }) => world.intake.optional['anything-else'] },
  { prompt: 'links', on: ({ world }) => world.intake.optional.links },
  { prompt: 'others', on: always },
  { prompt: 'harmed-form', on: always },
  { prompt: 'author-form', on: always },
  { prompt: 'submission-language', on: languagesDiffer },
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

/** The step after `from`: the first behind it that has something to ask. */
export function onwards(turn: Turn, from: PromptId): Position {
  const first = askedFirst(turn);
  if (first !== null) return first;
  const here = WAY.findIndex(({ prompt }) => prompt === from);
  const next = WAY.slice(here + 1).find(({ on }) => on(turn));
  return { prompt: next?.prompt ?? 'send' };
}

/** The conversation can be held in languages that the body does not read: only then is it worth asking. */
function languagesDiffer({ world, session }: Turn): boolean {
  return !acceptedLanguages(world.call).includes(session.language);
}

export function hasWritten(counts: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(counts).length > 0;
}
