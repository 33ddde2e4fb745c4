// Wrong tries make the next one wait, longer each time, and never for ever. In memory only: no network address is written down.

export interface Patience {
  /** Tries without any wait. */
  readonly free: number;
  /** The first wait, in milliseconds; it doubles with every further try. */
  readonly first: number;
  /** The longest wait, in milliseconds. */
  readonly most: number;
}

/** Of an account: somebody may mistype now and then. */
export const OF_ACCOUNT: Patience = { free: 5, first: 2_000, most: 15 * 60_000 };
/** Of a network address, which a whole office may share. */
export const OF_SENDER: Patience = { free: 20, first: 2_000, most: 15 * 60_000 };

/** So long after the last try, in milliseconds, all is forgotten. */
const FORGOTTEN = 24 * 60 * 60_000;
/** Kept at most; the longest unused is forgotten first. */
const MOST_KEYS = 50_000;

export class Throttle {
  readonly #now: () => Date;
  readonly #tries = new Map<string, { count: number; at: number }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /**
   * Counts a try under every key before it is looked at, so that tries at the same time count too. `until`: this one may not
   * be made, and does not count.
   */
  begin(keys: readonly (readonly [string, Patience])[]): { readonly until: Date } | null {
    const at = this.#now().getTime();
    const until = Math.max(...keys.map(([key, patience]) => this.#waitsUntil(key, patience)));
    if (until > at) return { until: new Date(until) };
    for (const [key] of keys) {
      const before = this.#tries.get(key);
      this.#tries.delete(key);
      const count = before === undefined || at - before.at > FORGOTTEN ? 1 : before.count + 1;
      this.#tries.set(key, { count, at });
    }
    while (this.#tries.size > MOST_KEYS) {
      const oldest = this.#tries.keys().next();
      if (oldest.done === true) break;
      this.#tries.delete(oldest.value);
    }
    return null;
  }

  /** The account's count begins anew; the sender gets back the one try, so that one right one does not buy many wrong ones. */
  succeeded(account: string, sender: string): void {
    this.#tries.delete(account);
    const tries = this.#tries.get(sender);
    if (tries !== undefined) tries.count = Math.max(0, tries.count - 1);
  }

  #waitsUntil(key: string, { free, first, most }: Patience): number {
    const tries = this.#tries.get(key);
    if (tries === undefined || tries.count < free) return 0;
    return tries.at + Math.min(most, first * 2 ** (tries.count - free));
  }
}
