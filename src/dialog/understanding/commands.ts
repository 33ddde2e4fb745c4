// The general commands, in every step and language. They must be the whole message: "stop the violence" is testimony.

import { inGroups, makeCrockford, parseCrockford } from '../../crockford.ts';
import { type Language, LANGUAGES } from '../../languages.ts';
import { fold, isNearMiss, type Laid, spellOut, spelt } from './fold.ts';
import type { Lexicon } from './lexicon.ts';
import type { Command, GatheringWord, Question, Typed, Words } from './word-lists.ts';

// Codes that people pass on: ten characters hand a case over, sixteen let a person withdraw.

export type CodeKind = 'hand-over' | 'withdrawal';
const LENGTHS: Readonly<Record<CodeKind, number>> = { 'hand-over': 10, withdrawal: 16 };

export interface Code {
  readonly kind: CodeKind;
  /** Capitals and digits only. */
  readonly code: string;
}

/** `randomBytes` must be cryptographically random. */
export function makeCode(kind: CodeKind, randomBytes: (count: number) => Uint8Array): string {
  return makeCrockford(LENGTHS[kind], randomBytes);
}

/** In groups, as it is shown and written down: XXXXX-XXXXX, XXXX-XXXX-XXXX-XXXX. */
export function showCode(code: string): string {
  return inGroups(code, code.length === LENGTHS['hand-over'] ? 5 : 4);
}

/** As parseCrockford() reads it. Returns null if a message cannot be a code. */
export function codeIn(text: string): Code | null {
  const code = text.length > 40 ? null : parseCrockford(text);
  if (code === null) return null;
  if (code.length === LENGTHS['hand-over']) return { kind: 'hand-over', code };
  return code.length === LENGTHS.withdrawal ? { kind: 'withdrawal', code } : null;
}

// A message is read once: what the stages ask of it is found before the first of them.

/** The sentences of a text, laid out for the frames of every language. */
export type Sentences = readonly Laid<Lexicon['alarms'][Language]>[];

/** A text as the bot understands it. The single words are those that the whole text consists of; null if it does not. */
export interface Reading {
  readonly text: string;
  readonly folded: string;
  readonly spelt: readonly string[];
  readonly sentences: Sentences;
  readonly command: Command | null;
  readonly typed: Typed | null;
  readonly aside: keyof Words['asides'] | null;
  readonly languageName: Language | null;
  readonly gatheringWord: GatheringWord | null;
  /** As orderedHidden() reads it. */
  readonly hidden: string | null;
}

/** A text that was read already, or not. */
export type Utterance = string | Reading;

/** Characters of an order to hide something, and words from its beginning to "hide". */
const HIDE_ORDER = 120;
const HIDE_FIRST = 10;

export function readText(lexicon: Lexicon, text: string): Reading {
  const folded = fold(text);
  const sentences = spelt(text);
  const isShort = text.length <= 40;
  // Most texts have no word that hides among the first.
  const first = text.length > HIDE_ORDER ? [] : folded.split(' ', HIDE_FIRST);
  let mayHide = false;
  for (const { hides } of Object.values(lexicon.plain)) for (const word of first) mayHide ||= hides.has(word);
  return {
    text,
    folded,
    spelt: sentences,
    sentences: spellOut(sentences, Object.values(lexicon.alarms)),
    command: text.length > 60 ? null : (lexicon.commands.get(folded) ?? null),
    typed: isShort ? (lexicon.typed.get(folded) ?? null) : null,
    aside: isShort ? (lexicon.asides.get(folded) ?? null) : null,
    languageName: isShort ? (lexicon.languageNames.get(folded) ?? null) : null,
    gatheringWord: isShort ? (lexicon.gathering.get(folded) ?? null) : null,
    hidden: mayHide ? orderedHidden(lexicon, text, folded) : null,
  };
}

export function commandIn(lexicon: Lexicon, text: string): Command | null {
  return text.length > 60 ? null : (lexicon.commands.get(fold(text)) ?? null);
}

const NEVER_LIMITED: readonly (Command | null)[] = ['stop', 'delete', 'help', 'pause'];

/** True for a command that no rate limit may hold back. */
export function isNeverLimited(lexicon: Lexicon, text: string): boolean {
  return NEVER_LIMITED.includes(commandIn(lexicon, text));
}

