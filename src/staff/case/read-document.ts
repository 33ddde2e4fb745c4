// A stored document, read back for the page: what was approved says itself what it is.

import { z } from 'zod';
import { PUBLICATIONS } from '../../dialog/engine/draft.ts';
import { LANGUAGES } from '../../languages.ts';
import type { StoredDocument } from '../../store/store.ts';
import { sha256 } from '../../submission/manifest.ts';

const KINDS = ['publication', 'title', 'subtitle', 'byline', 'heading1', 'heading2', 'paragraph', 'link'] as const;

const schema = z.object({
  recipient: z.string(),
  subject: z.string(),
  body: z.string(),
  late: z.boolean(),
  files: z.record(z.string(), z.string()),
  model: z.object({
    language: z.enum(LANGUAGES),
    reference: z.string(),
    publication: z.enum(PUBLICATIONS),
    words: z.number(),
    standing: z.array(z.string()),
    blocks: z.array(
      z.object({
        kind: z.enum(KINDS),
        text: z.string(),
        slot: z.string().exactOptional(),
        marks: z.array(z.object({ kind: z.string(), start: z.number(), end: z.number() })).exactOptional(),
      }),
    ),
  }),
});

type Read = z.infer<typeof schema>;
export type DocumentBlock = Read['model']['blocks'][number];

export interface ReadDocument extends Omit<Read, 'files'> {
  readonly sha256: string;
  /** The stored bytes are those that the manifest names, and the manifest is the one that its hash names. */
  readonly isWhole: boolean;
  readonly formats: readonly ('docx' | 'pdf')[];
}

/** Null for what was never meant to be approved, or is not of this version. */
export function readDocument(document: StoredDocument): ReadDocument | null {
  if (document.manifest === null || document.sha256 === null) return null;
  const parsed = schema.safeParse(parseJson(document.manifest));
  if (!parsed.success) return null;
  const { files, ...rest } = parsed.data;
  const isWhole =
    sha256(document.manifest) === document.sha256 &&
    document.files.length === Object.keys(files).length &&
    document.files.every(({ name, bytes }) => files[name] === sha256(bytes));
  return { ...rest, sha256: document.sha256, isWhole, formats: document.files.map(({ format }) => format) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
