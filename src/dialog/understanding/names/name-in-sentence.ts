// Takes the name out of a short sentence at the question for it: "put Imran Qadri please", "Marlon. Marlon Gayle", "yo soy Rosa
// Abril, para servirle". What is left over decides nothing: the name is shown before it counts.

import { fold } from '../fold.ts';
import { LANGUAGES } from '../../../languages.ts';
import type { Lexicon } from '../lexicon.ts';
import { hasSentenceWord, plainAnswerIn } from '../plain-answer.ts';
import { isCommonWord } from './common-words.ts';
import { isKnownName } from './people.ts';

/** Words before a colon that name nobody: "full name: …". */
const MOST_BEFORE_COLON = 4;
/** Words of a remark; a longer one tells something, and is not left out. */
const MOST_REMARKED = 5;
/** Words around a name in quotation marks. */
const MOST_AROUND_QUOTES = 8;
/** Words of a name. */
const MOST_WORDS = 7;

/** The part of the message that is nearest to the name. Lead words may still be before it. */
export function nearName(lexicon: Lexicon, text: string): string {
  const said = withoutEcho(text.trim());
  const shorter = [afterColon, fullerOfTwo, beforeRemark].reduce((left, take) => take(lexicon, left), said);
  return withoutTails(lexicon, withoutQuotes(shorter));
}

/** "Mr", "feu", "doña" before two words or more. */
export function withoutTitle(lexicon: Lexicon, name: string): string {
  const lower = name.toLowerCase();
  const titles = LANGUAGES.flatMap((language) => lexicon.words[language].titles);
  const title = titles
    .filter((one) => lower.startsWith(`${one} `) && name.slice(one.length).trim().includes(' '))
    .sort((a, b) => b.length - a.length)[0];
  return title === undefined ? name : name.slice(title.length).trim();
}

/** "Me? Rosa." */
function withoutEcho(text: string): string {
  return text.replace(/^\p{L}{1,6}\s?\?\s+(?=\p{L})/u, '');
}

function withoutQuotes(text: string): string {
  if (text.split(/\s+/u).length > MOST_AROUND_QUOTES) return text;
  return /["“«„](?<name>[^"”»“]{2,60})["”»“]/u.exec(text)?.groups?.['name']?.trim() ?? text;
}

