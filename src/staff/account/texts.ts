import { z } from 'zod';

const text = z.string().min(1);

/** account in staff.json: one's own account. */
export const accountTexts = z.strictObject({
  role: text,
  language: text,
  languages: z.strictObject({ en: text, fr: text, es: text, pt: text }),
  save: text,
  sessionsHeading: text,
  session: text,
  thisOne: text,
  end: text,
  ended: text,
  passwordHeading: text,
  passwordLink: text,
  passwordGo: text,
  passwordNow: text,
  passwordNowWrong: text,
  passwordChanged: text,
  happenedHeading: text,
  happened: text,
  happenedWhat: text,
  codesLeft: text,
  codesLink: text,
  codesWhat: text,
  codesGo: text,
});

/** colleagues in staff.json: the accounts of all, for administrators. */
export const colleaguesTexts = z.strictObject({
  heading: text,
  what: text,
  name: text,
  role: text,
  state: text,
  states: z.strictObject({ invited: text, active: text, disabled: text }),
  recoverWhat: text,
  recover: text,
  asked: text,
  askedByYou: text,
  agree: text,
  endSessions: text,
  sessionsEnded: text,
  tries: text,
  endWait: text,
  waitEnded: text,
  disable: text,
  disabled: text,
  you: text,
  codeHeading: text,
  codeWhat: text,
  codePage: text,
  codeOnce: text,
  back: text,
});
