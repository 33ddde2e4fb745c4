// Answers that an organiser types: a language, a reader, what to call somebody. What cannot be an answer is asked again, what may
// be none is said back first, and what is told is kept.

import { countWords } from '../../words.ts';
import { LANGUAGES } from '../../languages.ts';
import { askAboutStray, choice } from '../engine/prompt.ts';
import { holdWords } from '../engine/pending-consent.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { sayKnownAnswer } from '../prompts/opening/wants.ts';
import { saysConsented, wishes } from '../understanding/alarm.ts';
import { isCourtesy, questionIn } from '../understanding/commands.ts';
import { cleanName, fold } from '../understanding/fold.ts';
import { isNoName, isTold, withoutLead } from '../understanding/names/typed-name.ts';
import {
  hasSentenceWord,
  isAskingBack,
  isDone,
  isRefusal,
  isWish,
  looksLikeSentence,
  plainAnswerIn,
} from '../understanding/plain-answer.ts';
import { numberIn, recognizeChoice } from '../understanding/recognize.ts';
import { reportedIn } from '../understanding/reported-answer.ts';
import { hearOnce } from '../understanding/talk/hear.ts';
import { NAME_WORDS } from './cases.ts';
import { nameOf } from './gathering.ts';

/** Log-odds up to which words rather tell something than speak to us: better set aside than lost. */
const TELLS = -1;
/** A message of this many words may be the beginning of a story. */
const STORY_WORDS = 4;
/** A question of this many words may also tell something. */
const ASKED_WORDS = 8;

/**
 * Before a person's yes, words that answer nothing: a story is set aside, anything else is asked again and is nobody's
 * testimony. Returns false for the few words that are never set aside. `noted`: key of the text that says so.
 */
export function answersNothing(turn: Turn, said: Said, noted: string): boolean {
  if (holdsStory(turn, said)) turn.say(noted);
  else if (countWords(said.text) < STORY_WORDS) return false;
  else turn.say(isAskingBack(turn.world.lexicon, said.text) ? 'choice.question' : 'choice.not-among');
  turn.again('short');
  return true;
}

function holdsStory(turn: Turn, said: Said): boolean {
  const asks = countWords(said.text) < ASKED_WORDS && isAskingBack(turn.world.lexicon, said.text);
  if (asks || namesSomebody(turn, said.text) || isOwnRemark(turn, said)) return false;
  const talk = hearOnce(turn, said.text)?.talk ?? TELLS;
  return countWords(said.text) >= STORY_WORDS && talk <= TELLS && holdWords(turn, said);
}

/** "I'm asking her", "she is reading it": of what the two of them do now, and nobody's testimony. */
export function isAboutProcedure({ world: { lexicon } }: Turn, said: Pick<Said, 'text' | 'spelt'>): boolean {
  return said.spelt.length === 1 && wishes(lexicon, said.text, 'procedure');
}

/** "Yes, they all agreed", "I'm asking her". */
function isOwnRemark(turn: Turn, said: Said): boolean {
  const { world, session } = turn;
  const { text, spelt } = said;
  return (
    (spelt.length === 1 && saysConsented(world.lexicon, text)) ||
    isAboutProcedure(turn, said) ||
    reportedIn(world.lexicon, session.language, text, []) !== null
  );
}

/** "The first one is Cida", and nothing else. */
function namesSomebody({ world: { lexicon } }: Turn, text: string): boolean {
  const name = withoutLead(lexicon, text);
  return fold(name) !== fold(text) && fold(name).split(' ').length <= NAME_WORDS && !hasSentenceWord(lexicon, name);
}

/** At the question for a secret word, before anybody has a text: the person who is named comes after it, and a story too. */
export function sayWordFirst(turn: Turn, said: Said): void {
  if (holdsStory(turn, said)) turn.say('gathering.noted-before');
  else turn.say('gathering.word-first', undefined, { commands: ['skip'] });
  turn.again('short');
}

/**
 * At any prompt for a person's name: answers a question, explains after a refusal, and keeps a sentence for the story. Returns true
 * if it was one of these. `why`: key of the text that says why the name is needed.
 */
export function answersNoName(turn: Turn, said: Said, why: string): boolean {
  const { lexicon, operator } = turn.world;
  const explain = (how: 'full' | 'short') => {
    turn.say(why, { org: operator.name });
    turn.again(how);
    return true;
  };
  const isSentence = looksLikeSentence(lexicon, withoutLead(lexicon, said.text));
  if (isSentence && !turn.session.kept && holdsStory(turn, said)) {
    turn.say('gathering.noted-before');
    turn.again('full');
    return true;
  }
  const question = questionIn(lexicon, said.text);
  const refused = said.aside === 'none' || isRefusal(lexicon, said.text);
  if (question !== null || refused || isAskingBack(lexicon, said.text)) {
    if (question === null) return explain('full');
    sayKnownAnswer(turn, question);
    turn.again('full');
    return true;
  }
  if (isWordForUs(turn, said)) return explain('full');
  if (!isSentence) return false;
  if (!turn.session.kept) return explain('full');
  askAboutStray(turn, said);
  return true;
}

