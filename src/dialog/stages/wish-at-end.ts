// "They never called us. I want to stop now": what is told stays, and the wish behind it joins no text. *undo* puts it back.

import { acknowledge } from '../engine/prompt.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { type Language, LANGUAGES } from '../../languages.ts';
import { fold } from '../understanding/fold.ts';
import type { Lexicon } from '../understanding/lexicon.ts';
import { isEnoughForNow, orderToLeave, saysSomebodyComes } from '../understanding/alarm.ts';
import { isReported } from '../understanding/names/hide-wish.ts';
import { hearOnce, SHOW_WHOLE, TOLD } from '../understanding/talk/hear.ts';
import { remember, wasHeard } from './answer-alarm.ts';
import { emptyScreen } from './care.ts';
import { rest } from './way-back.ts';

/** Characters at the end of a message in which a wish is looked for. */
const LONGEST = 120;
/** The words after the last mark. */
const LAST = /(?<=[.!?;:,…\n])[^.!?;:,…\n]{3,80}[.!?…]*$/u;
/** Words before it that tell. */
const TOLD_WORDS = 3;

/** `rests`: it is done at once, since any message ends it. Null if the message ends with no such wish, or tells nothing. */
export function wishAtEnd(turn: Turn, { id, text }: Said): 'pause' | 'stop' | 'rests' | null {
  const { lexicon } = turn.world;
  const { slot } = PROMPT[turn.session.at.prompt];
  const clause = LAST.exec(text.slice(-LONGEST))?.[0].trim() ?? '';
  const apart = clause !== '' && orderToLeave(lexicon, clause) !== null;
  const wish = apart ? clause : runOn(lexicon, text);
  const order = wish === null ? null : orderToLeave(lexicon, wish);
  const mayBe = turn.session.kept && turn.here.takes !== 'link' && !wasHeard(turn, text);
  if (wish === null || order === null || slot === undefined || !mayBe) return null;
  const told = text.trim().slice(0, -wish.length).trim();
  if (told.split(/\s+/u).length < TOLD_WORDS || (hearOnce(turn, told)?.talk ?? TOLD) >= SHOW_WHOLE) return null;
  // In one sentence it is nobody's wish if somebody else says it.
  if (!apart && isReported(lexicon, text)) return null;
  remember(turn, text);
  turn.addPart(slot(turn), id, text);
  const part = turn.parts().find((one) => one.id === id);
  // "He cried, I want to stop now": perhaps not their own wish.
  if (part === undefined || isReported(lexicon, told)) {
    acknowledge(turn);
    return order;
  }
  turn.replacePart(part, told.replace(/[,;:]$/u, ''));
  const comes = saysSomebodyComes(lexicon, wish);
  if (comes) emptyScreen(turn);
  turn.say('talk.wish-out', { text: wish }, { commands: ['undo'] });
  if (comes) return 'rests';
  if (!isEnoughForNow(lexicon, wish)) return order;
  rest(turn);
  turn.change({ tooMuch: true });
  return 'rests';
}

/** Words of a wish without a mark before it, and words before it. */
const RUN_ON = { from: 2, to: 7, before: 3 };

/** "… and never called us I want to stop now": the last words, if they are in the writer's own person; null if there are none. */
function runOn(lexicon: Lexicon, text: string): string | null {
  const words = text.trim().split(/\s+/u);
  const isOne = (word: string, list: (language: Language) => Iterable<string>) =>
    LANGUAGES.some((language) => [...list(language)].some((one) => fold(one) === fold(word)));
  const { words: lists, plain } = lexicon;
  const isAround = (word: string) => isOne(word, (language) => plain[language].around);
  const isDoing = (word: string) => isOne(word, (language) => lists[language].ownRole.does);
  for (let from = words.length - RUN_ON.from; from >= Math.max(RUN_ON.before, words.length - RUN_ON.to); from--) {
    const [before = '', first = '', next = ''] = words.slice(from - 1);
    // "They want to stop".
    const isAfter = isOne(before, (language) => plain[language].sentenceWords) && !isAround(before);
    // "No quiero seguir".
    const does = isOne(first, (language) => lexicon.negations[language]) ? next : first;
    const isOwn = isOne(first, (language) => lists[language].ownRole.writer) || (isDoing(does) && !isAfter);
    if (!isOwn || orderToLeave(lexicon, words.slice(from).join(' ')) === null) continue;
    const leads =
      (isAround(before) || isDoing(before)) && orderToLeave(lexicon, words.slice(from - 1).join(' ')) !== null;
    return words.slice(leads ? from - 1 : from).join(' ');
  }
  return null;
}
