import { z } from 'zod';
import { LANGUAGES } from '../languages.ts';
import type { Rendered } from './channel.ts';

const renderedSchema = z.object({
  language: z.enum(LANGUAGES),
  bubbles: z.array(z.object({ text: z.string(), bold: z.array(z.tuple([z.number(), z.number()])).default([]) })),
  choices: z.array(z.object({ number: z.number(), value: z.string(), label: z.string() })).default([]),
  commands: z.array(z.object({ command: z.string(), word: z.string() })).default([]),
  prompt: z.object({ id: z.string(), version: z.number() }).nullable().default(null),
  file: z.enum(['preview', 'final', 'copy']).nullable().default(null),
  acknowledgement: z.boolean().default(false),
  aloud: z.literal(true).exactOptional(),
  ear: z.string().exactOptional(),
  secret: z.string().min(1).exactOptional(),
  from: z.literal('staff').exactOptional(),
  several: z.literal(true).exactOptional(),
  locked: z.literal(true).exactOptional(),
  contribution: z.string().min(1).exactOptional(),
  expires: z.number().int().positive().exactOptional(),
});

/** A stored reply as it was rendered; null where it cannot be read, e.g. from an older version. */
export function parseRendered(body: unknown): Rendered | null {
  const parsed = renderedSchema.safeParse(body);
  return parsed.success ? parsed.data : null;
}
