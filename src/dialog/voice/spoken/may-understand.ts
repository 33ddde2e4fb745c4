import type { Turn } from '../../engine/turn-in-progress.ts';
import { writerOf } from '../voice-queue.ts';

/**
 * Can what is spoken here be a choice? Only where a machine writes it down at once, and only for who speaks for themselves:
 * where an organiser gathers, two people are in the room. Before anything may be kept it must be the operator's own machine.
 */
export function mayUnderstand(turn: Turn): boolean {
  const { session, world } = turn;
  if (session.gathers !== undefined || session.version === 0 || session.flags.includes('under-age')) return false;
  if (!session.kept && world.operator.voice?.machine !== 'here') return false;
  return writerOf(turn) === 'machine';
}
