import type { Slot } from './effect.ts';
import type { TextRef } from './reply.ts';

/** The name of a slot in the conversation. */
export function slotName(slot: Slot): TextRef {
  const [kind = '', topic = '', prompt] = slot.split('/');
  if (kind !== 'topic') return { key: `parts.${slot.replace('/', '-')}` };
  if (prompt === undefined) return { key: `call:topics.${topic}.short` };
  return { key: `call:topics.${topic}.prompts.${prompt}` };
}
