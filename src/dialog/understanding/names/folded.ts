// Finding a name however it was typed: other case, no accents, another apostrophe, a line break in between.

/** Letters that no decomposition brings to the plain ones that a person types instead. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th' },
  ...{ ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ɔ: 'o', ɛ: 'e', ŋ: 'n' },
};

/** Folded text; `starts[i]` and `ends[i]` say where its i-th unit stands in the original. */
export interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Lower case without accents and format characters; white space, dashes and apostrophes are one kind each. */
export function foldWithPositions(original: string): Folded {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    const end = at + character.length;
    if (folded === '' && /\p{M}/u.test(character) && ends.length > 0) ends[ends.length - 1] = end;
    starts.push(...new Array<number>(folded.length).fill(at));
    ends.push(...new Array<number>(folded.length).fill(end));
    text += folded;
    at = end;
  }
  return { text, starts, ends };
}

export function fold(text: string): string {
  return foldWithPositions(text).text;
}

/** Letters and digits alone: "Jean-Pierre N’Golo" → "jeanpierrengolo". */
export function squash(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Finds a term in folded text, as whole words. Words may be apart by spaces, hyphens or points, digits also by brackets.
 * Null for a term without letters and digits, which names nobody.
 */
export function termPattern(term: string): RegExp | null {
  const words = fold(term).match(/[\p{L}\p{N}]+/gu);
  if (words === null) return null;
  const isTelephone = words.every(isNumber) && words.join('').length >= TELEPHONE;
  const body = words
    .map((word) => (isNumber(word) ? Array.from(word).join(BETWEEN_DIGITS) : word))
    .join(isTelephone ? BETWEEN_DIGITS : BETWEEN_WORDS);
  const before = (isTelephone ? BEFORE_TELEPHONE : '') + edge(words[0], 'before');
  return new RegExp(before + body + edge(words.at(-1) ?? '', 'after'), 'gu');
}

const BETWEEN_DIGITS = String.raw`[ \-.()\/]{0,3}`;
/** Digits from which on a number may be somebody's telephone: written with any gaps, and gone with the + and brackets of its code. */
const TELEPHONE = 7;
const BEFORE_TELEPHONE = String.raw`(?:(?<!\p{N})(?:\+ ?)?(?:\((?=[\p{N} ]{1,8}\)))?)`;
const BETWEEN_WORDS = String.raw`[ \-'._,()\/]{1,4}`;

function edge(word: string, side: 'before' | 'after'): string {
  const look = side === 'before' ? '(?<!' : '(?!';
  if (isNumber(word)) return String.raw`${look}\p{N})`;
  // Scripts without spaces have no whole words to look for.
  if (/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u.test(word)) {
    return '';
  }
  return String.raw`${look}\p{L})`;
}

function isNumber(word: string): boolean {
  return /^\p{N}+$/u.test(word);
}

function foldCharacter(character: string): string {
  if (/[a-z0-9]/.test(character)) return character;
  if (/\s/u.test(character)) return ' ';
  if (/[\p{Pd}−]/u.test(character)) return '-';
  if (/[·•∙]/u.test(character)) return '.';
  if (/['’‘ʼʻ`´]/u.test(character)) return "'";
  const plain = character
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();
  return PLAIN[plain] ?? plain.replace(/\p{M}/gu, '');
}
