// Who has a number, and the devices that are linked to it. The phone itself is not played: it only scans codes.

import { Curve, jidDecode, type BinaryNode, type KeyPair } from '@whiskeysockets/baileys';

export interface PreKey {
  readonly id: Buffer;
  readonly value: Buffer;
}

export interface Device {
  readonly id: number;
  readonly account: Account;
  /** Sends at once; null while it is away. */
  online: ((stanza: BinaryNode) => void) | null;
  /** Ends the connection. */
  drop: () => void;
  /** Not yet confirmed by a receipt, oldest first: sent again when it comes back. */
  readonly unconfirmed: BinaryNode[];
  registration: Buffer;
  identity: Buffer;
  signedPreKey: BinaryNode | null;
  readonly preKeys: PreKey[];
}

export interface Account {
  /** Digits only. */
  number: string;
  /** The other name of the same account, which tells no number. Digits only. */
  readonly lid: string;
  readonly key: KeyPair;
  readonly devices: Device[];
  /** The server names it by one of its two names only, and tells nobody the other. */
  isPrivate: boolean;
  /** How much of what waits its devices are given when they come back, and what was; null: all. */
  held: { readonly count: number; readonly given: Set<BinaryNode> } | null;
}

export function newAccount(number: string, lid: string): Account {
  return { number, lid, key: Curve.generateKeyPair(), devices: [], isPrivate: false, held: null };
}

export function addDevice(account: Account): Device {
  const device: Device = {
    id: account.devices.length + 1,
    account,
    online: null,
    drop: () => undefined,
    unconfirmed: [],
    registration: Buffer.alloc(4),
    identity: Buffer.alloc(32),
    signedPreKey: null,
    preKeys: [],
  };
  account.devices.push(device);
  return device;
}

export const numberJid = ({ number }: Account) => `${number}@s.whatsapp.net`;
export const lidJid = ({ lid }: Account) => `${lid}@lid`;

/** In a chat of LIDs a sender is named by the LID, with the number beside it; and the other way round. */
export function senderIn({ account, id }: Device, to: string): Record<string, string> {
  const lid = lidJid(account);
  const number = numberJid(account);
  if (account.isPrivate) return { from: (to.endsWith('@lid') ? lid : number).replace('@', `:${id}@`) };
  return to.endsWith('@lid')
    ? { from: lid.replace('@', `:${id}@`), sender_pn: number, addressing_mode: 'lid' }
    : { from: number.replace('@', `:${id}@`), sender_lid: lid };
}

export function accountAt(accounts: readonly Account[], jid: string): Account | undefined {
  const { user, server } = jidDecode(jid) ?? {};
  return accounts.find((one) => (server === 'lid' ? one.lid : one.number) === user);
}

export function deviceAt(accounts: readonly Account[], jid: string): Device | undefined {
  const id = jidDecode(jid)?.device ?? 0;
  return accountAt(accounts, jid)?.devices.find((device) => device.id === id);
}
/** The name that its owner gave themselves, which the server adds to every message. */
export const nickname = ({ lid }: Account) => `Apodo ${lid}`;
