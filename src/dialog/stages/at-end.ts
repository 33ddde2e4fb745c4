// "Confidencial", "sans nom", "only the UN should read it": who may read the text, and how names appear in it, are asked at the end.

import { isPartial, offeredBy } from '../../calls/publication.ts';
import { acknowledge } from '../engine/prompt.ts';
import type { Stage } from '../engine/turn.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { wishForEnd } from '../understanding/about-words.ts';
import { wishes, wishesForReaders } from '../understanding/alarm.ts';
import { isOfSeveral } from '../understanding/names/hide-order.ts';
import { asksByMark } from '../understanding/plain-answer.ts';
import { recognizeChoice } from '../understanding/recognize.ts';
import { hearOnce, TOLD } from '../understanding/talk/hear.ts';
import { remember, wasHeard } from './answer-alarm.ts';
import { leaveOut } from './care.ts';
import { ask } from './talk.ts';

/** These ask for it, open its line, or are about a text that is read already. */
const ITSELF: readonly PromptId[] = ['publication', 'publication-sure', 'kept-back', 'review', 'locked', 'import'];

/** Share from which it is a question who reads the text, and no wish. */
const ASKED = 0.7;

/** In the story the words are left out; elsewhere "confidential" may answer the question, and is asked about. The same again is told. */
export const askedAtEnd: Stage = (turn, message) => {
  const { at, kept, joint, language, mails, publication } = turn.session;
  const { call, intake, lexicon } = turn.world;
  const slot = PROMPT[at.prompt].slot?.(turn);
  const hearing = hearOnce(turn, message.text);
  const asks =
    asksByMark(message.text) ||
    (hearing?.heard.kind === 'question' && hearing.heard.question === 'readers' && hearing.share >= ASKED);
  const isOfReaders = !asks && wishesForReaders(lexicon, message);
  // "Only publish the part about the inquiry": how a part stays out.
  const isOfPart = !asks && wishes(lexicon, message, 'ofParts');
  const offered = offeredBy(call, intake.choices.publication);
  if (joint !== undefined || offered.length === 0 || wasHeard(turn, message.text)) return 'next';
  const isSentence = isOfReaders || isOfPart;
  const wish = isSentence ? null : wishForEnd(lexicon, message);
  // At the question for a secret word it is no such word; at the one whether words belong to the text it is not told.
  const isPlace = slot !== undefined || at.prompt === 'own-word' || at.prompt === 'doubt';
  if (!isSentence && (wish === null || !kept || !isPlace)) return 'next';
  // "No names please": those of others, too.
  if (!isSentence && isOfSeveral(lexicon, message.text)) return 'next';
  if (publication !== null || mails.length > 0 || ITSELF.includes(at.prompt)) return 'next';
  const values = turn.choicesAt(at).map(({ value }) => value);
  if (recognizeChoice(lexicon, language, message.text, values, true).kind === 'accepted') return 'next';
  const mayRefuse = wish !== 'public' && offered.includes('confidential');
  turn.say(`talk.at-end${mayRefuse ? '-confidential' : ''}`, undefined, { replaces: 'talk' });
  if (isOfPart) turn.say(`talk.part-out${isPartial(call) ? '-confidential' : ''}`, undefined, { commands: ['review'] });
  if (slot === undefined) {
    if (kept && wish === null) leaveOut(turn, message);
    turn.again('short');
  } else if (!isOfPart && isOfReaders && (hearing?.talk ?? TOLD - 1) < TOLD) {
    // The wish is in what is told: all of it stays in the text.
    turn.addPart(slot, message.id, message.text);
    acknowledge(turn);
  } else if (isOfPart || slot === 'story') {
    remember(turn, message.text);
    leaveOut(turn, message);
    turn.say('doubt.left-out', undefined, { commands: ['undo'] });
  } else {
    ask(turn, { kind: 'question', question: 'anonymous', id: message.id, text: message.text });
  }
  return 'done';
};