/** A single word that is nearly a command: asked about, never stored as testimony. */
export function nearCommandIn(lexicon: Lexicon, language: Language, text: Utterance): Command | null {
  const said = typeof text === 'string' ? fold(text) : text.folded;
  if (said.includes(' ') || said.length < 3 || said.length > 20) return null;
  if (lexicon.farewells.has(said) || lexicon.apologies.has(said)) return null;
  for (const spoken of [language, 'en'] as const) {
    const near = lexicon.commandPhrases[spoken].find(({ phrase }) => isNearMiss(said, phrase));
    if (near !== undefined) return near.command;
  }
  return null;
}

/** SEND, ERASE and the like, in any language. */
export function typedIn(lexicon: Lexicon, text: string): Typed | null {
  return text.length > 40 ? null : (lexicon.typed.get(fold(text)) ?? null);
}

/** As typedIn(), also with a yes and courtesy around it: "WITHDRAW please". Not for the words that send or publish. */
export function typedPolitely(lexicon: Lexicon, text: string): Typed | null {
  if (text.length > 60) return null;
  const words = fold(text).split(' ');
  const typed = LANGUAGES.flatMap((language) => {
    const { around, yes } = lexicon.plain[language];
    const beside = new Set([...around, ...yes].flatMap((phrase) => phrase.split(' ')));
    const whole = words.filter((word) => !beside.has(word)).join(' ');
    return lexicon.typed.get(whole) ?? [];
  });
  return typed.find((word) => word !== 'send' && word !== 'publish') ?? null;
}

export function languageIn(lexicon: Lexicon, text: string): Language | null {
  return text.length > 40 ? null : (lexicon.languageNames.get(fold(text)) ?? null);
}

export function isGreeting(lexicon: Lexicon, text: string): boolean {
  return text.length <= 40 && lexicon.greetings.has(fold(text));
}

/** "Bye", "ok thanks bye": a goodbye, with thanks or a greeting at most. */
export function isFarewell(lexicon: Lexicon, text: string): boolean {
  if (text.length > 60) return false;
  const words = fold(text).split(' ');
  const isBeside = (rest: readonly string[]) =>
    rest.length === 0 || isCourtesy(lexicon, rest.join(' ')) || isGreeting(lexicon, rest.join(' '));
  return words.some((_, at) => {
    const [before, after] = [words.slice(0, at), words.slice(at)];
    if (lexicon.farewells.has(after.join(' '))) return isBeside(before);
    return before.length > 0 && lexicon.farewells.has(before.join(' ')) && isBeside(after);
  });
}

/** A birthday, a funeral, an anniversary is spoken of. */
export function isOccasion(lexicon: Lexicon, language: Language, text: string): boolean {
  const said = ` ${fold(text)}`;
  return lexicon.occasions[language].some((beginning) => said.includes(` ${beginning}`));
}

/** Thanks, or a plain "ok": does not take anything back. */
export function isCourtesy(lexicon: Lexicon, text: string): boolean {
  return readText(lexicon, text).sentences.some(({ sentence, frames }) =>
    frames.courtesy.some(({ pattern }) => sentence.search(pattern) === 0),
  );
}

/**
 * A frequent question put to the bot: at most fourteen words, a question by its mark or its first word, and one word of every
 * group of a known question. Anything longer is testimony. `calls`: also whether somebody calls, which is mostly a wish for a person.
 */
export function questionIn(lexicon: Lexicon, said: Utterance, calls: 'calls' | null = null): Question | null {
  const text = typeof said === 'string' ? said : said.text;
  if (text.length > 160) return null;
  const { folded, sentences, spelt: parts } = typeof said === 'string' ? readText(lexicon, said) : said;
  if (parts.length === 1 && asks(sentences, 'asksLawyer')) return 'lawyer';
  if (parts.length === 1 && asks(sentences, 'asksNames')) return 'names-each';
  if (text.length <= 40 && asks(sentences, 'asksWho')) return 'who';
  if (text.length <= 40 && asks(sentences, 'asksRecorded')) return 'recording';
  const tokens = folded.split(' ');
  // "And who pays for this"
  const first = tokens[ALSO.has(tokens[0] ?? '') ? 1 : 0] ?? '';
  const isQuestion = /[?？؟]\s*$/u.test(text) || lexicon.questionWords.has(first);
  if (!isQuestion || tokens.length > 14) return null;
  const whole = ` ${tokens.join(' ')} `;
  const found = lexicon.questions.find(
    ({ question, groups }) =>
      (question !== 'call-me' || calls !== null) &&
      // "What is the unit …" does not ask what the UN is.
      groups.every((group) => group.some((says) => whole.includes(question === 'body' ? ` ${says} ` : ` ${says}`))),
  );
  // "What does it cost?" asks for a price; "what does my son's life cost?" does not.
  const isPrice = found?.question === 'free' || found?.question === 'funding';
  return isPrice && tokens.length > (first === tokens[0] ? 6 : 8) ? null : (found?.question ?? null);
}