/** A yes, an order, thanks, SEND, or the words of any choice: no language, and nobody's name. */
function isWordForUs({ world: { lexicon } }: Turn, { text, folded, typed }: Said): boolean {
  const isChoice = LANGUAGES.some((one) =>
    [...lexicon.choices[one]].some(([value, said]) => !value.startsWith('language-') && said.includes(folded)),
  );
  return (
    typed !== null ||
    isChoice ||
    plainAnswerIn(lexicon, text) !== null ||
    isWish(lexicon, text) ||
    isDone(lexicon, text) ||
    isCourtesy(lexicon, text)
  );
}

const SPOKEN = LANGUAGES.map((one) => `language-${one}`);

interface LanguageSpec {
  readonly prompt: PromptId;
  /** Key of the question. */
  readonly text: string;
  readonly choose: (turn: Turn, told: string) => void;
  readonly command?: (turn: Turn, command: string) => boolean;
}

/** A language that we have by its number or name, or any other by its name, which is said back first (`of`). */
export function languageChoice({ prompt, text, choose, command }: LanguageSpec) {
  return choice({
    values: ({ session }) => (session.at.of === undefined ? SPOKEN : ['yes', 'no']),
    ask(turn) {
      const { of } = turn.session.at;
      if (of === undefined) return turn.ask(text, { name: nameOf(turn) }, { choices: SPOKEN });
      turn.ask('gathering.language-sure', { language: of }, { choices: ['yes', 'no'], whole: true });
    },
    choose(turn, value) {
      const { of } = turn.session.at;
      const several = of === undefined ? severalLanguages(turn) : null;
      // One of several is not what they speak.
      if (several !== null) turn.go({ prompt, of: several });
      else if (of === undefined) choose(turn, value.slice('language-'.length));
      else if (value === 'yes') choose(turn, of);
      else turn.go({ prompt });
    },
    otherwise(turn, said) {
      const { lexicon } = turn.world;
      const ours = recognizeChoice(lexicon, turn.session.language, said.text, SPOKEN, false);
      const name = otherLanguage(turn, said);
      const several = turn.session.at.of === undefined ? null : severalLanguages(turn);
      if (several !== null) turn.go({ prompt, of: several });
      else if (ours.kind === 'accepted' && numberIn(said) === null) choose(turn, ours.value.slice('language-'.length));
      else if (name !== null) turn.go({ prompt, of: name });
      else return false;
      return true;
    },
    ...(command === undefined ? {} : { command }),
  });
}

const JOINED = /[,/&+]|(?<!\S)(?:and|or|et|ou|y|o|e|ak|و)(?!\S)/iu;

/** "Wolof and French", as typed; null if the message names one language, with courtesy at most. */
function severalLanguages(turn: Turn): string | null {
  const { message, world } = turn;
  if (message?.choice !== null) return null;
  const { lexicon } = world;
  const around = (word: string) => LANGUAGES.some((one) => lexicon.plain[one].around.has(word));
  const names = message.text
    .split(JOINED)
    .map(fold)
    .filter((part) => part !== '' && plainAnswerIn(lexicon, part) === null && !part.split(' ').every(around));
  const name = cleanName(message.text);
  return names.length < 2 || name.length > 40 || names.some((one) => hasSentenceWord(lexicon, one)) ? null : name;
}

/** A language that is not one of LANGUAGES, by its typed name; null if the text is no name. */
function otherLanguage(turn: Turn, said: Said): string | null {
  const { lexicon } = turn.world;
  const name = cleanName(said.text);
  if (name.length < 2 || name.length > 40 || fold(name).split(' ').length > 3 || numberIn(name) !== null) return null;
  if (hasSentenceWord(lexicon, name) || isRefusal(lexicon, name)) return null;
  return isWordForUs(turn, said) || isNoName(lexicon, name) ? null : name;
}

/** Each word with a capital or an initial is written as a name; anything else is said back before it counts. */
export function isPlainName({ world: { lexicon } }: Turn, name: string): boolean {
  const words = name.split(/\s+/u).filter((word) => word.length > 2 || /\p{Lu}/u.test(word));
  return !isTold(lexicon, name) && !hasSentenceWord(lexicon, name) && words.every((word) => /\p{Lu}/u.test(word));
}
