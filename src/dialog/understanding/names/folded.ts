// Finds a name in any spelling: other case, no accents, another apostrophe, a line break inside.

import { isTitle } from './common-words.ts';

/** Small words inside names: they get no initial, and are no name alone. */
const PARTICLES = new Set(
  'a and ap d da das de degli dei del della den der des di do dos du e el et i la las les los ter the und y zu'.split(
    ' ',
  ),
);

/** Particles in lower case; with a capital they may be a first name or surname. */
const PARTICLES_IN_LOWER_CASE = new Set('al ben bin bint ibn le lo mac mc san van von'.split(' '));

/** The significant words of a name: "Dr. Maria d’Ávila dos Santos" → Maria, Ávila, Santos. */
export function nameParts(name: string): readonly string[] {
  const words = name.split(/[\s\p{Pd}'’ʼ.,;_/&()]+/u).filter((part) => /[\p{L}\p{N}]/u.test(part));
  return words.filter((word, index) => names(word, index, words.length));
}

/** True if a word of a name is significant: not "de", and not "Mrs" at the beginning. */
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
 * Splits several people in one answer: "Ada and Bola Obi" → Ada, Bola Obi. A comma, "y" and "e" may also be inside one
 * name ("Obi, Ada", "Ortega y Gasset"): they separate only if both sides have two words.
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

/** A small word of a name, which is no name alone. */
export function isParticle(part: string): boolean {
  return PARTICLES.has(part.toLowerCase()) || PARTICLES_IN_LOWER_CASE.has(part);
}

// Words written together, in which a name has no edges. Each text is scanned once, since a person may paste anything.

export interface GluedWord {
  readonly kind: 'address' | 'mail' | 'handle';
  readonly start: number;
  readonly text: string;
}

const TRAILING = new Set(Array.from('.,;:!?>»”"\'’…。、،؛؟।።'));
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '）': '（' };

/** Web addresses, without the full stop or bracket after them: "(https://un.org)." → https://un.org */
export function webAddresses(text: string): readonly GluedWord[] {
  return [...text.matchAll(/(?:https?:\/\/|(?<![\p{L}\p{N}.@])www\.)\S+/giu)].map((match) => ({
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
      handles.push({ kind: 'mail', start: offset + index, text: withoutTrailing(token) });
      continue;
    }
    for (const tag of token.matchAll(/[#@][\p{L}\p{M}\p{N}_]+/gu)) {
      handles.push({ kind: 'handle', start: offset + index + tag.index, text: tag[0] });
    }
  }
  return handles;
}

/** Without the signs that end a sentence, and without a closing bracket whose opening one is not in it. */
export function withoutTrailing(word: string): string {
  const signs = new Map<string, number>();
  for (const sign of word) signs.set(sign, (signs.get(sign) ?? 0) + 1);
  let end = word.length;
  for (; end > 0; end--) {
    const sign = word.charAt(end - 1);
    const opening = CLOSING[sign];
    const [closed, opened] = [signs.get(sign) ?? 0, signs.get(opening ?? '') ?? 0];
    if (opening === undefined ? !TRAILING.has(sign) : closed <= opened) break;
    signs.set(sign, closed - 1);
  }
  return word.slice(0, end);
}

/** Letters without a decomposition into the plain letters that people type instead. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th' },
  ...{ ɓ: 'b', ɗ: 'd', ƙ: 'k', ƴ: 'y', ɔ: 'o', ɛ: 'e', ŋ: 'n' },
};

/** Folded text; `starts[i]` and `ends[i]` are the positions of its i-th unit in the original. */
export interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Most of what people write, folded once. */
const ASCII: readonly string[] = Array.from({ length: 128 }, (_, code) => foldCharacter(String.fromCharCode(code)));

/** Lower case without accents and format characters; white space, dashes and apostrophes are one kind each. */
export function foldWithPositions(original: string): Folded {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = ASCII[character.charCodeAt(0)] ?? foldCharacter(character);
    const end = at + character.length;
    if (folded === '' && /\p{M}/u.test(character) && ends.length > 0) ends[ends.length - 1] = end;
    for (let units = folded.length; units > 0; units--) {
      starts.push(at);
      ends.push(end);
    }
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
 * Finds a term in folded text, as whole words; between words may be spaces, hyphens or points, between digits also
 * brackets. Returns null for a term without letters and digits.
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
/**
 * A number of this many digits may be a phone number: it is found with any gaps, and removed with the + and brackets of
 * its code.
 */
const TELEPHONE = 7;
const BEFORE_TELEPHONE = String.raw`(?:(?<!\p{N})(?:\+ ?)?(?:\((?=[\p{N} ]{1,8}\)))?)`;
const BETWEEN_WORDS = String.raw`[ \-'._,()\/]{1,4}`;

function edge(word: string, side: 'before' | 'after'): string {
  const look = side === 'before' ? '(?<!' : '(?!';
  if (isNumber(word)) return String.raw`${look}\p{N})`;
  // Scripts without spaces have no whole words.
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
