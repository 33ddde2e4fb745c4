// The tables of the WhatsApp channel: the account, its keys, what arrived, and which bubble was which reply.

import type { Generated } from 'kysely';

/** One account of ours with a network; `lease_*`: the one process that may use it now. */
interface WhatsappAccounts {
  account: string;
  state: 'linked' | 'restricted' | 'stopped' | 'unlinked';
  /** A code, in clear. */
  reason: string | null;
  at: string;
  told_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
}

/** Keys of a linked device. Their names hold numbers of people, so they are found by a mark. */
interface WhatsappAuth {
  mark: string;
  account: string;
  type: string;
  sealed: Uint8Array;
}

/** What arrived, as it arrived, until it lies in the inbox. */
interface WhatsappRaw {
  arrival: Generated<number>;
  account: string;
  mark: string;
  sealed: Uint8Array;
}

/** Which reply a message of ours was: asked for where a phone could not read it. */
interface WhatsappSent {
  mark: string;
  person: string;
  reply: string;
  bubble: number;
}

export interface WhatsappTables {
  whatsapp_accounts: WhatsappAccounts;
  whatsapp_auth: WhatsappAuth;
  whatsapp_raw: WhatsappRaw;
  whatsapp_sent: WhatsappSent;
}
