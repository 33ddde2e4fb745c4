// Wrong tries make the next one wait, longer each time, but never for ever. Counts are separate: per network and
// account, per network, per known browser and account. Only if very many networks try one account, all unknown browsers
// wait together. Counts of an account survive a restart (src/store/staff/staff-tries.ts); those of a network are in
// memory only: no network address is stored. docs/decisions/0152-known-browsers.md.

import { FORGOTTEN, type Patience, type StaffTries, type Tried, waitsUntil } from '../../store/staff/staff-tries.ts';

/** Of one network at one account, or of one browser: allows for typing errors. */
export const OF_ACCOUNT: Patience = { free: 5, first: 2_000, most: 15 * 60_000 };
/** Of all networks together at one account: a single network has to wait long before. */
export const OF_STRANGERS: Patience = { free: 100, first: 2_000, most: 15 * 60_000 };
/** Of a network at all accounts, which a whole office may share. */
const OF_SENDER: Patience = { free: 20, first: 2_000, most: 15 * 60_000 };

/** Most networks, and pairs of a network and an account; the longest unused is forgotten first. */
const MOST_KEPT = 50_000;

export interface ThrottleKeys {
  readonly account: string;
  readonly sender: string;
  /** Known from an earlier complete sign-in to this account. Null: unknown. */
  readonly browser: string | null;
  /** For codes of six digits, which can be guessed: all unknown browsers wait together after as few tries as one of them. */
  readonly guessable?: boolean;
}

export class Throttle {
  readonly #now: () => Date;
  readonly #accounts: StaffTries;
  readonly #senders = new Map<string, Tried>();
  readonly #pairs = new Map<string, Tried>();

  constructor(now: () => Date, accounts: StaffTries) {
    this.#now = now;
    this.#accounts = accounts;
  }

  /**
   * Counts a try before it is checked, so that concurrent tries also count. `until`: this one is not allowed before,
   * and is not counted.
   */
  async begin(keys: ThrottleKeys): Promise<{ readonly until: Date } | null> {
    const { account, sender, browser, guessable = false } = keys;
    if (browser !== null) return untilOf(await this.#accounts.begin(browserKey(account, browser), OF_ACCOUNT));
    const pair = pairKey(account, sender);
    const at = this.#now().getTime();
    const wait = Math.max(waitOf(this.#senders.get(sender), OF_SENDER), waitOf(this.#pairs.get(pair), OF_ACCOUNT));
    if (wait > at) return { until: new Date(wait) };
    const before = [this.#senders.get(sender), this.#pairs.get(pair)] as const;
    count(this.#senders, sender, at);
    count(this.#pairs, pair, at);
    const until = await this.#accounts.begin(account, guessable ? OF_ACCOUNT : OF_STRANGERS);
    if (until === null) return null;
    giveBack(this.#senders, sender, before[0]?.at);
    giveBack(this.#pairs, pair, before[1]?.at);
    return { until: new Date(until) };
  }

  /** Resets the counts; the sender gets back only this one try, so that one success does not allow many wrong tries. */
  async succeeded({ account, sender, browser }: ThrottleKeys): Promise<void> {
    if (browser !== null) return this.#accounts.forget(browserKey(account, browser));
    giveBack(this.#senders, sender);
    this.#pairs.delete(pairKey(account, sender));
    return this.#accounts.forget(account);
  }

  /** Remembered tries of strangers at these accounts. */
  async remembered(accounts: readonly string[]): Promise<number> {
    const counts = await Promise.all(accounts.map((account) => this.#accounts.count(account)));
    return counts.reduce((sum, one) => sum + one, 0);
  }

  /** Ends the waits because of strangers' tries at these accounts. */
  async end(accounts: readonly string[]): Promise<void> {
    for (const account of accounts) {
      for (const key of [...this.#pairs.keys()]) if (key.startsWith(pairKey(account, ''))) this.#pairs.delete(key);
      await this.#accounts.forget(account);
    }
  }
}

function untilOf(until: string | null): { readonly until: Date } | null {
  return until === null ? null : { until: new Date(until) };
}

function waitOf(tried: Tried | undefined, patience: Patience): number {
  return tried === undefined ? 0 : waitsUntil(tried, patience);
}

function pairKey(account: string, sender: string): string {
  return `${account}\n${sender}`;
}

function browserKey(account: string, browser: string): string {
  return `${account}\n${browser}`;
}

function count(kept: Map<string, Tried>, key: string, at: number): void {
  const before = kept.get(key);
  kept.delete(key);
  kept.set(key, { count: before === undefined || at - before.at > FORGOTTEN ? 1 : before.count + 1, at });
  const [oldest] = kept.size > MOST_KEPT ? kept.keys() : [];
  if (oldest !== undefined) kept.delete(oldest);
}

function giveBack(kept: Map<string, Tried>, key: string, at?: number): void {
  const tried = kept.get(key);
  if (tried !== undefined) kept.set(key, { count: Math.max(0, tried.count - 1), at: at ?? tried.at });
}
