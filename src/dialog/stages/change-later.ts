// "Can I still change it?" is answered as things are: until SEND, while the approved text waits, and after it has left.

import { reviewersNeeded } from '../engine/route.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { asksToChange } from '../understanding/alarm.ts';
import { asksByMark } from '../understanding/plain-answer.ts';
import { recognizeChoice } from '../understanding/recognize.ts';
import { hearOnce, TOLD } from '../understanding/talk/hear.ts';
import { askAboutSending, whatStands } from './sending-window.ts';

/** At a prompt that takes no testimony and no name. */
export const changeLater: Stage = (turn, message) => {
  const { prompt } = turn.session.at;
  const { takesWords, confirmsSpeech } = turn.here;
  const { literal, slot } = PROMPT[prompt];
  const isFree =
    turn.session.contribution === null ||
    slot !== undefined ||
    literal === true ||
    prompt === 'doubt' ||
    takesWords === true;
  if (isFree || confirmsSpeech === true) return 'next';
  const asks = asksToChange(turn.world.lexicon, message) && !isOfElse(turn, message.text);
  if (!asks || isChoice(turn, message.text)) return 'next';
  answerChange(turn);
  return 'done';
};

/** "Can we change to Portuguese", or something told in these words. */
function isOfElse(turn: Turn, text: string): boolean {
  const hearing = hearOnce(turn, text);
  if (hearing === null || hearing.heard.kind === 'language') return true;
  return hearing.talk < TOLD && !asksByMark(text);
}

/** "Change something" in its own words answers the open list. */
function isChoice(turn: Turn, text: string): boolean {
  const { at, language } = turn.session;
  const values = turn.choicesAt(at).map(({ value }) => value);
  return recognizeChoice(turn.world.lexicon, language, text, values, true).kind === 'accepted';
}

function answerChange(turn: Turn): void {
  const { name, windowMinutes } = turn.world.operator;
  switch (whatStands(turn)) {
    case 'open': {
      const released = reviewersNeeded(turn) > 0 ? 'open-released' : windowMinutes === 0 ? 'open-at-once' : 'open';
      turn.say(`changing.${released}`, { minutes: windowMinutes, org: name }, { replaces: 'talk' });
      return turn.again('short');
    }
    case 'approved':
      // It is held, and the change is one of the choices.
      turn.say('changing.approved', undefined, { replaces: 'talk' });
      if (!askAboutSending(turn)) turn.again('short');
      return;
    default:
      turn.say('changing.left', undefined, { replaces: 'talk' });
      return turn.again('short');
  }
}
