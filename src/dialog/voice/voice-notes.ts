// What the session knows of recordings that are not yet answers: whose words they are is for their speaker to say.

import { z } from 'zod';
import { interpretationSchema } from './spoken/interpretation.ts';

/** Why a recording could not be written down. */
const VOICE_FAILURES = ['silent', 'unreadable', 'service', 'too-long', 'expired', 'choice'] as const;
export type VoiceFailure = (typeof VOICE_FAILURES)[number];

export const noteSchema = z.strictObject({
  /** The message that it came as, and the part that it becomes. */
  id: z.string(),
  slot: z.string(),
  /** held: nobody may write it down yet. */
  state: z.enum(['held', 'writing', 'written', 'failed']),
  /** Its place among the answers is kept. */
  placed: z.boolean(),
  /** It came where a choice was asked for. */
  stray: z.boolean(),
  /** Who writes it, or wrote it. */
  by: z.enum(['machine', 'person']).exactOptional(),
  /** Written down, and counting nothing until its speaker says that it is right. */
  text: z.string().exactOptional(),
  /** Its speaker has been shown the text. */
  asked: z.literal(true).exactOptional(),
  why: z.enum(VOICE_FAILURES).exactOptional(),
  /** The prompt that it may answer, as it stood open when it came. */
  here: z.string().exactOptional(),
  /** It is no command: its speaker did not mean one. */
  plain: z.literal(true).exactOptional(),
  /** The very first thing that came: in which language is found out from it, and nothing else. */
  first: z.literal(true).exactOptional(),
  /** It can answer and be nothing else: nothing is told there. */
  only: z.literal(true).exactOptional(),
});

export type VoiceNote = z.infer<typeof noteSchema>;

export const voiceSchema = z.strictObject({
  notes: z.array(noteSchema),
  /** May a machine write down what is said? Null until it was asked; it need not be where the machine is the operator's own. */
  machine: z.boolean().nullable(),
  /** It was said what becomes of a recording. */
  told: z.boolean(),
  /** How the prompt below a check is asked when the check is over. */
  then: z.enum(['full', 'short']),
  /** What is answered now is to be heard. */
  aloud: z.literal(true).exactOptional(),
  /** It was said once that things can be heard here. */
  offered: z.literal(true).exactOptional(),
  /** What was understood, said back, and waits for its speaker's yes. */
  heard: interpretationSchema.exactOptional(),
  /** Recordings since words were written last; and whether any were ever written. */
  spoken: z.number().int().exactOptional(),
  typed: z.literal(true).exactOptional(),
  /** It was said that answers can be heard from now on. */
  backTold: z.literal(true).exactOptional(),
  /** What was read aloud in full in this sitting, latest last. */
  read: z.array(z.string()).exactOptional(),
});

export type Voice = z.infer<typeof voiceSchema>;

export const NO_VOICE: Voice = { notes: [], machine: null, told: false, then: 'short' };
