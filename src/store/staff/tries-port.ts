// Tries at the door of the desk, by account; staff-tries.ts keeps them.

export interface Patience {
  /** Tries without any wait. */
  readonly free: number;
  /** The first wait, in milliseconds; it doubles with every further try. */
  readonly first: number;
  /** The longest wait, in milliseconds. */
  readonly most: number;
}

export interface Tried {
  readonly count: number;
  /** When the last one was, in milliseconds. */
  readonly at: number;
}

/** So long after the last try, in milliseconds, all is forgotten. */
export const FORGOTTEN = 24 * 60 * 60_000;

/** When the next try may be made, in milliseconds. */
export function waitsUntil({ count, at }: Tried, { free, first, most }: Patience): number {
  return count < free ? 0 : at + Math.min(most, first * 2 ** (count - free));
}

export interface StaffTries {
  /** Counts a try before it is looked at; not where it may not be made: then until when (ISO 8601, UTC). */
  begin(key: string, patience: Patience): Promise<string | null>;
  /** How many are remembered. */
  count(key: string): Promise<number>;
  /** A right one: the count begins anew. */
  forget(key: string): Promise<void>;
}
