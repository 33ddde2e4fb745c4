// Calls for inputs: checks their files, and records the recipients of their submissions.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CallForInputs, deadlineOf, emailChannelOf, whereInstead, whyNotServed } from '../calls/call.ts';
import { CallFilesError, loadCallFiles, loadCalls, type LoadedCalls } from '../calls/load-calls.ts';
import { type AddressProblem, isTrialAddress, parseMailAddress } from '../mail/address.ts';
import type { Store } from '../store/open.ts';
import { type Given, type Io, UsageError } from './command.ts';
import { withData } from './open-data.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const DIALOGS = join(ROOT, 'dialogs');

const PROBLEMS: Readonly<Record<AddressProblem, string>> = {
  empty: 'The address is empty.',
  several: 'Give one address, without a name, spaces, commas or semicolons.',
  'not-ascii':
    'The address holds letters that are not plain ASCII. Look-alike letters are a known trick: copy it again.',
  'too-long': 'The address is longer than an address can be.',
  malformed: 'This is not a mail address.',
};

/** Prints one line per call, or throws CallFilesError with every problem. */
export function checkCalls({ positionals: files }: Given<unknown>, io: Io): Promise<number> {
  const { calls } = files.length === 0 ? loadCalls(DIALOGS, join(ROOT, 'locales')) : loadEach(files, io);
  for (const call of calls) io.say(lineFor(call));
  return Promise.resolve(0);
}

/** A file's texts are searched in locales/ next to its folder; a draft without that folder is checked without texts. */
function loadEach(files: readonly string[], io: Io): Pick<LoadedCalls, 'calls'> {
  const problems: CallFilesError['problems'][number][] = [];
  const calls = files.flatMap((file) => {
    const locales = join(dirname(file), '..', 'locales');
    if (!existsSync(locales)) io.say(`${file}: texts not checked, there is no ${locales}`);
    try {
      return loadCallFiles([file], existsSync(locales) ? locales : null).calls;
    } catch (error) {
      if (!(error instanceof CallFilesError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new CallFilesError(problems);
  return { calls };
}

function lineFor(call: CallForInputs): string {
  const deadline = deadlineOf(call);
  const until =
    deadline === null ? 'no deadline' : `until ${deadline.instant}${deadline.assumed ? ' (hour or zone assumed)' : ''}`;
  const reason = whyNotServed(call);
  const served =
    reason === null
      ? `served, ${addressesOf(call)}`
      : `not served: ${reason}, instead: ${whereInstead(call) ?? 'nowhere known'}`;
  return `${call.id} (revision ${call.revision}, ${call.status}): ${call.response.kind}, ${until}, ${served}`;
}

function addressesOf(call: CallForInputs): string {
  const email = emailChannelOf(call);
  if (email === null || email.addresses === 'not-stated') return 'address to come from the operator';
  return `${email.addresses.join(' and ')}${email.verified ? '' : ' (NOT verified)'}`;
}

export interface AddressGiven {
  readonly source?: string | undefined;
  readonly 'verified-by'?: string | undefined;
}

/**
 * Records the recipient of a call's submissions, after a person has verified it. Nothing is sent to an unverified
 * address: until this was run for a call, its mails wait.
 */
export function callAddress(given: Given<AddressGiven>, io: Io): Promise<number> {
  const work = async ({ store }: { readonly store: Store }) => {
    const callIds = await callIdsIn(DIALOGS);
    for (const line of await recordAddress(given, store, new Date(), callIds)) io.say(line);
    return 0;
  };
  return withData(io, work, { mayBeNew: true });
}

/** Returns what to print. `callIds`: the calls that exist. Throws UsageError and OperatorError. */
export async function recordAddress(
  { values, positionals: [callId, text] }: Given<AddressGiven>,
  store: Pick<Store, 'callAddress' | 'setCallAddress'>,
  now: Date,
  callIds: readonly string[],
): Promise<readonly string[]> {
  if (callId === undefined) return Promise.all(callIds.map((id) => onRecord(store, id)));
  if (text === undefined) throw new UsageError('Give the id of a call and one address.');
  if (!callIds.includes(callId)) {
    throw new UsageError(`There is no call "${callId}". There are: ${callIds.join(', ') || 'none'}.`);
  }
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new UsageError(PROBLEMS[parsed.problem]);
  const { address } = parsed;
  if (isTrialAddress(address)) throw new UsageError('This domain never receives mail; it is for trials only.');
  const source = values.source?.trim() ?? '';
  const verifiedBy = values['verified-by']?.trim() ?? '';
  if (source === '') throw new UsageError('Say where the address was copied from: --source "…"');
  if (verifiedBy === '') throw new UsageError('Say who checked it: --verified-by "…"');

  const before = await store.callAddress(callId);
  await store.setCallAddress({ callId, address, source, verifiedBy, verifiedAt: now.toISOString() });
  const recorded = `${callId}: submissions go to ${address} from now on.`;
  if (before === null || before.address === address) return [recorded];
  const held = 'Mails approved for that address are held, and must be approved again.';
  return [recorded, `Before, it was ${before.address}. ${held}`];
}

async function onRecord(store: Pick<Store, 'callAddress'>, callId: string): Promise<string> {
  const known = await store.callAddress(callId);
  if (known === null) return `${callId}: no address. Nothing is sent for this call.`;
  return `${callId}: ${known.address} (from ${known.source}; verified by ${known.verifiedBy}, ${known.verifiedAt})`;
}

/** Every dialogs/<call-id>.yaml without the frame that all calls share. */
async function callIdsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.yaml') && name !== 'intake.yaml')
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}
