// Languages that the bot does not speak, and those that a call does not accept: said at the start, with what can be
// done.

import { acceptedLanguages, pageLanguages } from '../../calls/call.ts';
import type { Reading, Utterance } from '../understanding/commands.ts';
import { fold } from '../understanding/fold.ts';
import { isLanguage, LANGUAGE_FACTS, LANGUAGES, type Language } from '../../languages.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import type { Param, Params, Reply } from '../engine/reply.ts';
import type { Turn } from '../engine/turn.ts';

/** Letters that Persian, Urdu, Pashto or Kurdish have, and Arabic has not. */
const NOT_ARABIC = /[\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06cc\u06d2\u06d5]/gu;
/** One letter in so many of them is a dialect's, or of a Persian keyboard. */
const FEW = 20;

/** By the letters alone: `any` for a script that no language here is written in; null for Latin ones. */
function scriptIn(text: string): 'ar' | 'any' | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters === 0 || latin * 2 >= letters) return null;
  const others = text.match(NOT_ARABIC)?.length ?? 0;
  return /\p{Script=Arabic}/u.test(text) && others * FEW <= letters ? 'ar' : 'any';
}

/** Says it if a text is in no language that is spoken here. Returns true if anything was said. */
export function tellOtherLanguage(turn: Turn, said: Utterance): boolean {
  if (scriptIn(typeof said === 'string' ? said : said.text) !== 'any') return false;
  turn.say('other-language.any', personHere(turn));
  turn.change({ otherLanguageTold: true });
  return true;
}

/**
 * For testimony in another language than the conversation's: said once, in that language if it is spoken here, and the
 * words are kept.
 */
export function tellOtherLanguageOnce(turn: Turn, said: Utterance): void {
  const { otherLanguageTold, language } = turn.session;
  if (otherLanguageTold === true || tellOtherLanguage(turn, said)) return;
  const written = guessLanguage(turn.world.lexicon, said);
  if (written === null || written === language || LANGUAGE_FACTS[written].fallback === null) return;
  turn.say('other-language.here', undefined, { language: written });
  turn.change({ otherLanguageTold: true });
}

/** Says that the text must be in another language than the conversation's, and that the call is shown in another one. */
export function tellAccepted(turn: Turn): void {
  const { language } = turn.session;
  const accepted = acceptedLanguages(turn.world.call).filter(isLanguage);
  if (accepted.length > 0 && !accepted.includes(language))
    turn.say('other-language.accepted', { ...personHere(turn), languages: namesOf(accepted) });
  const { borrowed } = turn.world.callTexts[language];
  if (borrowed === undefined) return;
  const { from, all } = borrowed;
  const own = () => new Intl.DisplayNames([from], { type: 'language' }).of(from) ?? from;
  const other = isLanguage(from) ? { key: `choices.${from}` } : own();
  turn.say(all ? 'other-language.call' : 'other-language.call-partly', { ...personHere(turn), other });
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
 * The language of a message by its script, by its most frequent words and its own signs; null if they fit several. A
 * single word decides in a greeting only: "to" is English, but also in "to com medo".
 */
export function guessLanguage(lexicon: Lexicon, said: Utterance): Language | null {
  const { text, folded } = typeof said === 'string' ? { text: said, folded: fold(said) } : said;
  const script = scriptIn(text);
  if (script !== null) return script === 'any' ? null : script;
  const tokens = folded.split(' ').slice(0, 200);
  const begin = text.slice(0, 1000).toLowerCase();
  let [best, most, second]: [Language | null, number, number] = [null, 0, 0];
  for (const language of LANGUAGES) {
    let score = 0;
    for (const sign of LANGUAGE_FACTS[language].signs) if (begin.includes(sign)) score = SIGN;
    for (const token of tokens) if (tellsApart(lexicon, language, token)) score += 1;
    if (score <= most) second = Math.max(second, score);
    else [best, most, second] = [language, score, most];
  }
  return most > second && (most >= 2 || tokens.length <= 3) ? best : null;
}

/** Kreyòl shares many words with French: only its own ones count. */
function tellsApart({ common, plain }: Lexicon, language: Language, word: string): boolean {
  const { fallback } = LANGUAGE_FACTS[language];
  if (fallback === null) return common[language].has(word) || plain[language].sentenceWords.has(word);
  return common[language].has(word) && !common[fallback].has(word) && !plain[fallback].sentenceWords.has(word);
}

/** If a page greeted first, the first typed words may show another language than the browser's. */
export function speaksAnother({ session, world }: Turn, said: Reading): boolean {
  if (session.at.prompt !== 'hello' || said.command !== null) return false;
  const guessed = guessLanguage(world.lexicon, said);
  return scriptIn(said.text) === 'any' || (guessed !== null && guessed !== session.language);
}

/** Before the first text that comes in another language, since hers lacks it: said once. */
export function tellBorrowing(turn: Turn, replies: readonly Reply[]): readonly Reply[] {
  const { language, borrowingTold } = turn.session;
  const borrowed = turn.world.borrowed[language];
  if (borrowed === undefined || borrowingTold === true) return replies;
  const at = replies.findIndex((reply) => reply.language === undefined && borrowed.has(reply.wording ?? reply.text));
  const { fallback } = LANGUAGE_FACTS[language];
  if (at === -1 || fallback === null) return replies;
  turn.session = { ...turn.session, borrowingTold: true };
  const told = { text: 'other-language.partly', params: { other: { key: `choices.${fallback}` } } };
  return [...replies.slice(0, at), told, ...replies.slice(at)];
}
