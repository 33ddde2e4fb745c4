// What in a text may name or lead to somebody: found by plain patterns, shown to the person, withheld only on their word.

import { fold } from './fold.ts';
import { LANGUAGES } from './language.ts';
import type { Lexicon, Words } from './lexicon.ts';

export type FindingKind = 'phone' | 'email' | 'address' | 'officer' | 'child' | 'person';

export interface Finding {
  readonly kind: FindingKind;
  /** As it stands in the text. */
  readonly text: string;
}

const NAME = String.raw`\p{Lu}[\p{L}\p{M}'’-]+`;
const PARTICLE = String.raw`(?:d[aeo]s?|del|della|van|von|der|de la|el|al|bin|ben|y|e)`;
const FULL_NAME = String.raw`${NAME}(?:\s+(?:${PARTICLE}\s+)?${NAME}){0,3}`;
const PHONE = /(?<![\p{L}\d/])\+?\(?\d(?:[\s().-]?\d){7,14}(?!\d)/gu;
const DATE_OR_YEARS = /^\(?\d{1,4}[\s./-]\d{1,2}[\s./-]\d{1,4}\)?$|^\d{4}\s*-\s*\d{4}$/u;
const EMAIL = /[^\s@<>,;]+@[^\s@<>,;]+\.[\p{L}]{2,}/gu;
const AT_MOST = 12;

/** At most twelve findings, each text once, in the order phone, e-mail, address, officer, child, person. */
export function findingsIn(lexicon: Lexicon, texts: readonly string[]): readonly Finding[] {
  const words = LANGUAGES.map((language) => lexicon.words[language]);
  const all = texts.flatMap((text) => [
    ...matches(text, PHONE)
      .filter((found) => !DATE_OR_YEARS.test(found))
      .map(as('phone')),
    ...matches(text, EMAIL).map(as('email')),
    ...matches(text, addressPattern(words)).map(as('address')),
    ...matches(text, afterTitle(words.flatMap((w) => w.officers))).map(as('officer')),
    ...childrenIn(text, words).map(as('child')),
    ...peopleIn(text, words).map(as('person')),
  ]);
  const order: readonly FindingKind[] = ['phone', 'email', 'address', 'officer', 'child', 'person'];
  const sorted = order.flatMap((kind) => all.filter((finding) => finding.kind === kind));
  const seen = new Set<string>();
  const once = sorted.filter(({ text }) => {
    const key = fold(text);
    const known = key === '' || [...seen].some((other) => ` ${other} `.includes(` ${key} `));
    seen.add(key);
    return !known;
  });
  return once.slice(0, AT_MOST);
}

const as =
  (kind: FindingKind) =>
  (text: string): Finding => ({ kind, text: text.trim() });

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);
}

function oneOf(phrases: readonly string[]): string {
  const escaped = phrases.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
  return `(?:${escaped.sort((a, b) => b.length - a.length).join('|')})`;
}

/** "officer John Smith", "sargento Da Silva": the name behind a title, the title in any case. */
function afterTitle(titles: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}])${anyCase(oneOf(titles))}\.?\s+(${FULL_NAME})`, 'gu');
}

/** Each letter in both cases: the names beside it depend on theirs, so the pattern as a whole cannot fold case. */
function anyCase(group: string): string {
  return group.replace(/\p{L}/gu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

function addressPattern(words: readonly Words[]): RegExp {
  const street = anyCase(oneOf(words.flatMap((w) => w.streets)));
  const proper = String.raw`(?:(?:${PARTICLE}|la|las|los|le|les|du|des)\s+)*${NAME}`;
  const before = String.raw`\d{1,5},?\s+(?:${NAME}\s+){0,3}${street}(?![\p{L}])(?:\s+${proper}){0,3}`;
  const after = String.raw`(?<![\p{L}])${street}\s+(?:${proper}|\d{1,3})(?:\s+${proper}){0,3},?\s*(?:[#n][ºo°.]*\s*)?\d{1,5}`;
  return new RegExp(`(${before}|${after})`, 'gu');
}

const AGO_BEFORE = ['hace', 'hacía', 'il y a', 'ça fait', 'há', 'faz', 'fazia'];
/** Times and sentences, not ages. */
const AGO_BEHIND = [
  'of prison',
  'in prison',
  'de prison',
  'de prisión',
  'de prisão',
  'de cárcel',
  'ago',
  'later',
  'before',
  'atrás',
  'depois',
  'antes',
  'después',
  'plus tard',
  'avant',
  'après',
];

/** "my son, 12 years old": an age under eighteen said of somebody, not a time that has passed. */
function childrenIn(text: string, words: readonly Words[]): readonly string[] {
  const years = anyCase(oneOf(words.flatMap((w) => w.yearsOld)));
  const passed = String.raw`(?<!${anyCase(oneOf(AGO_BEFORE))}\s+)(?<![\d/.])`;
  const behind = String.raw`(?![\s]+${anyCase(oneOf(AGO_BEHIND))})`;
  const pattern = new RegExp(String.raw`${passed}(1[0-7]|[1-9])[\s-]+${years}(?![\p{L}])${behind}`, 'gu');
  return [...text.matchAll(pattern)].map((match) => match[0]);
}

/** Names of two words or more, and single ones behind a word of kinship ("my brother Carlos"). */
function peopleIn(text: string, words: readonly Words[]): readonly string[] {
  const ignore = new Set(words.flatMap((w) => w.notNames).map(fold));
  const full = [
    ...text.matchAll(new RegExp(String.raw`(?<![\p{L}])${NAME}(?:\s+(?:${PARTICLE}\s+)?${NAME}){1,3}`, 'gu')),
  ].map((match) => match[0]);
  const related = matches(
    text,
    new RegExp(String.raw`(?<![\p{L}])${anyCase(oneOf(words.flatMap((w) => w.kin)))},?\s+(${FULL_NAME})`, 'gu'),
  );
  return [...full, ...related].filter((name) => {
    const tokens = fold(name).split(' ');
    return !ignore.has(fold(name)) && !tokens.every((token) => ignore.has(token));
  });
}
