// npm run -s staff:recover -- ADDRESS [--nobody-else] [--data DIR]: a new one-time set-up for somebody who lost phone or
// password, or whose code is too old. Two administrators do this at the desk; the command is for where there are not two.

import { parseArgs } from 'node:util';
import { invite } from '../staff/sign-in/invite.ts';
import { accountNamed } from './staff/account-named.ts';
import { withStaff } from './staff/open-staff.ts';
import { sayInvitation } from './staff/say-invitation.ts';
import { fail, typed } from './typed.ts';

const USAGE = 'npm run -s staff:recover -- ADDRESS [--nobody-else] [--data DIR]';
const FLAG = { type: 'boolean' } as const;
const OPTIONS = { data: { type: 'string' }, 'nobody-else': FLAG, help: FLAG } as const;

process.exitCode = await run();

async function run(): Promise<0 | 1> {
  const given = typed(USAGE, 1, () => parseArgs({ options: OPTIONS, allowPositionals: true }));
  if (typeof given === 'number') return given;
  const [email = ''] = given.positionals;
  return withStaff({ dataDir: given.values.data }, async (staff) => {
    const account = await accountNamed(staff, email);
    if (account === null) return 1;
    const others = (await staff.store.staff.accounts()).filter(
      ({ id, role, state }) => id !== account.id && role === 'administrator' && state === 'active',
    );
    if (account.state === 'active' && others.length >= 2 && given.values['nobody-else'] !== true) {
      return fail(
        `There are ${others.length} other administrators: two of them agree at the desk, under Staff. If they cannot, add --nobody-else; it is written down.`,
      );
    }
    await staff.audit.record({ staff: null, action: 'account.recover', detail: `command ${account.id}` });
    const invitation = await invite(staff, account.id);
    console.log(
      'Password, second factors and recovery codes of before are worth nothing now, and all sessions are over.',
    );
    return sayInvitation(invitation);
  });
}