/** "Full name: Rosa Abril", "c’est mon vrai nom : Ernest Stop". */
function afterColon(lexicon: Lexicon, text: string): string {
  const at = text.indexOf(':');
  const [before, after] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || !/^["“«]?\p{L}/u.test(after) || after.split(/\s+/u).length > MOST_WORDS) return text;
  const words = fold(before).split(' ');
  return words.length <= MOST_BEFORE_COLON || words.some((word) => saysName(lexicon, word)) ? after : text;
}

/** "Name", "nom", "nombre", "nome": the words of the leads that name the thing itself. */
function saysName({ words }: Lexicon, word: string): boolean {
  return LANGUAGES.some((language) => words[language].nameLeads.includes(word) && word.length > 2);
}

/** "Luan, Luan Patrício Amorim", "Rayan, juste Rayan": said twice, the fuller one counts. */
function fullerOfTwo(_: Lexicon, text: string): string {
  const [first = '', second = '', ...more] = text.split(/[,.;]\s+/u).map((part) => part.trim());
  if (second === '' || more.length > 0 || second.split(/\s+/u).length > MOST_WORDS) return text;
  const last = fold(first).split(' ').at(-1) ?? '';
  if (last.length < 2) return text;
  const again = fold(second).split(' ');
  if (again[0] === last && again.length > 1) return second;
  return again.at(-1) === last && again.length <= 3 ? first : text;
}

/** "Ousmane, sin apellido", "Devon Okafor, I'm his father": the remark has words of a sentence, the name has none. */
function beforeRemark(lexicon: Lexicon, text: string): string {
  const at = text.search(/[,;(–—]\s*/u);
  if (at < 2) return text;
  const [name, remark] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (plainAnswerIn(lexicon, name) !== null || remark.split(/\s+/u).length > MOST_REMARKED) return text;
  return isRemark(lexicon, remark) ? name : text;
}

/** A list of names has only names: "Ana, Luís e Rosa". */
function isRemark(lexicon: Lexicon, remark: string): boolean {
  if (hasSentenceWord(lexicon, remark)) return true;
  const words = fold(remark).split(' ');
  return LANGUAGES.some((language) => {
    const { around } = lexicon.plain[language];
    if (words.every((word) => lexicon.ages[language].kin.has(word) || lexicon.besideChoice[language].has(word)))
      return true;
    const tails = lexicon.words[language].nameTails.map(fold);
    return around.has(words.join(' ')) || tails.includes(words.join(' ')) || words.every((word) => around.has(word));
  });
}

/** Without any of these characters at its end; in one look, however long they are. */
function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function withoutTails({ words }: Lexicon, text: string): string {
  const tails = LANGUAGES.flatMap((language) => words[language].nameTails).sort((a, b) => b.length - a.length);
  let name = text;
  for (let round = 0; round < 2; round++) {
    const lower = trimEndOf(name.toLowerCase().replaceAll('’', "'"), ' \t\n.,;:!');
    const tail = tails.find((one) => lower.endsWith(` ${one}`) && lower.length > one.length + 2);
    if (tail === undefined) return name;
    name = trimEndOf(name.slice(0, lower.length - tail.length), ' \t\n,;:');
  }
  return name;
}

/** Between the words of a name. */
const PARTICLES: ReadonlySet<string> = new Set(
  'a al and as ben bin da das de del della der di do dos du e el en et i la las le los mac o os san santa st the van von wa y'.split(
    ' ',
  ),
);

/**
 * The words with capital letters if words of a sentence are around them: "aqui é o Genivaldo Cruz filho de Cota" has two such
 * parts, and no name is taken from it. Returns null then.
 */
export function namePart(lexicon: Lexicon, name: string): string | null {
  const words = name.split(/\s+/u);
  const capitals = words.flatMap((word, at) => (/^\p{Lu}/u.test(word) ? [at] : []));
  const isSentence = words.map(
    (word, at) => isSentenceWord(lexicon, word) || isAround(words, at, capitals) || isNumber(word),
  );
  if (words.length === 1 || capitals.length === 0 || !isSentence.includes(true)) return name;
  const parts = words.reduce<string[][]>(
    (found, word, at) => {
      if (isSentence[at] === true) return [...found, []];
      return [...found.slice(0, -1), [...(found.at(-1) ?? []), word]];
    },
    [[]],
  );
  const named = parts.map(withoutParticles).filter((part) => part.some((word) => /^\p{Lu}/u.test(word)));
  const [only] = named;
  return named.length === 1 && only !== undefined ? trimEndOf(only.join(' '), ' \t\n,;:') : null;
}

/** In small letters before the first capital, or after two capitals: "anótele Rosa Abril pues". */
function isAround(words: readonly string[], at: number, capitals: readonly number[]): boolean {
  const [first, second] = capitals;
  const word = fold(words[at] ?? '');
  if (first === undefined || capitals.includes(at) || PARTICLES.has(word)) return false;
  if (at < first) return true;
  const isLed = PARTICLES.has(fold(words[at - 1] ?? ''));
  return second !== undefined && at > (capitals.at(-1) ?? 0) && !isLed && !isKnownName(word);
}

const isNumber = (word: string) => /\p{N}/u.test(word);

function isSentenceWord({ ages, besideChoice, negations, plain }: Lexicon, word: string): boolean {
  const folded = fold(word);
  if (/^\p{Lu}/u.test(word) || PARTICLES.has(folded) || folded === '') return false;
  return (
    isCommonWord(folded) ||
    LANGUAGES.some(
      (one) =>
        ages[one].kin.has(folded) ||
        besideChoice[one].has(folded) ||
        negations[one].has(folded) ||
        plain[one].sentenceWords.has(folded),
    )
  );
}

function withoutParticles(part: readonly string[]): readonly string[] {
  const first = part.findIndex((word) => !PARTICLES.has(fold(word)));
  const last = part.findLastIndex((word) => !PARTICLES.has(fold(word)));
  return first === -1 ? [] : part.slice(first, last + 1);
}
