// Wishes about names in the person's own words: a hidden name is shown again, and the words of a wish are lost in no case.

import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { showAgain } from '../prompts/names/withheld.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { wishesToShow } from '../understanding/alarm.ts';
import { fold } from '../understanding/fold.ts';
import { whatStands } from './sending-window.ts';

/** "Show my son's name": shown again if it is plain which one, and said back; else the list asks. Returns false if it is no such wish. */
export function showName(turn: Turn, said: Said): boolean {
  const { at, joint, withheld } = turn.session;
  const { lexicon } = turn.world;
  const { literal, slot } = PROMPT[at.prompt];
  if (literal === true || turn.here.takesWords === true || turn.here.confirmsSpeech === true) return false;
  if (at.prompt === 'erase' || joint !== undefined || whatStands(turn) !== 'open') return false;
  const named = withheld.filter((one) => ` ${said.folded} `.includes(` ${fold(one)} `));
  if (!wishesToShow(lexicon, said, named.length > 0 ? 'it' : null)) return false;
  const shown = named.length > 0 || withheld.length > 1 ? named : withheld;
  if (shown.length > 0) showAgain(turn, shown);
  if (slot !== undefined) turn.leaveOut({ doubt: { kind: 'stray', id: said.id, text: said.text, more: [] } });
  if (shown.length > 0) {
    turn.noteChange();
    turn.again('short');
    return true;
  }
  turn.say('hide.which-shown');
  if (at.prompt === 'others') turn.again('full');
  else turn.aside({ prompt: 'others' });
  return true;
}

/** A wish of so many words that names somebody tells something as well: it stays in the text, without the name. */
const TELLING_WISH = 11;

/** The words of a wish are lost in no case: they are in the text, or *undo* asks about them. */
export function keepWish(turn: Turn, { id, text }: Pick<Said, 'id' | 'text'>): void {
  const { slot } = PROMPT[turn.session.at.prompt];
  if (slot !== undefined && text.split(/\s+/u).length >= TELLING_WISH) turn.addPart(slot(turn), id, text);
  else turn.leaveOut({ doubt: { kind: 'stray', id, text, more: [] } });
}
