// Whether somebody is there who can write to people: only then are they promised that a person will.

import type { StaffRows } from '../store/staff-port.ts';

export interface Staffed {
  /** An account that may write stands and is set up; as of the last look. */
  readonly now: boolean;
  close(): void;
}

/** Milliseconds: accounts are made by a command, in another process. */
const LOOK_MS = 60_000;

export async function openStaffed(
  staff: Pick<StaffRows, 'accounts'>,
  onFault: (error: unknown) => void,
): Promise<Staffed> {
  const look = async () => (await staff.accounts()).some(({ state, role }) => state === 'active' && role !== 'reader');
  let isThere = await look();
  const timer = setInterval(() => {
    look().then((found) => (isThere = found), onFault);
  }, LOOK_MS);
  timer.unref();
  return {
    get now() {
      return isThere;
    },
    close: () => clearInterval(timer),
  };
}
