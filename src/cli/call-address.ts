// npm run call:address — records where a call's submissions go, after a person has checked it. Nothing is sent to an
// address that no person has verified, so until this was run for a call, its mails wait.

import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isTrialAddress, parseMailAddress } from '../delivery/mail-address.ts';
import type { AddressProblem } from '../delivery/mail-address.ts';
import type { Store } from '../store/store.ts';

export interface CallAddressRun {
  /** For the shell: 0 where it did what was asked. */
  readonly code: 0 | 1;
  readonly lines: readonly string[];
}

const USAGE = [
  'How to record an address:',
  '  npm run call:address -- CALL_ID ADDRESS --source "where it was copied from" --verified-by "who checked it"',
  'Without anything after the --, the addresses on record are listed. --data DIR: another data folder.',
  'Copy the address from the official page itself, and let a second person compare it letter by letter.',
];

const PROBLEMS: Readonly<Record<AddressProblem, string>> = {
  empty: 'The address is empty.',
  several: 'Give one address, without a name, spaces, commas or semicolons.',
  'not-ascii':
    'The address holds letters that are not plain ASCII. Look-alike letters are a known trick: copy it again.',
  'too-long': 'The address is longer than an address can be.',
  malformed: 'This is not a mail address.',
};

/** `callIds`: the calls that exist. Expects the arguments after the script's name. */
export async function runCallAddress(
  args: readonly string[],
  store: Pick<Store, 'callAddress' | 'setCallAddress'>,
  now: () => Date,
  callIds: readonly string[],
): Promise<CallAddressRun> {
  const given = parseGiven(args);
  if (given === null) return refuse();
  const [callId, text, ...rest] = given.positionals;
  if (callId === undefined) return { code: 0, lines: await list(store, callIds) };
  if (text === undefined || rest.length > 0) return refuse('Give the id of a call and one address.');
  if (!callIds.includes(callId))
    return refuse(`There is no call "${callId}". There are: ${callIds.join(', ') || 'none'}.`);

  const parsed = parseMailAddress(text);
  if (!parsed.ok) return refuse(PROBLEMS[parsed.problem]);
  if (isTrialAddress(parsed.address)) return refuse('This domain never receives mail; it is for trials only.');
  const source = given.values.source?.trim() ?? '';
  const verifiedBy = given.values['verified-by']?.trim() ?? '';
  if (source === '') return refuse('Say where the address was copied from: --source "…"');
  if (verifiedBy === '') return refuse('Say who checked it: --verified-by "…"');

  const before = await store.callAddress(callId);
  await store.setCallAddress({ callId, address: parsed.address, source, verifiedBy, verifiedAt: now().toISOString() });
  const changed = before !== null && before.address !== parsed.address;
  return {
    code: 0,
    lines: [
      `${callId}: submissions go to ${parsed.address} from now on.`,
      ...(changed
        ? [`Before, it was ${before.address}. Mails approved for that address are held, and must be approved again.`]
        : []),
    ],
  };
}

function parseGiven(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { source: { type: 'string' }, 'verified-by': { type: 'string' }, data: { type: 'string' } },
    });
  } catch {
    return null;
  }
}

async function list(store: Pick<Store, 'callAddress'>, callIds: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const callId of callIds) {
    const known = await store.callAddress(callId);
    lines.push(
      known === null
        ? `${callId}: no address. Nothing is sent for this call.`
        : `${callId}: ${known.address} (from ${known.source}; verified by ${known.verifiedBy}, ${known.verifiedAt})`,
    );
  }
  return [...lines, '', ...USAGE];
}

function refuse(problem?: string): CallAddressRun {
  return { code: 1, lines: problem === undefined ? USAGE : [problem, '', ...USAGE] };
}

/** Every dialogs/<call-id>.yaml but the frame that all calls share. */
async function callIdsIn(folder: URL): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.yaml') && name !== 'intake.yaml')
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const data = parseGiven(args)?.values.data;
  if (data !== undefined) process.env['DATA_DIR'] = data;
  const { openStoreFromEnvironment } = await import('../app/open-store.ts');
  const store = await openStoreFromEnvironment();
  try {
    const callIds = await callIdsIn(new URL('../../dialogs/', import.meta.url));
    const { code, lines } = await runCallAddress(args, store, () => new Date(), callIds);
    for (const line of lines) console.log(line);
    process.exitCode = code;
  } finally {
    await store.close();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
