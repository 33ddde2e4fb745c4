// Where several people's texts are in one chat, what says that something was saved or changed says also in whose text.

import { nameOf } from '../organiser/gathering.ts';
import type { Reply } from '../engine/reply.ts';
import type { Turn } from '../engine/turn-in-progress.ts';

/** "Saved." of an answer has texts of its own (prompt.ts). */
const SAYS_THAT_IT_IS_DONE: ReadonlySet<string> = new Set([
  'edit.done',
  'edit.replaced',
  'edit.approved',
  'deletion.done',
  'deletion.approved',
  'amended.edit-left',
  'amended.deletion-left',
  'doubt.added',
  'doubt.left-out',
  'held.used',
  'held.erased',
  'held.left-out',
  'review.removed',
  'over-limit.left-out',
  'over-limit.replaced',
  'undo.done',
  'cut.not-done',
  'links.none',
  'links.shortened',
  'staff.answer-noted',
  'voice.taken-first-machine',
  'voice.taken-machine',
  'voice.taken-first-person',
  'voice.taken-person',
  'voice.held-here',
  'voice.waits',
  'voice.dropped',
  'voice.failed-silent',
  'voice.failed-unreadable',
  'voice.failed-service',
  'voice.failed-too-long',
  'voice.failed-expired',
]);

/** The name stands last, never on the first line: that may show on a lock screen. */
export function withWhose(turn: Turn, replies: readonly Reply[]): readonly Reply[] {
  if (turn.session.teller === undefined) return replies;
  return replies.map((reply) => {
    if (!SAYS_THAT_IT_IS_DONE.has(reply.text)) return reply;
    const { text, params } = reply;
    const said = params === undefined ? { key: text } : { key: text, params };
    return { ...reply, text: 'whose.named', params: { said, name: nameOf(turn) } };
  });
}
