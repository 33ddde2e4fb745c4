// "Confidencial", "sans nom", while something is told: who may read the text, and how names appear in it, are asked at the end.

import { offeredBy } from '../../calls/publication.ts';
import type { Stage } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { wishesForEnd } from '../understanding/about-words.ts';
import { isOfSeveral } from '../understanding/names/hide-order.ts';
import { remember, wasHeard } from './answer-alarm.ts';
import { leaveOut } from './care.ts';
import { ask } from './talk.ts';

/** In the story the words are left out; elsewhere "confidential" may answer the question, and is asked about. The same again is told. */
export const askedAtEnd: Stage = (turn, message) => {
  const { at, kept, joint } = turn.session;
  const slot = PROMPT[at.prompt].slot?.(turn);
  if (slot === undefined || !kept || joint !== undefined || wasHeard(turn, message.text)) return 'next';
  const { call, intake, lexicon } = turn.world;
  if (offeredBy(call, intake.choices.publication).length === 0 || !wishesForEnd(lexicon, message)) return 'next';
  // "No names please": those of others, too.
  if (isOfSeveral(lexicon, message.text)) return 'next';
  turn.say('talk.at-end', undefined, { commands: ['undo'], replaces: 'talk' });
  if (slot !== 'story') {
    ask(turn, { kind: 'question', question: 'anonymous', id: message.id, text: message.text });
    return 'done';
  }
  remember(turn, message.text);
  leaveOut(turn, message);
  return 'done';
};
