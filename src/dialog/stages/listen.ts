// *listen*: what was asked last, to be heard instead of read.

import { isAnsweredAloud } from '../voice/spoken/back.ts';
import type { Turn } from '../engine/turn-in-progress.ts';

/** A file read back is its text, not the question after it. */
const HEARD_WHOLE = { 'read-back-check': { prompt: 'read-back', of: 'here' } } as const;

export function listen(turn: Turn): void {
  if (turn.facts.channel.speaks !== true) {
    turn.say('listen.cannot');
    return turn.again('short');
  }
  const { at, voice } = turn.session;
  turn.change({ voice: { ...voice, aloud: true } });
  if (at.prompt === 'read-back-check') turn.change({ at: HEARD_WHOLE[at.prompt] });
  turn.again('full');
}

/** Who only speaks is told once that they can also listen. */
export function offerListening(turn: Turn): void {
  const { voice, counts } = turn.session;
  if (turn.facts.channel.speaks !== true || voice.offered === true || Object.keys(counts).length > 0) return;
  if (isAnsweredAloud(turn)) return;
  turn.change({ voice: { ...voice, offered: true } });
  turn.say('listen.offer');
}
