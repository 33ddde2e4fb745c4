// Rate limits per sender and in total. One process counts in memory only; several count together in the database, under hashes that
// nobody can trace back, in tables that are in no journal. Bytes are counted per process: it is its memory that they fill.

/** A token bucket: its size, and the refill per minute. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

/** Counts for all processes together: true if this key may proceed. */
export type SharedLimit = (key: string, rate: Rate, now: number) => Promise<boolean>;

export interface Limit {
  /** Returns true if the key may proceed; false if it must wait. */
  take(key: string): Promise<boolean>;
}

/** `name` keeps the keys of one limit apart from those of others. `shared` null: this process counts alone. */
export function openLimit(name: string, rate: Rate, now: () => Date, shared: SharedLimit | null): Limit {
  if (shared !== null) return { take: (key) => shared(`${name} ${key}`, rate, now().getTime()) };
  const buckets = new TokenBuckets(rate, now);
  return { take: (key) => Promise.resolve(buckets.take(key)) };
}

/** Most buckets; the longest unused is forgotten first, which can only admit somebody. */
const MOST_BUCKETS = 50_000;

/** Counts per key in memory only: no IP address and no cookie is stored. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #now: () => Date;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rate: Rate, now: () => Date) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Returns true if the key may proceed; false if it must wait. */
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

  /** Charges an amount that is known only afterwards: it may exceed what was left, and the wait is then longer. */
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
  /** Concurrent bodies. */
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

  /** `slow`: this sender has sent much in a short time; `busy`: too many at once. Else call `leave` once at the end. */
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
