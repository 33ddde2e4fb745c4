// From a backup to a database that can be started with: the ledger is replayed, and every mail is held.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseIdentities, readAge } from '../app/backup/age-file.ts';
import { databaseAt, masterKeyOf } from '../app/open-store.ts';
import { openConfiguredStore } from '../app/open-store.ts';
import { type Config, readConfig } from '../config/config.ts';
import { restoreRows } from '../store/backup/restore.ts';
import { underPresentKey } from '../store/encryption/change-key.ts';
import { readLedger } from '../vault/ledger.ts';
import { loadMasterKey } from '../vault/master-key.ts';
import { sampleOf, told } from './backup.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { counted } from '../counted.ts';

export interface RestoreGiven {
  readonly identity?: string | undefined;
  readonly ledger?: string | undefined;
  readonly key?: string | undefined;
}

export async function restore({ values, positionals: [file = ''] }: Given<RestoreGiven>, io: Io): Promise<number> {
  if (values.identity === undefined) throw new UsageError('Give the file of the secret key: --identity FILE');
  const { config, secrets } = readConfig(io.environment);
  const identities = parseIdentities(readFileSync(values.identity, 'utf8'));
  const at = databaseAt(config, secrets);
  if (at.kind === 'sqlite' && existsSync(at.file))
    throw new OperatorError(
      `There is data: ${at.file}. Stop the server, and move it away first; the key and the ledger stay where they are. Nothing was changed.`,
    );
  const master = masterKeyOf(config, secrets);
  const former = values.key === undefined ? null : loadMasterKey({ file: values.key, mayMake: false }).key;
  await putLedger(config, values.ledger, identities);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });

  const draft = at.kind === 'sqlite' ? { ...at, file: `${at.file}.restoring` } : at;
  // A restore that was killed has left them.
  if (draft.kind === 'sqlite') for (const end of ['', '-wal', '-shm']) rmSync(draft.file + end, { force: true });
  const { head, rows } = await restoreRows(readAge(file, identities), draft, (all) =>
    former === null ? all : underPresentKey(all, former, master),
  );
  const before = await sampleOf(draft, master);
  if (at.kind === 'sqlite') {
    dropEmptyJournal(`${at.file}.restoring`);
    renameSync(`${at.file}.restoring`, at.file);
  }
  // Replays the ledger.
  const { store } = await openConfiguredStore(config, secrets, () => new Date());
  let held: Awaited<ReturnType<typeof store.heldMails>>;
  try {
    await store.holdAllMails();
    held = await store.heldMails();
  } finally {
    await store.close();
  }
  const after = await sampleOf(at, master);
  io.say(`Restored: ${counted(rows, 'row')} of ${head.at}; ${told(after)}.`);
  io.say(
    `Erased again, by the ledger: ${counted(before.people - after.people, 'person', 'people')}, ${counted(before.cases - after.cases, 'case')}.`,
  );
  io.say(
    `Held: ${counted(held.length, 'mail')}. Each may have left already: look at it at the desk before you let it go.`,
  );
  for (const { reference, kind, later } of held) io.say(`  ${reference} (${kind}): ${LATER[later ?? 'unknown']}`);
  io.say('Next: npm run -s griot -- audit verify --accept restored-backup; then start the server.');
  return 0;
}

/** The word of the ledger about a held mail. */
const LATER = {
  over: 'has left, was refused or was stopped by its person after this backup; ask the person and the body before you send it',
  tried: 'an attempt to send it began after this backup; it may have left',
  unknown: 'the ledger knows nothing later of it',
} as const;

/** The ledger of this installation; one from a backup only if there is none. */
async function putLedger(
  { ledgerFile }: Config,
  given: string | undefined,
  identities: readonly string[],
): Promise<void> {
  if (existsSync(ledgerFile)) {
    if (given === undefined) return;
    throw new OperatorError(
      `There is a ledger: ${ledgerFile}. It is newer than one from a backup; leave --ledger out.`,
    );
  }
  if (given === undefined)
    throw new OperatorError(
      `The ledger ${ledgerFile} is not there: what was erased since would come back. Put today's there, or, if it is lost, take the last copy: --ledger griot-ledger.age`,
    );
  const lines: string[] = [];
  for await (const line of readAge(given, identities)) lines.push(line);
  const text = lines.map((line) => `${line}\n`).join('');
  readLedger(text, given);
  mkdirSync(dirname(ledgerFile), { recursive: true, mode: 0o700 });
  writeFileSync(ledgerFile, text, { mode: 0o600, flag: 'wx' });
}

/** A connection that only read leaves it behind. */
function dropEmptyJournal(file: string): void {
  if (!existsSync(`${file}-wal`) || statSync(`${file}-wal`).size > 0) return;
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
}
