import { z } from 'zod';

const text = z.string().min(1);

export const exportTexts = z.strictObject({
  heading: text,
  listOpen: text,
  listDone: text,
  /** Of one case. */
  caseHeading: text,
  caseLink: text,
  zip: text,
  masked: text,
  cameBack: text,
  cameBackWhat: text,
  cameBackNone: text,
  unmatched: text,
  unmatchedNone: text,
  remove: text,
  from: text,
  subject: text,
  /** {{count}} */
  files: text,
  cut: text,
  broken: text,
  kind: z.strictObject({ bounce: text, delay: text, 'unclear-bounce': text, automatic: text, answer: text }),
});

export type ExportTexts = z.infer<typeof exportTexts>;
