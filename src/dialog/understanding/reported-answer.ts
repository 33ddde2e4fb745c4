// An answer that somebody else reports: "she says yes", "disse que sim, ela tem 60". Read only if every word is known: one
// more word may change all of it.

import { LANGUAGES, type Language } from '../../languages.ts';
import type { Lexicon } from './lexicon.ts';
import { asksByMark, saidOnce, tokensOf } from './plain-answer.ts';

export interface Reported {
  /** `agrees`: to the question, without a word about an age. */
  readonly answer: 'yes' | 'agrees' | 'no' | null;
  readonly age: 'adult' | 'minor' | null;
}

type Kind = 'yes' | 'agrees' | 'no' | 'bare-yes' | 'bare-no' | 'adult' | 'minor' | 'around';

const ADULT = 18;
/** Numbers outside of these are no age that somebody reports here. */
const AGES = { from: 8, to: 110 };

/** "She said that she does not know" is no "no", though "sabe?" is also said around an answer. */
const UNDECIDED: ReadonlySet<string> = new Set(
  'know knows knew sure unsure sabe sabia saben sabem sabiam segura seguro certeza sait savait sur sure doute duda duvida'.split(
    ' ',
  ),
);

/** `names`: folded words of the person's own name. Returns null for anything else, and for an answer that contradicts itself. */
export function reportedIn(
  lexicon: Lexicon,
  spoken: Language,
  text: string,
  names: readonly string[],
): Reported | null {
  const tokens = tokensOf(text)?.filter((token) => !names.includes(token)) ?? [];
  if (tokens.length === 0 || asksByMark(text) || tokens.some((token) => UNDECIDED.has(token))) return null;
  for (const language of [spoken, ...LANGUAGES.filter((one) => one !== spoken)]) {
    const { short } = lexicon.alarms[language];
    const kindOfPart = (phrase: string) =>
      kindOf(lexicon, language, phrase) ?? kindOf(lexicon, language, saidOnce(phrase));
    const inFull = tokens.flatMap((token) => (short.get(token) ?? token).split(' '));
    const kinds = kindsIn(tokens, kindOfPart) ?? kindsIn(inFull, kindOfPart);
    const found = kinds === null ? null : reportOf(kinds);
    if (found !== null) return found;
  }
  return null;
}

function reportOf(kinds: ReadonlySet<Kind>): Reported | null {
  const [adult, minor] = [kinds.has('adult'), kinds.has('minor')];
  const reports = kinds.has('yes') || kinds.has('agrees') || kinds.has('no') || adult || minor;
  const yes = kinds.has('yes') || (kinds.has('bare-yes') && !kinds.has('agrees'));
  const no = kinds.has('no') || kinds.has('bare-no');
  // A yes or no alone is the prompt's own to read. "No" next to an age may deny either.
  if (!reports || ((yes || kinds.has('agrees')) && no) || (adult && minor) || (no && (adult || minor))) return null;
  const age = adult ? 'adult' : minor ? 'minor' : null;
  return { answer: yes ? 'yes' : kinds.has('agrees') ? 'agrees' : no ? 'no' : null, age };
}

/**
 * The words of the choice that is reported: "confidential" of "she wants it confidential", and of "confidential, she said".
 * The fewest words come first; none if no word reports a choice.
 */
export function reportedChoicesIn(lexicon: Lexicon, text: string, names: readonly string[]): readonly string[] {
  const tokens = tokensOf(text)?.filter((token) => !names.includes(token)) ?? [];
  if (asksByMark(text)) return [];
  return LANGUAGES.flatMap((language) => {
    const { chooses, around } = lexicon.organiser[language];
    const kindOfWord = (phrase: string) => (chooses.has(phrase) ? 'chooses' : around.has(phrase) ? 'around' : null);
    const ends = [...tokens, ''].map((_, at) => at);
    const before = ends.map((at) => kindsIn(tokens.slice(0, at), kindOfWord));
    const behind = ends.map((at) => kindsIn(tokens.slice(at), kindOfWord));
    const isRest = (start: number, end: number) => {
      const [first, last] = [before[start] ?? null, behind[end] ?? null];
      return first !== null && last !== null && (first.has('chooses') || last.has('chooses'));
    };
    const rests = ends.flatMap((start) =>
      ends.filter((end) => end > start && isRest(start, end)).map((end) => tokens.slice(start, end)),
    );
    return rests.sort((a, b) => a.length - b.length).map((rest) => rest.join(' '));
  });
}

/** The kinds of the fewest phrases that make up the whole message; null if a word is in none. */
function kindsIn<K>(tokens: readonly string[], kindOf: (phrase: string) => K | null): ReadonlySet<K> | null {
  let best: (readonly K[] | null)[] = [[]];
  for (let end = 1; end <= tokens.length; end++) {
    let shortest: readonly K[] | null = null;
    for (let start = 0; start < end; start++) {
      const before = best[start] ?? null;
      if (before === null || (shortest !== null && before.length + 1 >= shortest.length)) continue;
      const kind = kindOf(tokens.slice(start, end).join(' '));
      if (kind !== null) shortest = [...before, kind];
    }
    best = [...best, shortest];
  }
  const found = best[tokens.length] ?? null;
  return found === null ? null : new Set(found);
}

function kindOf(lexicon: Lexicon, language: Language, phrase: string): Kind | null {
  const { organiser, plain, ages } = lexicon;
  const { yes, agrees, no, adult, minor, around } = organiser[language];
  if (yes.has(phrase)) return 'yes';
  if (agrees.has(phrase)) return 'agrees';
  if (no.has(phrase)) return 'no';
  if (adult.has(phrase)) return 'adult';
  if (minor.has(phrase)) return 'minor';
  if (around.has(phrase)) return 'around';
  const number = /^\d{1,3}$/u.test(phrase) ? Number(phrase) : ages[language].numbers.get(phrase);
  if (number !== undefined) {
    if (number < AGES.from || number > AGES.to) return null;
    return number < ADULT ? 'minor' : 'adult';
  }
  if (plain[language].yes.has(phrase) || phrase === 'signyes') return 'bare-yes';
  if (plain[language].no.has(phrase) || phrase === 'signno') return 'bare-no';
  return plain[language].around.has(phrase) || ages[language].years.has(phrase) ? 'around' : null;
}
