// npm run -s staff:disable -- ADDRESS [--data DIR]: ends an account. Its sessions are over at once, also on a running server.

import { parseArgs } from 'node:util';
import { accountNamed } from './staff/account-named.ts';
import { withStaff } from './staff/open-staff.ts';
import { typed } from './typed.ts';

const USAGE = 'npm run -s staff:disable -- ADDRESS [--data DIR]';
const OPTIONS = { data: { type: 'string' }, help: { type: 'boolean' } } as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = typed(USAGE, 1, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  const [email = ''] = given.positionals;
  return withStaff({ dataDir: given.values.data }, async (staff) => {
    const account = await accountNamed(staff, email);
    if (account === null) return 1;
    await staff.audit.record({ staff: null, action: 'account.disable', detail: `command ${account.id}` });
    await staff.store.staff.disableAccount(account.id);
    console.log('Disabled. Its sessions are over, and its password and second factors are destroyed.');
    return 0;
  });
}
