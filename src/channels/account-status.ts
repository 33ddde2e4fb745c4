// The state of our account with a messenger, stored; staff are told once about each event. WhatsApp and Teams use it.

/** Milliseconds between two tries of a notice that could not be delivered. */
const AGAIN_MS = 5 * 60_000;
/** Milliseconds in which restrictions that come and go are one event. */
const ONE_EVENT_MS = 24 * 3_600_000;

/** The stored states of the accounts of every messenger. */
export interface AccountsKept {
  account(account: string): Promise<{
    readonly state: 'linked' | 'restricted' | 'stopped' | 'unlinked';
    readonly reason: string | null;
    readonly toldAt: string | null;
  } | null>;
  setAccount(account: string, state: 'linked' | 'restricted' | 'stopped', reason: string | null): Promise<void>;
  noteTold(account: string): Promise<void>;
}

export interface StandingDeps<Trouble extends string> {
  /** Our own id; one for each number, app or the like. */
  readonly account: string;
  readonly auth: AccountsKept;
  /** With the stored reason; resolves to false if it could not be delivered. Null if there is nobody to tell. */
  readonly tellStaff: ((reason: string) => Promise<boolean>) | null;
  /** The account needs a person. Called once each time. */
  readonly onTrouble: (trouble: Trouble) => void;
  readonly onFault: (error: unknown) => void;
  readonly now: () => Date;
}

/** A link that another program used may be free again: restarting this program says so. */
const RETURNS: readonly string[] = ['used-elsewhere'];

export class Standing<Trouble extends string> {
  readonly #deps: StandingDeps<Trouble>;
  #restricted: string | null = null;
  #stopped: Trouble | null = null;
  /** Queue of the changes, in their order. */
  #changes: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;

  constructor(deps: StandingDeps<Trouble>) {
    this.#deps = deps;
  }

  /** Why the messenger refused one of our messages, if none succeeded since; else null. */
  get restricted(): string | null {
    return this.#restricted;
  }

  /** Returns true if a line may be opened. Retries a notice that was not delivered. */
  async begin(): Promise<boolean> {
    const { auth, account } = this.#deps;
    const known = await auth.account(account);
    this.#restricted = known?.state === 'restricted' ? (known.reason ?? known.state) : null;
    if (this.#restricted !== null || known?.state === 'stopped') this.#change(() => this.#tell());
    if (known?.state === 'stopped') return RETURNS.includes(known.reason ?? '');
    return known?.state === 'linked' || this.#restricted !== null;
  }

  opened(): void {
    this.#stopped = null;
    this.#change(async () => {
      const { auth, account } = this.#deps;
      if ((await auth.account(account))?.state === 'stopped') await auth.setAccount(account, 'linked', null);
    });
  }

  /** The line is open, and a message was refused because of our account. Lasts until a message succeeds. */
  refused(reason: Trouble): void {
    if (this.#restricted === reason) return;
    this.#restricted = reason;
    this.#deps.onTrouble(reason);
    this.#change(async () => {
      await this.#deps.auth.setAccount(this.#deps.account, 'restricted', reason);
      await this.#tell();
    });
  }

  wentThrough(): void {
    const reason = this.#restricted;
    if (reason === null) return;
    this.#restricted = null;
    // Stored: the same reason within a day is one event, another one is told.
    this.#change(() => this.#deps.auth.setAccount(this.#deps.account, 'linked', reason));
  }

  /**
   * Only a person can repair it. `ours` is asked first; if another process uses the account correctly, the state is not
   * ours to set.
   */
  async stopped(reason: Trouble, ours: () => Promise<boolean>): Promise<void> {
    if (this.#stopped === reason) return;
    this.#stopped = reason;
    this.#deps.onTrouble(reason);
    this.#restricted = null;
    const { auth, account } = this.#deps;
    // Queued after earlier changes: a late "linked" must not overwrite it.
    this.#change(async () => {
      if (await ours()) await auth.setAccount(account, 'stopped', reason);
    });
    await this.#changes;
    this.#change(() => this.#tell());
  }

  /** Resolves when everything is stored. */
  async end(): Promise<void> {
    clearTimeout(this.#again);
    await this.#changes;
    clearTimeout(this.#again);
  }

  #change(work: () => Promise<void>): void {
    this.#changes = this.#changes.then(work).catch(this.#deps.onFault);
  }

  /** A notice counts once it was delivered; until then it is tried again, even by the next run. */
  async #tell(): Promise<void> {
    const { auth, account, tellStaff, now } = this.#deps;
    if (tellStaff === null) return;
    const known = await auth.account(account);
    if (known === null || (known.state !== 'restricted' && known.state !== 'stopped')) return;
    const recently = new Date(now().getTime() - ONE_EVENT_MS).toISOString();
    if (known.toldAt !== null && (known.state === 'stopped' || known.toldAt > recently)) return;
    const told = await tellStaff(known.reason ?? known.state).catch(() => false);
    if (told) return auth.noteTold(account);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#change(() => this.#tell()), AGAIN_MS).unref();
  }
}
