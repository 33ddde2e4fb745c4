// Which message a paragraph of the document came from. A paragraph is one message of the person (a line of it among the
// links), in the order of the answers; pure.

import { createHash } from 'node:crypto';
import type { Part } from '../../dialog/engine/effect.ts';
import { documentText } from '../../submission/document-text.ts';
import type { DocumentBlock } from './read-document.ts';

export interface Trace {
  /** For each block its message's id, or null: a heading, or a text that is no longer the one that was approved. */
  readonly messages: readonly (string | null)[];
  /** The answers that are kept now are not those of this document. */
  readonly changed: boolean;
}

export function traceBlocks(blocks: readonly DocumentBlock[], parts: readonly Part[]): Trace {
  const waiting = new Map<string, string[]>();
  for (const { id, slot, text } of parts) {
    const clean = documentText(text);
    const times =
      slot === 'links' ? clean.split('\n').filter((line) => line.trim() !== '').length : clean === '' ? 0 : 1;
    waiting.set(slot, [...(waiting.get(slot) ?? []), ...Array.from({ length: times }, () => id)]);
  }
  const inDocument = new Map<string, number>();
  for (const block of blocks) if (isAnswer(block)) inDocument.set(block.slot, (inDocument.get(block.slot) ?? 0) + 1);
  const slots = new Set([...waiting.keys(), ...inDocument.keys()]);
  const unequal = new Set(
    [...slots].filter((slot) => (waiting.get(slot)?.length ?? 0) !== (inDocument.get(slot) ?? 0)),
  );
  const messages = blocks.map((block) => {
    if (!isAnswer(block)) return null;
    if (unequal.has(block.slot)) return parts.find(({ text }) => documentText(text) === block.text)?.id ?? null;
    return waiting.get(block.slot)?.shift() ?? null;
  });
  return { messages, changed: unequal.size > 0 };
}

function isAnswer(block: DocumentBlock): block is DocumentBlock & { readonly slot: string } {
  return block.slot !== undefined && (block.kind === 'paragraph' || block.kind === 'link');
}

/** A place on a page; a message's id may hold a telephone number and stays out of it. */
export function anchorOf(contribution: string, message: string): string {
  return `m-${createHash('sha256').update(`${contribution}/${message}`).digest('hex').slice(0, 12)}`;
}

/** What a look remembers of a paragraph. */
export function fingerprintOf(block: DocumentBlock): string {
  return createHash('sha256')
    .update(`${block.slot ?? block.kind}\n${block.text}`)
    .digest('base64url')
    .slice(0, 16);
}
