// Words in a text that may identify somebody: found by plain patterns, shown to the person, withheld only if they say
// so.

import { isSpanOfTime } from './child-age.ts';
import { fold } from './fold.ts';
import { LANGUAGES } from '../../languages.ts';
import type { Lexicon } from './lexicon.ts';
import type { Words } from './word-lists.ts';
import { peopleNamedIn } from './names/people.ts';

export type FindingKind = 'phone' | 'email' | 'address' | 'officer' | 'child' | 'person';

export interface Finding {
  readonly kind: FindingKind;
  /** As in the text; a number without invisible characters. */
  readonly text: string;
}

/** A name of somebody: of an officer, too. */
export function isPerson({ kind }: Finding): boolean {
  return kind === 'person' || kind === 'officer';
}

const NAME = String.raw`\p{Lu}[\p{L}\p{M}'’-]{1,40}`;
const PARTICLE = String.raw`(?:d[aeo]s?|del|della|van|von|der|de la|el|al|bin|ben|y|e)`;
const FULL_NAME = String.raw`${NAME}(?:\s+(?:${PARTICLE}\s+)?${NAME}){0,3}`;
/** Between two digits, as copied from a page or an address book: dashes, dots and spaces of every kind, and invisible characters. */
const GAP = String.raw`\p{Cf}{0,4}(?:[\s().·•\p{Pd}−]\p{Cf}{0,4}){0,3}`;
const PHONE = new RegExp(
  String.raw`(?<![\p{L}\p{Nd}/])[+＋]?\p{Cf}{0,4}[(（]?\p{Cf}{0,4}\p{Nd}(?:${GAP}\p{Nd}){7,14}(?!\p{Nd})`,
  'gu',
);
const DATE_OR_YEARS = /^\(?\d{1,4}\s?[\s./-]\s?\d{1,2}\s?[\s./-]\s?\d{1,4}\)?$|^\d{4}\s*-\s*\d{4}$/u;
// Bounded (RFC 5321, 4.5.3.1), and matched at the beginning of a word only: else a long word costs quadratic time.
const EMAIL = /(?<![^\s<>,;:])[^\s@<>,;:]{1,64}@[^\s@<>,;]{1,255}\.\p{L}{2,24}/gu;
const AT_MOST = 12;
/** Names that are compared with each other. */
const MANY = 100;

/**
 * At most twelve findings, each text once, in the order phone, e-mail, address, officer, child, person. `known`: names
 * of people that were typed when asked for.
 */
export function findingsIn(
  lexicon: Lexicon,
  texts: readonly string[],
  known: readonly string[] = [],
): readonly Finding[] {
  const patterns = patternsOf(lexicon);
  const named = longest(
    texts.flatMap((text) => peopleIn(text, patterns)),
    peopleNamedIn(lexicon, texts, known),
  );
  const all = [
    ...texts.flatMap((text) => [
      ...matches(text, PHONE)
        .map((found) => found.replace(/\p{Cf}/gu, ''))
        .filter((found) => !DATE_OR_YEARS.test(found.replace(/[\p{Pd}−]/gu, '-')))
        .map(as('phone')),
      ...matches(text, EMAIL).map(as('email')),
      ...matches(text, patterns.address).map(as('address')),
      ...matches(text, patterns.officer).map(as('officer')),
      ...[...text.matchAll(patterns.child)]
        .filter(({ index, 0: found }) => !isSpanOfTime(text, index, index + found.length))
        .map((match) => match[0])
        .map(as('child')),
    ]),
    ...named.map(as('person')),
  ];
  const order: readonly FindingKind[] = ['phone', 'email', 'address', 'officer', 'child', 'person'];
  const sorted = order.flatMap((kind) => all.filter((finding) => finding.kind === kind));
  const once: Finding[] = [];
  const seen: string[] = [];
  for (const finding of sorted) {
    if (once.length === AT_MOST) break;
    const key = keyOf(finding);
    const isSeen =
      finding.kind === 'phone' ? seen.includes(key) : seen.some((other) => ` ${other} `.includes(` ${key} `));
    if (key === '' || isSeen) continue;
    seen.push(key);
    once.push(finding);
  }
  return once;
}

