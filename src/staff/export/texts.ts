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
  what: text,
  ofCase: text,
  caseWhat: text,
});

export type ExportTexts = z.infer<typeof exportTexts>;
