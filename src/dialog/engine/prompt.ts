// The definition of a prompt (`grep -rn 'traits: {' src/dialog` lists all), and its two usual kinds: choice and free answer.

import { countWords } from '../../words.ts';
import { nameOf } from '../organiser/gathering.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { tellOtherLanguageOnce } from '../stages/other-language.ts';
import { takesOutBefore } from '../understanding/alarm.ts';
import { isGreeting } from '../understanding/commands.ts';
import type { Command, Typed } from '../understanding/word-lists.ts';
import {
  isAskingBack,
  isDone,
  isRefusal,
  looksLikeSentence,
  plainAnswerIn,
  wantsOut,
} from '../understanding/plain-answer.ts';
import { type AnswerRules, recognizeAnswer, reportedHere, reportedValue } from './recognize-answer.ts';
import type { Reported } from '../understanding/reported-answer.ts';
import { linksIn } from '../understanding/links.ts';
import { numberIn, perhapsMeant, saysMoreThan } from '../understanding/recognize.ts';
import { budgetOf, savedCount } from './budget.ts';
import type { Slot } from './effect.ts';
import type { BuiltDocument } from './event.ts';
import { partMeant } from './part-meant.ts';
import { holdTestimony } from './pending-consent.ts';
import type { ChoiceTraits, PromptTraits } from './prompt-traits.ts';
import type { Choice } from './reply.ts';
import type { Session } from './session.ts';
import type { Turn } from './turn.ts';
import type { Said } from './world.ts';

interface Behaviour {
  /** Asks; or moves on at once if there is nothing to ask. */
  ask(turn: Turn): void;
  answer(turn: Turn, said: Said): void;
  /** Gives a general command its own meaning here. Returns false for the usual one. */
  command?(turn: Turn, command: Command): boolean;
  /** Called with the document that its `build` effect asked for. */
  built?(turn: Turn, document: BuiltDocument): void;
  /** Typed words that do something here; the question names the first one. */
  typed?(turn: Turn): readonly Typed[];
  /** Set for prompts that take testimony: a question or a near miss may be part of a story, and is asked back. */
  readonly slot?: (turn: Turn) => Slot;
  /** Takes a name or a word: nothing is guessed from it. */
  readonly literal?: true;
  /** A bare number is an answer here; elsewhere it may be a slip, and is asked back. */
  takesNumber?(turn: Turn): boolean;
  /** Asks for a language: its name is the answer, not a wish to change the language. */
  readonly asksLanguage?: true;
}

interface Choosing extends Behaviour {
  /** The choices, in the order of their numbers. */
  options(turn: Turn): readonly Choice[];
}

export interface Prompt<Id extends PromptId = PromptId> extends Behaviour, Partial<Pick<Choosing, 'options'>> {
  readonly id: Id;
  readonly traits: PromptTraits;
}

type Definition =
  | (Choosing & { readonly traits: ChoiceTraits })
  | (Behaviour & { readonly options?: never; readonly traits: PromptTraits });

/** All of one prompt; prompts.ts lists them by id. */
export function definePrompt<const Id extends PromptId>(id: Id, definition: Definition): Prompt<Id> {
  return { id, ...definition };
}

interface ChoiceSpec extends AnswerRules {
  readonly ask: (turn: Turn) => void;
  readonly values: (turn: Turn) => readonly string[];
  /** Choices with labels that differ from the usual ones. */
  readonly options?: (turn: Turn) => readonly Choice[];
  /** Handles words next to a choice itself. */
  readonly takesWords?: true;
  readonly choose: (turn: Turn, value: string, said: Said) => void;
  /** Called with an answer of the person that their organiser reports; by default it is as good as their own yes or no. */
  readonly reported?: (turn: Turn, reported: Reported) => boolean;
  /** Called if no choice was recognised. Returns true if it handled the message. */
  readonly otherwise?: (turn: Turn, said: Said) => boolean;
  readonly command?: (turn: Turn, command: Command) => boolean;
}

function plainChoice(value: string): Choice {
  return { value, label: { key: `choices.${value}` } };
}

export function choicePrompt<const Id extends PromptId>(
  id: Id,
  { traits, ...spec }: ChoiceSpec & { readonly traits: ChoiceTraits },
): Prompt<Id> {
  return definePrompt(id, { traits, ...choice(spec) });
}

