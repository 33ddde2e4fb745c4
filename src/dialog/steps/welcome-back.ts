// Who comes back is told so; and after a stop of ours that was not clean, what the program last had of them, so that
// nothing that was lost goes unnoticed.

import type { Turn } from '../turning.ts';

/** Characters of the last message that are shown. */
const BEGINNING = 60;

/** "Welcome back. I have your answers up to here." After a pause, after hours, or after our own restart. */
export function welcomeBack(turn: Turn): 'short' | 'long' | null {
  const { session, facts, world, event } = turn;
  if (session.version === 0) return null;
  const hours = (Date.parse(event.at) - Date.parse(session.lastAt)) / 3_600_000;
  const long = session.paused || hours >= world.intake.welcomeBackAfterHours;
  if (!long && session.boot === facts.boot) return null;
  turn.change({ paused: false, boot: facts.boot, wrongWords: hours >= 24 ? 0 : session.wrongWords });
  if (long) turn.change({ unlockedAt: null });
  if (tellInterruption(turn)) return long ? 'long' : 'short';
  const written = Object.values(session.counts).reduce((sum, { parts }) => sum + parts, 0);
  turn.say(written > 0 ? 'welcome-back.answers' : 'welcome-back.plain');
  return long ? 'long' : 'short';
}

/** True where it was said. */
function tellInterruption(turn: Turn): boolean {
  const { interrupted } = turn.facts;
  if (interrupted === undefined || !turn.session.kept) return false;
  const { at, text } = interrupted;
  const when = { date: { at, show: 'date' as const }, time: { at, show: 'time' as const } };
  if (text === null || !mayBeShown(turn)) turn.say('welcome-back.interrupted-when', when);
  else turn.say('welcome-back.interrupted', { ...when, words: beginningOf(text) });
  return true;
}

/** Words come back only where they stand in the same chat anyway, and nothing was done to keep them from others' eyes. */
function mayBeShown({ session, facts }: Turn): boolean {
  const { seenBy } = facts.channel;
  const staysInTheChat = seenBy === 'messenger' || seenBy === 'employer';
  return staysInTheChat && session.ownWord === null && session.disappearing !== true && session.gathers === undefined;
}

function beginningOf(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  if (line.length <= BEGINNING) return line;
  const cut = line.slice(0, BEGINNING + 1).replace(/\s?\S*$/u, '');
  return `${cut === '' ? line.slice(0, BEGINNING) : cut} …`;
}
