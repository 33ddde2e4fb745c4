// When the passphrase is asked: before every guarded prompt, and again after some quiet minutes. Staff can reset a
// forgotten one (docs/decisions/0130-the-own-word-set-back.md).

import { QUIET_MINUTES } from '../organiser/gathering.ts';
import type { Stage, Turn } from '../engine/turn.ts';

/** Wrong tries after which it is locked for a day. */
export const TRIES = 5;
const DAY = 24 * 60 * 60_000;

/** The passphrase is valid for some minutes after the last message; wrong tries count for a day. */
export function forgetOwnWord(turn: Turn): void {
  const { unlockedAt, wrongWords, wordLockedAt, lastAt, ...rest } = turn.session;
  const now = Date.parse(turn.event.at);
  // Below five they count from the last message; from the fifth on, later messages do not make the lock longer.
  const since = wrongWords < TRIES ? lastAt : (wordLockedAt ?? lastAt);
  if (wrongWords > 0 && now - Date.parse(since) >= DAY) turn.session = { ...rest, lastAt, unlockedAt, wrongWords: 0 };
  if (unlockedAt === null) return;
  const { session, facts, world } = turn;
  const open = session.gathers !== undefined && facts.channel.seenBy === 'network';
  if (now > unlockedUntil(unlockedAt, open ? QUIET_MINUTES : world.intake.ownWordMinutes)) {
    turn.change({ unlockedAt: null });
  }
}

/** `unlockedAt`: as in a session. The time, in milliseconds, after which the passphrase is asked again. */
export function unlockedUntil(unlockedAt: string, minutes: number): number {
  return Date.parse(unlockedAt) + minutes * 60_000;
}

/** Counts a wrong try; the fifth locks it for a day. */
export function countWrongWord(turn: Turn): 'wrong' | 'closed' {
  const wrongWords = turn.session.wrongWords + 1;
  turn.change(wrongWords === TRIES ? { wrongWords, wordLockedAt: turn.event.at } : { wrongWords });
  return wrongWords < TRIES ? 'wrong' : 'closed';
}

/** ISO; when it can be tried again. */
export function openAgainAt({ session, event }: Turn): string {
  return new Date(Date.parse(session.wordLockedAt ?? event.at) + DAY).toISOString();
}

/** Asks for the passphrase if the open prompt needs it. Returns true if it is asked. */
export function lockWhereGuarded(turn: Turn): boolean {
  const { ownWord, unlockedAt } = turn.session;
  if (ownWord === null || unlockedAt !== null || !turn.here.guarded) return false;
  turn.aside({ prompt: 'locked' });
  return true;
}

export const passphrase: Stage = (turn) => (lockWhereGuarded(turn) ? 'done' : 'next');

// — reset by staff —

export function handlePassphraseReset(turn: Turn): void {
  const { wordOnce: _, wordLockedAt: __, ...rest } = turn.session;
  if (rest.ownWord === null) return;
  turn.session = { ...rest, ownWord: null, unlockedAt: null, wrongWords: 0, wordReset: { at: turn.event.at } };
  const { writeBack, personMayWrite, paused } = rest;
  if (turn.facts.elsewhere === true || paused || !(writeBack || personMayWrite === true)) return;
  sayWordReset(turn);
  turn.again('short');
}

const SPEAKS: readonly Turn['event']['kind'][] = ['message', 'voice', 'opened', 'file-read', 'unusable'];

/** Said before anything else: the person who holds the phone learns that somebody asked for it. */
export function tellWordReset(turn: Turn): void {
  if (SPEAKS.includes(turn.event.kind)) sayWordReset(turn);
}

function sayWordReset(turn: Turn): void {
  const { wordReset } = turn.session;
  if (wordReset === undefined || wordReset.told === true) return;
  turn.say('own-word.reset', { org: turn.world.operator.name, date: { at: wordReset.at, show: 'date' } });
  turn.change({ wordReset: { ...wordReset, told: true } });
}

/** Offers a new passphrase once, after the reset was told and the message handled, never on top of another interruption. */
export function offerNewWord(turn: Turn): void {
  const { wordReset, ...rest } = turn.session;
  if (wordReset?.told !== true || turn.toAsk === null) return;
  if (turn.effects.some(({ kind }) => kind === 'erase' || kind === 'enter' || kind === 'take-case')) return;
  if (turn.replies.some(({ replaces }) => replaces?.startsWith('alarm-') === true)) return;
  const { at, ownWord } = rest;
  if (ownWord === null && at.prompt !== 'locked' && turn.here.kind === 'interrupt') return;
  // A message that was typed there, and is perhaps testimony, comes first.
  if (at.prompt === 'locked' && rest.doubt?.kind === 'stray') return turn.aside({ prompt: 'doubt' });
  turn.session = rest;
  if (ownWord !== null || at.prompt === 'own-word') return;
  // If the old passphrase was being asked for, the new one replaces it and leads on to the guarded prompt.
  if (at.prompt === 'locked') turn.change({ at: { prompt: 'own-word' } });
  else turn.aside({ prompt: 'own-word' });
  turn.again('full');
}
