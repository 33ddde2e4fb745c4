// How our texts are set: spaces, quotation marks, apostrophes, dashes, ellipses. Finds what breaks the rules of
// docs/wording.md; it mends nothing, since a person must look.

import type { Language } from '../../src/languages.ts';

/** A sign or a space that may not be there, and the better one. */
interface Rule {
  readonly found: RegExp;
  readonly better: string;
}

const EVERYWHERE: readonly Rule[] = [
  { found: /'/u, better: '’' },
  { found: /"/u, better: 'the quotation marks of the language' },
  { found: /\.\.\./u, better: '…' },
  { found: / - |--/u, better: ' – ' },
  { found: /\t|\r/u, better: 'a space or a line break' },
  { found: /[ \u00A0\u202F]{2}/u, better: 'one space' },
  { found: / (?=\n)/u, better: 'no space at the end of a line' },
];

/** In a language that has no space before its marks. Narrow spaces belong to the French in a text of several languages. */
const TIGHT: Rule = { found: /(?<!…)[ \u00A0](?=[,.;:?!](?:[\s”»]|$))/u, better: 'no space before a mark' };

const FRENCH: readonly Rule[] = [
  { found: /(?<![\u202F;?!])[;?!»]/u, better: 'a narrow space (U+202F) before ; ? ! »' },
  { found: /«(?!\u202F)/u, better: 'a narrow space (U+202F) after «' },
  { found: /(?<![\u00A0\d]):(?!\d)/u, better: 'a no-break space (U+00A0) before a colon' },
  { found: /(?<!…)[ \u00A0\u202F](?=[,.](?:[\s»]|$))/u, better: 'no space before a mark' },
  { found: /[“”]/u, better: '«\u202F \u202F»' },
];

const CURLY: Rule = { found: /[«»]/u, better: '“ ”' };
const ANGLED: Rule = { found: /[“”]/u, better: '« »' };
const ANGLED_TIGHT: Rule = { found: /«\s|\s»/u, better: 'no space inside « »' };

const RULES: Readonly<Record<Language, readonly Rule[]>> = {
  en: [...EVERYWHERE, TIGHT, CURLY],
  pt: [...EVERYWHERE, TIGHT, CURLY],
  es: [...EVERYWHERE, TIGHT, ANGLED, ANGLED_TIGHT],
  fr: [...EVERYWHERE, ...FRENCH],
  ht: EVERYWHERE,
  ar: EVERYWHERE,
};

/** Marks that come in pairs. */
const PAIRS: Readonly<Partial<Record<Language, readonly (readonly [string, string])[]>>> = {
  en: [['“', '”']],
  pt: [['“', '”']],
  es: [
    ['«', '»'],
    ['¿', '?'],
    ['¡', '!'],
  ],
  fr: [['«', '»']],
};

/** Addresses and commands of the terminal keep their own signs. */
const CODE = /(?:https?|smtps?|imaps?):\/\/\S*|npm run -s griot --(?: [a-z]+)*|set -a; .*/gu;

export interface Breach {
  /** The place with a few characters around it. */
  readonly at: string;
  readonly better: string;
}

/** `mixed`: a text in several languages, which keeps the rules of none. */
export function breachesIn(language: Language, text: string, mixed = false): readonly Breach[] {
  const plain = text.replace(CODE, '…');
  const broken = (mixed ? EVERYWHERE : RULES[language]).flatMap(({ found, better }): readonly Breach[] => {
    const at = found.exec(plain)?.index;
    return at === undefined ? [] : [{ at: plain.slice(Math.max(0, at - 12), at + 12), better }];
  });
  const alone = (mixed ? [] : (PAIRS[language] ?? [])).filter(
    ([open, close]) => plain.split(open).length !== plain.split(close).length,
  );
  return [...broken, ...alone.map((pair) => ({ at: plain.slice(0, 24), better: `${pair.join(' ')} in pairs` }))];
}
