// "Joao, not João": one word for another, as people write it in the four languages.

import { fold } from './fold.ts';

const PATTERN =
  /^(?<right>[^\n]{1,60}?)[\s,;:.]+(?:and |et |y |e )?(?:not|instead of|pas|et non|au lieu de|en vez de|em vez de|no lugar de|no|não|nao|non)\s+(?<wrong>[^\n]{1,60})$/iu;
const AROUND = /^[\s*_"“”«»'‘’.,;:]+|(?<![\s*_"“”«»'‘’.,;:])[\s*_"“”«»'‘’.,;:]+$/gu;
/** More words than a name has are no correction. */
const MOST_WORDS = 6;

export interface Correction {
  readonly right: string;
  readonly wrong: string;
}

/** Null for whatever is not plainly one. */
export function correctionIn(text: string): Correction | null {
  const { right, wrong } = PATTERN.exec(text.trim())?.groups ?? {};
  if (right === undefined || wrong === undefined) return null;
  const [bareRight, bareWrong] = [right.replace(AROUND, ''), wrong.replace(AROUND, '')];
  const tooLong = [bareRight, bareWrong].some((one) => one === '' || one.split(/\s+/u).length > MOST_WORDS);
  return tooLong ? null : { right: bareRight, wrong: bareWrong };
}

/** A program that listens begins with a capital letter, whatever the word is. */
export function spokenCorrectionIn(text: string): Correction | null {
  const found = correctionIn(text);
  if (found === null) return null;
  const [first = '', second = ''] = [found.right, found.wrong].map((one) => one.charAt(0));
  const isCapital = second !== second.toLowerCase();
  return isCapital ? found : { ...found, right: first.toLowerCase() + found.right.slice(1) };
}

/** The text with every such word changed: letter for letter where it stands so, else whatever its case and accents. Null where it has none. */
export function corrected(text: string, { right, wrong }: Correction): string | null {
  const meant = fold(wrong);
  return (
    replaceWords(text, wordsIn(wrong).length, right, (said) => said === wrong) ??
    replaceWords(text, wordsIn(wrong).length, right, (said) => fold(said) === meant)
  );
}

function wordsIn(text: string) {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu)];
}

function replaceWords(text: string, length: number, right: string, isMeant: (said: string) => boolean): string | null {
  if (length === 0) return null;
  const words = wordsIn(text);
  let changed = '';
  let at = 0;
  for (const [index, first] of words.entries()) {
    const last = words[index + length - 1];
    if (last === undefined || first.index < at) continue;
    const end = last.index + last[0].length;
    if (!isMeant(text.slice(first.index, end))) continue;
    changed += text.slice(at, first.index) + right;
    at = end;
  }
  return at === 0 ? null : changed + text.slice(at);
}
