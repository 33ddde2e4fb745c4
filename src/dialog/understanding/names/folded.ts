// Finding a name however it was typed: other case, no accents, another apostrophe, a line break in between.

import { isTitle } from './common-words.ts';

/** Small words inside names: they get no initial, and alone they name nobody. */
const PARTICLES = new Set(
  'a and ap d da das de degli dei del della den der des di do dos du e el et i la las les los ter the und y zu'.split(
    ' ',
  ),
);

/** Particles in lower case; with a capital they are also somebody's first name or surname. */
const PARTICLES_IN_LOWER_CASE = new Set('al ben bin bint ibn le lo mac mc san van von'.split(' '));

/** The words of a name that name somebody: "Dr. Maria d’Ávila dos Santos" → Maria, Ávila, Santos. */
export function nameParts(name: string): readonly string[] {
  const words = name.split(/[\s\p{Pd}'’ʼ.,;_/&()]+/u).filter((part) => /[\p{L}\p{N}]/u.test(part));
  return words.filter((word, index) => names(word, index, words.length));
}

/** Whether a word of a name, of so many, names somebody: not "de", and not "Mrs" at the beginning. */
export function names(word: string, index: number, count: number): boolean {
  return !isParticle(word) && !(index === 0 && count > 1 && isTitle(word));
}

/** "João da Silva" → "J. S.", of several people "J. S., A. P."; empty for a name that holds no letter. */
export function initialsOf(name: string): string {
  return peopleIn(name)
    .map((one) =>
      nameParts(one)
        .map((part) => `${firstLetter(part)}.`)
        .join(' '),
    )
    .filter((initials) => initials !== '')
    .join(', ');
}

/**
 * Finds several people if one name was asked for: "Ada and Bola Obi" → Ada, Bola Obi. A comma, "y" and "e" stand inside one
 * name, too ("Obi, Ada", "Ortega y Gasset"): they part only what has two words on either side.
 */
export function peopleIn(name: string): readonly string[] {
  const certain = name.split(/[;&]|\s(?:and|et)\s/iu);
  const all = certain.flatMap((one) => {
    const parted = one.split(/,|\s[ye]\s/iu);
    return parted.length > 1 && parted.every((each) => nameParts(each).length > 1) ? parted : [one];
  });
  const people = all.map((one) => one.trim()).filter((one) => nameParts(one).length > 0);
  return people.length > 1 ? people : [name];
}

/** With its accents, also if they are separate characters. */
export function firstLetter(part: string): string {
  const [letter = ''] = /[\p{L}\p{N}]\p{M}*/u.exec(part.normalize('NFC')) ?? [];
  return letter.toUpperCase();
}

/** A small word of a name, which alone names nobody. */
function isParticle(part: string): boolean {
  return PARTICLES.has(part.toLowerCase()) || PARTICLES_IN_LOWER_CASE.has(part);
}

// Words written as one, in which a name has no edges. Each text is walked once: a person may paste anything.

export interface GluedWord {
  readonly kind: 'address' | 'handle';
  readonly start: number;
  readonly text: string;
}

const TRAILING = new Set(Array.from('.,;:!?)]}>»”"\'’'));

/** Web addresses, without the full stop or bracket after them: "(https://un.org)." → https://un.org */
export function webAddresses(text: string): readonly GluedWord[] {
  return [...text.matchAll(/(?:https?:\/\/|www\.)\S+/giu)].map((match) => ({
    kind: 'address',
    start: match.index,
    text: withoutTrailing(match[0]),
  }));
}

/** Also mail addresses, #tags and @handles. */
export function gluedWords(text: string): readonly GluedWord[] {
  const addresses = webAddresses(text);
  const handles: GluedWord[] = [];
  let at = 0;
  for (const { start, text: address } of addresses) {
    handles.push(...handlesIn(text.slice(at, start), at));
    at = start + address.length;
  }
  return [...addresses, ...handles, ...handlesIn(text.slice(at), at)];
}

function handlesIn(text: string, offset: number): readonly GluedWord[] {
  const handles: GluedWord[] = [];
  for (const { 0: token, index } of text.matchAll(/\S+/gu)) {
    const at = token.indexOf('@');
    if (at > 0 && token.includes('.', at)) {
      handles.push({ kind: 'handle', start: offset + index, text: withoutTrailing(token) });
      continue;
    }
    for (const tag of token.matchAll(/[#@][\p{L}\p{M}\p{N}_]+/gu)) {
      handles.push({ kind: 'handle', start: offset + index + tag.index, text: tag[0] });
    }
  }
  return handles;
}

function withoutTrailing(word: string): string {
  let end = word.length;
  while (end > 0 && TRAILING.has(word.charAt(end - 1))) end--;
  return word.slice(0, end);
}

/** Letters that no decomposition brings to the plain ones that a person types instead. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th' },
  ...{ ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ɔ: 'o', ɛ: 'e', ŋ: 'n' },
};

/** Folded text; `starts[i]` and `ends[i]` say where its i-th unit is in the original. */
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

export function foldName(text: string): string {
  return foldWithPositions(text).text;
}

/** Letters and digits alone: "Jean-Pierre N’Golo" → "jeanpierrengolo". */
export function squash(text: string): string {
  return foldName(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Finds a term in folded text, as whole words. Words may be apart by spaces, hyphens or points, digits also by brackets.
 * Null for a term without letters and digits, which names nobody.
 */
export function termPattern(term: string): RegExp | null {
  const words = foldName(term).match(/[\p{L}\p{N}]+/gu);
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
