// Wrong tries make the next one wait, longer each time, and never for ever. Those of an account outlive a restart
// (src/store/staff-tries.ts). Those of a network address are in memory only: no network address is written down.

import { FORGOTTEN, waitsUntil, type Patience, type StaffTries, type Tried } from '../../store/tries-port.ts';

/** Of an account: somebody may mistype now and then. */
export const OF_ACCOUNT: Patience = { free: 5, first: 2_000, most: 15 * 60_000 };
/** Of a network address, which a whole office may share. */
export const OF_SENDER: Patience = { free: 20, first: 2_000, most: 15 * 60_000 };

/** Network addresses kept at most; the longest unused is forgotten first. */
const MOST_SENDERS = 50_000;

export interface ThrottleKeys {
  readonly account: string;
  readonly sender: string;
}

export class Throttle {
  readonly #now: () => Date;
  readonly #accounts: StaffTries;
  readonly #senders = new Map<string, Tried>();

  constructor(now: () => Date, accounts: StaffTries) {
    this.#now = now;
    this.#accounts = accounts;
  }

  /**
   * Counts a try for both before it is looked at, so that tries at the same time count too. `until`: this one may not be made,
   * and does not count.
   */
  async begin({ account, sender }: ThrottleKeys): Promise<{ readonly until: Date } | null> {
    const before = this.#senders.get(sender);
    const at = this.#now().getTime();
    const wait = before === undefined ? 0 : waitsUntil(before, OF_SENDER);
    if (wait > at) return { until: new Date(wait) };
    const mine: Tried = { count: before === undefined || at - before.at > FORGOTTEN ? 1 : before.count + 1, at };
    this.#keep(sender, mine);
    const until = await this.#accounts.begin(account, OF_ACCOUNT);
    if (until === null) return null;
    this.#giveBack(sender, this.#senders.get(sender) === mine ? before?.at : undefined);
    return { until: new Date(until) };
  }

  /** The account's count begins anew; the sender gets back the one try, so that one right one does not buy many wrong ones. */
  async succeeded({ account, sender }: ThrottleKeys): Promise<void> {
    this.#giveBack(sender);
    await this.#accounts.forget(account);
  }

  #giveBack(sender: string, at?: number): void {
    const tried = this.#senders.get(sender);
    if (tried !== undefined) this.#senders.set(sender, { count: Math.max(0, tried.count - 1), at: at ?? tried.at });
  }

  #keep(sender: string, tried: Tried): void {
    this.#senders.delete(sender);
    this.#senders.set(sender, tried);
    const [oldest] = this.#senders.size > MOST_SENDERS ? this.#senders.keys() : [];
    if (oldest !== undefined) this.#senders.delete(oldest);
  }
}
