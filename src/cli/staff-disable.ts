// npm run -s staff:disable -- ADDRESS [--data DIR]: ends an account. Its sessions are over at once, also on a running server.

import { parseArgs } from 'node:util';
import { fail, withStaff } from './staff/open-staff.ts';

const USAGE = 'npm run -s staff:disable -- ADDRESS [--data DIR]';

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  const email = given?.positionals[0];
  if (given === null || (email === undefined && given.values.help !== true)) return fail(USAGE);
  if (email === undefined || given.values.help === true) {
    console.log(USAGE);
    return 0;
  }
  return withStaff({ dataDir: given.values.data }, async ({ store, audit }) => {
    const account = await store.staff.accountByEmail(email);
    if (account === null) return fail('There is no account with this address. "npm run -s staff:list" shows them.');
    if (account.state === 'disabled') return fail('This account has been disabled before.');
    await audit.record({ staff: null, action: 'account.disable', detail: account.id });
    await store.staff.disableAccount(account.id);
    console.log('Disabled. Its sessions are over, and its password and second factor are destroyed.');
    return 0;
  });
}

function parseGiven() {
  try {
    const options = { data: { type: 'string' }, help: { type: 'boolean' } } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    return null;
  }
}
