// The files of an installation: their places, and who may read them.

import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Config, Secrets } from '../../config/config.ts';
import { explainError } from '../../explain-error.ts';
import { emptyLedger, type LedgerEntry, readLedger } from '../../vault/ledger.ts';
import { loadMasterKey } from '../../vault/master-key.ts';
import { fine, type Finding, note, sayError, stops, toDo } from './finding.ts';

const GIB = 1024 ** 3;
/** Below this share, or this many bytes, a person should make room. */
const LITTLE = { share: 0.1, bytes: GIB } as const;
/** Below this the next texts cannot be kept. */
const NOTHING = 64 * 1024 ** 2;

/** Free and all bytes of the disk that a folder is on. */
export type RoomOf = (folder: string) => { readonly free: number; readonly all: number };

export function roomOf(folder: string): ReturnType<RoomOf> {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return { free: bavail * bsize, all: blocks * bsize };
}

export interface FoundFiles {
  readonly findings: readonly Finding[];
  /** Null: there is no usable key. */
  readonly master: Buffer | null;
  readonly ledger: readonly LedgerEntry[];
  /** There was data before. For PostgreSQL only the database knows. */
  readonly hasFile: boolean;
}

/** Reads only. */
export function findFiles(config: Config, secrets: Secrets, room: RoomOf): FoundFiles {
  const { dataDir } = config;
  const file = join(dataDir, 'griot.db');
  const hasFile = existsSync(file);
  if (!existsSync(dataDir)) {
    const says = `${dataDir} is not there: nothing is kept yet`;
    const none = toDo(
      'data',
      says,
      'A new server: npm run -s griot -- setup. Otherwise DATA_DIR names a wrong folder.',
    );
    return { findings: [none], master: null, ledger: [], hasFile };
  }
  const owner = statSync(dataDir).uid;
  if (process.getuid !== undefined && process.getuid() !== owner && process.getuid() !== 0) {
    const says = `${dataDir} belongs to another account (${owner})`;
    return {
      findings: [stops('data', says, 'Run this, and the server, as the account that owns the data.')],
      ...{ master: null, ledger: [], hasFile },
    };
  }
  try {
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const mend = 'Make it a place that the account that runs Griot can write to, or name another one in DATA_DIR.';
    return { findings: [stops('data', explainError(error), mend)], ...{ master: null, ledger: [], hasFile } };
  }
  const key = findKey(config, secrets, hasFile);
  const ledger = findLedger(config, hasFile);
  return {
    findings: [
      ...open('data', [dataDir, ...(hasFile ? [file] : [])]),
      ...key.findings,
      ...ledger.findings,
      ...apart(config, secrets),
      findRoom(dataDir, room(dataDir)),
    ],
    master: key.master,
    ledger: ledger.entries,
    hasFile,
  };
}

/** The files that others on this machine can read. */
function open(check: Finding['check'], files: readonly string[]): readonly Finding[] {
  const wide = files.filter((file) => (statSync(file).mode & 0o077) !== 0);
  if (wide.length === 0) return [fine(check, `${files.join(', ')}: for its owner only`)];
  const modes = wide.map((file) => `chmod ${statSync(file).isDirectory() ? '700' : '600'} ${file}`);
  return [toDo(check, `${wide.join(', ')} can be read by others on this machine`, modes.join('; '))];
}

function findKey(config: Config, secrets: Secrets, hasFile: boolean) {
  const { masterKeyFile: file } = config;
  const fromConfig = secrets.masterKey;
  const closed = fromConfig === null ? barred('key', file) : null;
  if (closed !== null) return { findings: [closed], master: null };
  if (fromConfig === null && !existsSync(file)) {
    const lost = hasFile || secrets.databaseUrl !== null;
    const says = `the master key ${file} is not there`;
    const found = lost
      ? stops('key', `${says}: nothing that is kept can be read`, 'Put the copy of the key back. Make no new one.')
      : note('key', `${says}: it is made at the first start`);
    return { findings: [found], master: null };
  }
  try {
    const { key } = loadMasterKey({ file, mayMake: false, ...(fromConfig === null ? {} : { fromConfig }) });
    const where = fromConfig === null ? `${file}: for its owner only` : 'from MASTER_KEY';
    return { findings: [fine('key', where)], master: key };
  } catch (error) {
    const mend = `Readable by its owner only (chmod 600 ${file}), 44 characters in one line. Otherwise put the copy of the key back.`;
    return { findings: [stops('key', sayError(error), mend)], master: null };
  }
}

/** Whether this account may read a file that is there, or see that it is not; null if so. An unreachable file is not a lost one. */
function barred(check: Finding['check'], file: string): Finding | null {
  try {
    if (statSync(file, { throwIfNoEntry: false }) !== undefined) accessSync(file, constants.R_OK);
    return null;
  } catch (error) {
    const mend = `Give it back to the account that runs Griot: chown ACCOUNT ${dirname(file)} ${file}. Make no new one.`;
    return stops(check, explainError(error), mend);
  }
}

function findLedger({ ledgerFile: file }: Config, hasFile: boolean) {
  const closed = barred('ledger', file);
  if (closed !== null) return { findings: [closed], entries: [] };
  if (!existsSync(file)) {
    const says = `the ledger ${file} is not there`;
    const mend = `Put it back: without it a restored backup can bring back what was erased. If it is lost for good and no backup was restored: ${emptyLedger(file)}`;
    const found = hasFile ? stops('ledger', says, mend) : note('ledger', `${says}: it is made at the first start`);
    return { findings: [found], entries: [] };
  }
  try {
    return { findings: open('ledger', [file]), entries: readLedger(readFileSync(file, 'utf8'), file).entries };
  } catch (error) {
    const mend = 'Put back the newest copy that can be read, and keep this file. Do not edit it.';
    return { findings: [stops('ledger', sayError(error), mend)], entries: [] };
  }
}

/** A copy of the data must not hold the key. */
function apart(config: Config, secrets: Secrets): readonly Finding[] {
  if (config.trial) return [note('apart', 'key and ledger may be inside the data in a trial')];
  const places = [
    ...(secrets.masterKey === null ? [['MASTER_KEY_FILE', config.masterKeyFile] as const] : []),
    ['LEDGER_FILE', config.ledgerFile] as const,
    ['AUDIT_ANCHOR_FILE', config.auditAnchorFile] as const,
  ];
  const inside = places.filter(([, file]) => isInside(file, config.dataDir));
  if (inside.length === 0) return [fine('apart', 'key and ledger are apart from the data')];
  const says = `${inside.map(([name]) => name).join(', ')} inside DATA_DIR: one copy holds both`;
  return [
    toDo('apart', says, `Stop the server, move the files out of ${config.dataDir}, set these variables, start it.`),
  ];
}

export function isInside(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

/** Less than a tenth is free. */
export function isFull({ free, all }: ReturnType<RoomOf>): boolean {
  return all > 0 && free / all < LITTLE.share;
}

function findRoom(folder: string, { free, all }: ReturnType<RoomOf>): Finding {
  const share = all === 0 ? 0 : free / all;
  const says = `${(free / GIB).toFixed(1)} GB free on the disk of ${folder} (${Math.floor(share * 100)} %)`;
  const mend = 'Make room, or move the data to a larger disk. On a full disk nobody can write to you.';
  if (free < NOTHING) return stops('disk', says, mend);
  return share < LITTLE.share || free < LITTLE.bytes ? toDo('disk', says, mend) : fine('disk', says);
}
