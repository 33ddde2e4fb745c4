// Files of lines, encrypted to age recipients. The disk never holds them in the clear.

import {
  createReadStream,
  createWriteStream,
  openSync,
  closeSync,
  fsyncSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../../vault/master-key.ts';
import { counted } from '../../counted.ts';

/** Loaded only by whoever encrypts: it brings sixty files. */
const age = () => import('age-encryption');

export class AgeKeysError extends Error {
  override readonly name = 'AgeKeysError';
}

/** Lines "age1…"; empty lines and those that begin with # are ignored. @throws {AgeKeysError} */
export async function parseRecipients(text: string): Promise<readonly string[]> {
  const recipients = wordsOf(text);
  if (recipients.some((one) => /^AGE-SECRET-KEY-/iu.test(one)))
    throw new AgeKeysError('A secret key is among the recipients. Take it off this machine; only age1… belongs there.');
  const { Encrypter } = await age();
  try {
    const encrypter = new Encrypter();
    for (const one of recipients) encrypter.addRecipient(one);
  } catch {
    throw new AgeKeysError('A line is no age recipient (age1…).');
  }
  if (recipients.length === 0) throw new AgeKeysError('There is no age recipient (age1…).');
  return recipients;
}

/** Lines "AGE-SECRET-KEY-1…". @throws {AgeKeysError} */
export function parseIdentities(text: string): readonly string[] {
  const identities = wordsOf(text).filter((one) => /^AGE-SECRET-KEY-/iu.test(one));
  if (identities.length === 0) throw new AgeKeysError('There is no secret key (AGE-SECRET-KEY-1…) in this file.');
  return identities;
}

function wordsOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Written under another name first: a file with this name is whole. */
export async function writeAge(
  file: string,
  lines: AsyncIterable<string>,
  recipients: readonly string[],
): Promise<void> {
  const draft = `${file}.part`;
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  for (const one of recipients) encrypter.addRecipient(one);
  try {
    const sealed = await encrypter.encrypt(ReadableStream.from(inPieces(lines)));
    await pipeline(Readable.fromWeb(sealed), createWriteStream(draft, { mode: 0o600 }));
    const handle = openSync(draft, 'r');
    fsyncSync(handle);
    closeSync(handle);
    renameSync(draft, file);
    syncFolder(dirname(file));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Letters before a piece is encrypted. */
const PIECE = 64 * 1024;

async function* inPieces(lines: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  let piece = '';
  for await (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece, 'utf8');
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece, 'utf8');
}

/** @throws {AgeKeysError} if none of these keys opens it, or it is damaged; says which. */
export async function* readAge(file: string, identities: readonly string[]): AsyncIterable<string> {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  for (const one of identities) decrypter.addIdentity(one);
  const sealed = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  try {
    const opened = await decrypter.decrypt(sealed);
    yield* linesIn(opened);
  } catch (error) {
    throw new AgeKeysError(whyUnread(file, error instanceof Error ? error.message : String(error)));
  }
}

/** The library says it of a file that was encrypted to other keys only; everything else is a damaged file. */
const OTHER_KEY = 'no identity matched';

function whyUnread(file: string, said: string): string {
  if (said.includes(OTHER_KEY)) return `${file} was encrypted to other keys: none of the given ones opens it.`;
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
  const what = size === 0 ? 'is empty' : `is damaged or incomplete (${counted(size, 'byte')}: ${said})`;
  return `${file} ${what}. It is not the key: copy the file again, or take an older one.`;
}

async function* linesIn(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of bytes) {
    const [first = '', ...more] = decoder.decode(piece, { stream: true }).split('\n');
    rest += first;
    for (const line of more) {
      yield rest;
      rest = line;
    }
  }
  if (rest !== '') yield rest;
}
