// An age that is mentioned at the question for consent.

import { LANGUAGES } from '../../languages.ts';
import { countWords } from '../../words.ts';
import { holdTestimony, holdWords, yearOf } from '../engine/pending-consent.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { whoseAgeIn, wordsOfAges } from '../understanding/age.ts';
import { fold } from '../understanding/fold.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import { asksByMark, isYesOfWriter, plainAnswerIn } from '../understanding/plain-answer.ts';
import { likeliest } from '../understanding/talk/hear.ts';
import { heardAside } from '../understanding/talk/said-aside.ts';

/** A message of this many words tells more than an age. */
export const TELLING_WORDS = 6;

/** Instead of a message id if the age is asked after a bare yes. Ids of messages are longer. */
export const YES = 'yes';

/** Handles an age of a minor, or one that may be, that is mentioned after an adult's. Returns false if there is none. */
export function takeMinorAge(turn: Turn, said: Said): boolean {
  const whose = whoseAgeIn(turn.world.lexicon, turn.session.language, said.text, yearOf(turn));
  return (whose === 'own-minor' || whose === 'unclear') && takeAge(turn, said);
}

/** Words of an age and a yes in one sentence. */
const MOST_WORDS = 14;
/** A yes that says what to: "yes, keep it". */
const YES_WORDS = 2;

/** "Sí tengo 34 y sí pueden guardar": an adult's own age and a plain yes, and nothing else. */
export function saysAgeAndYes(turn: Turn, text: string): boolean {
  const { lexicon } = turn.world;
  const tokens = fold(text).split(' ');
  if (tokens.length > MOST_WORDS || asksByMark(text)) return false;
  // "I am" is a yes as well, and the beginning of an age.
  const saysYes = (part: readonly string[]) =>
    part.length >= YES_WORDS && !isOfAges(lexicon, part) && plainAnswerIn(lexicon, part.join(' ')) === 'yes';
  return tokens.some((_, at) => {
    const [before, behind] = [tokens.slice(0, at), tokens.slice(at)];
    return (
      ((isYesItself(turn, before) || saysYes(before)) && isOnlyAge(turn, behind)) ||
      (isOnlyAge(turn, before) && saysYes(behind))
    );
  });
}

/** "Yes, I'm 34": the yes answers the question, unless an age was spoken of before it. */
function isYesItself({ world, session }: Turn, [word = '', ...more]: readonly string[]): boolean {
  if (more.length > 0 || session.ageSpoken === true) return false;
  return LANGUAGES.some((one) => world.lexicon.choices[one].get('yes')?.includes(word) === true);
}

/** "I am over 18", "tengo 34", "oui je suis majeure". */
function isOnlyAge(turn: Turn, tokens: readonly string[]): boolean {
  const { lexicon } = turn.world;
  const said = tokens.join(' ');
  const ofChoice = LANGUAGES.flatMap((one) => lexicon.choices[one].get('keep-adult') ?? []);
  if (tokens.length > 1 && ofChoice.some((phrase) => phrase === said || phrase.endsWith(` ${said}`))) return true;
  return whoseAgeIn(lexicon, turn.session.language, said, yearOf(turn)) === 'own-adult' && isOfAges(lexicon, tokens);
}

/** Only words that are said around an age. */
function isOfAges(lexicon: Lexicon, tokens: readonly string[]): boolean {
  return LANGUAGES.some((one) => {
    const known = wordsOfAges(lexicon.ages[one]);
    return tokens.every((token) => /^\d{1,3}$/u.test(token) || known.has(token));
  });
}

/** Handles an age mentioned at the question for consent. Returns false if there is none. */
export function takeAge(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  switch (whoseAgeIn(lexicon, turn.session.language, said.text, yearOf(turn))) {
    case 'own-adult':
      // "I am 47" tells an age but is not a yes: the consent is asked by itself.
      if (tellsMore(lexicon, said.text)) holdTestimony(turn, said);
      turn.go({ prompt: 'keep-yes' });
      return true;
    case 'own-minor':
      turn.go({ prompt: 'minor' });
      return true;
    case 'other':
      if (mayBeOwn(turn, said.text, OWN.surely)) return askWhose(turn, said);
      if (holdWords(turn, said)) turn.say('keep.other');
      turn.again('short');
      return true;
    case 'unclear':
      return askWhose(turn, said);
    case null:
      return mayBeOwn(turn, said.text) && askWhose(turn, said);
  }
}

/** "No, that's the kid, I'm 40" answers; a message of as many words that are not around an age or a choice tells. */
function tellsMore(lexicon: Lexicon, text: string): boolean {
  if (countWords(text) < TELLING_WORDS) return false;
  const tokens = fold(text).split(' ');
  return LANGUAGES.every((one) => {
    const { other, kin } = lexicon.ages[one];
    const known = wordsOfAges(lexicon.ages[one], other);
    const isBeside = (token: string) =>
      [known, kin, lexicon.besideChoice[one], lexicon.negations[one]].some((list) => list.has(token));
    return tokens.filter((token) => !/^\d{1,3}$/u.test(token) && !isBeside(token)).length >= MORE_WORDS;
  });
}

/** Such words of a message that tells. */
const MORE_WORDS = 3;

function askWhose(turn: Turn, said: Said): true {
  holdWords(turn, said);
  turn.aside({ prompt: 'age-whose', of: said.id });
  return true;
}

/** Words of such a message, and shares from which it is an answer, and an age of the writer. */
const OWN = { words: 14, answer: 0.5, age: 0.35, surely: 0.75 };

/** "Ya soy abuela, saque cuentas": no number says it, and it is asked. */
function mayBeOwn({ world, session }: Turn, text: string, least = OWN.age): boolean {
  if (countWords(text) > OWN.words || asksByMark(text) || isYesOfWriter(world.lexicon, text)) return false;
  if (heardAside(world.lexicon, session.language, text, 'choices').answer < OWN.answer) return false;
  const found = likeliest(world.lexicon, session.language, text, ['age-adult', 'age-minor', 'age-other', 'yes', 'no']);
  return found !== null && found.share >= least && (found.label === 'age-adult' || found.label === 'age-minor');
}
