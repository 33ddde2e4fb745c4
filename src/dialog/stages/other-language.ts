// Languages that are not spoken here, and those that a call does not accept: said at the start, with what can be done.

import { acceptedLanguages } from '../../calls/call.ts';
import { commandIn } from '../understanding/commands.ts';
import { fold } from '../understanding/fold.ts';
import { isLanguage, LANGUAGES, type Language } from '../../languages.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import type { Turn } from '../engine/turn.ts';

/** Frequent words of Haitian Creole that are none of the four languages. */
const CREOLE: ReadonlySet<string> = new Set(
  'mwen nou yo li pitit touye lapolis bonjou bonswa kreyol pale ede ayiti anpil tanpri papa manman fre se ki pou nan ak gen te'.split(
    ' ',
  ),
);
const CREOLE_ALONE: ReadonlySet<string> = new Set(
  'mwen lapolis kreyol touye pitit bonjou bonswa tanpri anpil ayiti'.split(' '),
);

/** `ar`, `ht`, or `any` other; null where it may be one of ours. */
export function otherLanguageIn(text: string): 'ar' | 'ht' | 'any' | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 0 && latin * 2 < letters) return /\p{Script=Arabic}/u.test(text) ? 'ar' : 'any';
  const words = fold(text).split(' ').slice(0, 100);
  const said = words.filter((word) => CREOLE.has(word)).length;
  return words.some((word) => CREOLE_ALONE.has(word)) && said * 3 >= words.length ? 'ht' : null;
}

/** In that language for the most likely ones; true where it was said. */
export function tellOtherLanguage(turn: Turn, text: string): boolean {
  const other = otherLanguageIn(text);
  if (other === null) return false;
  const { name, phone } = turn.world.operator;
  turn.say(`other-language.${other}`, { org: name, phone: phone ?? { key: 'hello.no-phone' } });
  turn.change({ otherLanguageTold: true });
  return true;
}

/** Of testimony that is told in one after all: said once, and kept as told. */
export function tellOtherLanguageOnce(turn: Turn, text: string): void {
  if (turn.session.otherLanguageTold !== true) tellOtherLanguage(turn, text);
}

/** The text must be in another language than the one that is spoken here. */
export function tellAccepted(turn: Turn): void {
  const accepted = acceptedLanguages(turn.world.call).filter(isLanguage);
  if (accepted.length === 0 || accepted.includes(turn.session.language)) return;
  const { name, phone } = turn.world.operator;
  const languages = { list: accepted.map((one) => ({ key: `choices.${one}` })), by: 'comma' as const };
  turn.say('other-language.accepted', { org: name, phone: phone ?? { key: 'hello.no-phone' }, languages });
}

/**
 * The language a message is written in, by its most frequent words; null where nothing speaks for one language alone. One word
 * alone does so in a greeting only: "to" is English, and "estou" in "to com medo".
 */
export function guessLanguage(lexicon: Lexicon, text: string): Language | null {
  const tokens = fold(text).split(' ').slice(0, 200);
  const scores = LANGUAGES.map((language) => {
    const known = [lexicon.common[language], lexicon.plain[language].sentenceWords];
    return { language, score: tokens.filter((token) => known.some((words) => words.has(token))).length };
  }).sort((a, b) => b.score - a.score);
  const [first, second] = scores;
  if (first === undefined || (first.score < 2 && tokens.length > 3)) return null;
  return first.score > (second?.score ?? 0) ? first.language : null;
}

/** Where a page greeted first, the first words that are typed may show another language than the browser's. */
export function speaksAnother({ session, world }: Turn, text: string): boolean {
  if (session.at.prompt !== 'hello' || commandIn(world.lexicon, text) !== null) return false;
  const guessed = guessLanguage(world.lexicon, text);
  return otherLanguageIn(text) !== null || (guessed !== null && guessed !== session.language);
}
