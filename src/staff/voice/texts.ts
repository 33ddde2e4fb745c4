import { z } from 'zod';

const text = z.string().min(1);

export const voiceTexts = z.strictObject({
  heading: text,
  what: text,
  none: text,
  arrived: text,
  language: text,
  reference: text,
  noReference: text,
  open: text,
  one: text,
  how: text,
  sound: text,
  words: text,
  save: text,
  nothing: text,
  saved: text,
  gone: text,
  empty: text,
  tooLong: text,
});
