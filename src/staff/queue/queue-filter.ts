// What the queue is narrowed to: plain parameters of the address, so that a link or a form without script does it.

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';
import { CASE_STATES, type CaseState } from './case-state.ts';
import type { QueueEntry } from './order-queue.ts';

const schema = z.object({
  scope: z.enum(['open', 'done']).catch('open'),
  state: z.enum(CASE_STATES).nullable().catch(null),
  language: z.enum(LANGUAGES).nullable().catch(null),
  flag: z.string().min(1).max(40).nullable().catch(null),
  /** An account's id, 'me' or 'nobody'. */
  assigned: z.string().min(1).max(80).nullable().catch(null),
  /** Only what needs this reviewer. */
  mine: z.literal('1').nullable().catch(null),
});

export interface QueueFilter {
  readonly scope: 'open' | 'done';
  readonly state: CaseState | null;
  readonly language: (typeof LANGUAGES)[number] | null;
  readonly flag: string | null;
  readonly assigned: string | null;
  readonly mine: '1' | null;
}

/** Whatever is not understood is left out: a queue too long is better than one that hides somebody. */
export function parseFilter(query: Readonly<Record<string, string>>): QueueFilter {
  return schema.parse(query);
}

export function matches(entry: QueueEntry, filter: QueueFilter, me: string): boolean {
  const { row } = entry;
  if (filter.state !== null && entry.state !== filter.state) return false;
  if (filter.language !== null && row.language !== filter.language) return false;
  if (filter.flag !== null && !entry.flags.some((flag) => flag === filter.flag)) return false;
  if (filter.mine !== null && entry.need === null) return false;
  if (filter.assigned === null) return true;
  const wanted = filter.assigned === 'me' ? me : filter.assigned === 'nobody' ? null : filter.assigned;
  return row.assignedTo === wanted;
}

export function isNarrowed({ state, language, flag, assigned, mine }: QueueFilter): boolean {
  return [state, language, flag, assigned, mine].some((one) => one !== null);
}
