// npm run -s staff:add -- [--name NAME --email ADDRESS --role ROLE --language LANGUAGE] [--organisation [--subject SUB]]
// [--data DIR]: makes an account for somebody of the staff, also while the server runs. What is not given is asked. No password is typed here.

import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { LANGUAGES } from '../dialog/language.ts';
import { invite } from '../staff/sign-in/invite.ts';
import { STAFF_ROLES } from '../store/staff-port.ts';
import { askAccount, type AskedAccount } from './staff/ask-account.ts';
import { withStaff } from './staff/open-staff.ts';
import { sayInvitation } from './staff/say-invitation.ts';
import { fail, typed } from './typed.ts';

const USAGE = `npm run -s staff:add -- [--name NAME] [--email ADDRESS] [--role ${STAFF_ROLES.join('|')}] [--language ${LANGUAGES.join('|')}]
  [--organisation [--subject SUB]] [--data DIR]
  What is not given is asked, in a terminal.
  --organisation: they sign in with your organisation's sign-in service (OIDC_ISSUER) in place of a password here.
  --subject: their subject there, where the service does not say that addresses are verified.`;
const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const OPTIONS = {
  ...{ name: TEXT, email: TEXT, role: TEXT, language: TEXT },
  ...{ data: TEXT, subject: TEXT, organisation: FLAG, help: FLAG },
} as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = typed(USAGE, 0, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  const { subject, organisation = false, data } = given.values;
  if (subject !== undefined && !organisation) return fail('--subject goes with --organisation');
  const asked = await complete(given.values);
  if (asked === null) return fail('Nothing was made.');
  if (asked.kind === 'problems') return fail(asked.problems.join('\n'));
  const account = { ...asked.account, signInBy: organisation ? 'organisation' : 'password' } as const;
  return withStaff({ dataDir: data, mayBeNew: true }, async (staff) => {
    const { issuer } = staff;
    if (organisation && issuer === null) return fail('Set OIDC_ISSUER first: docs/operate.md');
    const id = await staff.store.staff.addAccount(account);
    if (id === null) return fail('There is an account with this address. "npm run -s staff:list" shows it.');
    if (subject !== undefined && issuer !== null && !(await staff.store.staff.bindSubject(id, issuer, subject))) {
      await staff.store.staff.disableAccount(id);
      return fail('Another account has this subject. The new account was disabled.');
    }
    // Before the code that opens it is made.
    await staff.audit.record({ staff: null, action: 'account.add', detail: `${account.role} ${id}` });
    console.log(`Account made: ${account.role}.`);
    return sayInvitation(await invite(staff, id));
  });
}

/** Null where whoever was asked went away. */
async function complete(given: Parameters<typeof askAccount>[0]): Promise<AskedAccount | null> {
  if (!process.stdin.isTTY) return askAccount(given, null, console.error);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const gone = new AbortController();
  terminal.once('close', () => gone.abort());
  try {
    return await askAccount(given, (question) => terminal.question(question, { signal: gone.signal }), console.error);
  } catch (error) {
    if (gone.signal.aborted) return null;
    throw error;
  } finally {
    terminal.close();
  }
}
