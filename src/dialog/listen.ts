// *listen*: what was asked last, to be heard instead of read.

import type { Reply } from './reply.ts';
import type { Turn } from './turning.ts';

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
  turn.change({ voice: { ...voice, offered: true } });
  turn.say('listen.offer');
}

/** The replies of this turn as they are to be given. A document that is still being built is a part of the answer. */
export function repliesOf(turn: Turn): readonly Reply[] {
  const { aloud, ...voice } = turn.session.voice;
  if (aloud !== true) return turn.replies;
  if (!turn.effects.some(({ kind }) => kind === 'build')) turn.change({ voice });
  return turn.replies.map((reply) => ({ ...reply, aloud: true }));
}
