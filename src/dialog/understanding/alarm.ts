// Finds present danger, despair, and the wish not to send, to hide a name or to withdraw. A false alarm costs little, a
// missed one may cost a life: doubtful cases count. What is told of others, or of another time, mostly does not.

import { LANGUAGES } from '../../languages.ts';
import { readText, type Sentences, type Utterance } from './commands.ts';
import { fold, type Frame, type FrameIndex, spell, spellOut, spelt } from './fold.ts';
import type { Lexicon } from './lexicon.ts';

export type Alarm = 'danger' | 'despair';

/** Words around a match that show its time, and words before it that show who said it. */
const AROUND = 14;
const BEFORE = 7;

/** Searched in every language: people in fear write in their own. */
export function alarmIn(lexicon: Lexicon, said: Utterance): Alarm | null {
  let despairs = false;
  for (const { sentence: whole, words, frames } of ownSentences(lexicon, said)) {
    let sentence = whole;
    for (const frame of frames.heartened) {
      if (mayMatch(frame, words)) sentence = sentence.replace(frame.pattern, ' /');
    }
    if (isDanger(sentence, words, frames)) return 'danger';
    despairs ||= matchesOne(sentence, words, frames.despair, frames, (at) => isTheirs(sentence, at, frames));
  }
  return despairs && !isEnoughForNow(lexicon, said) ? 'despair' : null;
}

/** Without sentences and choices of our own texts, forwarded or sent back. */
function ownSentences(lexicon: Lexicon, said: Utterance): Sentences {
  const read = typeof said === 'string' ? readText(lexicon, said) : said;
  const text = withoutOurList(lexicon, read.text);
  const all = text === read.text ? read.spelt : spelt(text);
  const own = all.filter((sentence) => !isEcho(lexicon, sentence));
  return own.length === read.spelt.length ? read.sentences : spellOut(own, Object.values(lexicon.alarms));
}

function isEcho({ alarms }: Lexicon, sentence: string): boolean {
  return LANGUAGES.some((language) => alarms[language].echoes.some((ours) => ` ${sentence} `.includes(` ${ours} `)));
}

const NUMBERED = /^[\s*]*\d{1,2}[*.)\s]+(?=\S)/u;

/** A forwarded list of choices contains "I am in danger" as a line. */
function withoutOurList({ choices }: Lexicon, text: string): string {
  const lines = text.split('\n');
  if (lines.length < 2 || lines.filter((line) => NUMBERED.test(line)).length < 2) return text;
  const isOurs = (line: string) =>
    NUMBERED.test(line) &&
    LANGUAGES.some((language) => choices[language].get('danger')?.includes(fold(line.replace(NUMBERED, ''))) === true);
  return lines.filter((line) => !isOurs(line)).join('\n');
}

/** A message of more words is a story. */
const DOUBT_WORDS = 18;

/** "I changed my mind, do not send it", "wait": said while a mail can still be taken back. */
export function takesBack(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'takingBack');
}

/** "No pongas el nombre de mi primo", "the detective's name should not be there"; with `it` also "my number is 55 …, hide it". Not testimony. */
export function wishesToHide(lexicon: Lexicon, said: Utterance, it: 'it' | null = null): boolean {
  if (isOfList(textOf(said))) return false;
  return wishes(lexicon, said, 'hiding') || (it !== null && wishes(lexicon, said, 'hidingIt'));
}

/** "Show my son's name", "no oculte el nombre"; with `it` also "muéstrelo", of a name in the same message. */
export function wishesToShow(lexicon: Lexicon, said: Utterance, it: 'it' | null = null): boolean {
  if (wishesToHide(lexicon, said)) return false;
  return wishes(lexicon, said, 'showing') || (it !== null && wishes(lexicon, said, 'showingIt'));
}

/** "Remove number 1, please": of a list that was shown. */
export function isOfList(text: string): boolean {
  return /(?:n[uú]m[eé]ros?|numbers?)\s*\p{Nd}{1,3}(?![\s.-]*\p{Nd})(?!\p{L})/iu.test(text);
}

/** "I want to take it all back", "je veux tout retirer", "quero apagar": about the whole text. */
export function wishesToErase(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'erasing');
}

/** "Did it go?", "ya se fue", "quando eles respondem": of what was sent. */
export function asksOfDelivery(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'delivery');
}

