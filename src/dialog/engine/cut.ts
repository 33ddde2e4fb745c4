import { z } from 'zod';

/** A change that would take out or replace many words of an answer: shown first, and done when the person types its word. */
export const cutSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sentences'),
    numbers: z.array(z.number().int()),
    /** Fingerprint of the answer: in another text the numbers would mean something else. */
    of: z.string(),
  }),
  z.strictObject({ kind: z.literal('messages'), numbers: z.array(z.number().int()), of: z.string() }),
  /** Messages of any answer, by id. */
  z.strictObject({ kind: z.literal('talk'), ids: z.array(z.string()), of: z.string() }),
  z.strictObject({ kind: z.literal('new-text'), id: z.string(), text: z.string() }),
]);
