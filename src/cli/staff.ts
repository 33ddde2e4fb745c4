// Accounts of the review desk. Each command works while the server runs; no password is typed here.

import { z } from 'zod';
import { LANGUAGES } from '../languages.ts';
import { type Invitation, invite } from '../staff/sign-in/set-up.ts';
import { STAFF_ROLES } from '../store/schema/staff-columns.ts';
import type { StaffAccount } from '../store/staff/staff-accounts.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { type Staff, withStaff } from './open-data.ts';
import { type Ask, atTerminal } from './terminal.ts';
import { counted } from '../counted.ts';

/** Name, address, role and language of a new account: from the arguments, or asked one after the other until each is valid. */
const accountSchema = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.string().trim().pipe(z.email()),
  role: z.enum(STAFF_ROLES),
  language: z.enum(LANGUAGES),
});
type Account = z.infer<typeof accountSchema>;
type Field = keyof Account;

const FIELDS: Readonly<Record<Field, { readonly question: string; readonly must: string }>> = {
  name: { question: 'Name', must: '1 to 100 letters' },
  email: { question: 'E-mail address', must: 'an e-mail address, e.g. ana@example.org' },
  role: { question: `Role (${STAFF_ROLES.join(', ')})`, must: `one of ${STAFF_ROLES.join(', ')}` },
  language: { question: `Language (${LANGUAGES.join(', ')})`, must: `one of ${LANGUAGES.join(', ')}` },
};
const ORDER = ['name', 'email', 'role', 'language'] as const;

type AskedAccount =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** `ask`: null if nobody can be asked; missing values are then a problem. */
export async function askAccount(
  given: Readonly<Partial<Record<Field, string | undefined>>>,
  ask: Ask | null,
  say: (problem: string) => void,
): Promise<AskedAccount> {
  const answers: Partial<Record<Field, string>> = {};
  for (const field of ORDER) {
    let answer = given[field] ?? (await ask?.(`${FIELDS[field].question}: `));
    while (ask !== null && given[field] === undefined && !isUsable(field, answer)) {
      say(`Please type ${FIELDS[field].must}.`);
      answer = await ask(`${FIELDS[field].question}: `);
    }
    if (answer !== undefined) answers[field] = answer;
  }
  const parsed = accountSchema.safeParse(answers);
  if (parsed.success) return { kind: 'account', account: parsed.data };
  const wrong = ORDER.filter((field) => !isUsable(field, answers[field]));
  return { kind: 'problems', problems: wrong.map((field) => problemOf(field, answers[field])) };
}

function isUsable(field: Field, answer: string | undefined): boolean {
  return accountSchema.shape[field].safeParse(answer).success;
}

function problemOf(field: Field, answer: string | undefined): string {
  const { must } = FIELDS[field];
  return answer === undefined ? `${field}: missing. Give --${field}: ${must}` : `${field}: must be ${must}`;
}

interface NewAccount extends AccountGiven {
  readonly subject?: string | undefined;
  readonly organisation?: boolean | undefined;
}
type AccountGiven = Parameters<typeof askAccount>[0];

export async function add({ values }: Given<NewAccount>, io: Io): Promise<number> {
  const { subject, organisation = false } = values;
  if (subject !== undefined && !organisation) throw new UsageError('--subject goes with --organisation');
  const asked = await atTerminal((ask) => askAccount(values, ask, io.warn));
  if (asked === null) throw new OperatorError('No account was made.');
  if (asked.kind === 'problems') throw new OperatorError(asked.problems.join('\n'));
  const account = { ...asked.account, signInBy: organisation ? 'organisation' : 'password' } as const;
  const make = async (staff: Staff) => {
    const { issuer } = staff;
    if (organisation && issuer === null) throw new OperatorError('Set OIDC_ISSUER first: docs/accounts.md');
    const id = await staff.store.staff.addAccount(account);
    if (id === null) {
      throw new OperatorError('There is an account with this address. "npm run -s griot -- staff list" shows it.');
    }
    if (subject !== undefined && issuer !== null && !(await staff.store.staff.bindSubject(id, issuer, subject))) {
      await staff.store.staff.disableAccount(id);
      throw new OperatorError('Another account has this subject. The new account was disabled.');
    }
    // Before the code that opens it is made.
    await staff.audit.record({ staff: null, action: 'account.add', detail: `${account.role} ${id}` });
    io.say(`Account made: ${account.role}.`);
    return sayInvitation(await invite(staff, id), io);
  };
  return withStaff(io, make, { mayBeNew: true });
}

export function list(io: Io): Promise<number> {
  return withStaff(io, async ({ store }) => {
    const accounts = await store.staff.accounts();
    if (accounts.length === 0) io.say('There is no account yet. "npm run -s griot -- staff add" makes one.');
    for (const { id, name, email, role, language, state, signInBy } of accounts) {
      io.say(`${email}  ${name}\n  ${role}, ${state}, ${language}, signs in by ${signInBy}  (${id})`);
    }
    return 0;
  });
}

/** Ends its sessions at once, even on a running server. */
export function disable({ positionals: [email = ''] }: Given<unknown>, io: Io): Promise<number> {
  return withStaff(io, async (staff) => {
    const account = await accountNamed(staff, email);
    await staff.audit.record({ staff: null, action: 'account.disable', detail: `command ${account.id}` });
    await staff.store.staff.disableAccount(account.id);
    io.say('Disabled. Its sessions are over, and its password and second factors are destroyed.');
    return 0;
  });
}

/** A new one-time set-up for a person who lost phone or password, or whose code has expired. */
export function recover(
  { values, positionals: [email = ''] }: Given<{ readonly 'nobody-else'?: boolean | undefined }>,
  io: Io,
): Promise<number> {
  return withStaff(io, async (staff) => {
    const account = await accountNamed(staff, email);
    const others = (await staff.store.staff.accounts()).filter(
      ({ id, role, state }) => id !== account.id && role === 'administrator' && state === 'active',
    );
    if (account.state === 'active' && others.length >= 2 && values['nobody-else'] !== true) {
      throw new OperatorError(
        `There are ${counted(others.length, 'other administrator')}: two of them agree at the desk, under Staff. If they cannot, add --nobody-else; it is written down.`,
      );
    }
    await staff.audit.record({ staff: null, action: 'account.recover', detail: `command ${account.id}` });
    const invitation = await invite(staff, account.id);
    io.say('The former password, second factors and recovery codes no longer work, and all sessions are over.');
    return sayInvitation(invitation, io);
  });
}

/** Throws OperatorError if this address has no usable account. */
async function accountNamed({ store }: Staff, email: string): Promise<StaffAccount> {
  const account = await store.staff.accountByEmail(email);
  if (account === null) {
    throw new OperatorError('There is no account with this address. "npm run -s griot -- staff list" shows them.');
  }
  if (account.state === 'disabled') throw new OperatorError('This account is disabled for good.');
  return account;
}

/** The only time that the code is shown. */
function sayInvitation({ code, page, until }: Invitation, { say }: Io): 0 {
  say(`They open   ${page}`);
  say(`and type    ${code}`);
  say(`It works once, until ${until}. Give it to them in person or by phone, not together with the address.`);
  return 0;
}
