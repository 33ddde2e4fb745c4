// Languages that the bot does not speak, and those that a call does not accept: said at the start, with what can be
// done.

import { acceptedLanguages, pageLanguages } from '../../calls/call.ts';
import type { Reading, Utterance } from '../understanding/commands.ts';
import { fold } from '../understanding/fold.ts';
import { isLanguage, LANGUAGE_FACTS, LANGUAGES, type Language } from '../../languages.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import type { Param, Params } from '../engine/reply.ts';
import type { Turn } from '../engine/turn.ts';

/** Frequent words of Haitian Creole that are in none of the four languages. */
const CREOLE: ReadonlySet<string> = new Set(
  'mwen nou yo li pitit touye lapolis bonjou bonswa kreyol pale ede ayiti anpil tanpri papa manman fre se ki pou nan ak gen te'.split(
    ' ',
  ),
);
const CREOLE_ALONE: ReadonlySet<string> = new Set(
  'mwen lapolis kreyol touye pitit bonjou bonswa tanpri anpil ayiti'.split(' '),
);

/** Returns `ar`, `ht`, or `any` for another one; null if it may be one of LANGUAGES. */
export function otherLanguageIn(said: Utterance): 'ar' | 'ht' | 'any' | null {
  const { text, folded } = typeof said === 'string' ? { text: said, folded: fold(said) } : said;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin * 2 < letters) return /\p{Script=Arabic}/u.test(text) ? 'ar' : 'any';
  const words = folded.split(' ').slice(0, 100);
  const creole = words.filter((word) => CREOLE.has(word)).length;
  return words.some((word) => CREOLE_ALONE.has(word)) && creole * 3 >= words.length ? 'ht' : null;
}

/** Says it in Arabic or Creole if it is one of these. Returns true if anything was said. */
export function tellOtherLanguage(turn: Turn, said: Utterance): boolean {
  const other = otherLanguageIn(said);
  if (other === null) return false;
  const { name, phone } = turn.world.operator;
  turn.say(`other-language.${other}`, { org: name, phone: phone ?? { key: 'hello.no-phone' } });
  turn.change({ otherLanguageTold: true });
  return true;
}

/** For testimony in another language: said once, and the words are kept. */
export function tellOtherLanguageOnce(turn: Turn, said: Utterance): void {
  if (turn.session.otherLanguageTold !== true) tellOtherLanguage(turn, said);
}

/** Says that the text must be in another language than the conversation's. */
export function tellAccepted(turn: Turn): void {
  const accepted = acceptedLanguages(turn.world.call).filter(isLanguage);
  if (accepted.length === 0 || accepted.includes(turn.session.language)) return;
  turn.say('other-language.accepted', { ...personHere(turn), languages: namesOf(accepted) });
}

/** If the call states no languages, and its page is not in that of the conversation. */
export function tellUnstated(turn: Turn): void {
  const { call } = turn.world;
  const of = pageLanguages(call).filter(isLanguage);
  if (call.languages === 'not-stated' && of.length > 0 && !of.includes(turn.session.language)) sayUnstated(turn);
}

/** That the call states no languages, and those of its page. */
export function sayUnstated(turn: Turn): void {
  const languages = namesOf(pageLanguages(turn.world.call).filter(isLanguage));
  turn.say('other-language.not-stated', { ...personHere(turn), languages });
}

function personHere({ world: { operator } }: Turn): Params {
  return { org: operator.name, phone: operator.phone ?? { key: 'hello.no-phone' } };
}

function namesOf(languages: readonly Language[]): Param {
  return { list: languages.map((one) => ({ key: `choices.${one}` })), by: 'comma' };
}

/** A sign that only one language has weighs more than any word: "¿de qué trata?". */
const SIGN = 3;

/**
 * The language of a message by its most frequent words and its own signs; null if they fit several. A single word decides in a greeting
 * only: "to" is English, but also in "to com medo".
 */
export function guessLanguage(lexicon: Lexicon, said: Utterance): Language | null {
  const { text, folded } = typeof said === 'string' ? { text: said, folded: fold(said) } : said;
  const tokens = folded.split(' ').slice(0, 200);
  const begin = text.slice(0, 1000).toLowerCase();
  const scores = LANGUAGES.map((language) => {
    const known = [lexicon.common[language], lexicon.plain[language].sentenceWords];
    const signs = Array.from(LANGUAGE_FACTS[language].signs).some((sign) => begin.includes(sign)) ? SIGN : 0;
    return { language, score: signs + tokens.filter((token) => known.some((words) => words.has(token))).length };
  }).sort((a, b) => b.score - a.score);
  const [first, second] = scores;
  if (first === undefined || (first.score < 2 && tokens.length > 3)) return null;
  return first.score > (second?.score ?? 0) ? first.language : null;
}

/** If a page greeted first, the first typed words may show another language than the browser's. */
export function speaksAnother({ session, world }: Turn, said: Reading): boolean {
  if (session.at.prompt !== 'hello' || said.command !== null) return false;
  const guessed = guessLanguage(world.lexicon, said);
  return otherLanguageIn(said) !== null || (guessed !== null && guessed !== session.language);
}
