// Reads the answer to a plain question: a yes, a no, a refusal, a question back, or another sentence. The lists are
// under `plain` in locales/<language>/words.json. All functions are pure, and check every language.

import { type Language, LANGUAGES } from '../../languages.ts';
import type { Utterance } from './commands.ts';
import { fold } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import type { PlainList } from './word-lists.ts';

// "Joao, not João": one word for another, as people write it in the four languages.

const PATTERN =
  /^(?<right>[^\n]{1,60}?)[\s,;:.]+(?:and |et |y |e )?(?:not|instead of|pas|et non|au lieu de|en vez de|em vez de|no lugar de|no|não|nao|non)\s+(?<wrong>[^\n]{1,60})$/iu;
const AROUND = /^[\s*_"“”«»'‘’.,;:]+|(?<![\s*_"“”«»'‘’.,;:])[\s*_"“”«»'‘’.,;:]+$/gu;
/** More words than a name has are no correction. */
const MOST_WORDS = 6;

export interface Correction {
  readonly right: string;
  readonly wrong: string;
}

/** Returns null if the text is not a correction. */
export function correctionIn(text: string): Correction | null {
  const { right, wrong } = PATTERN.exec(text.trim())?.groups ?? {};
  if (right === undefined || wrong === undefined) return null;
  const [bareRight, bareWrong] = [right.replace(AROUND, ''), wrong.replace(AROUND, '')];
  const tooLong = [bareRight, bareWrong].some((one) => one === '' || one.split(/\s+/u).length > MOST_WORDS);
  return tooLong ? null : { right: bareRight, wrong: bareWrong };
}

/** Transcriptions begin with a capital letter, whatever the word is. */
export function spokenCorrectionIn(text: string): Correction | null {
  const found = correctionIn(text);
  if (found === null) return null;
  const [first = '', second = ''] = [found.right, found.wrong].map((one) => one.charAt(0));
  const isCapital = second !== second.toLowerCase();
  return isCapital ? found : { ...found, right: first.toLowerCase() + found.right.slice(1) };
}

/**
 * The text with the word replaced everywhere: exact matches if there are any, else in any case, with any accents.
 * Returns null if it is not in the text.
 */
export function corrected(text: string, { right, wrong }: Correction): string | null {
  const meant = fold(wrong);
  return (
    replaceWords(text, wordsIn(wrong).length, right, (said) => said === wrong) ??
    replaceWords(text, wordsIn(wrong).length, right, (said) => fold(said) === meant)
  );
}

function wordsIn(text: string) {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu)];
}

function replaceWords(text: string, length: number, right: string, isMeant: (said: string) => boolean): string | null {
  if (length === 0) return null;
  const words = wordsIn(text);
  let changed = '';
  let at = 0;
  for (const [index, first] of words.entries()) {
    const last = words[index + length - 1];
    if (last === undefined || first.index < at) continue;
    const end = last.index + last[0].length;
    if (!isMeant(text.slice(first.index, end))) continue;
    changed += text.slice(at, first.index) + right;
    at = end;
  }
  return at === 0 ? null : changed + text.slice(at);
}

/** Words of the longest message that is read; a longer one is a story. */
const LONGEST = 14;
/** Characters; checked before any other work on a text. */
const LONGEST_TEXT = 160;

/** Emoji that are an answer in every language, in any skin colour; replaced by made-up words. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[👍👌✅☑✔🆗🙆]/gu, ' signyes '],
  [/[👎❌✖🚫🙅⛔]/gu, ' signno '],
];

const SIGN_WORDS: Readonly<Record<string, PlainList>> = { signyes: 'yes', signno: 'no' };

/**
 * A yes or a no in natural words, whole message: "claro que sí", "oui vous pouvez", "nah", 👍🏾. Returns null if anything else is
 * said with it ("yes but without my name", "no le mataron en casa"), if it is both, and if it is a question.
 */
export function plainAnswerIn(lexicon: Lexicon, text: string): 'yes' | 'no' | null {
  const tokens = tokensOf(text);
  if (tokens === null || asksByMark(text)) return null;
  const answers = new Set(
    LANGUAGES.flatMap((language) => {
      const kinds = partsOf(lexicon, language, tokens, ['yes', 'maybeYes', 'no', 'around', 'letBe']);
      const no = kinds?.has('no') === true;
      const yes = kinds?.has('yes') === true;
      if (no) return yes ? [] : ['no' as const];
      const isOpen = kinds?.has('letBe') === true || !(yes || kinds?.has('maybeYes') === true);
      return isOpen ? [] : ['yes' as const];
    }),
  );
  return answers.size === 1 ? ([...answers][0] ?? null) : null;
}