/** "I forgot to say that they", "quero acrescentar uma coisa". */
export function wishesToAdd(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'adding');
}

/** "What news is that", "comment je vais savoir": no yes or no answers it. */
export function asksOpenly(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'asking');
}

/** "Can I still change it?", "posso mudar depois": of the text, whether it has left or not. */
export function asksToChange(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'changing');
}

/** "I help several families", "recolho depoimentos": others tell, and this person writes. */
export function gathersForOthers(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'gathers');
}

/** "She gave me her consent", "tengo su autorización firmada": of somebody else. */
export function saysConsented(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'consented');
}

/** "Which one am I on"; "she withdraws"; and of somebody who is named as well: "Awa wants out", "back to Martha". */
export function saidOfAnother(lexicon: Lexicon, said: Utterance): (typeof OF_ANOTHER)[number] | null {
  return OF_ANOTHER.find((what) => wishes(lexicon, said, what)) ?? null;
}
const OF_ANOTHER = ['whichOne', 'leavingSomebody', 'leavingThem', 'goingToThem'] as const;

/** "I found courage again", "nous avons perdu espoir dans la justice". */
export function isHeartened(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'heartened');
}

/** "I have a question", without the question. */
export function wishesToAsk(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'wantsToAsk');
}

/** "I give up", "quero desistir": of telling, perhaps of more. Not "nunca vou desistir". */
export function givesUp(lexicon: Lexicon, said: Utterance): boolean {
  return shortSentences(lexicon, said).some(({ sentence, words, frames }) =>
    frames.givingUp.some((frame) => mayMatch(frame, words) && matches(sentence, frame, frames, () => true)),
  );
}

/** "I'm taking a break", "vou dar um tempo"; or "arrête tout", "mejor no mande nada". */
export function orderToLeave(lexicon: Lexicon, said: Utterance): 'pause' | 'stop' | null {
  if (!isOrder(said)) return null;
  if ((['pausing', 'enough', 'comes'] as const).some((what) => wishes(lexicon, said, what))) return 'pause';
  return wishes(lexicon, said, 'stopping') ? 'stop' : null;
}

/** "I can't go on today", "je n'en peux plus pour aujourd'hui", and nothing else: a rest, not despair. */
export function isEnoughForNow(lexicon: Lexicon, said: Utterance): boolean {
  return isOrder(said) && wishes(lexicon, said, 'enough');
}

/** "Para, tem gente chegando", "somebody's at the door": the screen shall be empty now. */
export function saysSomebodyComes(lexicon: Lexicon, said: Utterance): boolean {
  return isOrder(said) && (['comes', 'comesNow'] as const).some((what) => wishes(lexicon, said, what));
}

/** "Quiero seguir contando", "sorry, carry on", "je suis toujours là". */
export function wishesToGoOn(lexicon: Lexicon, said: Utterance): boolean {
  return isOrder(said) && wishes(lexicon, said, 'goingOn');
}

/** "Delete the last one", "ignore that, wrong chat": of a message that was written before. */
export function takesOutBefore(lexicon: Lexicon, said: Utterance): boolean {
  return isOrder(said) && wishes(lexicon, said, 'takingOut');
}

/** "No las use, eso no es mi historia", "laissez ça de côté": of words that were offered. */
export function leavesWordsOut(lexicon: Lexicon, said: Utterance): boolean {
  return isOrder(said) && wishes(lexicon, said, 'leavingOut');
}

/** "Mejor que lo lean solo los de la ONU": who may read it is asked at the end. */
export function wishesForReaders(lexicon: Lexicon, said: Utterance): boolean {
  return wishes(lexicon, said, 'readBy');
}

/** Words of an order; more are told. */
const ORDER_WORDS = 10;
const isOrder = (said: Utterance) => textOf(said).split(/\s+/u).length <= ORDER_WORDS;
const textOf = (said: Utterance) => (typeof said === 'string' ? said : said.text);

type Wish = Exclude<keyof Frames, 'short' | 'echoes' | 'negations' | 'danger' | 'nearby' | 'despair'>;

/** The frames of these have a beginning and an end; whatever sentences a message has, it is looked at as one. */
const WHOLE: readonly Wish[] = [
  'stopping',
  'goingOn',
  'enough',
  'comes',
  'comesNow',
  'ownNameOut',
  'theirNameOut',
  'scolding',
];
/** "No, quiero seguir" is the contrary of "no quiero seguir". */
const FIRST_NO = /^\s*(?:no|não|nao|non)\s*[,.;:!]/iu;

