// "Shall I show you what you have written?" Yes: the words themselves, and not a list of what can be changed.

import { slotName } from '../engine/slot-name.ts';
import type { Turn } from '../engine/turn.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { whatStands } from './sending-window.ts';

/** At these the text is whole: it is shown as it would leave. */
const WHOLE_TEXT: readonly PromptId[] = ['read-back', 'read-back-check', 'if-unreachable', 'publication', 'send'];

/** "Read it to me again" after the text was read, or before SEND: the text, and not only the question after it. */
export function readAgain(turn: Turn): boolean {
  return ['read-back-check', 'send'].includes(turn.session.at.prompt) && showWritten(turn);
}

/** Returns false if nothing can be shown here, or the passphrase has to be asked first. */
export function showWritten(turn: Turn): boolean {
  const { at, contribution, joint, kept, gathers, ownWord, unlockedAt } = turn.session;
  const isLocked = ownWord !== null && unlockedAt === null;
  if (!kept || contribution === null || joint !== undefined || gathers === 'home' || isLocked) return false;
  const parts = turn.parts();
  if (parts.length === 0 || whatStands(turn) !== 'open') return false;
  if (WHOLE_TEXT.includes(at.prompt)) {
    turn.go({ prompt: 'read-back' });
    PROMPT['read-back'].answer(turn, turn.said(turn.event.id, '', 'here'));
    return true;
  }
  for (const [slot, these] of Map.groupBy(parts, (part) => part.slot)) {
    turn.say('review.text', {
      part: slotName(slot, turn.world.call),
      text: these.map(({ text }) => text).join('\n\n'),
    });
  }
  turn.again('short');
  return true;
}
