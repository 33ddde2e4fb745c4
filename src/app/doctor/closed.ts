// Closed cases that only the keys of staff open.

import type { Config } from '../../config/config.ts';
import type { LookedAt } from '../../store/look.ts';
import { shortKey } from '../closed/closed-keys.ts';
import { PROVED_KEYS } from '../closed/seal-cases.ts';
import { fine, type Finding, toDo } from './finding.ts';
import { counted } from '../../counted.ts';

/** Days after which somebody should prove again that they still have their key. */
const PROOF_DAYS = 183;
const DAY = 86_400_000;
const MEND = 'npm run -s griot -- closed-keys test --out FILE; docs/operate.md says the rest.';

export async function findClosed({ closed }: Config, store: LookedAt, now: Date): Promise<readonly Finding[]> {
  if (closed === null) return [];
  const { recipients, afterDays } = closed;
  const proved = await store.closedKeys.proved(recipients);
  if (proved.length < PROVED_KEYS) {
    const says = `CLOSED_KEYS: no case is sealed before ${PROVED_KEYS} keys are proved; so far ${proved.length}`;
    return [toDo('sealed', says, MEND)];
  }
  const known = new Set(
    proved.filter(({ at }) => now.getTime() - Date.parse(at) <= PROOF_DAYS * DAY).map(({ recipient }) => recipient),
  );
  const old = recipients.filter((one) => !known.has(one));
  if (old.length > 0)
    return [
      toDo('sealed', `not proved for half a year: ${old.map(shortKey).join(', ')}; a lost key opens nothing`, MEND),
    ];
  return [
    fine(
      'sealed',
      `cases are sealed ${counted(afterDays, 'day')} after their end, to ${recipients.map(shortKey).join(', ')}`,
    ),
  ];
}
