import { z } from 'zod';

const text = z.string().min(1);

/** signIn in staff.json: from the door to the account. */
export const signInTexts = z.strictObject({
  heading: text,
  what: text,
  email: text,
  password: text,
  go: text,
  organisation: text,
  setUpLink: text,
  lost: text,
  wrong: text,
  wait: text,
  code: z.strictObject({ heading: text, what: text, label: text, go: text, wrong: text }),
  setUp: z.strictObject({
    heading: text,
    what: text,
    code: text,
    go: text,
    wrong: text,
    passwordHeading: text,
    passwordWhat: text,
    passwordAgain: text,
    passwordGo: text,
    appHeading: text,
    appWhat: text,
    appSecret: text,
    appQr: text,
    appGo: text,
    appWrong: text,
  }),
  judged: z.strictObject({ short: text, long: text, common: text, personal: text, differ: text, same: text }),
  codes: z.strictObject({ heading: text, what: text, once: text, go: text }),
  prove: z.strictObject({ heading: text, what: text, go: text, wrong: text }),
});