/** The person does not want to, cannot, or does not know: "no thanks", "prefiero no decirlo", "je préfère pas", "não sei". */
export function isRefusal(lexicon: Lexicon, text: string): boolean {
  if (plainAnswerIn(lexicon, text) === 'no') return true;
  const tokens = tokensOf(text);
  if (tokens === null || asksByMark(text)) return false;
  return LANGUAGES.some((language) => {
    const kinds = partsOf(lexicon, language, tokens, ['refusals', 'no', 'maybeYes', 'around']);
    return kinds?.has('refusals') === true || refusesSomething(lexicon, language, tokens);
  });
}

/** Nothing more comes: "voilà c'est fini", "no thats all", "bueno eso es todo gracias". */
export function isDone(lexicon: Lexicon, said: Utterance): boolean {
  const tokens = tokensOf(said);
  if (tokens === null || asksByMark(typeof said === 'string' ? said : said.text)) return false;
  return LANGUAGES.some((language) => {
    return partsOf(lexicon, language, tokens, ['done', 'yes', 'maybeYes', 'no', 'around'])?.has('done') === true;
  });
}

/** The last message shall be removed: "actually take that out", "borre lo último que dije", "oubliez ça". */
export function wantsOut(lexicon: Lexicon, said: Utterance): boolean {
  const tokens = tokensOf(said);
  if (tokens === null || asksByMark(typeof said === 'string' ? said : said.text)) return false;
  return LANGUAGES.some((language) => {
    return partsOf(lexicon, language, tokens, ['takeOut', 'yes', 'maybeYes', 'no', 'around'])?.has('takeOut') === true;
  });
}

/** The word that erases, in a natural form, with nothing but a yes and courtesy: "yeah erase it", "sim, apaga", "oui efface". */
export function saysErase(lexicon: Lexicon, text: string): boolean {
  const tokens = tokensOf(text);
  if (tokens === null || asksByMark(text)) return false;
  return LANGUAGES.some((language) => {
    return partsOf(lexicon, language, tokens, ['erases', 'yes', 'maybeYes', 'around'])?.has('erases') === true;
  });
}

/** A request to the bot, not a name: "mándelo", "go on please", "pare", "sim, é isso, manda". */
export function isWish(lexicon: Lexicon, text: string): boolean {
  const tokens = tokensOf(text);
  if (tokens === null) return false;
  return LANGUAGES.some((language) => {
    const kinds = partsOf(lexicon, language, tokens, ['wishes', 'done', 'takeOut', 'yes', 'maybeYes', 'no', 'around']);
    return kinds !== null && (['wishes', 'done', 'takeOut'] as const).some((list) => kinds.has(list));
  });
}

/** A yes, together with nothing but who says it: "si claro yo soy su mama", "je suis majeure oui". */
export function isYesOfWriter(lexicon: Lexicon, text: string): boolean {
  const tokens = tokensOf(text);
  if (tokens === null || asksByMark(text)) return false;
  return LANGUAGES.some((language) => {
    const { besideChoice, plain, ages } = lexicon;
    const beside = (token: string) =>
      besideChoice[language].has(token) || plain[language].around.has(token) || ages[language].kin.has(token);
    return tokens.some((_, at) => {
      const [before, behind] = [tokens.slice(0, at), tokens.slice(at)];
      const says = (part: readonly string[]) => plainAnswerIn(lexicon, part.join(' ')) === 'yes';
      return (says(before) && behind.every(beside)) || (before.every(beside) && says(behind));
    });
  });
}

/** "I don't want to" and then only words of what was asked for: "… give my name". */
function refusesSomething(lexicon: Lexicon, language: Language, tokens: readonly string[]): boolean {
  const { refusalBegins, refusalGoesOn, around, no } = lexicon.plain[language];
  const from = tokens.findIndex((token) => !around.has(token) && !no.has(token));
  for (const start of new Set([0, Math.max(from, 0)])) {
    for (let end = start + 1; end <= tokens.length; end++) {
      if (!refusalBegins.has(tokens.slice(start, end).join(' '))) continue;
      const rest = tokens.slice(end);
      if (rest.length > 0 && rest.every((token) => refusalGoesOn.has(token) || around.has(token))) return true;
    }
  }
  return false;
}

/** A question to the bot, or "I do not understand": "what word?", "para qué es", "c'est quoi", "como assim". */
export function isAskingBack(lexicon: Lexicon, text: string): boolean {
  const tokens = tokensOf(text);
  if (tokens === null || plainAnswerIn(lexicon, text) !== null || isRefusal(lexicon, text)) return false;
  const said = ` ${tokens.join(' ')} `;
  return LANGUAGES.some((language) => {
    const { askingBack, questionBegins, around } = lexicon.plain[language];
    if (
      [...askingBack].some((phrase) => (phrase.includes(' ') ? said.includes(` ${phrase} `) : said.trim() === phrase))
    ) {
      return true;
    }
    if (asksByMark(text)) return true;
    const from = tokens.findIndex((token) => !around.has(token));
    const asks = (start: number) =>
      [...questionBegins].some((phrase) => {
        const words = phrase.split(' ');
        // One word alone may begin a name as well as a question: "Will May", "Como".
        const all = start === tokens.length - 1 || words.length > 1;
        return (
          words.every((word, at) => tokens[start + at] === word) && (all || startsSentence(lexicon, tokens, start))
        );
      });
    return asks(0) || (from > 0 && asks(from));
  });
}

