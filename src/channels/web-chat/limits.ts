// How much one sender, and all together, may send. In memory only: nothing is written anywhere for it.

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

export interface Bounds {
  /** Bytes, by sender. */
  readonly bytes: Rate;
  /** Bytes, of all senders together. */
  readonly bytesOfAll: Rate;
  /** Bodies at the same time. */
  readonly atOnce: { readonly sender: number; readonly all: number };
}

const ALL = 'all';

export class Admission {
  readonly #bounds: Bounds;
  readonly #bytes: TokenBuckets;
  readonly #ofAll: TokenBuckets;
  readonly #inside = new Map<string, number>();
  #all = 0;

  constructor(bounds: Bounds, now: () => Date) {
    this.#bounds = bounds;
    this.#bytes = new TokenBuckets(bounds.bytes, now);
    this.#ofAll = new TokenBuckets(bounds.bytesOfAll, now);
  }

  /** `slow`: this sender has sent much in a short time; `busy`: too many at once. Else `leave` is to be called, once. */
  enter(sender: string): 'slow' | 'busy' | { readonly leave: () => void } {
    if (!this.#bytes.has(sender)) return 'slow';
    const inside = this.#inside.get(sender) ?? 0;
    const { atOnce } = this.#bounds;
    if (inside >= atOnce.sender || this.#all >= atOnce.all || !this.#ofAll.has(ALL)) return 'busy';
    this.#inside.set(sender, inside + 1);
    this.#all += 1;
    return {
      leave: () => {
        this.#all -= 1;
        const left = (this.#inside.get(sender) ?? 1) - 1;
        if (left > 0) this.#inside.set(sender, left);
        else this.#inside.delete(sender);
      },
    };
  }

  spend(sender: string, bytes: number): void {
    this.#bytes.spend(sender, bytes);
    this.#ofAll.spend(ALL, bytes);
  }
}
