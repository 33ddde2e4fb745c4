/** So much at once, and so much again per minute. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

/** Buckets kept at most; the longest unused is forgotten first, which only ever lets somebody through. */
const MOST_BUCKETS = 50_000;

/** Counts per key in memory only: neither an IP address nor a cookie is written anywhere for it. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #now: () => Date;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rate: Rate, now: () => Date) {
    this.#rate = rate;
    this.#now = now;
  }

  /** True where the key may; false where it must wait. */
  take(key: string): boolean {
    const at = this.#now().getTime();
    const tokens = this.#tokens(key, at);
    const allowed = tokens >= 1;
    this.#keep(key, allowed ? tokens - 1 : tokens, at);
    return allowed;
  }

  /** Whether something is left. Counts nothing. */
  has(key: string): boolean {
    return this.#tokens(key, this.#now().getTime()) > 0;
  }

  /** What was used, known only afterwards: it may be more than was left, and then the wait is longer. */
  spend(key: string, count: number): void {
    const at = this.#now().getTime();
    this.#keep(key, this.#tokens(key, at) - count, at);
  }

  #tokens(key: string, at: number): number {
    const before = this.#buckets.get(key);
    if (before === undefined) return this.#rate.burst;
    const passed = Math.max(0, at - before.at);
    return Math.min(this.#rate.burst, before.tokens + (passed / 60_000) * this.#rate.perMinute);
  }

  #keep(key: string, tokens: number, at: number): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens, at });
    if (this.#buckets.size > MOST_BUCKETS) {
      const oldest = this.#buckets.keys().next();
      if (oldest.done !== true) this.#buckets.delete(oldest.value);
    }
  }
}
