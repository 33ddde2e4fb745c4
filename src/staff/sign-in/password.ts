// Argon2id with OWASP's parameters (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. About 50 ms of one
// core.

import { setTimeout as pause } from 'node:timers/promises';
import { argon2id, argon2Verify } from 'hash-wasm';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { once } from '../../web/toolkit/once.ts';

// OWASP ASVS 5.0, 6.2: at least twelve characters, any characters, no composition rules; not common, leaked or close to
// such a one, nothing personal. The list of 49 000 is in a package; no service is asked.

const SHORTEST = 12;
const LONGEST = 200;
/** Guesses of an attacker with a list; with fewer, a password counts as common. */
const FEWEST_GUESSES = 1e8;

type Judged = keyof StaffTexts['signIn']['judged'] | null;

/** Loaded on first use: the lists have a megabyte. */
const estimator = once(async () => {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
});

/** `personal`: names and addresses that it must not contain. Null if it is allowed. */
export async function judgePassword(password: string, personal: readonly string[]): Promise<Judged> {
  const length = Array.from(password.normalize('NFKC')).length;
  if (length < SHORTEST) return 'short';
  if (length > LONGEST) return 'long';
  const folded = fold(password);
  if (personal.flatMap(wordsOf).some((word) => folded.includes(word))) return 'personal';
  const { guesses } = (await estimator()).check(password, [...wordsOf(personal.join(' '))]);
  return guesses < FEWEST_GUESSES ? 'common' : null;
}

/** Short words are parts of other words by chance. */
function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 4);
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const FIGURES = { parallelism: 1, iterations: 2, memorySize: 19 * 1_024, hashLength: 32 } as const;
const SALT_BYTES = 16;
const CURRENT = `$argon2id$v=19$m=${FIGURES.memorySize},t=${FIGURES.iterations},p=${FIGURES.parallelism}$`;

/** The hash for comparisons without an account or password, so that the answer takes as long. */
const NOBODY = `${CURRENT}AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;

/** In milliseconds: a pause after each hash, one at a time, since it takes 19 MiB and a core that families also need. */
const PAUSE = 25;
let turn: Promise<unknown> = Promise.resolve();
/** Most passwords that may wait. */
const MOST_WAITING = 20;
let waiting = 0;

/** True if another one would wait for seconds: the person is asked to try later. */
export function isBusy(): boolean {
  return waiting >= MOST_WAITING;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  waiting += 1;
  const done = turn.then(work).finally(() => (waiting -= 1));
  turn = done.catch(() => undefined).then(() => pause(PAUSE));
  return done;
}

/** One text with parameters, salt and hash. */
export function hashPassword(password: string, randomBytes: (count: number) => Uint8Array): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return inTurn(() => argon2id({ ...FIGURES, password: folded(password), salt, outputType: 'encoded' }));
}

/** `hash` null: false, after the same time. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const same = await inTurn(() => argon2Verify({ password: folded(password), hash: hash ?? NOBODY }));
  return hash !== null && same;
}

/** True if it was made with other parameters than today's: hash it again at the next sign-in. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(CURRENT);
}

/** Makes the same password from different keyboards equal. hash-wasm refuses an empty one. */
function folded(password: string): string {
  return password.normalize('NFKC') || '\u0000';
}
