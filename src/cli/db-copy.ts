// An installation from SQLite to PostgreSQL, or back, with the proof that both hold the same. docs/decisions/0227-copies-prove-themselves.md.

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { databaseAt, masterKeyOf, openConfiguredStore } from '../app/open-store.ts';
import { type Config, readConfig, type Secrets } from '../config/config.ts';
import { openAudit } from '../staff/audit/audit.ts';
import { differences, digestsOf } from '../store/backup/compare.ts';
import { withSnapshot } from '../store/backup/read-rows.ts';
import { restoreRows } from '../store/backup/restore.ts';
import { linesOf } from '../store/backup/rows-file.ts';
import type { Store } from '../store/open.ts';
import { sampleOf, told } from './backup.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { expectStopped } from './stopped.ts';
import { counted } from '../counted.ts';

export interface CopyGiven {
  readonly to?: string | undefined;
}

export async function copyDatabase({ values: { to } }: Given<CopyGiven>, io: Io): Promise<number> {
  if (to === undefined) throw new UsageError('Say where to: --to postgres://user@host/name, or --to sqlite');
  const { config, secrets } = readConfig(io.environment);
  const from = databaseAt(config, secrets);
  const target = to === 'sqlite' ? { ...secrets, databaseUrl: null } : { ...secrets, databaseUrl: to };
  const at = databaseAt(config, target);
  if (at.kind === 'postgres' && !/^postgres(?:ql)?:\/\//u.test(at.url))
    throw new UsageError(`--to is no database: ${to}`);
  if (at.kind === from.kind)
    throw new OperatorError('The data is there already: DATABASE_URL says which kind it is in.');
  if (at.kind === 'sqlite' && existsSync(at.file))
    throw new OperatorError(`There is a database: ${at.file}. Nothing was changed.`);
  const master = masterKeyOf(config, secrets);
  // Says first what is wrong with the key, or with the version of the tables.
  await sampleOf(from, master);
  await expectStopped(from);
  const before = await sampleOf(from, master, Infinity);

  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const { rows } = await withSnapshot(from, (snapshot) => restoreRows(linesOf(snapshot, new Date().toISOString()), at));
  try {
    const [one, other] = [await withSnapshot(from, digestsOf), await withSnapshot(at, digestsOf)];
    const differs = differences(one, other);
    if (differs.length > 0) throw new OperatorError(`The copy differs in ${differs.join(', ')}.`);
    io.say(`The same: ${counted(rows, 'row')} in ${counted(one.size, 'table')}, each compared by its content.`);
    const after = await sampleOf(at, master, Infinity);
    if (told(after) !== told(before)) throw new OperatorError('Less can be opened in the copy.');
    io.say(`Opened in the copy: ${told(after)}.`);
    await proveLedgerAndLog(config, target, master, io);
  } catch (error) {
    if (at.kind === 'sqlite') for (const end of ['', '-wal', '-shm']) rmSync(`${at.file}${end}`, { force: true });
    throw error;
  }
  const next = at.kind === 'sqlite' ? 'take DATABASE_URL away' : 'set DATABASE_URL';
  io.say(
    `Next: ${next}, start the server, and when all is well destroy the old data: it is readable with the same key.`,
  );
  return 0;
}

/** A start replays the ledger: there it must find nothing to do. */
async function proveLedgerAndLog(config: Config, secrets: Secrets, master: Buffer, io: Io): Promise<void> {
  const at = databaseAt(config, secrets);
  const digest = async () => (await withSnapshot(at, digestsOf)).get('outbox')?.sha256;
  const [mails, before] = [await digest(), await sampleOf(at, master)];
  const { store } = await openConfiguredStore(config, secrets, () => new Date());
  try {
    const after = await sampleOf(at, master);
    if (after.people !== before.people || after.cases !== before.cases || (await digest()) !== mails)
      throw new OperatorError('The ledger does not belong to this data: it changed the copy.');
    io.say('The ledger was replayed: nothing came back, and no mail was held.');
    await proveLog(store, config, io);
  } finally {
    await store.close();
  }
}

async function proveLog({ audit: rows, keys: master }: Store, { auditAnchorFile: anchorFile }: Config, io: Io) {
  const audit = openAudit({ rows, master, anchorFile, onFault: () => undefined });
  const problems = await audit.check();
  if (problems.length > 0)
    throw new OperatorError(
      `The audit log: ${problems.map(({ kind }) => kind).join(', ')}. See: npm run -s griot -- audit verify`,
    );
  io.say(
    `The audit log is whole: ${counted((await rows.last())?.number ?? 0, 'row')}, and it ends as the anchor says.`,
  );
}
