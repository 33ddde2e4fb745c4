// Look-up hashes for rows whose ids must not be stored unencrypted.

import type { Address, Incoming } from '../../channels/channel.ts';
import { fingerprint } from '../../vault/keys-of-master.ts';

export function hashAddress(master: Buffer, { channel, account, address }: Address): string {
  return fingerprint(master, 'address', JSON.stringify([channel, account, address]));
}

/** Of address and message id together: alone it does not reveal that a number ever wrote. */
export function hashReceived(master: Buffer, { from, messageId }: Pick<Incoming, 'from' | 'messageId'>): string {
  return fingerprint(master, 'received', JSON.stringify([from.channel, from.account, from.address, messageId]));
}

export function hashEvent(master: Buffer, person: string, eventId: string): string {
  return fingerprint(master, 'event', JSON.stringify([person, eventId]));
}

/** A message within a person's conversation: its line in the transcript, its part of an answer. */
export function hashMessage(master: Buffer, person: string, messageId: string): string {
  return fingerprint(master, 'message', JSON.stringify([person, messageId]));
}

/** The Message-ID of our mail, to find the mail of a bounce. */
export function hashMessageId(master: Buffer, messageId: string): string {
  return fingerprint(master, 'message-id', messageId);
}

/** For the ledger of erasures. */
export function hashErased(master: Buffer, id: string): string {
  return fingerprint(master, 'ledger/erased', id);
}

/**
 * For the ledger: an attempt that began (1, 2, …), that no attempt follows, or that another attempt follows after this
 * many.
 */
export function hashMail(master: Buffer, id: string, what: number | 'over' | `again/${number}`): string {
  return fingerprint(master, 'ledger/mail', JSON.stringify([id, what]));
}
