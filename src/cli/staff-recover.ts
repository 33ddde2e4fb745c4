// npm run -s staff:recover -- ADDRESS [--nobody-else] [--data DIR]: a new one-time set-up for somebody who lost phone or
// password, or whose code is too old. Two administrators do this at the desk; the command is for where there are not two.

import { parseArgs } from 'node:util';
import { invite } from '../staff/sign-in/invite.ts';
import { fail, withStaff } from './staff/open-staff.ts';

const USAGE = 'npm run -s staff:recover -- ADDRESS [--nobody-else] [--data DIR]';

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = parseGiven();
  const email = given?.positionals[0];
  if (given === null || (email === undefined && given.values.help !== true)) return fail(USAGE);
  if (email === undefined || given.values.help === true) {
    console.log(USAGE);
    return 0;
  }
  return withStaff({ dataDir: given.values.data }, async (staff) => {
    const account = await staff.store.staff.accountByEmail(email);
    if (account === null) return fail('There is no account with this address. "npm run -s staff:list" shows them.');
    if (account.state === 'disabled') return fail('This account is disabled, and stays so.');
    const others = (await staff.store.staff.accounts()).filter(
      ({ id, role, state }) => id !== account.id && role === 'administrator' && state === 'active',
    );
    if (account.state === 'active' && others.length >= 2 && given.values['nobody-else'] !== true) {
      return fail(
        `There are ${others.length} other administrators: two of them agree at the desk, under Staff. If they cannot, add --nobody-else; it is written down.`,
      );
    }
    await staff.audit.record({ staff: null, action: 'account.recover', detail: `command ${account.id}` });
    const { code, page, until } = await invite(staff, account.id);
    console.log(
      'Password, second factor and recovery codes of before are worth nothing now, and all sessions are over.',
    );
    console.log(`They open   ${page}`);
    console.log(`and type    ${code}`);
    console.log(`It works once, until ${until}. Hand it over in person or by a call.`);
    return 0;
  });
}

function parseGiven() {
  try {
    const flag = { type: 'boolean' } as const;
    const options = { data: { type: 'string' }, 'nobody-else': flag, help: flag } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    return null;
  }
}
