// What a recording was taken to mean. It counts nothing until its speaker has heard it said back and has said yes.

import { z } from 'zod';
import { LANGUAGES } from '../../../languages.ts';
import { COMMANDS, TYPED } from '../../understanding/lexicon.ts';

const meaningSchema = z.discriminatedUnion('kind', [
  /** `number`: as it stands on the list. */
  z.strictObject({ kind: z.literal('choice'), value: z.string(), number: z.number().int() }),
  z.strictObject({ kind: z.literal('command'), command: z.enum(COMMANDS) }),
  /** SEND and the like, where one of them is asked for. */
  z.strictObject({ kind: z.literal('typed'), word: z.enum(TYPED) }),
  z.strictObject({ kind: z.literal('language'), language: z.enum(LANGUAGES) }),
  /** A no where a word of its own is asked for. */
  z.strictObject({ kind: z.literal('no') }),
  z.strictObject({ kind: z.literal('name'), name: z.string() }),
]);

export type Meaning = z.infer<typeof meaningSchema>;

export const interpretationSchema = z.strictObject({
  /** The message that the recording came as. */
  note: z.string(),
  means: meaningSchema,
  /** All that was written down on the way to the yes, oldest first: kept with a consent. */
  words: z.array(z.string()),
  /** What must be said instead of a yes. */
  phrase: z.string().exactOptional(),
  /** Recordings that were neither yes nor no. */
  tries: z.number().int(),
});

export type Interpretation = z.infer<typeof interpretationSchema>;
