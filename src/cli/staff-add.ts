// npm run -s staff:add -- [--name NAME --email ADDRESS --role ROLE --language LANGUAGE] [--organisation [--subject SUB]]
// [--data DIR]: makes an account for somebody of the staff, also while the server runs. What is not given is asked. No password is typed here.

import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LANGUAGES } from '../dialog/language.ts';
import { invite } from '../staff/sign-in/invite.ts';
import { STAFF_ROLES } from '../store/staff-port.ts';
import { fail, withStaff } from './staff/open-staff.ts';

const USAGE = `npm run -s staff:add -- [--name NAME] [--email ADDRESS] [--role ${STAFF_ROLES.join('|')}] [--language ${LANGUAGES.join('|')}]
  [--organisation [--subject SUB]] [--data DIR]
  --organisation: they sign in with your organisation's sign-in service (OIDC_ISSUER) in place of a password here.
  --subject: their subject there, where the service does not say that addresses are verified.`;

const accountSchema = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email(),
  role: z.enum(STAFF_ROLES),
  language: z.enum(LANGUAGES),
});

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given === null) return fail(USAGE);
  if (given.help === true) {
    console.log(USAGE);
    return 0;
  }
  const asked = await complete(given);
  const parsed = accountSchema.safeParse(asked);
  if (!parsed.success) {
    return fail(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  const account = { ...parsed.data, signInBy: given.organisation === true ? 'organisation' : 'password' } as const;
  const { subject } = given;
  if (subject !== undefined && given.organisation !== true) return fail('--subject goes with --organisation');
  return withStaff({ dataDir: given.data, mayBeNew: true }, async (staff) => {
    const issuer = staff.issuer;
    if (given.organisation === true && issuer === null) return fail('Set OIDC_ISSUER first: docs/operate.md');
    const id = await staff.store.staff.addAccount(account);
    if (id === null) return fail('There is an account with this address. "npm run -s staff:list" shows it.');
    if (subject !== undefined && issuer !== null && !(await staff.store.staff.bindSubject(id, issuer, subject))) {
      await staff.store.staff.disableAccount(id);
      return fail('Another account has this subject. The new account was disabled.');
    }
    const { code, page, until } = await invite(staff, id);
    await staff.audit.record({ staff: null, action: 'account.add', detail: `${account.role} ${id}` });
    console.log(`Account made: ${account.role}.`);
    console.log(`They open   ${page}`);
    console.log(`and type    ${code}`);
    console.log(`It works once, until ${until}. Hand it over in person or by a call, not together with the address.`);
    return 0;
  });
}

function parseGiven() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      options: {
        name: text,
        email: text,
        role: text,
        language: text,
        data: text,
        subject: text,
        organisation: flag,
        help: flag,
      },
    }).values;
  } catch {
    return null;
  }
}

/** Asks for what was not given; where nobody can be asked, it stays missing. */
async function complete(given: NonNullable<ReturnType<typeof parseGiven>>) {
  const questions = [
    ['name', 'Name: '],
    ['email', 'E-mail address: '],
    ['role', `Role (${STAFF_ROLES.join(', ')}): `],
    ['language', `Language (${LANGUAGES.join(', ')}): `],
  ] as const;
  const answers: Partial<Record<(typeof questions)[number][0], string>> = {};
  const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : null;
  for (const [name, question] of questions) {
    const answer = given[name] ?? (await terminal?.question(question));
    if (answer !== undefined) answers[name] = answer;
  }
  terminal?.close();
  return answers;
}