/** The asking and answering of a numbered choice, for prompts that do more than that. */
export function choice(spec: ChoiceSpec): Choosing {
  return {
    ask: spec.ask,
    options: spec.options ?? ((turn) => spec.values(turn).map(plainChoice)),
    answer(turn, said) {
      const values = spec.values(turn);
      if (said.tapped !== null && values.includes(said.tapped)) return spec.choose(turn, said.tapped, said);
      if (said.tapped !== null) {
        // None of our buttons sends this value.
        turn.say('choice.stale');
        return turn.again('short');
      }
      const { lexicon } = turn.world;
      const recognized = recognizeAnswer(turn, spec, values, said.text);
      if (recognized.kind === 'accepted') {
        turn.answered = true;
        if (spec.takesWords !== true && saysMoreThan(lexicon, said.text, recognized.value, values, TELLS_MORE)) {
          // "OK, they shot my brother": the choice is clear, and the other words are kept.
          if (hasStory(turn)) return askAboutStray(turn, said);
          if (!turn.session.kept && !isOfOrganiser(turn, said)) holdTestimony(turn, said);
        }
        return spec.choose(turn, recognized.value, said);
      }
      const reported = reportedHere(turn, said.text);
      if (reported !== null && takesReport(turn, spec, said, reported)) return;
      if (spec.otherwise?.(turn, said) === true) return;
      if (isGreeting(lexicon, said.text)) return turn.again('short');
      if (recognized.reason !== 'not-among') turn.say(`choice.${recognized.reason}`, { last: values.length });
      else if (askIfMeant(turn, this.options(turn), said)) return turn.again('short');
      else if (holdTestimony(turn, said)) return turn.again('short');
      else if (mayBeStray(turn, said)) return askAboutStray(turn, said);
      else turn.say(`choice.${missed(turn, said)}`);
      turn.again('short');
    },
    ...(spec.command === undefined ? {} : { command: spec.command }),
  };
}

/** Words of an answer that an organiser gives in a sentence: "each family should have their own". */
const ORGANISER_SAYS = 10;

function isOfOrganiser({ session }: Turn, { text, spelt }: Said): boolean {
  return session.gathers !== undefined && spelt.length === 1 && countWords(text) <= ORGANISER_SAYS;
}

function takesReport(turn: Turn, spec: ChoiceSpec, said: Said, reported: Reported): boolean {
  if (spec.reported !== undefined) return spec.reported(turn, reported);
  const value = reportedValue(turn, spec, spec.values(turn), reported);
  if (value === null) return false;
  turn.answered = true;
  spec.choose(turn, value, said);
  return true;
}

/** The key of the text for an answer that matched no choice. */
function missed({ world, session }: Turn, { text, typed }: Said): string {
  if (session.kept && wantsOut(world.lexicon, text)) return 'take-out';
  if (typed !== null) return 'typed';
  return isAskingBack(world.lexicon, text) ? 'question' : 'not-among';
}

/** Names the number of the choice that was probably meant; the person decides. */
function askIfMeant(turn: Turn, options: readonly Choice[], said: Said): boolean {
  const values = options.map(({ value }) => value);
  const meant = perhapsMeant(turn.world.lexicon, turn.session.language, said.text, values);
  const choice = options.find(({ value }) => value === meant);
  if (choice === undefined) return false;
  turn.say('choice.perhaps', { choice: choice.label, number: options.indexOf(choice) + 1 });
  return true;
}

/** This many words in addition to a choice are testimony. */
const TELLS_MORE = 3;

/** A message of this many words at a list of choices may be testimony; a sentence needs fewer. */
const STRAY_WORDS = 5;
const STRAY_SENTENCE = 4;
/** A question of this many words may also be testimony. */
const ASKED_WORDS = 8;

/** Words that no question here asks for, and perhaps of the story. */
export function mayBeStray(turn: Turn, { text }: Said): boolean {
  const { lexicon } = turn.world;
  const words = countWords(text);
  if (hasStory(turn) && linksIn(text).length > 0) return true;
  if (!hasStory(turn) || words < STRAY_SENTENCE || wantsOut(lexicon, text)) return false;
  if (words < ASKED_WORDS && isAskingBack(lexicon, text)) return false;
  return words >= STRAY_WORDS || looksLikeSentence(lexicon, text);
}

/** "Yes 500" at a list of two is offered to the story. Returns false for a number of the list. */
export function offersFigure(turn: Turn, said: Said, last: number): boolean {
  if (!hasStory(turn) || numberIn(said) !== null || !/\p{L}/u.test(said.text)) return false;
  const figures = (said.folded.match(/\d+/gu) ?? []).map(Number);
  if (figures.length === 0 || figures.some((figure) => figure <= last)) return false;
  askAboutStray(turn, said);
  return true;
}

/** Before the consent, and for people under age, there is no story to add to. */
function hasStory({ session }: Turn): boolean {
  return session.kept && session.contribution !== null;
}

