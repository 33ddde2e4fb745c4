// Opens a case that is sealed to the keys of staff, on another machine: needs no settings, no data and no master key.

import { createSecretKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { parseIdentities } from '../app/backup/age-file.ts';
import { decryptWith, shortKey } from '../app/closed/closed-keys.ts';
import { openedCase, transcriptText } from '../staff/sealed/opened-case.ts';
import type { SealedCell, SealedContribution } from '../store/sealed/sealed-case.ts';
import { open } from '../vault/seal.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';
import { counted } from '../counted.ts';

/** The file in an export that holds the sealed rows. */
export const SEALED_FILE = 'sealed.json';

const cell = z.strictObject({
  table: z.string(),
  column: z.string(),
  row: z.string(),
  sealed: z.base64(),
  about: z.record(z.string(), z.union([z.string(), z.number()])),
});
const caseSchema = z.strictObject({
  griot: z.literal('sealed-case'),
  version: z.literal(1),
  reference: z.string().nullable(),
  contributions: z.array(
    z.strictObject({
      contribution: z.string(),
      at: z.string(),
      recipients: z.array(z.string()),
      age: z.base64(),
      cells: z.array(cell),
    }),
  ),
});
const testSchema = z.strictObject({
  griot: z.literal('closed-keys-test'),
  version: z.literal(1),
  keys: z.array(z.strictObject({ recipient: z.string(), age: z.base64() })),
});

export interface OpenSealedGiven {
  readonly key?: string | undefined;
  readonly out?: string | undefined;
  readonly test?: boolean | undefined;
}

export async function openSealed(
  { values: { key, out, test }, positionals: [file = ''] }: Given<OpenSealedGiven>,
  io: Io,
): Promise<number> {
  if (key === undefined) throw new UsageError('--key is missing: the file of your secret key');
  if (test !== true && out === undefined) throw new UsageError('--out is missing: the folder that is made');
  const identities = parseIdentities(readFileSync(key, 'utf8'));
  if (test === true) return proveKey(file, identities, io);
  const { reference, contributions } = read(caseSchema, file, caseIn);
  const folder = resolve(out ?? '');
  if (existsSync(folder)) throw new OperatorError(`It exists already: ${folder}`);
  const opened: (readonly [string, Uint8Array | string])[] = [];
  for (const [index, one] of contributions.entries()) {
    const within = contributions.length === 1 ? '' : `contribution-${index + 1}/`;
    const dataKey = await decryptWith(identities, Buffer.from(one.age, 'base64'));
    if (dataKey === null) {
      const keys = one.recipients.map(shortKey).join(', ');
      throw new OperatorError(`This key does not open it. It is sealed to ${keys}.`);
    }
    for (const [name, content] of filesOf(one, createSecretKey(dataKey))) opened.push([`${within}${name}`, content]);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [name, content] of opened) {
    const at = join(folder, name);
    if (!at.startsWith(`${folder}${sep}`)) throw new OperatorError('A file would lie outside the folder.');
    mkdirSync(dirname(at), { recursive: true, mode: 0o700 });
    writeFileSync(at, content, { mode: 0o600, flag: 'wx' });
  }
  io.say(`${reference ?? 'The case'}: ${counted(opened.length, 'file')} in ${folder}`);
  io.warn('They contain decrypted words. Keep them locked, and remove them when they are no longer needed.');
  return 0;
}

async function proveKey(file: string, identities: readonly string[], io: Io): Promise<number> {
  const { keys } = read(testSchema, file, (bytes) => strFromU8(bytes));
  let found = 0;
  for (const { recipient, age } of keys) {
    const word = await decryptWith(identities, Buffer.from(age, 'base64'));
    if (word === null) continue;
    found += 1;
    io.say(`This key opens what is sealed to ${recipient}`);
    io.say(`On the server: npm run -s griot -- closed-keys proved ${strFromU8(word)}`);
  }
  if (found === 0) throw new OperatorError('This key opens nothing that is sealed to CLOSED_KEYS.');
  return 0;
}

/** @throws {OperatorError} */
function read<T>(schema: z.ZodType<T>, file: string, textIn: (bytes: Uint8Array) => string): T {
  const bytes = readFileSync(file);
  try {
    return schema.parse(JSON.parse(textIn(bytes)));
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`${file} is no file of this kind, or it was changed.`);
  }
}

/** From the zip of an export, or the file itself. */
function caseIn(bytes: Uint8Array): string {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return strFromU8(bytes);
  const found = unzipSync(bytes, { filter: ({ name }) => name === SEALED_FILE })[SEALED_FILE];
  if (found === undefined) throw new OperatorError('The case in this export is not sealed: everything is in it.');
  return strFromU8(found);
}

/** Files as they are, everything else as JSON, and a transcript that people can read. */
function filesOf({ contribution, cells }: SealedContribution, key: KeyObject) {
  const { transcript, everything, files } = openedCase(
    cells.map(({ sealed, ...one }) => ({
      ...one,
      plain: new Uint8Array(open(key, { ...placeOf(one), owner: contribution }, Buffer.from(sealed, 'base64'))),
    })),
  );
  const texts = [
    ['transcript.txt', transcriptText(transcript)],
    ['everything.json', everything],
  ] as const;
  return [...texts, ...files.map(({ name, bytes }) => [name, bytes] as const)];
}

function placeOf({ table, column, row }: Pick<SealedCell, 'table' | 'column' | 'row'>) {
  return { table, column, row };
}
