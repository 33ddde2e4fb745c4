// A person changes her mind about an answer: her new words are kept first, and then it is asked whether the earlier ones go.
// docs/decisions/0184-if-so.md.

import type { Part, Slot } from '../engine/effect.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { asksByMark, wantsOut } from '../understanding/plain-answer.ts';
import { stanceIn, tellsAnew } from '../understanding/stance.ts';
import { isDecisive, standsFor } from './conditions.ts';

export type TakeOut = Extract<NonNullable<Session['doubt']>, { readonly kind: 'take-out' }>;

/** "I was wrong, we did complain" is no mere order to take something out. Returns false for an order. */
export function keepsCorrection(turn: Turn, said: Said, part: Part | TakeOut['part']): boolean {
  if (!tellsAnew(turn.world.lexicon, said.text)) return false;
  const slot = turn.parts().find(({ id }) => id === part.id)?.slot;
  return slot !== undefined && keepAndAsk(turn, slot, said, part);
}

/** An answer that other questions depend on gets another yes or no, or is corrected. Returns false otherwise. */
export function answersAnew(turn: Turn, slot: Slot, said: Said): boolean {
  const { lexicon } = turn.world;
  if (!isDecisive(turn, slot) || asksByMark(said.text)) return false;
  const before = standsFor(turn, [slot]);
  const now = stanceIn(lexicon, said.text);
  const isOther = before !== null && now !== null && now !== before.stance;
  const old = isOther ? before.part : tellsAnew(lexicon, said.text) ? turn.parts(slot).at(-1) : undefined;
  return old !== undefined && keepAndAsk(turn, slot, said, old);
}

function keepAndAsk(turn: Turn, slot: Slot, { id, text }: Said, old: Part | TakeOut['part']): true {
  turn.addPart(slot, id, text);
  turn.change({ doubt: { kind: 'take-out', id: '', text: '', part: { id: old.id, text: old.text } } });
  turn.aside({ prompt: 'doubt' });
  return true;
}

/** Words of an order that may say more are in no text: *undo* asks about them. */
export function leaveOutOrder(turn: Turn, { id, text }: TakeOut): void {
  if (id === '' || !turn.session.kept || wantsOut(turn.world.lexicon, text)) return;
  turn.leaveOut({ doubt: { kind: 'stray', id, text, more: [] } });
}