/** Loses no text: words that answer no question are offered to the story. */
export function askAboutStray(turn: Turn, said: Said): void {
  turn.change({ doubt: { kind: 'stray', id: said.id, text: said.text, more: [] } });
  turn.aside({ prompt: 'doubt' });
}

interface FreeSpec {
  readonly slot: (turn: Turn) => Slot;
  readonly ask: (turn: Turn) => void;
  readonly next: (turn: Turn) => void;
  /** Goes on to more of the same inside an interruption; returns false if there is no more. */
  readonly onward?: (turn: Turn) => boolean;
  readonly skipAll?: (turn: Turn) => void;
  readonly answer?: (turn: Turn, said: Said) => boolean;
  readonly takesNumber?: (turn: Turn) => boolean;
}

/** A free answer, in any number of messages, until *next*. */
export function freePrompt<const Id extends PromptId>(
  id: Id,
  { traits, ...spec }: FreeSpec & { readonly traits: PromptTraits },
): Prompt<Id> {
  const leave = (turn: Turn, on: (turn: Turn) => void) =>
    turn.session.under.length > 0 ? turn.resume('full') : on(turn);
  return definePrompt(id, {
    traits,
    slot: spec.slot,
    ...(spec.takesNumber === undefined ? {} : { takesNumber: spec.takesNumber }),
    ask: spec.ask,
    answer(turn, said) {
      if (spec.answer?.(turn, said) === true) return;
      if (!/[\p{L}\p{N}]/u.test(said.text)) return leaveOutSigns(turn);
      turn.addPart(spec.slot(turn), said.id, said.text);
      acknowledge(turn);
      tellOtherLanguageOnce(turn, said);
    },
    command(turn, command) {
      if (command === 'next' || command === 'skip') {
        if (turn.session.under.length === 0 || spec.onward?.(turn) !== true) leave(turn, spec.next);
        return true;
      }
      if (command === 'skip-all') {
        leave(turn, spec.skipAll ?? spec.next);
        return true;
      }
      return false;
    },
  });
}

/** "Eso es todo, gracias" means *next* if something was told already, and "no, nada más" also at the question for more. */
export function closesHere(turn: Turn, { slot }: Prompt, said: Said): boolean {
  const to = slot?.(turn);
  return (
    to !== undefined && (turn.session.counts[to] !== undefined || to === 'else') && isDone(turn.world.lexicon, said)
  );
}

/** Characters of an order in plain words. */
const ORDER = 70;

/** The question to ask back at a free answer: is it part of the text, or what to do with it. Null if it is an answer. */
export function doubtHere(turn: Turn, { slot }: Prompt, said: Said): Session['doubt'] {
  if (slot === undefined) return null;
  const { id, text } = said;
  const { lexicon } = turn.world;
  const takesOut = wantsOut(lexicon, said) || (text.length <= ORDER && takesOutBefore(lexicon, said));
  const meant = takesOut ? partMeant(turn, slot(turn), text) : undefined;
  if (meant !== undefined) return { kind: 'take-out', id, text, part: { id: meant.id, text: meant.text } };
  return declines(turn, slot(turn), said) ? doubtOf('next', { id, text }) : null;
}

export function doubtOf(command: Command, { id, text }: Pick<Said, 'id' | 'text'>): NonNullable<Session['doubt']> {
  return { kind: 'command', command, id, text };
}

/** "I don't know", "nothing": an answer only if the person says so. A plain no may answer a topic of the call. */
function declines({ world: { lexicon } }: Turn, to: Slot, said: Said): boolean {
  if (to === 'story' || isDone(lexicon, said)) return isDone(lexicon, said);
  return isRefusal(lexicon, said.text) && (!to.startsWith('topic/') || plainAnswerIn(lexicon, said.text) === null);
}

/** A thumb, a heart or a question mark alone is not testimony. Said once per burst. */
function leaveOutSigns(turn: Turn): void {
  turn.say('signs.left-out', undefined, { replaces: 'signs', commands: ['next', 'help'] });
}

/** "Saved.", once per burst: a newer one replaces one that was not sent yet. From the warning mark on with the word count. */
export function acknowledge(turn: Turn): void {
  const { loud } = budgetOf(turn.session, turn.world.call, turn.world.intake);
  const { ending, params } = loud ? savedCount(turn) : { ending: null, params: {} };
  const extra = { replaces: 'saved', commands: ['next', 'review', 'pause'] };
  if (turn.session.teller === undefined) return turn.say(`saved.${ending ?? 'plain'}`, params, extra);
  // The name comes on the second line: the first may appear on a lock screen.
  turn.say(`gathering.saved${ending === null ? '' : `-${ending}`}`, { ...params, name: nameOf(turn) }, extra);
}
