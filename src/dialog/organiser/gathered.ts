// Additional session fields of an organiser: about the contributor of the case, and about the organiser, which are
// copied from case to case.

import { z } from 'zod';

/** How a text was read back to its contributor. */
export const READ_BACK = ['aloud', 'phone', 'themselves'] as const;

const tellerSchema = z.strictObject({
  /** Fixed, even if others are erased: the name of the contributor if names are not shown. */
  number: z.number().int(),
  /** A name that the organiser chose. */
  label: z.string(),
  /** ISO. */
  since: z.string(),
  /** The language they speak: one of LANGUAGES, or its name as it was written. */
  told: z.string().exactOptional(),
  /** The last time this exact text was read back and agreed to. */
  readBack: z
    .strictObject({
      by: z.string(),
      how: z.enum(READ_BACK),
      language: z.string(),
      at: z.string(),
      /** Fingerprint of the agreed text; a changed text must be agreed to again. */
      of: z.string(),
    })
    .exactOptional(),
  /** Set while the read-back is asked about. */
  reader: z.strictObject({ by: z.string(), how: z.enum(READ_BACK).exactOptional() }).exactOptional(),
  /** The person got a code to withdraw by themselves. */
  code: z.literal(true).exactOptional(),
  /** A hand-over code for this case is valid; ISO of its end. */
  offered: z.string().exactOptional(),
  /** Agreed, and closed to the organiser. */
  closed: z.literal(true).exactOptional(),
});

export type Teller = z.infer<typeof tellerSchema>;

export const gatheredShape = {
  /** `home`: the organiser's own session, outside every case. Absent for people who write for themselves. */
  gathers: z.enum(['home', 'case']).exactOptional(),
  /** In all sessions of a person who writes texts of their own for several calls (own-texts.ts). */
  drafts: z.literal(true).exactOptional(),
  /** The key of the text that was open before this one: *undo* goes back to it. */
  cameFrom: z.string().exactOptional(),
  /** One document for all, as answered at step 4. */
  together: z.boolean().exactOptional(),
  teller: tellerSchema.exactOptional(),
  /** Of a joint document: its contributions, in the order of the document. */
  joint: z
    .strictObject({
      members: z.array(z.string()),
      /** Members that were left out of the last build because their text changed since it was agreed to. */
      out: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
  /** An earlier interview that is being sorted under the topics. Its paragraphs are parts that do not count yet. */
  importing: z
    .strictObject({
      messages: z.array(z.strictObject({ id: z.string(), count: z.number().int() })),
      /** One character per paragraph: the letter of its place, '-' for none yet, '0' for left out. */
      where: z.string(),
      /** Placed paragraphs, oldest first: *back* takes the last back. */
      steps: z.array(z.array(z.number().int())),
      /** Paragraphs that are shown now. */
      shown: z.strictObject({ from: z.number().int(), to: z.number().int() }),
    })
    .exactOptional(),
  /** Messages that brought such interviews: deleting one also deletes its paragraphs. */
  imported: z.array(z.string()).exactOptional(),
  /** Of a text that its person took over: it has a withdrawal code. */
  withdrawalCode: z.literal(true).exactOptional(),
  /** A case that was offered by a code, before anything is kept of the person who typed it. */
  offer: z.string().exactOptional(),
  /** Told with the organiser's next message. */
  notes: z
    .array(
      z.strictObject({
        text: z.string(),
        name: z.string(),
        number: z.number().int().exactOptional(),
        /** The hash of the call that names the text, if its writer has several. */
        call: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  /** Messages of staff to the organiser that are not about a text; told in the organiser's own session. */
  toOrganiser: z.array(z.string()).exactOptional(),
};
