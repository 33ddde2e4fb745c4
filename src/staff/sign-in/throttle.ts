// Wrong tries make the next one wait, longer each time, and never for ever. Whoever tries waits for their own tries: a network at an
// account, a network at many accounts, a known browser at its account. Only where very many networks try one
// account do all that nobody knows wait together. Those of an account outlive a restart (src/store/staff/staff-tries.ts). Those of a
// network are in memory only: no network address is written down. docs/decisions/0152-known-browsers.md.

import { FORGOTTEN, type Patience, type StaffTries, type Tried, waitsUntil } from '../../store/staff/staff-tries.ts';

/** Of one network at one account, or of one browser: somebody may mistype now and then. */
export const OF_ACCOUNT: Patience = { free: 5, first: 2_000, most: 15 * 60_000 };
/** Of all networks together at one account: one network alone is made to wait long before. */
export const OF_STRANGERS: Patience = { free: 100, first: 2_000, most: 15 * 60_000 };
/** Of a network at all accounts, which a whole office may share. */
const OF_SENDER: Patience = { free: 20, first: 2_000, most: 15 * 60_000 };

/** Networks, and pairs of a network and an account, kept at most; the longest unused is forgotten first. */
const MOST_KEPT = 50_000;

export interface ThrottleKeys {
  readonly account: string;
  readonly sender: string;
  /** Known from an earlier sign-in to this account, in full. Null: a stranger. */
  readonly browser: string | null;
  /** A code of six digits can be guessed: strangers wait together after as few tries as one of them. */
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
   * Counts a try before it is looked at, so that tries at the same time count too. `until`: this one may not be made, and does not
   * count.
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

  /** The count begins anew; the sender gets back the one try, so that one right one does not buy many wrong ones. */
  async succeeded({ account, sender, browser }: ThrottleKeys): Promise<void> {
    if (browser !== null) return this.#accounts.forget(browserKey(account, browser));
    giveBack(this.#senders, sender);
    this.#pairs.delete(pairKey(account, sender));
    return this.#accounts.forget(account);
  }

  /** Tries of strangers at these accounts that are remembered. */
  async remembered(accounts: readonly string[]): Promise<number> {
    const counts = await Promise.all(accounts.map((account) => this.#accounts.count(account)));
    return counts.reduce((sum, one) => sum + one, 0);
  }

  /** Nobody waits any more for what strangers tried at these accounts. */
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
