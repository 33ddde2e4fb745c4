// Records the recipients of a call's submissions.

import { type CallForInputs, emailChannelOf } from '../calls/call.ts';
import { loadGoodCalls } from '../calls/load-calls.ts';
import { CallFilesError } from '../calls/load-calls-error.ts';
import { type AddressProblem, isTrialAddress, parseMailAddress } from '../mail/address.ts';
import { recipientLine, recipientsOf } from '../mail/recipients.ts';
import type { Store } from '../store/open.ts';
import type { CallAddress } from '../store/turns/calls.ts';
import { DIALOGS, LOCALES } from './call-roots.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { type Data, NoDataError, withData } from './open-data.ts';

const PROBLEMS: Readonly<Record<AddressProblem, string>> = {
  empty: 'The address is empty.',
  several: 'Give one address, without a name, spaces, commas or semicolons.',
  'not-ascii':
    'The address holds letters that are not plain ASCII. Look-alike letters are a known trick: copy it again.',
  'too-long': 'The address is longer than an address can be.',
  malformed: 'This is not a mail address.',
};

const ARE_SETTINGS_LOADED =
  'Load the settings of the server first (set -a; . ./.env; set +a). If this server is new, add --new-data: it makes the folder and a master key.';

export interface AddressGiven {
  readonly 'new-data'?: boolean | undefined;
  readonly source?: string | undefined;
  readonly 'verified-by'?: string | undefined;
  readonly also?: boolean | undefined;
  readonly withdraw?: boolean | undefined;
}

/**
 * Records the recipients of a call's submissions, after a person has verified them. Nothing is sent to an unverified
 * address: until this was run for a call, its mails wait.
 */
export function callAddress(given: Given<AddressGiven>, io: Io): Promise<number> {
  const work = async ({ store, config }: Pick<Data, 'store' | 'config'>) => {
    const { calls, broken } = loadGoodCalls(DIALOGS, LOCALES);
    const problems = broken.flatMap(({ id, problems: found }) => (id === given.positionals[0] ? found : []));
    if (problems.length > 0) throw new CallFilesError(problems);
    for (const line of await recordAddress(given, store, { now: new Date(), calls, trial: config.trial })) io.say(line);
    return 0;
  };
  const isNew = given.values['new-data'] === true;
  return withData(io, work, { mayBeNew: isNew }).catch((error: unknown) => {
    if (!(error instanceof NoDataError)) throw error;
    throw new OperatorError(`${error.message}. ${ARE_SETTINGS_LOADED}`);
  });
}

type AddressStore = Pick<Store, 'callAddresses' | 'recordCallAddresses'>;

interface AddressFacts {
  readonly now: Date;
  /** Every call that exists. */
  readonly calls: readonly CallForInputs[];
  /** A trial sends nothing, so that it also takes addresses that never receive mail. */
  readonly trial: boolean;
}

/** Returns what to print. Throws UsageError. */
export async function recordAddress(
  { values, positionals: [callId, ...texts] }: Given<AddressGiven>,
  store: AddressStore,
  { now, calls, trial }: AddressFacts,
): Promise<readonly string[]> {
  if (callId === undefined) return (await Promise.all(calls.map((call) => onRecord(store, call)))).flat();
  const call = calls.find(({ id }) => id === callId);
  if (call === undefined) {
    const known = calls.map(({ id }) => id).join(', ') || 'none';
    throw new UsageError(`There is no call "${callId}". There are: ${known}.`);
  }
  const addresses = texts.map((text) => parsedAddress(text, trial));
  const recorded = await store.callAddresses(callId);
  const before = recipientsOf(call, recorded);
  const at = now.toISOString();
  if (values.withdraw === true) {
    const strangers = addresses.filter((address) => !before.includes(address));
    if (strangers.length > 0) throw new UsageError(`Nothing of ${callId} is sent to ${strangers.join(' or ')}.`);
    const ended = addresses.length === 0 ? before : addresses;
    await store.recordCallAddresses(ended.map((address) => withdrawn(call, address, recorded, at)));
  } else {
    if (addresses.length === 0) throw new UsageError('Give the id of a call and its address, or its addresses.');
    const { source, verifiedBy } = provenanceOf(values);
    const left = values.also === true ? [] : before.filter((address) => !addresses.includes(address));
    await store.recordCallAddresses([
      ...addresses.map((address) => ({ callId, address, source, verifiedBy, verifiedAt: at, withdrawnAt: null })),
      ...left.map((address) => withdrawn(call, address, recorded, at)),
    ]);
  }
  const after = recipientsOf(call, await store.callAddresses(callId));
  const goesTo =
    after.length === 0 ? 'nothing is sent from now on.' : `submissions go to ${after.join(' and to ')} from now on.`;
  return [`${callId}: ${goesTo}`, ...namedBesides(call, after), ...whatIsHeld(before, after)];
}

function parsedAddress(text: string, trial: boolean): string {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new UsageError(PROBLEMS[parsed.problem]);
  if (isTrialAddress(parsed.address) && !trial)
    throw new UsageError('This domain never receives mail; it is for trials only.');
  return parsed.address;
}

function provenanceOf(values: AddressGiven): { readonly source: string; readonly verifiedBy: string } {
  const source = values.source?.trim() ?? '';
  const verifiedBy = values['verified-by']?.trim() ?? '';
  if (source === '') throw new UsageError('Say where the address was copied from: --source "…"');
  if (verifiedBy === '') throw new UsageError('Say who checked it: --verified-by "…"');
  return { source, verifiedBy };
}

/** An address that only the call's file has is put on record with what the file says about it. */
function withdrawn(call: CallForInputs, address: string, recorded: readonly CallAddress[], at: string): CallAddress {
  const known = recorded.find((one) => one.address === address);
  if (known !== undefined) return { ...known, withdrawnAt: at };
  const entry = emailChannelOf(call)?.provenance.find((one) => one.address === address);
  const verified = entry === undefined || entry.verified === 'no' ? { by: '', on: at } : entry.verified;
  return {
    ...{ callId: call.id, address, source: entry?.['copied-from'] ?? '' },
    ...{ verifiedBy: verified.by, verifiedAt: verified.on, withdrawnAt: at },
  };
}

/** A body that names two addresses wants the text at both. */
function namedBesides(call: CallForInputs, recipients: readonly string[]): readonly string[] {
  const named = emailChannelOf(call)?.addresses ?? 'not-stated';
  if (recipients.length === 0 || named === 'not-stated') return [];
  const others = named.filter((address) => !recipients.includes(address));
  return others.map((address) => `The call also names ${address}. Nothing goes there: add it with --also.`);
}

function whatIsHeld(before: readonly string[], after: readonly string[]): readonly string[] {
  if (before.length === 0 || recipientLine(before) === recipientLine(after)) return [];
  return [`Before, it was ${before.join(' and ')}. Mails approved for that are held, and must be approved again.`];
}

async function onRecord(store: AddressStore, call: CallForInputs): Promise<readonly string[]> {
  const recorded = await store.callAddresses(call.id);
  const recipients = recipientsOf(call, recorded);
  if (recipients.length === 0) return [`${call.id}: no address. Nothing is sent for this call.`];
  return recipients.map((address) => {
    if (isTrialAddress(address))
      return `${call.id}: no verified address (${address} is a trial's own, invented: it goes nowhere)`;
    const known = recorded.find((one) => one.address === address);
    if (known === undefined) return `${call.id}: ${address} (verified in the file of the call)`;
    return `${call.id}: ${address} (from ${known.source}; verified by ${known.verifiedBy}, ${known.verifiedAt})`;
  });
}
