import { type CallForInputs, topicsOf } from '../../calls/call.ts';
import type { Slot } from './effect.ts';
import type { TextRef } from './reply.ts';

/**
 * The name of a slot in the conversation. A field of a table is named by its row too, since every row has the same
 * columns; a numbered question by its number.
 */
export function slotName(slot: Slot, call: CallForInputs): TextRef {
  const [kind = '', id = '', prompt] = slot.split('/');
  if (kind !== 'topic') return { key: `parts.${slot.replace('/', '-')}` };
  const topic = { key: `call:topics.${id}.short` };
  if (prompt === undefined) return topic;
  const question = { key: `call:topics.${id}.prompts.${prompt}` };
  if (call.response.kind === 'table') return { key: 'topics.field', params: { row: topic, question } };
  const number = topicsOf(call)
    .find((one) => one.id === id)
    ?.prompts.find((one) => one.id === prompt)?.number;
  return number === undefined ? question : { key: 'topics.named', params: { topic: question, number } };
}
