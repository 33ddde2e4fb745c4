// Single answers that stay confidential in a text that is public, by topic: whatever is told to a topic later stays so
// as well.

import { leastOf } from '../../calls/publication.ts';
import type { Slot } from './effect.ts';
import type { TextRef } from './reply.ts';
import type { Session } from './session.ts';
import { slotName } from './slot-name.ts';
import type { Turn } from './turn.ts';

/** The topic that a question belongs to; other parts are their own. */
export function groupOf(slot: Slot): Slot {
  const [kind = '', topic = ''] = slot.split('/');
  return kind === 'topic' ? `${kind}/${topic}` : slot;
}

export function isKeptBack({ publication, keptBack = [] }: Session, slot: Slot): boolean {
  return publication !== null && publication !== 'confidential' && keptBack.includes(groupOf(slot));
}

/** One first line holds for a whole document, so such a text goes alone. */
export function isPartly(session: Session): boolean {
  return (session.keptBack ?? []).some((slot) => isKeptBack(session, slot));
}

/** The choice who may read the text, in a few words. */
export function readersInWords({ session, world }: Pick<Turn, 'session' | 'world'>): TextRef {
  const publication = { key: `publication.label.${session.publication ?? leastOf(world.call)}` };
  const parts = (session.keptBack ?? [])
    .filter((slot) => isKeptBack(session, slot))
    .map((slot) => slotName(slot, world.call));
  return parts.length === 0
    ? publication
    : { key: 'publication.partly', params: { publication, parts: { list: parts, by: 'comma' } } };
}
