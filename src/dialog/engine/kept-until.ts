import type { Turn } from './turn-in-progress.ts';

/** Until when a draft is kept if nothing more is written. */
export function keptUntil(turn: Turn) {
  const until = new Date(Date.parse(turn.event.at) + turn.world.operator.idleDays * 86_400_000);
  return { date: { at: until.toISOString(), show: 'date' as const } };
}
