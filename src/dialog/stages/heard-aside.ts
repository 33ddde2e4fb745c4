// Decides for a message at a prompt that takes no story whether it is said to the bot, told, or an answer. While telling, one sentence in a
// hundred may be taken for talk; here nothing told is interrupted, so that less is needed.

import type { Turn } from '../engine/turn.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { changeIn } from '../prompts/approval/change-word.ts';
import { formIn, saysForm } from '../prompts/names/read-name.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { asksOfDelivery } from '../understanding/alarm.ts';
import { wishForAll } from '../understanding/names/hide-order.ts';
import { asksByMark, isWish } from '../understanding/plain-answer.ts';
import { takesOutNumbers } from '../understanding/ranges.ts';
import { type Hearing, kindOf } from '../understanding/talk/hear.ts';
import { type Aside, type AsidePlace, heardAside } from '../understanding/talk/said-aside.ts';

/** Prompts without choices, or with a list of names. */
const NAMING: readonly PromptId[] = ['others', 'home', 'cases', 'code-withdraw', 'joint-member', 'joint-review'];

export function takesNames(turn: Turn): boolean {
  const { prompt } = turn.session.at;
  return PROMPT[prompt].literal === true || NAMING.includes(prompt);
}

/** At these a word of the text can be changed, or messages taken out by number. */
const OF_TEXT: readonly PromptId[] = ['review', 'review-part', 'review-remove', 'read-back-check'];

/** "Only the initials" at a name, "no names" at the list, "send it now" at SEND; "any news?" after a withdrawal, which has the answer. */
export function isOfPrompt(turn: Turn, text: string): boolean {
  if (OF_TEXT.includes(turn.session.at.prompt)) {
    const { lexicon } = turn.world;
    if (changeIn(lexicon, text) !== null) return true;
    const { of } = turn.session.at;
    if (of !== undefined && takesOutNumbers(lexicon, text, turn.parts(of).length)) return true;
  }
  if (turn.session.at.prompt === 'send' && isWish(turn.world.lexicon, text)) return true;
  if (turn.session.at.prompt === 'others' && wishForAll(turn.world.lexicon, text, true) !== null) return true;
  if (turn.session.at.prompt === 'harmed-form' || turn.session.at.prompt === 'author-form')
    return formIn(turn, text) !== null;
  if (takesNames(turn)) return saysForm(turn, text);
  return turn.session.at.prompt === 'gone' && asksOfDelivery(turn.world.lexicon, text);
}

function placeOf(turn: Turn): AsidePlace {
  if (takesNames(turn)) return 'names';
  return turn.here.atRest === true ? 'rest' : 'choices';
}

export function asideOf(turn: Turn, text: string): Aside {
  return heardAside(turn.world.lexicon, turn.session.language, text, placeOf(turn));
}

/** Share of talk, and of the kind among all kinds, from which it is answered or asked about; less of a kind if it is surely talk. */
const AT_CHOICES = { talk: 0.5, question: [0.4, 0.3], other: [0.35, 0.25] } as const;
/** The same at a question for a name or a word; only questions and commands of a few words count. */
const AT_NAMES = { talk: 0.5, share: [0.45, 0.3], words: 3 } as const;

/** A message that was heard, with the kind that it has if it is said to the bot. */
export function heardHere({ world, session }: Turn, text: string, hearing: Hearing): Hearing {
  return { ...hearing, ...kindOf(world.lexicon, session.language, text) };
}

/** Share of talk from which it is no choice, whatever words of one are in it. */
const SURE = 0.8;

export function isSurelySaid(turn: Turn, text: string): boolean {
  return asideOf(turn, text).talk >= SURE;
}

/** The telling model's own log-odds and share from which thanks are thanks: they decide nothing. */
const THANKS = { talk: 2, share: 0.35 };

/** Said to the bot, and clear enough to say what is wanted. */
export function isSaidHere(turn: Turn, text: string, { heard, talk: telling, share }: Hearing): boolean {
  const { talk } = asideOf(turn, text);
  const at = takesNames(turn) ? AT_NAMES : AT_CHOICES;
  const thanks = heard.kind === 'thanks' && telling >= THANKS.talk && share >= THANKS.share;
  if (thanks && !takesNames(turn)) return true;
  const sure = talk >= SURE ? 1 : 0;
  if (talk < at.talk) return false;
  if (!takesNames(turn)) return share >= (heard.kind === 'question' ? AT_CHOICES.question : AT_CHOICES.other)[sure];
  // After the first letter a capital may begin a name.
  if (sure === 0 && /.\p{Lu}/u.test(text)) return false;
  if (share < AT_NAMES.share[sure] || text.split(/\s+/u).length < AT_NAMES.words) return false;
  if (heard.kind === 'danger' || heard.kind === 'despair') return talk >= SURE;
  return ['question', 'command', 'language', 'overwhelmed', 'anger'].includes(heard.kind);
}

/** Share of talk from which a question that is none of those that are known is one, and without a mark. */
const UNKNOWN = { marked: 0.5, plain: 0.75 };

/** A question to the bot, but not one of those that it can answer. */
export function isUnknownQuestion(turn: Turn, text: string, { heard }: Hearing): boolean {
  if (takesNames(turn) || heard.kind !== 'question') return false;
  return asideOf(turn, text).talk >= (asksByMark(text) ? UNKNOWN.marked : UNKNOWN.plain);
}

const REFUSED = 0.4;

export function isRefusedHere(turn: Turn, text: string): boolean {
  return asideOf(turn, text).refusal >= REFUSED;
}

/** Share of what is told from which the words of an answered message are kept aside. */
const TOLD = 0.15;

/** It was answered, and may have been told all the same. */
export function mayBeTold(turn: Turn, text: string): boolean {
  return !asksByMark(text) && asideOf(turn, text).testimony >= TOLD;
}
