// Who has a number, and the devices that are linked to it. The phone itself is not played: it only scans codes.

import { Curve, type BinaryNode, type KeyPair } from '@whiskeysockets/baileys';

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
}

export function newAccount(number: string, lid: string): Account {
  return { number, lid, key: Curve.generateKeyPair(), devices: [], isPrivate: false };
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