/** The entries of both lists, each once, without those that are part of a longer one. */
function longest(first: readonly string[], second: readonly string[]): readonly string[] {
  const keyed = [...first, ...second].map((text): readonly [string, string] => [` ${fold(text)} `, text]);
  const all = new Map(keyed.toReversed());
  const keys = [...all.keys()].sort((a, b) => b.length - a.length).slice(0, MANY);
  const whole = new Set(keys.filter((key, at) => !keys.slice(0, at).some((other) => other.includes(key))));
  return [...new Set(keyed.map(([key]) => key))].filter((key) => whole.has(key)).map((key) => all.get(key) ?? '');
}

/** Equal for equal findings. A number with and without its country code are two. */
function keyOf({ kind, text }: Finding): string {
  return kind === 'phone' ? text.normalize('NFKC').replace(/\P{Nd}/gu, '') : fold(text);
}

const as =
  (kind: FindingKind) =>
  (text: string): Finding => ({ kind, text: text.trim() });

interface Patterns {
  readonly address: RegExp;
  readonly officer: RegExp;
  readonly child: RegExp;
  readonly kin: RegExp;
  readonly notNames: ReadonlySet<string>;
}

const built = new WeakMap<Lexicon, Patterns>();

/** Cached: the patterns contain all words of four languages, and building them costs a hundred times as much as using them. */
function patternsOf(lexicon: Lexicon): Patterns {
  const known = built.get(lexicon);
  if (known !== undefined) return known;
  const words = LANGUAGES.map((language) => lexicon.words[language]);
  const patterns: Patterns = {
    address: addressPattern(words),
    officer: afterTitle(words.flatMap((w) => w.officers)),
    child: childPattern(words),
    kin: kinPattern(words),
    notNames: new Set(words.flatMap((w) => w.notNames).map(fold)),
  };
  built.set(lexicon, patterns);
  return patterns;
}

function matches(text: string, pattern: RegExp): readonly string[] {
  // A search is much cheaper than matchAll(), and mostly finds nothing.
  if (text.search(pattern) === -1) return [];
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[0]);
}

function oneOf(phrases: readonly string[]): string {
  const escaped = phrases.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
  return `(?:${escaped.sort((a, b) => b.length - a.length).join('|')})`;
}

/**
 * "officer John Smith", "sargento Da Silva", "Sgt. Hill": the name behind a title, the title in any case. Behind a whole
 * word a full stop ends the sentence: "by an officer. Nobody told us".
 */
function afterTitle(titles: readonly string[]): RegExp {
  const short = oneOf(titles.filter((title) => title.length <= SHORT_TITLE));
  const title = String.raw`(?:${anyCase(short)}\.|${anyCase(oneOf(titles))})`;
  return new RegExp(String.raw`(?<![\p{L}])${title}\s+(${FULL_NAME})`, 'gu');
}

/** Letters of a title that is written with a full stop. */
const SHORT_TITLE = 3;

/** Each letter in both cases: the rest of the pattern depends on case, so the whole cannot ignore it. */
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

/** "my son, 12 years old": an age below eighteen, if it is no span of time. */
function childPattern(words: readonly Words[]): RegExp {
  const years = anyCase(oneOf(words.flatMap((w) => w.yearsOld)));
  return new RegExp(String.raw`(?<![\d/.])(?<!\d,)(1[0-7]|[1-9])[\s-]+${years}(?![\p{L}])`, 'gu');
}

const FULL = new RegExp(String.raw`(?<![\p{L}])${NAME}(?:\s+(?:${PARTICLE}\s+)?${NAME}){1,3}`, 'gu');

function kinPattern(words: readonly Words[]): RegExp {
  return new RegExp(String.raw`(?<![\p{L}])${anyCase(oneOf(words.flatMap((w) => w.kin)))},?\s+(${FULL_NAME})`, 'gu');
}

/**
 * Names of two words or more, without officers with their title, and single names after a word of kinship ("my brother
 * Carlos").
 */
function peopleIn(text: string, { kin, notNames, officer }: Patterns): readonly string[] {
  const officers = [...text.matchAll(officer)].map((match) => match[0]);
  // "El Sargento Valdir": at the beginning of a sentence one more word has a capital.
  const isOfficer = (name: string) =>
    officers.some((one) => name.endsWith(one) && !name.slice(0, -one.length).trim().includes(' '));
  const full = [...text.matchAll(FULL)].map((match) => match[0]).filter((name) => !isOfficer(name));
  const related = matches(text, kin);
  const isNoName = (folded: string): boolean => {
    if (folded === '' || notNames.has(folded)) return true;
    const [first = '', ...rest] = folded.split(' ');
    return notNames.has(first) && isNoName(rest.join(' '));
  };
  return [...full, ...related].filter((name) => !isNoName(fold(name)));
}
