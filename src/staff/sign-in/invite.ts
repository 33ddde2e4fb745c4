// The one-time set-up: a code that an administrator hands over by a way that is safe, and a page to type it into. The code
// stands in no address, so that no history, log or preview holds it.

import type { StaffDeps } from '../desk.ts';
import { makeOneTimeCode, SET_UP_LENGTH, showOneTimeCode } from './one-time-code.ts';

const DAYS = 3;

export interface Invitation {
  /** In groups of four, as it is handed over. */
  readonly code: string;
  readonly page: string;
  /** ISO 8601, UTC. */
  readonly until: string;
}

/** Whatever the account could sign in with before is worth nothing from now on, and its sessions are over. */
export async function invite(
  { store, randomBytes, now, publicUrl }: Pick<StaffDeps, 'store' | 'randomBytes' | 'now' | 'publicUrl'>,
  account: string,
): Promise<Invitation> {
  const code = makeOneTimeCode(randomBytes, SET_UP_LENGTH);
  const until = new Date(now().getTime() + DAYS * 24 * 60 * 60_000).toISOString();
  await store.staff.inviteAgain(account, code, until);
  return { code: showOneTimeCode(code), page: new URL('/desk/set-up', publicUrl).href, until };
}
