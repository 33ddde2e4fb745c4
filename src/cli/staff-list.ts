// npm run -s staff:list -- [--data DIR]: who has an account, and how far it is.

import { parseArgs } from 'node:util';
import { withStaff } from './staff/open-staff.ts';
import { typed } from './typed.ts';

const USAGE = 'npm run -s staff:list -- [--data DIR]';
const OPTIONS = { data: { type: 'string' }, help: { type: 'boolean' } } as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = typed(USAGE, 0, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  return withStaff({ dataDir: given.values.data }, async ({ store }) => {
    const accounts = await store.staff.accounts();
    if (accounts.length === 0) console.log('There is no account yet. "npm run -s staff:add" makes one.');
    for (const { id, name, email, role, language, state, signInBy } of accounts) {
      console.log(`${email}  ${name}\n  ${role}, ${state}, ${language}, signs in by ${signInBy}  (${id})`);
    }
    return 0;
  });
}
