// The page of a call, cut into sentences and headings with their values.

import type { Heading, PageWords } from './page-words.ts';

export interface Sentence {
  /** As on the page, without its bullet. */
  readonly text: string;
  /** Of the same length: small letters, no accents, straight quotes; blanks for what a copyist put in brackets. */
  readonly plain: string;
  /** Counted from 1. */
  readonly line: number;
  /** The heading above or before it, if it is one that we know. */
  readonly under: Heading | null;
  /** The bullet or number that it was given: "1.", "(a)", "1.1.1"; empty if it has none. */
  readonly mark: string;
  /** True for the first sentence of an item of a list. */
  readonly isItem: boolean;
  /** True for the first sentence of a line. */
  readonly isFirst: boolean;
  /** True for the sentence that follows its heading. */
  readonly isValue: boolean;
}

export interface Page {
  /** The address of the page, if the file says it above a line of hyphens. */
  readonly url: string | null;
  readonly sentences: readonly Sentence[];
  /** The lines of headings, also of those without a value. */
  readonly headings: ReadonlyMap<Heading, number>;
}

/** Characters that are one in every fold, so that places in `plain` are places in `text`. */
const STRAIGHT: Readonly<Record<string, string>> = {
  ...{ '’': "'", '‘': "'", '“': '"', '”': '"', '«': '"', '»': '"', '–': '-', '—': '-', '‑': '-' },
  ...{ '\u00a0': ' ', '\u202f': ' ', '\t': ' ' },
};

export function fold(text: string): string {
  return text.replace(/[^ -~]|[A-Z]/gu, (letter) => {
    const small = STRAIGHT[letter] ?? letter.normalize('NFD').charAt(0).toLowerCase();
    return small.length === letter.length ? small : letter;
  });
}

const BULLET =
  /^(?:[•·▪●◦‣*-]|\(?(?:[a-z\d]{1,2}|[ivx]{3,5})[).]|\d{1,2}(?:\.\d{1,2}){1,3}[).]?|section [ivx]{1,5}:)\s+/iu;
const MARKED = /^(?:[•·▪●◦‣*-]|\(?(?:[a-z]|\d{1,2})[).]|\d{1,2}(?:\.\d{1,2}){1,3}[).]?)\s+/iu;
/** "ii." and "(iv)"; capitals head sections. */
const ROMAN = /^\(?[ivx]{2,5}[).]\s+/u;
/** A hidden address is no remark: sites that protect addresses put one in its place. */
const REMARK = /\[(?!email protected|obfuscated|\d{4}\])[^\]]{0,200}\]?/gu;

/** `words`: of every language in which pages are read. */
export function readPage(given: string, words: readonly PageWords[]): Page {
  const { body, above, skipped } = withoutHead(given.normalize('NFC').replace(/\r\n?/gu, '\n'));
  const labels = words.flatMap((each) => each.headings);
  const sentences: Sentence[] = [];
  const headings = new Map<Heading, number>();
  let under: Heading | null = null;
  let isBare = false;
  for (const [index, raw] of body.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const marked = (MARKED.exec(line) ?? ROMAN.exec(line))?.[0].trim() ?? '';
    const isItem = marked !== '';
    let isFirst = true;
    for (const cut of sentencesIn(line.replace(BULLET, ''))) {
      const found: { readonly heading: Heading; readonly value: string } | null = headingOf(cut, labels, isFirst);
      if (found !== null) {
        under = found.heading;
        headings.set(under, index + 1 + skipped);
      }
      const text: string = found?.value ?? cut;
      const at = { line: index + 1 + skipped, under, isItem: isItem && isFirst, isFirst, mark: isFirst ? marked : '' };
      if (text !== '') sentences.push({ text, plain: plainOf(text), ...at, isValue: found !== null || isBare });
      isBare = text === '';
      isFirst = false;
    }
  }
  return { url: /https?:\/\/[^\s;)]+/u.exec(above)?.[0] ?? null, sentences, headings };
}

/** A file may have its address, and remarks, above a first line of hyphens. */
function withoutHead(text: string): { readonly body: string; readonly above: string; readonly skipped: number } {
  const end = /^-{3,}[ \t]*$/mu.exec(text.slice(0, 2000));
  if (end === null) return { body: text, above: '', skipped: 0 };
  const above = text.slice(0, end.index);
  return { body: text.slice(end.index + end[0].length), above, skipped: above.split('\n').length - 1 };
}

function plainOf(text: string): string {
  const blanked = text.replace(REMARK, (remark) => ' '.repeat(remark.length)).replace(/\[(\d{4})\]/gu, ' $1 ');
  return fold(blanked);
}

/** Not after an initial, a number or an abbreviation. */
const END = /(?<![\s.(](?:\p{L}|no|nos|art|para|cf|vs|p\.m|a\.m))(?<=[.?!]["”»)]?)\s+(?=[\p{Lu}\p{N}¿¡"“«([])/giu;

function sentencesIn(line: string): readonly string[] {
  return line
    .split(END)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** "Word limit: 2500 words", or "Word limit" alone on its line. */
function headingOf(cut: string, labels: PageWords['headings'], isFirst: boolean) {
  const plain = fold(cut);
  for (const [heading, words] of labels) {
    const at = new RegExp(`^(?:${words})\\s*(:|\\s-\\s|$)\\s*`, 'u').exec(plain);
    if (at !== null && (isFirst || at[1] === ':')) return { heading, value: cut.slice(at[0].length).trim() };
  }
  return null;
}
