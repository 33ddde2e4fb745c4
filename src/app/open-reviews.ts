// What the conversation needs of the review desk: people are promised a person only while there is one.

import type { Logger } from 'pino';
import type { Store } from '../store/open.ts';
import type { StaffAccount } from '../store/staff/staff-accounts.ts';

/** Seconds for which it is remembered whether somebody can write from the desk. */
const REMEMBERED = 30;

/** Says in the log where RELEASE asks for more reviewers than there are: what people send would then wait for nobody. */
export async function warnOfMissingReviewers(
  store: Pick<Store, 'staff'>,
  release: 'person' | 'staff' | 'two',
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const needed = { person: 0, staff: 1, two: 2 }[release];
  const active = (await store.staff.accounts()).filter(mayDecide).length;
  if (active < needed) {
    log.warn(
      { needed, active },
      'RELEASE: nothing leaves before there are enough reviewers; npm run -s griot -- staff add',
    );
  }
}

function mayDecide({ state, role }: StaffAccount): boolean {
  return state === 'active' && role !== 'reader';
}

/** True while an account that may write to people is active. Asked of the database at most twice a minute. */
export function deskIsStaffed(store: Pick<Store, 'staff'>, now: () => Date): () => Promise<boolean> {
  let known: { readonly staffed: boolean; readonly until: number } | null = null;
  return async () => {
    const time = now().getTime();
    if (known !== null && time < known.until) return known.staffed;
    const accounts = await store.staff.accounts();
    const staffed = accounts.some(mayDecide);
    known = { staffed, until: time + REMEMBERED * 1000 };
    return staffed;
  };
}
