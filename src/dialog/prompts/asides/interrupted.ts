// After a stop that was not clean: what the program last had, so that nothing that was lost goes unnoticed.

import type { Turn } from '../../engine/turn-in-progress.ts';

/** Characters of the last message that are shown. */
const BEGINNING = 60;

/** True where it was said. */
export function tellInterruption(turn: Turn): boolean {
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
