// How the account stands with WhatsApp, kept beyond this process; and the staff, who are told once of each event.

import type { StopReason } from './closing-codes.ts';
import type { Trouble, WhatsAppDeps } from './ports.ts';

/** Milliseconds between two tries of a notice that could not be handed over. */
const AGAIN_MS = 5 * 60_000;
/** Milliseconds in which restrictions that come and go are one event. */
const ONE_EVENT_MS = 24 * 3_600_000;

type Deps = Pick<WhatsAppDeps, 'account' | 'auth' | 'tellStaff' | 'onTrouble' | 'onFault' | 'now'>;

/** A link that another program used may be free again: whoever starts this one anew says so. */
const RETURNS: readonly string[] = ['used-elsewhere'] satisfies readonly StopReason[];

export class Standing {
  readonly #deps: Deps;
  #restricted = false;
  #stopped: Trouble | null = null;
  /** One change after the other, as they came. */
  #changes: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** WhatsApp refused a message (463), and none went through since. */
  get restricted(): boolean {
    return this.#restricted;
  }

  /** True where a line may be opened. Takes up a notice that was not handed over. */
  async begin(): Promise<boolean> {
    const { auth, account } = this.#deps;
    const known = await auth.account(account);
    this.#restricted = known?.state === 'restricted';
    if (this.#restricted || known?.state === 'stopped') this.#change(() => this.#tell());
    if (known?.state === 'stopped') return RETURNS.includes(known.reason ?? '');
    return known?.state === 'linked' || this.#restricted;
  }

  opened(): void {
    this.#stopped = null;
    this.#change(async () => {
      const { auth, account } = this.#deps;
      if ((await auth.account(account))?.state === 'stopped') await auth.setAccount(account, 'linked', null);
    });
  }

  refused(): void {
    if (this.#restricted) return;
    this.#restricted = true;
    this.#deps.onTrouble('restricted');
    this.#change(async () => {
      await this.#deps.auth.setAccount(this.#deps.account, 'restricted', 'restricted');
      await this.#tell();
    });
  }

  wentThrough(): void {
    if (!this.#restricted) return;
    this.#restricted = false;
    this.#change(() => this.#deps.auth.setAccount(this.#deps.account, 'linked', null));
  }

  /** Only a person can mend it. `ours`: asked first; another process may use the account rightly, and what it is then is not ours to say. */
  async stopped(reason: Trouble, ours: () => Promise<boolean>): Promise<void> {
    if (this.#stopped === reason) return;
    this.#stopped = reason;
    this.#deps.onTrouble(reason);
    const { auth, account } = this.#deps;
    if (!(await ours())) return;
    await auth.setAccount(account, 'stopped', reason);
    this.#change(() => this.#tell());
  }

  /** Resolves when what is known is kept. */
  async end(): Promise<void> {
    clearTimeout(this.#again);
    await this.#changes;
    clearTimeout(this.#again);
  }

  #change(work: () => Promise<void>): void {
    this.#changes = this.#changes.then(work).catch(this.#deps.onFault);
  }

  /** A notice counts once it was handed over; until then it is tried again, also by the next start. */
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