export function wishes(lexicon: Lexicon, said: Utterance, what: Wish): boolean {
  const sentences = WHOLE.includes(what)
    ? spellOut([spell(textOf(said).replace(FIRST_NO, ''))], Object.values(lexicon.alarms))
    : shortSentences(lexicon, said);
  return sentences.some(({ sentence, words, frames }) =>
    frames[what].some((frame) => mayMatch(frame, words) && sentence.search(frame.pattern) !== -1),
  );
}

/** None of a message that is too long for a wish. */
export function shortSentences(lexicon: Lexicon, said: Utterance): Sentences {
  const text = textOf(said);
  if (text.length > 400 || text.split(/\s+/u).length > DOUBT_WORDS) return [];
  return (typeof said === 'string' ? readText(lexicon, said) : said).sentences;
}

type Frames = Lexicon['alarms'][keyof Lexicon['alarms']];

type Place = Readonly<Record<'from' | 'to', number>>;

function isDanger(sentence: string, words: ReadonlySet<string>, frames: Frames): boolean {
  const theirs = (at: Place) => isTheirs(sentence, at, frames);
  const isNow = (at: Place) => {
    const near = around(sentence, at);
    return has(near, frames.now) || !has(near, frames.past);
  };
  return (
    matchesOne(sentence, words, frames.danger, frames, theirs) ||
    matchesOne(sentence, words, frames.nearby, frames, (at) => theirs(at) && isNow(at))
  );
}

/** Tries the frames of which the sentence has a word, and those that need none. `words`: those of the sentence, and perhaps more. */
function matchesOne(
  sentence: string,
  words: ReadonlySet<string>,
  { byWord, others }: FrameIndex,
  frames: Frames,
  counts: (at: Place) => boolean,
): boolean {
  const isMatch = (frame: Frame) => matches(sentence, frame, frames, counts);
  if (others.some(isMatch)) return true;
  return words.values().some((word) => byWord.get(word)?.some(isMatch) === true);
}

/** A "not" right before a match reverses it, unless the frame begins with one. */
function matches(sentence: string, frame: Frame, { negations }: Frames, counts: (at: Place) => boolean): boolean {
  // A search is much cheaper than matchAll(), and mostly finds nothing.
  if (sentence.search(frame.pattern) === -1) return false;
  for (const found of sentence.matchAll(frame.pattern)) {
    const from = found.index;
    const first = found[0].trimStart().split(' ')[0] ?? '';
    const [second = '', last = ''] = wordsBefore(sentence, from, 2).split(' ');
    const before = last === 'me' ? second : last;
    const negated = negations.has(before) && !negations.has(first);
    if (!negated && counts({ from, to: from + found[0].length })) return true;
  }
  return false;
}

/** True if the words are not reported speech of somebody else. */
function isTheirs(sentence: string, { from }: Place, { reported }: Frames): boolean {
  const before = wordsBefore(sentence, from, BEFORE);
  return !has(` ${before}`, reported);
}

function around(sentence: string, { from, to }: Place): string {
  let end = to;
  // The rest begins with a space.
  for (let words = 0; words < AROUND && end !== -1; words++) end = sentence.indexOf(' ', end + (words === 0 ? 0 : 1));
  const after = sentence.slice(to, end === -1 ? undefined : end);
  return ` ${wordsBefore(sentence, from, AROUND)}${sentence.slice(from, to)}${after}`;
}

/** The last words before a position. Bounded, since a whole text can be one sentence. */
function wordsBefore(sentence: string, from: number, count: number): string {
  let [start, words] = [from, 0];
  for (; words < count && start > 0; words++) start = sentence.lastIndexOf(' ', start - 1);
  return sentence.slice(words === count ? start + 1 : start, from);
}

/** To look for a word takes less time than to search for a pattern. */
export function mayMatch({ needs }: Frame, words: ReadonlySet<string>): boolean {
  if (needs === null) return true;
  for (const word of needs) if (words.has(word)) return true;
  return false;
}

function has(text: string, frames: readonly Frame[]): boolean {
  return frames.some((frame) => text.search(frame.pattern) !== -1);
}
