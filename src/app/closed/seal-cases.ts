// Every hour: closed cases are sealed to the keys of staff, if that is configured and two of the keys were proved.

import { isPast } from '../../calls/call.ts';
import type { CallShelf } from '../../calls/call-registry.ts';
import type { ClosedConfig } from '../../config/closed.ts';
import { stateOf } from '../../conversation/open-case.ts';
import { parseSession } from '../../dialog/engine/session.ts';
import { putAway } from '../../dialog/stages/put-away.ts';
import type { Audit } from '../../staff/audit/audit.ts';
import type { Remainder } from '../../store/sealed/seal-closed.ts';
import type { Store } from '../../store/open.ts';
import { encryptTo } from './closed-keys.ts';

/** Keys that somebody must have proved to hold, before anything is sealed. */
export const PROVED_KEYS = 2;

const DAY = 86_400_000;

interface SealCasesDeps {
  readonly closed: ClosedConfig | null;
  readonly store: Pick<Store, 'closedKeys' | 'sealClosed'>;
  readonly calls: Pick<CallShelf, 'find'>;
  /** Each case that is sealed is a row: from then on nobody can read it here. */
  readonly audit: Pick<Audit, 'record'>;
  readonly now: () => Date;
  readonly log: Record<'info' | 'warn', (facts: object, text: string) => void>;
}

/** Returns the number of sealed cases. Nothing is sealed as long as two keys were not proved. */
export async function sealCases({ closed, store, calls, audit, now, log }: SealCasesDeps): Promise<number> {
  if (closed === null) return 0;
  const { recipients, afterDays } = closed;
  const proved = await store.closedKeys.proved(recipients);
  if (proved.length < PROVED_KEYS) {
    log.warn({ proved: proved.length, needed: PROVED_KEYS }, 'no case is sealed: keys of CLOSED_KEYS must be proved');
    return 0;
  }
  const at = now();
  const sealed = await store.sealClosed(at.toISOString(), {
    before: new Date(at.getTime() - afterDays * DAY).toISOString(),
    recipients,
    encrypt: (dataKey) => encryptTo(recipients, dataKey),
    remainderOf,
    isOver: (id) => isOver(calls.find(id)?.call ?? null, at.toISOString()),
    onSealed: ({ reference, ...one }) =>
      audit.record({ staff: null, action: 'case.seal', ...one, ...(reference !== null && { reference }) }),
  });
  if (sealed > 0) log.info({ sealed }, 'sealed closed cases to the keys of staff');
  return sealed;
}

function remainderOf(stored: unknown, at: string): Remainder | null {
  const remainder = putAway(parseSession(stored), at);
  return remainder === null ? null : { session: remainder, state: stateOf(remainder) };
}

/** A call without a deadline takes corrections for as long as it is open. */
function isOver(call: Parameters<typeof isPast>[0] | null, at: string): boolean {
  return call === null || call.status === 'closed' || isPast(call, at);
}
