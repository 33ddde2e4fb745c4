// When the word of one's own is asked for: before anything it guards, and anew after some quiet minutes.

import { QUIET_MINUTES } from './gathering.ts';
import { GUARDED } from './steps.ts';
import type { Turn } from './turning.ts';

/** The word of one's own holds for some minutes after the last message, then it is asked again. */
export function forgetOwnWord(turn: Turn): void {
  const { unlockedAt } = turn.session;
  if (unlockedAt === null) return;
  const minutes = (Date.parse(turn.event.at) - Date.parse(unlockedAt)) / 60_000;
  const { session, facts, world } = turn;
  const open = session.gathers !== undefined && facts.channel.seenBy === 'network';
  if (minutes > (open ? QUIET_MINUTES : world.intake.ownWordMinutes)) turn.change({ unlockedAt: null });
}

/** True where the word of one's own is needed first, and is now asked for. */
export function lockWhereGuarded(turn: Turn): boolean {
  const { ownWord, unlockedAt, at } = turn.session;
  if (ownWord === null || unlockedAt !== null || !GUARDED.includes(at.prompt)) return false;
  turn.aside({ prompt: 'locked' });
  return true;
}
