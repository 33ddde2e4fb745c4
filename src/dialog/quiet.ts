// Two programs that answer each other never end by themselves. Who writes the same again and again, and answers nothing with it, is
// asked three times and then waited for, until they write anything else. docs/decisions/0148-two-bots.md.

import { alarmIn } from './understanding/alarm.ts';
import { commandIn, typedIn } from './understanding/commands.ts';
import type { Effect } from './engine/effect.ts';
import type { Event } from './engine/event.ts';
import { fold } from './understanding/fold.ts';
import type { Reply } from './engine/reply.ts';
import { samePlace, type Turn } from './engine/turn.ts';
import type { Session } from './engine/session.ts';
import { countWords } from '../words.ts';

/** Asked so often, or the same so often in a row. */
const TRIES = 3;
/** Texts that are remembered: a program that takes turns between a few sentences says nothing new either. */
const REMEMBERED = 6;
/** Minutes after which the same words are new. */
const LATELY = 10;
/** Of a text that is the same as one before, the beginning is. */
const COMPARED = 2_000;

/** Nobody who is afraid writes more, word for word, again and again; an echo of what we advise does. */
const CRY_WORDS = 25;

/** What a turn does that only keeps what was written. */
const KEEPS: readonly Effect['kind'][] = ['part.add', 'hold', 'flag', 'redact'];

/** What of `replies` is given: all, the question alone, or nothing. Whatever was written is kept all the same. */
export function quietened(turn: Turn, before: Session, replies: readonly Reply[]): readonly Reply[] {
  const { event } = turn;
  if (event.kind !== 'message') return replies;
  if (isAnswer(turn, before, event)) {
    forgetTries(turn);
    return replies;
  }
  const minutes = (Date.parse(event.at) - Date.parse(before.lastAt)) / 60_000;
  const known = minutes < LATELY ? before.unanswered : undefined;
  const { said, told, tries, again } = known ?? { said: [], told: [], tries: 0, again: 0 };
  const text = turn.world.fingerprint(comparable(event.text.slice(0, COMPARED)));
  const isOld = said.includes(text);
  const isKept = turn.effects.some(({ kind }) => kind === 'part.add');
  const now = { tries: isKept ? 0 : tries + 1, again: isOld ? again + 1 : 0 };
  const saysNews = replies.some((reply) => !told.includes(reply.text));
  turn.change({
    unanswered: {
      said: [...said.filter((one) => one !== text), text].slice(-REMEMBERED),
      told: [...new Set([...told, ...replies.map((reply) => reply.text)])].slice(-2 * REMEMBERED),
      ...now,
    },
  });
  if (!isOld || saysNews) return replies;
  if (now.again >= TRIES || (now.again >= TRIES - 1 && now.tries > TRIES)) {
    // What is open on the screen stays what can be tapped.
    turn.change({ version: before.version });
    return [];
  }
  const asks = replies.filter(({ prompt }) => prompt !== undefined);
  return now.tries >= TRIES && asks.length > 0 ? asks : replies;
}

/** It led somewhere, or is one of the words that always work. */
function isAnswer(turn: Turn, before: Session, { text, choice }: Extract<Event, { kind: 'message' }>): boolean {
  const { session, effects, world, facts } = turn;
  if (choice !== undefined || before.version === 0 || turn.answered || facts.unheard === true) return true;
  if (session.flags.includes('under-age')) return true;
  const { lexicon } = world;
  if (commandIn(lexicon, text) !== null || typedIn(lexicon, text) !== null) return true;
  if (countWords(text) <= CRY_WORDS && alarmIn(lexicon, text) !== null) return true;
  if (effects.some(({ kind }) => !KEEPS.includes(kind))) return true;
  // Whether something was testimony is asked about beside the way, not on it.
  const isBeside = [before.at, session.at].some(({ prompt }) => prompt === 'doubt');
  return !isBeside && !samePlace(before.at, session.at);
}

function forgetTries(turn: Turn): void {
  const { unanswered: _, ...rest } = turn.session;
  turn.session = rest;
}

/** Signs without a letter stand for themselves. */
const comparable = (text: string) => fold(text) || text.trim();
