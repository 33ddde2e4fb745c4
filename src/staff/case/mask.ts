// Hides, in what was said, the words that the person wants withheld and the names that they refused.

import { createHash } from 'node:crypto';
import { ZodError } from 'zod';
import type { Part } from '../../dialog/engine/effect.ts';
import { parseSession } from '../../dialog/engine/session.ts';
import { documentText } from '../../submission/block.ts';
import { forbidden, withhold } from '../../submission/naming.ts';
import type { DocumentBlock } from './read-document.ts';

// Which message a paragraph of the document came from. A paragraph is one message of the person (a line of it among the
// links), in the order of the answers; pure.

interface Trace {
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

export interface Mask {
  /** `unknown`: which words they were is no longer kept, so all of a text is hidden. */
  readonly kind: 'masked' | 'open' | 'unknown';
  /** There is something to hide. */
  readonly hides: boolean;
  apply(text: string): string;
}

export const OPEN: Mask = { kind: 'open', hides: false, apply: (text) => text };

/** `session`: unparsed, as it was last saved; null where it is about another case. */
export function maskOf(session: unknown, label: string): Mask {
  const known = session === null ? null : parsed(session);
  if (known === null) return { kind: 'unknown', hides: true, apply: () => label };
  const { withheld, harmed, author, publication, places = {} } = known;
  const terms = forbidden({
    withheld,
    harmed: named(harmed),
    author: named(author),
    publication: publication ?? 'confidential',
  });
  const sought = terms.map((term) => ({ ...term, becomes: 'label' as const }));
  const withholding = { sought, decided: places, labels: { name: label, link: label } };
  return {
    kind: 'masked',
    hides: terms.length > 0,
    apply: (text) => (terms.length === 0 ? text : withhold(text, withholding)),
  };
}

/** Null for what another version of the program wrote: a page must not fail for it, nor show what it should hide. */
function parsed(session: unknown) {
  try {
    return parseSession(session);
  } catch (error) {
    if (error instanceof ZodError) return null;
    throw error;
  }
}

type Naming = ReturnType<typeof parseSession>['harmed'];

function named({ form, name }: Naming) {
  return name === undefined ? { form } : { form, name };
}
