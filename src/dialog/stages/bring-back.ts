// "Devuélvalo", "remets ça", "put it back": *undo* in other words. Without anything to bring back they are told.

import type { Stage } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { bringsBack } from '../understanding/about-words.ts';
import { runCommand } from './commands.ts';
import { ask } from './talk.ts';

/** Questions since something was taken out, at most, for it to be meant without asking. */
const RECENT = 3;

export const bringBack: Stage = (turn, message) => {
  const { at, doubt, toStaff, undo, version } = turn.session;
  const { literal, slot } = PROMPT[at.prompt];
  const how = bringsBack(turn.world.lexicon, message);
  if (
    how === null ||
    literal === true ||
    (turn.here.takesWords === true && at.prompt !== 'doubt') ||
    doubt?.kind === 'take-out'
  )
    return 'next';
  // "Devuélvalo" may be asked of a government, too.
  const isDemand = slot?.(turn).startsWith('asks/') === true;
  const isMeant = how === 'plainly' && !isDemand && (undo === undefined || version - undo.asked <= RECENT);
  if (isMeant || (toStaff !== undefined && undo === undefined)) runCommand(turn, 'undo');
  else if (slot === undefined) return 'next';
  else ask(turn, { kind: 'command', command: 'undo', id: message.id, text: message.text });
  return 'done';
};
