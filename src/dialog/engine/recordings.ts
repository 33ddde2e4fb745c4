// Recordings in the session that are not answers yet: their speaker has to accept the transcription.

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';
import { COMMANDS, TYPED } from '../understanding/word-lists.ts';

// The interpretation of a recording. It counts nothing until the speaker has confirmed it.

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

/** Why a recording could not be transcribed. */
const VOICE_FAILURES = ['silent', 'unreadable', 'service', 'too-long', 'expired', 'choice'] as const;
export type VoiceFailure = (typeof VOICE_FAILURES)[number];

export const noteSchema = z.strictObject({
  /** Id of its message, and of the part that it will be. */
  id: z.string(),
  slot: z.string(),
  /** held: it may not be transcribed yet. */
  state: z.enum(['held', 'writing', 'written', 'failed']),
  /** It has a placeholder among the answers. */
  placed: z.boolean(),
  /** It came when a choice was asked for. */
  stray: z.boolean(),
  /** Its transcriber. */
  by: z.enum(['machine', 'person']).exactOptional(),
  /** The transcription, without effect until the speaker accepts it. */
  text: z.string().exactOptional(),
  /** The text was shown to the speaker. */
  asked: z.literal(true).exactOptional(),
  why: z.enum(VOICE_FAILURES).exactOptional(),
  /** The prompt that was open when it came, and that it may answer. */
  here: z.string().exactOptional(),
  /** It is no command: the speaker said so. */
  plain: z.literal(true).exactOptional(),
  /** The very first message: only its language is detected. */
  first: z.literal(true).exactOptional(),
  /** It can only be an answer: its prompt takes no testimony. */
  only: z.literal(true).exactOptional(),
});

export type VoiceNote = z.infer<typeof noteSchema>;

export const voiceSchema = z.strictObject({
  notes: z.array(noteSchema),
  /** The consent to a machine that transcribes. Null until it was asked; not needed if the machine is the operator's own. */
  machine: z.boolean().nullable(),
  /** The person was told what happens to a recording. */
  told: z.boolean(),
  /** How the prompt below a check is asked when the check is over. */
  then: z.enum(['full', 'short']),
  /** The replies of this turn are read aloud. */
  aloud: z.literal(true).exactOptional(),
  /** The person was told that replies can be read aloud. */
  offered: z.literal(true).exactOptional(),
  /** The interpretation that waits for its confirmation. */
  heard: interpretationSchema.exactOptional(),
  /** Number of recordings since the last typed words; and whether words were ever typed. */
  spoken: z.number().int().exactOptional(),
  typed: z.literal(true).exactOptional(),
  /** The person was told that answers are read aloud from now on. */
  backTold: z.literal(true).exactOptional(),
  /** Questions that were read aloud in full in this web session, latest last. */
  read: z.array(z.string()).exactOptional(),
});

export type Voice = z.infer<typeof voiceSchema>;

export const NO_VOICE: Voice = { notes: [], machine: null, told: false, then: 'short' };
