// What a session holds more where one person gathers the testimonies of many: whose testimony it is, and what is the
// organiser's own and follows them from case to case.

import { z } from 'zod';

/** How a text was read back to the person whose words it holds. */
export const READ_BACK = ['aloud', 'phone', 'themselves'] as const;

const tellerSchema = z.strictObject({
  /** Stays theirs, whoever else is erased: what they are called where names are not shown. */
  number: z.number().int(),
  /** A name of the organiser's choosing. */
  label: z.string(),
  /** ISO. */
  since: z.string(),
  /** The language they speak: one of ours, or its name as it was written. */
  told: z.string().exactOptional(),
  /** The last time this very text was read back and agreed to. */
  readBack: z
    .strictObject({
      by: z.string(),
      how: z.enum(READ_BACK),
      language: z.string(),
      at: z.string(),
      /** Fingerprint of what was agreed to; another text needs another yes. */
      of: z.string(),
    })
    .exactOptional(),
  /** While the read-back is asked about. */
  reader: z.strictObject({ by: z.string(), how: z.enum(READ_BACK).exactOptional() }).exactOptional(),
  /** A code was given out with which the person can withdraw by themselves. */
  code: z.literal(true).exactOptional(),
  /** A code is out with which somebody else can take this case over; ISO of its end. */
  offered: z.string().exactOptional(),
  /** Agreed, and closed to the organiser. */
  closed: z.literal(true).exactOptional(),
});

export type Teller = z.infer<typeof tellerSchema>;

export const gatheredShape = {
  /** `home`: the organiser's own place, outside every case. Absent for everybody who writes for one. */
  gathers: z.enum(['home', 'case']).exactOptional(),
  /** One document for all, as said at step 4. */
  together: z.boolean().exactOptional(),
  teller: tellerSchema.exactOptional(),
  /** A document for several: their contributions, in the order in which they stand in it. */
  joint: z
    .strictObject({
      members: z.array(z.string()),
      /** Those that were not in it when it was built last: their text changed since it was agreed to. */
      out: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
  /** An earlier interview that is being put under the topics. Its paragraphs are parts that count nowhere yet. */
  importing: z
    .strictObject({
      messages: z.array(z.strictObject({ id: z.string(), count: z.number().int() })),
      /** One character for each paragraph: the letter of its place, '-' for none yet, '0' for left out. */
      where: z.string(),
      /** What was placed, oldest first: *back* takes the last back. */
      steps: z.array(z.array(z.number().int())),
      /** The paragraphs that are on show. */
      shown: z.strictObject({ from: z.number().int(), to: z.number().int() }),
    })
    .exactOptional(),
  /** The messages that brought such interviews: who deletes one means what came of it, too. */
  imported: z.array(z.string()).exactOptional(),
  /** Of a text that its person took over: there is a code with which it can be withdrawn. */
  withdrawalCode: z.literal(true).exactOptional(),
  /** A case that was offered by a code, before anything is kept of whoever typed it. */
  offer: z.string().exactOptional(),
  /** Told with the organiser's next message. */
  notes: z
    .array(z.strictObject({ text: z.string(), name: z.string(), number: z.number().int().exactOptional() }))
    .exactOptional(),
  /** What staff wrote to the organiser themselves, about none of the texts; told in their own place. */
  toOrganiser: z.array(z.string()).exactOptional(),
};
