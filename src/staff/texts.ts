// The desk's words (locales/<language>/staff.json). Each room of the desk has a key of its own: a schema beside its pages,
// one line here.

import { z } from 'zod';
import { releaseTexts } from './case/release-texts.ts';
import { caseTexts } from './case/texts.ts';
import { queueTexts } from './queue/texts.ts';
import { accountTexts, colleaguesTexts } from './account/texts.ts';
import { mailsTexts } from './mails/texts.ts';
import { exportTexts } from './export/texts.ts';
import { auditTexts } from './audit/texts.ts';
import { voiceTexts } from './voice/texts.ts';
import { passkeysTexts } from './passkey/texts.ts';
import { signInTexts } from './sign-in/texts.ts';

const text = z.string().min(1);
const notice = z.strictObject({ heading: text, text });

const staffTextsSchema = z.strictObject({
  /** False until a native reader has read it. */
  reviewed: z.boolean(),
  desk: z.strictObject({
    title: text,
    skip: text,
    menuLabel: text,
    menu: z.strictObject({ voice: text, home: text, staff: text, audit: text, account: text }),
    signOut: text,
    trial: text,
    source: text,
    toDesk: text,
    welcome: text,
    roles: z.strictObject({ reader: text, reviewer: text, administrator: text }),
    notice: z.strictObject({
      signedOut: notice,
      elsewhere: notice,
      notAllowed: notice,
      notFound: notice,
      tooBig: notice,
      tooMany: notice,
      organisationDown: notice,
      organisationUnknown: notice,
      fault: notice,
    }),
  }),
  signIn: signInTexts,
  exports: exportTexts,
  mails: mailsTexts,
  queue: queueTexts,
  case: caseTexts,
  release: releaseTexts,
  audit: auditTexts,
  account: accountTexts,
  passkeys: passkeysTexts,
  colleagues: colleaguesTexts,
  voice: voiceTexts,
});

export type StaffTexts = z.infer<typeof staffTextsSchema>;

export type ParsedStaffTexts =
  | { readonly kind: 'texts'; readonly texts: StaffTexts }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

export function parseStaffTexts(input: unknown): ParsedStaffTexts {
  const parsed = staffTextsSchema.safeParse(input);
  if (parsed.success) return { kind: 'texts', texts: parsed.data };
  return {
    kind: 'problems',
    problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  };
}

/** Puts values where the text has {{their names}}. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}