/** Questions that are known by their words alone, and what they sound like. */
const BY_WORDS: readonly Question[] = [
  'call-me',
  'why-ask',
  'next-person',
  'other-teller',
  'lawyer',
  'recording',
  'names-each',
];
const UNCLEAR: readonly Question[] = ['other', 'robot', 'must-name'];

/** A question that sounds like `asked` may be one of those, also without its mark. */
export function knownByWords(lexicon: Lexicon, asked: Question, text: string): Question {
  const known = UNCLEAR.includes(asked) ? questionIn(lexicon, `${text}?`, 'calls') : null;
  return known !== null && BY_WORDS.includes(known) ? known : asked;
}

/** Also in one sentence of several: "Can the police read this? I am afraid". */
export function questionAmong(lexicon: Lexicon, text: string): Question | null {
  const parts = text.split(/([.!?؟\n])/u);
  const marked = parts.filter((_, at) => parts[at + 1] === '?' || parts[at + 1] === '؟');
  const asked = [text, ...marked.map((part) => `${part.trim()}?`)].map((one) => questionIn(lexicon, one));
  return asked.find((one) => one !== null) ?? null;
}

/** Words before a question in what people say, and before much else. */
const ALSO: ReadonlySet<string> = new Set(['and', 'but', 'so', 'et', 'mais', 'y', 'pero', 'e', 'mas', 'o']);

type AskedForm = 'asksWho' | 'asksRecorded' | 'asksLawyer' | 'asksNames';

/** In a form that tells nothing, whatever else is in the sentence: "should a lawyer see this before I write about …". */
export function asksInForm(lexicon: Lexicon, text: string): boolean {
  const { sentences } = readText(lexicon, text);
  return asks(sentences, 'asksLawyer') || asks(sentences, 'asksNames');
}

/** "Are you a cop", "t'es un flic"; "me estás grabando". */
function asks(sentences: Sentences, what: AskedForm): boolean {
  return sentences.some(({ sentence, frames }) => frames[what].some(({ pattern }) => sentence.search(pattern) !== -1));
}

// "Cacher les noms de Awa et Ilyes", "esconde meu número".

/**
 * The words behind an order to hide something, without those of courtesy; null if the text is no such order. `folded`: the same text,
 * folded.
 */
export function orderedHidden({ plain, words: lists }: Lexicon, text: string, folded = fold(text)): string | null {
  if (text.length > HIDE_ORDER) return null;
  const plainly = folded.split(' ');
  for (const language of LANGUAGES) {
    const { hides, hidesWhat, hidesFrom } = plain[language];
    let first = 0;
    while (hidesWhat.has(plainly[first] ?? '') && !hides.has(plainly[first] ?? '')) first++;
    if (!hides.has(plainly[first] ?? '')) continue;
    const words = text
      .replace(/(?<![\p{L}\p{M}])([dls])['’](?=\p{L})/giu, '$1 ')
      .trim()
      .split(/\s+/u);
    const from = words.findIndex((word) => !hides.has(fold(word)) && !hidesWhat.has(fold(word)));
    if (from === -1) continue;
    const tails = new Set([...lists[language].nameTails.map(fold), ...hidesFrom]);
    // "João's name".
    return withoutTails(words.slice(from), tails)
      .join(' ')
      .replace(/(?<=\p{L})['’]s?$/u, '');
  }
  return null;
}

/** Words of the longest ending: "s'il vous plaît", "de minha história". */
const LONGEST_TAIL = 5;

function withoutTails(words: readonly string[], tails: ReadonlySet<string>): readonly string[] {
  for (let count = Math.min(LONGEST_TAIL, words.length - 1); count > 0; count--) {
    if (tails.has(fold(words.slice(-count).join(' ')))) return withoutTails(words.slice(0, -count), tails);
  }
  return words;
}
