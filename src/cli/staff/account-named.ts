import type { StaffAccount } from '../../store/staff-port.ts';
import { fail } from '../typed.ts';
import type { Staff } from './open-staff.ts';

/** The account with this address, if anything can still be done with it; else why not has been said. */
export async function accountNamed({ store }: Staff, email: string): Promise<StaffAccount | null> {
  const account = await store.staff.accountByEmail(email);
  if (account === null) fail('There is no account with this address. "npm run -s staff:list" shows them.');
  else if (account.state === 'disabled') fail('This account is disabled, and stays so.');
  else return account;
  return null;
}
