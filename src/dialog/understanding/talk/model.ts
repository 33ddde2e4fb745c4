// A message as a set of features, each a short text that can be read in an explanation; and the linear models over them.

import { z } from 'zod';
import { plainArabic } from '../fold.ts';

// Concepts are words of one meaning: "cops", "flics" and "tombos" are all `police`. As concepts, a message looks the same in every
// language, so that one language learns from the others. The lists are in locales/<language>/talk.json.

/**
 * Concept → words and phrases. A `*` at the end matches any ending: "borra*". Every language has the concepts of English.
 */
const schema = z.record(z.string().regex(/^[a-z-]+$/u), z.array(z.string().min(1)).min(1));
export type ConceptLists = z.infer<typeof schema>;

/** Checks one language's talk.json; throws zod's error with the paths that are wrong. */
export function parseConcepts(value: unknown): ConceptLists {
  return schema.parse(value);
}

export interface Concepts {
  readonly exact: ReadonlyMap<string, string>;
  readonly beginnings: ReadonlyMap<string, string>;
  /** First word → words of the longest phrase that begins with it; only if they are two or more. */
  readonly longest: ReadonlyMap<string, number>;
}

/** The shortest beginning that a list may have. */
const SHORTEST = 3;

/** `fold`: as messages are folded (foldTalk). A word of several concepts has all their names, joined by `+`. */
export function indexConcepts(lists: ConceptLists, fold: (text: string) => string): Concepts {
  const [exact, beginnings] = [new Map<string, string>(), new Map<string, string>()];
  const longest = new Map<string, number>();
  for (const [concept, phrases] of Object.entries(lists)) {
    for (const phrase of phrases) {
      const said = fold(phrase.replace('*', ''));
      const map = phrase.endsWith('*') ? beginnings : exact;
      const before = map.get(said);
      if (before?.split('+').includes(concept) !== true) {
        map.set(said, before === undefined ? concept : `${before}+${concept}`);
      }
      const [first = '', ...rest] = said.split(' ');
      if (rest.length > 0) longest.set(first, Math.max(longest.get(first) ?? 0, rest.length + 1));
    }
  }
  return { exact, beginnings, longest };
}

/** The folded words of one sentence as concepts: the longest phrase first. `_` is a word of no concept, `#` a number. */
function conceptsOf(words: readonly string[], { exact, beginnings, longest }: Concepts): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length;) {
    let [taken, concept] = [0, undefined as string | undefined];
    const most = longest.get(words[at] ?? '') ?? 1;
    for (let count = Math.min(most, words.length - at); count > 0 && concept === undefined; count--) {
      const phrase = words.slice(at, at + count).join(' ');
      concept = exact.get(phrase) ?? beginningOf(phrase, words[at + count - 1] ?? '', beginnings);
      taken = count;
    }
    found.push(concept ?? (/^\d+$/u.test(words[at] ?? '') ? '#' : '_'));
    at += concept === undefined ? 1 : taken;
  }
  return found;
}

function beginningOf(phrase: string, last: string, beginnings: Concepts['beginnings']): string | undefined {
  const before = phrase.length - last.length;
  for (let length = last.length; length >= SHORTEST; length--) {
    const concept = beginnings.get(phrase.slice(0, before + length));
    if (concept !== undefined) return concept;
  }
  return undefined;
}

