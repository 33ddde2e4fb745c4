// Which numbers of a list a message names: "3, 5, 9-12", "150–240", "120-", "from 120 on", "everything after sentence 120".

import { fold } from './fold.ts';
import { LANGUAGES } from '../../languages.ts';
import { RANGE_WORDS, type Lexicon, type RangeWord } from './lexicon.ts';

export type Ranges =
  | { readonly kind: 'numbers'; readonly numbers: readonly number[] }
  /** From a greater number to a smaller one. */
  | { readonly kind: 'reversed' }
  | { readonly kind: 'out-of-range' };

/** Characters from which on a message is no list of numbers. */
const LONGEST = 2000;

/** Null where the message says anything but numbers of a list from 1 to `last`: no word is guessed at. */
export function rangesIn(lexicon: Lexicon, text: string, last: number): Ranges | null {
  if (text.length > LONGEST) return null;
  const tokens = tokensOf(lexicon, text);
  const numbers: number[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = rangeAt(tokens, at, last);
    if (found === null) return null;
    const { from, to } = found;
    if (Math.min(from, to) < 1 || Math.max(from, to) > last) return { kind: 'out-of-range' };
    if (from > to) return { kind: 'reversed' };
    for (let number = from; number <= to; number++) numbers.push(number);
    at += found.length;
    while (tokens[at] === 'and') at += 1;
  }
  return numbers.length === 0 ? null : { kind: 'numbers', numbers: [...new Set(numbers)].sort((a, b) => a - b) };
}

type Token = number | 'dash' | Exclude<RangeWord, 'filler'>;

interface Range {
  readonly from: number;
  readonly to: number;
  /** Tokens that it takes. */
  readonly length: number;
}

const isTo = (token: Token | undefined) => token === 'dash' || token === 'to' || token === 'until';

function rangeAt(tokens: readonly Token[], at: number, last: number): Range | null {
  const [first, second, third, fourth] = tokens.slice(at, at + 4);
  if (typeof first === 'number') {
    if (isTo(second) && typeof third === 'number') return { from: first, to: third, length: 3 };
    // "120-"
    if (second === 'on' || second === 'dash') return { from: first, to: last, length: 2 };
    return { from: first, to: first, length: 1 };
  }
  if (typeof second !== 'number') return null;
  switch (first) {
    case 'dash':
    case 'until':
      return { from: 1, to: second, length: 2 };
    case 'before':
      return { from: 1, to: second - 1, length: 2 };
    case 'after':
      return { from: second + 1, to: last, length: third === 'on' ? 3 : 2 };
    case 'between':
      if ((third !== 'and' && !isTo(third)) || typeof fourth !== 'number') return null;
      return { from: second, to: fourth, length: 4 };
    case 'from':
      if (isTo(third) && typeof fourth === 'number') return { from: second, to: fourth, length: 4 };
      return { from: second, to: last, length: third === 'on' || third === 'dash' ? 3 : 2 };
    default:
      return null;
  }
}

/** Words that stand for nothing here are left out; any other word makes it no list. */
function tokensOf(lexicon: Lexicon, text: string): readonly Token[] {
  const marked = text.replace(/[-‐‑‒–—−]/gu, ' rangedash ').replace(/[,;.&+\n]/gu, ' rangeand ');
  let rest = ` ${fold(marked)} `;
  const phrases = RANGE_WORDS.flatMap((kind) =>
    LANGUAGES.flatMap((language) =>
      lexicon.words[language].ranges[kind].map((phrase) => [fold(phrase), kind] as const),
    ),
  );
  for (const [phrase, kind] of phrases.toSorted((a, b) => b[0].length - a[0].length)) {
    while (rest.includes(` ${phrase} `)) rest = rest.replace(` ${phrase} `, ` range${kind} `);
  }
  const tokens: Token[] = [];
  for (const word of rest.trim().split(' ')) {
    if (/^\d{1,4}$/u.test(word)) tokens.push(Number(word));
    else if (word === 'rangefiller') continue;
    else if (TOKENS.has(word)) tokens.push(TOKENS.get(word) ?? 'and');
    else return [];
  }
  // A comma before "and"; "a 20", which is an article where nothing stands before it.
  return tokens.filter((token, index) => {
    const before = index === 0 ? 'and' : tokens[index - 1];
    return (token !== 'and' && token !== 'to') || before !== 'and';
  });
}

const TOKENS: ReadonlyMap<string, Exclude<Token, number>> = new Map([
  ['rangedash', 'dash' as const],
  ...RANGE_WORDS.flatMap((kind) => (kind === 'filler' ? [] : [[`range${kind}`, kind] as const])),
]);
