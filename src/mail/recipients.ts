// The recipients of a call's submissions: the addresses on record, or those of the call's file. Nothing is sent to an address that no
// person has verified.

import { type CallForInputs, emailChannelOf } from '../calls/call.ts';
import type { Store } from '../store/open.ts';
import type { CallAddress } from '../store/turns/calls.ts';
import { isTrialAddress } from './address.ts';

/** Several addresses as one line, as a mail shows them. An address holds neither comma nor space (address.ts). */
export function recipientLine(addresses: readonly string[]): string {
  return addresses.join(', ');
}

/** The addresses of such a line. */
export function addressesIn(line: string): readonly string[] {
  return line.split(', ');
}

/**
 * The recipients of a call. Those on record count, without the withdrawn ones; if there is none, those of the call's
 * file, provided that each is verified there and none was withdrawn. The invented address of a trial counts only if
 * there is no other. Empty: nothing can be sent.
 */
export function recipientsOf(call: CallForInputs | null, recorded: readonly CallAddress[]): readonly string[] {
  const [used, verified]: [string[], string[]] = [[], []];
  for (const { address, withdrawnAt } of recorded) {
    if (withdrawnAt !== null) continue;
    used.push(address);
    if (!isTrialAddress(address)) verified.push(address);
  }
  if (verified.length > 0) return verified;
  const email = call === null ? null : emailChannelOf(call);
  if (email === null || email.addresses === 'not-stated' || !email.verified) return used;
  return recorded.some(({ address }) => email.addresses.includes(address)) ? used : email.addresses;
}

/** Without those that a trial invents, which nobody has verified and which go nowhere. */
export function verifiedAmong(recipients: readonly string[]): readonly string[] {
  return recipients.filter((address) => !isTrialAddress(address));
}

/** The recipients of a call as one line; null if it has none. */
export type RecipientOf = (callId: string) => Promise<string | null>;

/** `callOf`: today's call; null for one that no longer exists here. */
export function buildRecipientOf(
  store: Pick<Store, 'callAddresses'>,
  callOf: (callId: string) => CallForInputs | null,
): RecipientOf {
  return async (callId) => {
    const found = recipientsOf(callOf(callId), await store.callAddresses(callId));
    return found.length === 0 ? null : recipientLine(found);
  };
}
