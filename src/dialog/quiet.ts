// Stops loops with another bot: a sender who repeats itself and answers nothing is asked three times, and then gets no
// reply until it writes something else. docs/decisions/0148-two-bots.md.

import type { Effect } from './engine/effect.ts';
import { fold } from './understanding/fold.ts';
import type { Reply } from './engine/reply.ts';
import { type Message, samePlace, type Turn } from './engine/turn.ts';
import type { Session } from './engine/session.ts';
import { countWords } from '../words.ts';

/** Unanswered questions, or equal texts in a row, after which the bot is quiet. */
const TRIES = 3;
/** Number of remembered texts: a bot that rotates a few sentences also repeats itself, and so does an echo of our wordings. */
const REMEMBERED = 16;
/** Minutes after which the same words count as new. */
const LATELY = 10;
/** Characters compared: equal beginnings are equal texts. */
const COMPARED = 2_000;

/** A longer text that is repeated word for word is not a cry for help but an echo of our advice. */
const CRY_WORDS = 25;

/** Effects of a turn that only keep the message. */
const KEEPS: readonly Effect['kind'][] = ['part.add', 'hold', 'flag', 'redact'];

/** The replies that are given: all, only the question, or none. The message is kept in any case. */
export function quietened(turn: Turn, before: Session, replies: readonly Reply[]): readonly Reply[] {
  const { event, message } = turn;
  if (message === null) return replies;
  if (isAnswer(turn, before, message)) {
    forgetTries(turn);
    return replies;
  }
  const minutes = (Date.parse(event.at) - Date.parse(before.lastAt)) / 60_000;
  const known = minutes < LATELY ? before.unanswered : undefined;
  const { said, told, tries, again } = known ?? { said: [], told: [], tries: 0, again: 0 };
  const text = turn.world.fingerprint(comparable(message));
  const isOld = said.includes(text);
  const isKept = turn.effects.some(({ kind }) => kind === 'part.add');
  const now = { tries: isKept ? 0 : tries + 1, again: isOld ? again + 1 : 0 };
  const saysNews = replies.some((reply) => !told.includes(reply.text));
  turn.change({
    unanswered: {
      said: [...said.filter((one) => one !== text), text].slice(-REMEMBERED),
      told: [...new Set([...told, ...replies.map((reply) => reply.text)])].slice(-REMEMBERED),
      ...now,
    },
  });
  if (!isOld || saysNews) return replies;
  if (now.again >= TRIES || (now.again >= TRIES - 1 && now.tries > TRIES)) {
    // The open question on the screen must stay tappable.
    turn.change({ version: before.version });
    return [];
  }
  const asks = replies.filter(({ prompt }) => prompt !== undefined);
  return now.tries >= TRIES && asks.length > 0 ? asks : replies;
}

/** True if the message led somewhere, or is a general command. */
function isAnswer(turn: Turn, before: Session, { text, choice, command, typed }: Message): boolean {
  const { session, effects, facts } = turn;
  if (choice !== null || before.version === 0 || turn.answered || facts.unheard === true) return true;
  if (session.flags.includes('under-age')) return true;
  if (command !== null || typed !== null) return true;
  if (turn.cries && countWords(text) <= CRY_WORDS) return true;
  if (effects.some(({ kind }) => !KEEPS.includes(kind))) return true;
  // The question whether something was testimony is not a step of the way.
  const isBeside = [before.at, session.at].some(({ prompt }) => prompt === 'doubt');
  return !isBeside && !samePlace(before.at, session.at);
}

function forgetTries(turn: Turn): void {
  const { unanswered: _, ...rest } = turn.session;
  turn.session = rest;
}

/** Text without letters is compared as it is. */
export function comparable({ text, folded }: Pick<Message, 'text' | 'folded'>): string {
  if (text.length <= COMPARED) return folded || text;
  const beginning = text.slice(0, COMPARED);
  return fold(beginning) || beginning.trim();
}
