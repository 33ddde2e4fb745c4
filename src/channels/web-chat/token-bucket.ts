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
    const before = this.#buckets.get(key) ?? { tokens: this.#rate.burst, at };
    const refilled = before.tokens + (Math.max(0, at - before.at) / 60_000) * this.#rate.perMinute;
    const tokens = Math.min(this.#rate.burst, refilled);
    const allowed = tokens >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at });
    if (this.#buckets.size > MOST_BUCKETS) {
      const oldest = this.#buckets.keys().next();
      if (oldest.done !== true) this.#buckets.delete(oldest.value);
    }
    return allowed;
  }
}
