// npm run -s staff:list -- [--data DIR]: who has an account, and how far it is.

import { parseArgs } from 'node:util';
import { fail, withStaff } from './staff/open-staff.ts';

const USAGE = 'npm run -s staff:list -- [--data DIR]';

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  if (given === null) return fail(USAGE);
  if (given.help === true) {
    console.log(USAGE);
    return 0;
  }
  return withStaff({ dataDir: given.data }, async ({ store }) => {
    const accounts = await store.staff.accounts();
    if (accounts.length === 0) console.log('There is no account yet. "npm run -s staff:add" makes one.');
    for (const { id, name, email, role, language, state, signInBy } of accounts) {
      console.log(`${email}  ${name}\n  ${role}, ${state}, ${language}, signs in by ${signInBy}  (${id})`);
    }
    return 0;
  });
}

function parseGiven() {
  try {
    return parseArgs({ options: { data: { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch {
    return null;
  }
}
