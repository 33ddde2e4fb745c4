import { z } from 'zod';

const text = z.string().min(1);

/** passkeys in staff.json. */
export const passkeysTexts = z.strictObject({
  heading: text,
  what: text,
  none: text,
  one: text,
  never: text,
  elsewhere: text,
  notHere: text,
  remove: text,
  removed: text,
  added: text,
  addLink: text,
  addWhat: text,
  copies: text,
  name: text,
  addGo: text,
  needs: text,
  addFailed: text,
  problems: z.strictObject({ name: text, many: text, known: text, refused: text }),
  use: text,
  orCode: text,
  useFailed: text,
  wrong: text,
});
