// The interpretation of a recording. It counts nothing until the speaker has confirmed it.

import { z } from 'zod';
import { LANGUAGES } from '../../../languages.ts';
import { COMMANDS, TYPED } from '../../understanding/word-lists.ts';

const meaningSchema = z.discriminatedUnion('kind', [
  /** `number`: its number on the list. */
  z.strictObject({ kind: z.literal('choice'), value: z.string(), number: z.number().int() }),
  z.strictObject({ kind: z.literal('command'), command: z.enum(COMMANDS) }),
  /** SEND and the like, if one of them is asked for. */
  z.strictObject({ kind: z.literal('typed'), word: z.enum(TYPED) }),
  z.strictObject({ kind: z.literal('language'), language: z.enum(LANGUAGES) }),
  /** A no at a prompt that asks for a word. */
  z.strictObject({ kind: z.literal('no') }),
  z.strictObject({ kind: z.literal('name'), name: z.string() }),
]);

export type Meaning = z.infer<typeof meaningSchema>;

export const interpretationSchema = z.strictObject({
  /** Id of the recording's message. */
  note: z.string(),
  means: meaningSchema,
  /** All transcriptions on the way to the yes, oldest first: kept with a consent. */
  words: z.array(z.string()),
  /** The phrase that must be said instead of a yes. */
  phrase: z.string().exactOptional(),
  /** Number of recordings that were neither yes nor no. */
  tries: z.number().int(),
});

export type Interpretation = z.infer<typeof interpretationSchema>;