/** Lower case without accents, English without apostrophes ("don't" → "dont"), letters that are held down said once; `.?!` stay. */
export function foldTalk(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\u0621-\u06ff]+/gu, plainArabic)
    .replaceAll('؟', '?')
    .replace(/(\p{L})['’´`](?=(?:t|s|m|ve|ll|d|re)(?!\p{L}))/gu, '$1')
    .replace(/[^\p{L}\p{N}\s?!.]/gu, ' ')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Upper bounds of the length classes, in words. */
const LENGTHS = [1, 3, 6, 10, 16, 30];
/** Letters of the parts of words: they carry endings and survive typing errors. */
const PARTS = [3, 4, 5];
/** More concepts than this in a message say that it is about many things. */
const MOST_PAIRED = 14;

/**
 * `m:` the mark and length · `w:`, `b:`, `t:` one, two, three words, with the ends of a sentence as `^` and `$` · `c:` letters ·
 * `K:`, `L:`, `M:` one, two, three concepts in order · `N:` neighbours, one of them without a concept · `P:` two concepts
 * anywhere · `U:` the share of words without a concept.
 */
export function featuresOf(text: string, concepts: Concepts): readonly string[] {
  const said = foldTalk(text);
  const sentences = said
    .split(/[.!?]+/u)
    .map((sentence) => sentence.split(' ').filter((word) => word !== ''))
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  const features = new Set<string>();
  // Each view of a message (hear.ts) has its length and mark.
  for (const mark of marksOf(text, words.length, sentences.length)) {
    for (const view of ['m:', 'c:m:', 'U:m:']) features.add(`${view}${mark}`);
  }
  for (const sentence of sentences) addGrams(features, sentence);
  const line = ` ${words.join(' ')} `;
  for (const length of PARTS) {
    for (let at = 0; at + length <= line.length; at++) features.add(`c:${line.slice(at, at + length)}`);
  }
  addConcepts(
    features,
    sentences.map((sentence) => conceptsOf(sentence, concepts)),
  );
  return [...features];
}

function marksOf(text: string, words: number, sentences: number): readonly string[] {
  const length = LENGTHS.find((most) => words <= most) ?? 'long';
  const marks = [`${length}`, `sentences ${Math.min(sentences, 3)}`];
  if (!/[?？؟]/u.test(text)) return marks;
  marks.push('?', `? ${words <= 6 ? 6 : words <= 12 ? 12 : 'long'}`);
  if (/[?？؟]\s*$/u.test(text)) marks.push('?$');
  return marks;
}

function addGrams(features: Set<string>, sentence: readonly string[]): void {
  const words = ['^', ...sentence.map((word) => (/^\d+$/u.test(word) ? '#' : word)), '$'];
  for (const [at, word] of words.entries()) {
    const [second, third] = [words[at + 1], words[at + 2]];
    if (word !== '^' && word !== '$') features.add(`w:${word}`);
    if (second !== undefined) features.add(`b:${word} ${second}`);
    if (third !== undefined) features.add(`t:${word} ${second} ${third}`);
  }
}

function addConcepts(features: Set<string>, sentences: readonly (readonly string[])[]): void {
  const all = new Set<string>();
  for (const sentence of sentences) {
    const row = ['^', ...sentence, '$'];
    const known = row.filter((concept) => concept !== '_');
    for (const [at, concept] of known.entries()) {
      const [second, third] = [known[at + 1], known[at + 2]];
      if (concept !== '^' && concept !== '$') {
        features.add(`K:${concept}`);
        for (const one of concept.split('+')) all.add(one);
      }
      if (second !== undefined) features.add(`L:${concept} ${second}`);
      if (third !== undefined) features.add(`M:${concept} ${second} ${third}`);
    }
    for (const [at, concept] of row.entries()) {
      const second = row[at + 1];
      if (second !== undefined && (concept !== '_' || second !== '_')) features.add(`N:${concept} ${second}`);
    }
    const unknown = row.length - known.length;
    features.add(`U:${Math.round((unknown / sentence.length) * 4)}`).add(`U:words ${Math.min(unknown, 8)}`);
  }
  const list = [...all].sort();
  for (const concept of list) features.add(`K:${concept}`);
  if (list.length > MOST_PAIRED) return;
  for (const [at, first] of list.entries()) {
    for (const second of list.slice(at + 1)) features.add(`P:${first} ${second}`);
  }
}

// Linear models over hashed features: how much a message is said to the bot rather than told (one number), and its kind (a number
// for each). `npm run -s understanding -- --train` writes model.json from the labelled messages in
// test/fixtures/understanding.

/** Weights are bytes: a weight is its byte times `unit`. Column `hash(feature) % rows` of each class. */
export interface LinearModel {
  readonly classes: readonly string[];
  readonly rows: number;
  readonly unit: number;
  readonly bias: readonly number[];
  /** Row by row, one byte for each class. */
  readonly weights: Int8Array;
}

/** FNV-1a over UTF-16 units, 32 bits. */
export function hash(feature: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) value = Math.imul(value ^ feature.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** The three views of a message, each trained by itself for `talk`: words, letters, concepts. Their scores are added. */
export const VIEWS = ['words', 'letters', 'concepts'] as const;
type View = (typeof VIEWS)[number];

/** The view that a feature belongs to (featuresOf() has the prefixes). */
export function viewOf(feature: string): View {
  return VIEWS[viewAt(feature)];
}

/** Its place in VIEWS. */
function viewAt(feature: string): 0 | 1 | 2 {
  const first = feature.charCodeAt(0);
  if (first === LETTERS) return 1;
  return first >= CONCEPTS.from && first <= CONCEPTS.to ? 2 : 0;
}

/** First letters of the features of two views; `c` is for letters alone. */
const LETTERS = 'c'.charCodeAt(0);
const CONCEPTS = { from: 'A'.charCodeAt(0), to: 'Z'.charCodeAt(0) };

/** The same for every model. */
export function hashesOf(features: readonly string[]): Uint32Array {
  const hashes = new Uint32Array(features.length);
  for (let at = 0; at < hashes.length; at++) hashes[at] = hash(features[at] ?? '');
  return hashes;
}

/** Log-odds of each class of a model that was trained by views. `hashes`: of these features. */
export function oddsOf(
  { classes, rows, unit, bias, weights }: LinearModel,
  features: readonly string[],
  hashes = hashesOf(features),
): readonly number[] {
  const size = classes.length;
  const sums = new Int32Array(VIEWS.length * size);
  const counts = new Int32Array(VIEWS.length);
  for (let at = 0; at < features.length; at++) {
    const view = viewAt(features[at] ?? '');
    counts[view] = (counts[view] ?? 0) + 1;
    addRow(sums, view * size, weights, ((hashes[at] ?? 0) % rows) * size, size);
  }
  const norms = Array.from(counts, (count) => unit / Math.sqrt(Math.max(1, count)));
  return bias.map((start, at) => norms.reduce((all, norm, view) => all + (sums[view * size + at] ?? 0) * norm, start));
}

/** The share of each class, together 1. For KINDS: of the features for which isOfKinds() is true. */
export function sharesOf({ classes, rows, unit, bias, weights }: LinearModel, hashes: Uint32Array): readonly number[] {
  const size = classes.length;
  const sums = new Int32Array(size);
  for (const one of hashes) addRow(sums, 0, weights, (one % rows) * size, size);
  const norm = unit / Math.sqrt(Math.max(1, hashes.length));
  const scores = bias.map((start, at) => (sums[at] ?? 0) * norm + start);
  const most = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - most));
  const all = odds.reduce((sum, one) => sum + one, 0);
  return odds.map((one) => one / all);
}

/** Adds the weights of one feature, of each class. */
function addRow(sums: Int32Array, to: number, weights: Int8Array, from: number, size: number): void {
  for (let at = 0; at < size; at++) sums[to + at] = (sums[to + at] ?? 0) + (weights[from + at] ?? 0);
}

/** The `count` features that speak most for a class, with their weights: for explanations. */
export function reasonsFor(model: LinearModel, features: readonly string[], of: string, count = 3): readonly string[] {
  const at = model.classes.indexOf(of);
  const weightOf = (feature: string) =>
    (model.weights[(hash(feature) % model.rows) * model.classes.length + at] ?? 0) * model.unit;
  return features
    .map((feature) => ({ feature, weight: weightOf(feature) }))
    .sort((a, b) => b.weight - a.weight || (a.feature < b.feature ? -1 : 1))
    .slice(0, count)
    .map(({ feature, weight }) => `${feature} ${weight.toFixed(1)}`);
}

/** The kinds are told apart by words and concepts only; the parts of words would make the model ten times as large. */
export function isOfKinds(feature: string): boolean {
  return !feature.startsWith('c:');
}

/** Of those for which isOfKinds() is true. `hashes`: of all. */
export function hashesOfKinds(features: readonly string[], hashes = hashesOf(features)): Uint32Array {
  return hashes.filter((_, at) => isOfKinds(features[at] ?? ''));
}

/** As model.json has it: the bytes in base64. */
export interface Encoded extends Omit<LinearModel, 'weights'> {
  readonly weights: string;
}

export function decode({ weights, ...rest }: Encoded): LinearModel {
  const letters = atob(weights);
  const bytes = new Int8Array(letters.length);
  // Without a list of a million letters in between, which Int8Array.from() makes.
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return { ...rest, weights: bytes };
}
