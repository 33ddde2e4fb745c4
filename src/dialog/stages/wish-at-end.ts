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
  const [end = ''] = LAST.exec(text.slice(-LONGEST)) ?? [];
  const wish = end.trim();
  const told = text.slice(0, text.length - end.length).trim();
  const apart = wish === '' ? null : orderToLeave(lexicon, wish);
  const order = apart ?? runOn(lexicon, text);
  const mayBe = turn.session.kept && turn.here.takes !== 'link' && !wasHeard(turn, text);
  if (order === null || slot === undefined || !mayBe || told.split(/\s+/u).length < TOLD_WORDS) return null;
  if ((hearOnce(turn, told)?.talk ?? TOLD) >= SHOW_WHOLE) return null;
  remember(turn, text);
  turn.addPart(slot(turn), id, text);
  const part = turn.parts().find((one) => one.id === id);
  // "He cried, I want to stop now": perhaps not their own wish.
  if (apart === null || part === undefined || isReported(lexicon, told)) {
    acknowledge(turn);
    return order;
  }
  turn.replacePart(part, told.replace(/[,;:]$/u, ''));
  turn.say('talk.wish-out', { text: wish }, { commands: ['undo'] });
  if (saysSomebodyComes(lexicon, wish)) {
    emptyScreen(turn);
    return 'rests';
  }
  if (!isEnoughForNow(lexicon, wish)) return order;
  rest(turn);
  turn.change({ tooMuch: true });
  return 'rests';
}

/** Words of a wish without a mark before it, and words before it. */
const RUN_ON = { from: 3, to: 7, before: 5 };

/** "… and never called us I want to stop now": in the writer's own person. All of it stays in the text. */
function runOn(lexicon: Lexicon, text: string): 'pause' | 'stop' | null {
  if (isReported(lexicon, text)) return null;
  const words = text.split(/\s+/u);
  const isOne = (word: string, list: (language: Language) => Iterable<string>) =>
    LANGUAGES.some((language) => [...list(language)].some((one) => fold(one) === fold(word)));
  for (let count = RUN_ON.from; count <= Math.min(RUN_ON.to, words.length - RUN_ON.before); count++) {
    const [before = '', first = ''] = words.slice(-count - 1);
    const { words: lists, plain } = lexicon;
    const isOwn =
      isOne(first, (language) => lists[language].ownRole.writer) ||
      (isOne(first, (language) => lists[language].ownRole.does) &&
        !isOne(before, (language) => plain[language].sentenceWords));
    const order = isOwn ? orderToLeave(lexicon, words.slice(-count).join(' ')) : null;
    if (order !== null) return order;
  }
  return null;
}
