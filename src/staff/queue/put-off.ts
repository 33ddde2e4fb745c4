// Putting a case off until a time, with a reason from a list: reasons hold no words about anybody.

import { instantOf } from '../../calls/instant.ts';
import type { Desk } from '../desk.ts';

export const PUT_OFF_WHY = ['answer', 'language', 'advice', 'rest', 'other'] as const;

/** In milliseconds: a longer wait would be forgetting. */
const MOST = 31 * 86_400_000;

/** Of the operator's clocks. Null: no such time, or it is not ahead, or too far. */
export function putOffUntil(
  { day, time }: { readonly day: string; readonly time: string },
  { timeZone, now }: Pick<Desk, 'timeZone' | 'now'>,
): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(day) || !/^\d{2}:\d{2}$/u.test(time)) return null;
  try {
    const until = instantOf(day, time, timeZone);
    const ahead = until - now().getTime();
    return ahead > 0 && ahead <= MOST ? new Date(until).toISOString() : null;
  } catch {
    return null;
  }
}

/** Tomorrow there, as YYYY-MM-DD. */
export function tomorrowIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now.getTime() + 86_400_000);
}
