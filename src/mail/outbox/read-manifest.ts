// Reads back what submission/manifest.ts wrote: only what a mail must agree with.

import { z } from 'zod';
import { PUBLICATIONS } from '../../dialog/engine/draft.ts';
import { LANGUAGES } from '../../languages.ts';

const schema = z.object({
  version: z.literal(1),
  body: z.string(),
  recipient: z.string(),
  subject: z.string(),
  late: z.boolean(),
  /** File name → SHA-256 (hex). */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
  model: z.object({
    language: z.enum(LANGUAGES),
    reference: z.string(),
    publication: z.enum(PUBLICATIONS),
  }),
});

export type ReadManifest = z.infer<typeof schema>;

/** Null for what is not a manifest of this version. */
export function readManifest(text: string): ReadManifest | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
