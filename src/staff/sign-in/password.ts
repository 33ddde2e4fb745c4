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

/** Cost of one hash: passes, memory in KiB, and the pause after it in milliseconds. */
export interface PasswordCost {
  readonly iterations: number;
  readonly memorySize: number;
  readonly pause: number;
}

/** The pause is there since a hash takes 19 MiB and a core that families also need. */
const COST: PasswordCost = { iterations: 2, memorySize: 19 * 1_024, pause: 25 };
const SALT_BYTES = 16;
/** Most passwords that may wait. */
const MOST_WAITING = 20;

/** Hashes passwords and compares them, one at a time. */
export interface Passwords {
  /** One text with parameters, salt and hash. */
  hash(password: string): Promise<string>;
  /** `hash` null: false, after the same time. */
  isRight(password: string, hash: string | null): Promise<boolean>;
  /** True if it was made with other parameters than today's: hash it again at the next sign-in. */
  isOutdated(hash: string): boolean;
  /** True if another one would wait for seconds: the person is asked to try later. */
  isBusy(): boolean;
}

/** `cost`: cheaper, for tests that are about something else. */
export function buildPasswords(randomBytes: (count: number) => Uint8Array, cost: PasswordCost = COST): Passwords {
  const figures = { parallelism: 1, iterations: cost.iterations, memorySize: cost.memorySize, hashLength: 32 };
  const current = `$argon2id$v=19$m=${cost.memorySize},t=${cost.iterations},p=1$`;
  // The hash for comparisons without an account or password, so that the answer takes as long.
  const nobody = `${current}AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    waiting += 1;
    const done = turn.then(work).finally(() => (waiting -= 1));
    turn = done.catch(() => undefined).then(() => pause(cost.pause));
    return done;
  };
  return {
    hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return inTurn(() => argon2id({ ...figures, password: folded(password), salt, outputType: 'encoded' }));
    },
    async isRight(password, hash) {
      const same = await inTurn(() => argon2Verify({ password: folded(password), hash: hash ?? nobody }));
      return hash !== null && same;
    },
    isOutdated: (hash) => !hash.startsWith(current),
    isBusy: () => waiting >= MOST_WAITING,
  };
}

/** Makes the same password from different keyboards equal. hash-wasm refuses an empty one. */
function folded(password: string): string {
  return password.normalize('NFKC') || '\u0000';
}
