// What is kept for the WhatsApp channel; whatsapp-rows.ts keeps it.

import type { Incoming } from '../../channels/channel.ts';

/** `restricted`: linked, but WhatsApp refused a message of ours, and none has gone through since. */
export type AccountState = 'linked' | 'restricted' | 'stopped' | 'unlinked';

export interface AccountKept {
  readonly state: AccountState;
  readonly reason: string | null;
  readonly at: string;
  readonly leased: boolean;
  /** When the staff were last told of it. */
  readonly toldAt: string | null;
}

export interface AuthRow {
  readonly type: string;
  readonly id: string;
  /** Text; null removes the row. */
  readonly value: string | null;
}

/** Another process uses the account now: this one must stop. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLost';
}

export interface WhatsAppRows {
  /** Takes or renews the right to use the account until then (ISO); false where another process has it. */
  lease(account: string, owner: string, until: string): Promise<boolean>;
  release(account: string, owner: string): Promise<void>;
  account(account: string): Promise<AccountKept | null>;
  /** The staff have yet to be told of a new state or reason; restrictions that come and go for the same one are one. */
  setAccount(account: string, state: AccountState, reason: string | null): Promise<void>;
  noteTold(account: string): Promise<void>;

  readAuth(account: string, type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** All of it in one transaction. @throws {LeaseLostError} */
  writeAuth(account: string, owner: string, rows: readonly AuthRow[]): Promise<void>;
  /** Rows of each type. */
  countAuth(account: string): Promise<ReadonlyMap<string, number>>;
  /** Destroys the keys of the linked device. What people wrote stays. */
  forgetAuth(account: string): Promise<void>;

  /** Durable before it resolves; what is there already stays as it is. */
  keepRaw(account: string, messages: readonly { readonly id: string; readonly raw: string }[]): Promise<void>;
  /** Oldest first. */
  waitingRaw(account: string): Promise<readonly { readonly id: string; readonly raw: string }[]>;
  dropRaw(account: string, id: string): Promise<void>;
  /** It waits here under `id`, or was taken into the inbox. */
  isHere(account: string, id: string, received: Pick<Incoming, 'from' | 'messageId'>): Promise<boolean>;

  noteSent(messageId: string, reply: string, bubble: number): Promise<void>;
  /** The server has it. `at`: ISO. */
  noteArrived(reply: string, at: string): Promise<void>;
  /** What our message `messageId` asked; null where it asked nothing, or is none of ours. */
  askedIn(messageId: string): Promise<string | null>;
  /** The words of a message of ours, or null where it was erased or never was. */
  sentText(messageId: string): Promise<string | null>;
}
