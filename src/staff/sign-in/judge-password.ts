// OWASP ASVS 5.0, 6.2: twelve characters at least, any characters, no rules of composition; not among the common and leaked
// ones, not close to one, nothing of the person's own. The list of 49 000 lies in the package; nothing is asked of anybody.

import { once } from '../once.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';

const SHORTEST = 12;
const LONGEST = 200;
/** Guesses that somebody with a list and patience makes; below it a password is as good as in the list. */
const FEWEST_GUESSES = 1e8;

export type Judged = keyof StaffTexts['signIn']['judged'] | null;

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