/** After a single question word a word must follow that is in no name. */
function startsSentence(lexicon: Lexicon, tokens: readonly string[], start: number): boolean {
  return tokens
    .slice(start + 1)
    .some((token) => LANGUAGES.some((language) => lexicon.plain[language].sentenceWords.has(token)));
}

/** More a sentence than a name or a word: "they killed my son in march"; not "Will May", "María de la Cruz", "sol y luna". */
export function looksLikeSentence(lexicon: Lexicon, text: string): boolean {
  if (text.length > LONGEST_TEXT || /[?!;…]|[\p{L}\p{N}]{3}[.]\s+\p{L}/u.test(text)) return true;
  const tokens = fold(text).split(' ');
  if (tokens.filter((token) => !isOfNames(token)).length > 8) return true;
  return LANGUAGES.some((language) => {
    const { sentenceWords } = lexicon.plain[language];
    const frame = tokens.filter((token) => sentenceWords.has(token) && !isOfNames(token)).length;
    return frame >= 2 || (frame === 1 && tokens.length >= 4);
  });
}

/** True if a word of sentences is in the text that is not also part of names. */
export function hasSentenceWord(lexicon: Lexicon, text: string): boolean {
  const tokens = fold(text).split(' ');
  return LANGUAGES.some((language) => {
    const { sentenceWords } = lexicon.plain[language];
    return tokens.some((token) => sentenceWords.has(token) && !isOfNames(token));
  });
}

/** Short words that are also parts of names, whatever they mean in another language. */
const NAME_PARTICLES: ReadonlySet<string> = new Set(
  'a al and as da das de del der di do dos du e el en et i la las le les lo los ma mac na o san santa so son st ta to van von will may y'.split(
    ' ',
  ),
);

/** A consonant alone is an initial, and "N'Diaye" has one; in Creole it may be a word. */
const CONSONANT = /^[b-df-hj-np-tv-xz]$/u;

function isOfNames(token: string): boolean {
  return CONSONANT.test(token) || NAME_PARTICLES.has(token);
}

/** A question by its mark. */
export function asksByMark(text: string): boolean {
  return /[?？؟]/u.test(text);
}

/** Folded words with the signs written out; null if a text is too long to be an answer. */
export function tokensOf(said: Utterance): readonly string[] | null {
  const text = typeof said === 'string' ? said : said.text;
  if (text.length > LONGEST_TEXT) return null;
  const written = SIGNS.reduce((one, [sign, word]) => one.replace(sign, word), text);
  const folded = typeof said === 'string' || written !== text ? fold(written) : said.folded;
  const tokens = folded.split(' ').filter((token) => token !== '');
  return tokens.length === 0 || tokens.length > LONGEST ? null : tokens;
}

/** The lists of phrases that make up the whole message, with as few phrases as possible; null if a word is in none of them. */
export function partsOf(
  lexicon: Lexicon,
  language: Language,
  tokens: readonly string[],
  lists: readonly PlainList[],
): ReadonlySet<PlainList> | null {
  const words = lexicon.plainWords[language];
  const isKnown = (word: string) => words.has(word) || SIGN_WORDS[word] !== undefined;
  if (!tokens.every((word) => isKnown(word) || isKnown(saidOnce(word)))) return null;
  const known = lexicon.plain[language];
  const listOf = (phrase: string) => lists.find((list) => SIGN_WORDS[phrase] === list || known[list].has(phrase));
  const once = tokens.map(saidOnce);
  let best: (readonly PlainList[] | null)[] = [[]];
  for (let end = 1; end <= tokens.length; end++) {
    let shortest: readonly PlainList[] | null = null;
    for (let start = 0; start < end; start++) {
      const before = best[start] ?? null;
      if (before === null || (shortest !== null && before.length + 1 >= shortest.length)) continue;
      const list = listOf(tokens.slice(start, end).join(' ')) ?? listOf(once.slice(start, end).join(' '));
      if (list !== undefined) shortest = [...before, list];
    }
    best = [...best, shortest];
  }
  const found = best[tokens.length] ?? null;
  return found === null ? null : new Set(found);
}

/** "siiii", "nooo", "okkk": repeated letters. */
export function saidOnce(word: string): string {
  return word.replace(/(\p{L})\1+/gu, '$1');
}
