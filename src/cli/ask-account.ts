// Name, address, role and language of a new account: as they were given, or asked one after the other, each until it can be
// used.

import { z } from 'zod';
import { LANGUAGES } from '../languages.ts';
import { STAFF_ROLES } from '../store/staff/staff-port.ts';

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

export type AskedAccount =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** `ask`: null where nobody can be asked; what is missing is a problem then. */
export async function askAccount(
  given: Readonly<Partial<Record<Field, string | undefined>>>,
  ask: ((question: string) => Promise<string>) | null,
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
