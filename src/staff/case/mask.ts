// Hides, in the transcript, the words that the person wants withheld and the names that they refused.

import { createHash } from 'node:crypto';
import { ZodError } from 'zod';
import type { Part } from '../../dialog/engine/effect.ts';
import { parseSession } from '../../dialog/engine/session.ts';
import { documentText } from '../../submission/block.ts';
import { forbidden, labelledAlike, withhold } from '../../submission/naming.ts';
import { type DocumentBlock, isAnswer } from './read-document.ts';

// Finds the message of each paragraph in the document. A paragraph is one message of the person (for links: a line of
// it), in the order of the answers; pure.

interface Trace {
  /** For each block its message's id, or null: for a heading, or a text that differs from the approved one. */
  readonly messages: readonly (string | null)[];
  /** The present answers differ from this document. */
  readonly changed: boolean;
}

/** `aside`: slots whose answers are kept and are not in the document. */
export function traceBlocks(
  blocks: readonly DocumentBlock[],
  all: readonly Part[],
  aside: readonly string[] = [],
): Trace {
  const parts = all.filter(({ slot }) => !aside.includes(slot));
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

/** An anchor on a page; without the message's id, which may contain a phone number. */
export function anchorOf(contribution: string, message: string): string {
  return `m-${createHash('sha256').update(`${contribution}/${message}`).digest('hex').slice(0, 12)}`;
}

/** The fingerprint of a paragraph, to find new text at the next view. */
export function fingerprintOf(block: DocumentBlock): string {
  return createHash('sha256')
    .update(`${block.slot ?? block.kind}\n${block.text}`)
    .digest('base64url')
    .slice(0, 16);
}

export interface Mask {
  /** `unknown`: the withheld words are no longer known, so the whole text is hidden. */
  readonly kind: 'masked' | 'open' | 'unknown';
  /** There is something to hide. */
  readonly hides: boolean;
  apply(text: string): string;
}

export const OPEN: Mask = { kind: 'open', hides: false, apply: (text) => text };

/** `session`: unparsed, as last saved; null if it is about another case. */
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
  const withholding = { sought, decided: places, labels: labelledAlike(label) };
  return {
    kind: 'masked',
    hides: terms.length > 0,
    apply: (text) => (terms.length === 0 ? text : withhold(text, withholding)),
  };
}

/** Null for a session of another version: the page must neither fail nor show hidden words. */
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
