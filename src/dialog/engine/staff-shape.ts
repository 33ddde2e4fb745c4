// The fields of a session that staff write into, and that are about them.

import { z } from 'zod';
import { READY_QUESTIONS } from './event.ts';

/** A reviewer's question about the text: a ready one, or in their own words. */
const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), id: z.enum(READY_QUESTIONS) }),
  z.strictObject({ kind: z.literal('own'), text: z.string() }),
]);

/** Messages of staff that the person was not told yet. `asked`: the content is in the session's `asked`. */
const fromStaffSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), text: z.string() }),
  z.strictObject({ kind: z.literal('held'), words: z.string() }),
  z.strictObject({ kind: z.literal('asked') }),
  z.strictObject({ kind: z.literal('about-earlier'), reference: z.string(), question: questionSchema }),
  z.strictObject({
    kind: z.literal('deadline'),
    reference: z.string(),
    decision: z.enum(['withheld', 'confidential', 'not-sent']),
  }),
  z.strictObject({ kind: z.literal('deadline-near'), reference: z.string(), deadline: z.string() }),
]);

const askedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('question'),
    reference: z.string(),
    sha256: z.string(),
    question: questionSchema,
  }),
  z.strictObject({ kind: z.literal('proposal'), reference: z.string(), sha256: z.string(), words: z.string() }),
]);

export const staffShape = {
  /** Staff may write here: the person asked for it. */
  personMayWrite: z.literal(true).exactOptional(),
  fromStaff: z.array(fromStaffSchema).exactOptional(),
  /** ISO of when words of staff were told; until the person has written. */
  staffToldAt: z.string().exactOptional(),
  /** The same; as long as what the person writes is an answer to staff (stages/pass-on.ts). */
  withStaff: z.string().exactOptional(),
  /** Answers to staff that are in no text; their person is asked about them before the read-back. */
  toStaff: z.array(z.strictObject({ id: z.string(), text: z.string() })).exactOptional(),
  /** A reviewer's question or proposal that is not answered yet. */
  asked: askedSchema.exactOptional(),
};
