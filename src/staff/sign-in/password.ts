// Argon2id with the figures of OWASP (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. About 50 ms of one core.

import { setTimeout as pause } from 'node:timers/promises';
import { argon2id, argon2Verify } from 'hash-wasm';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { once } from '../../web/toolkit/once.ts';

// OWASP ASVS 5.0, 6.2: twelve characters at least, any characters, no rules of composition; not among the common and leaked
// ones, not close to one, nothing of the person's own. The list of 49 000 lies in the package; nothing is asked of anybody.

const SHORTEST = 12;
const LONGEST = 200;
/** Guesses that somebody with a list and patience makes; below it a password is as good as in the list. */
const FEWEST_GUESSES = 1e8;

type Judged = keyof StaffTexts['signIn']['judged'] | null;

/** Read at the first use only: the lists are a megabyte. */
const estimator = once(async () => {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
});

/** `personal`: names and addresses that it must not hold. Null where it may be used. */
export async function judgePassword(password: string, personal: readonly string[]): Promise<Judged> {
  const length = Array.from(password.normalize('NFKC')).length;
  if (length < SHORTEST) return 'short';
  if (length > LONGEST) return 'long';
  const folded = fold(password);
  if (personal.flatMap(wordsOf).some((word) => folded.includes(word))) return 'personal';
  const { guesses } = (await estimator()).check(password, [...wordsOf(personal.join(' '))]);
  return guesses < FEWEST_GUESSES ? 'common' : null;
}

/** Short words stand in other words by chance. */
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

/** What is compared with where there is no account or no password, so that the answer takes as long. */
const NOBODY = `${CURRENT}AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;

/** One at a time, and a pause after each, in milliseconds: it takes 19 MiB, and the process has families to answer. */
const PAUSE = 25;
let turn: Promise<unknown> = Promise.resolve();
/** Passwords that may wait for their turn. */
const MOST_WAITING = 20;
let waiting = 0;

/** So many wait that another one would wait for seconds: whoever asks is told to come again. */
export function isBusy(): boolean {
  return waiting >= MOST_WAITING;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  waiting += 1;
  const done = turn.then(work).finally(() => (waiting -= 1));
  turn = done.catch(() => undefined).then(() => pause(PAUSE));
  return done;
}

/** With figures, salt and hash in one text. */
export function hashPassword(password: string, randomBytes: (count: number) => Uint8Array): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return inTurn(() => argon2id({ ...FIGURES, password: folded(password), salt, outputType: 'encoded' }));
}

/** `hash` null: false, after the same time. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const same = await inTurn(() => argon2Verify({ password: folded(password), hash: hash ?? NOBODY }));
  return hash !== null && same;
}

/** True where it was made with other figures than today's: hash it anew at the next sign-in. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(CURRENT);
}

/** The same password typed on another keyboard. hash-wasm refuses an empty one. */
function folded(password: string): string {
  return password.normalize('NFKC') || '\u0000';
}
