// "Awa wants out", "she withdraws", "quiero corregir a la segunda": said by an organiser of one of her people. It joins no text before
// it was asked about, and erases nothing by itself.

import { countWords } from '../../words.ts';
import { reportedHere } from '../engine/recognize-answer.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { leaveOut } from '../stages/care.ts';
import { saidOfAnother } from '../understanding/alarm.ts';
import { OPEN } from './person-meant.ts';
import { meantBy, sayWhichIsOpen, wayOut, wishFor } from './wish-for-person.ts';
import { nameOf } from './gathering.ts';

/** In words: "they hit her, what is that" tells. */
const WHICH = 10;

export const anotherPerson: Stage = (turn, message) => {
  const { gathers, kept, at, teller } = turn.session;
  const { literal, slot, options, traits } = PROMPT[at.prompt];
  if (gathers !== 'case' || teller === undefined || message.choice !== null || literal === true) return 'next';
  if (countWords(message.text) <= WHICH && saidOfAnother(turn.world.lexicon, message) === 'whichOne') {
    if (slot !== undefined) leaveOut(turn, message);
    sayWhichIsOpen(turn);
    turn.again('short');
    return 'done';
  }
  // "She does not want to" answers whether she agrees to the read-back.
  const isList = options !== undefined && traits.kind === 'step' && reportedHere(turn, message.text) === null;
  return kept && (slot !== undefined || isList) && asksAboutPerson(turn, message) ? 'done' : 'next';
};

function asksAboutPerson(turn: Turn, message: Parameters<Stage>[1]): boolean {
  const { id, text } = message;
  const wish = wishFor(turn, message);
  if (wish === null) return false;
  const meant = meantBy(turn, wish, text);
  // A correction of the text that is open, or of nobody's.
  if (wish.kind === 'goingToThem' && (meant === null || meant.key === OPEN)) return false;
  if (meant === null && wish.isNamed) return false;
  if (meant?.session.teller?.closed === true) {
    leaveOut(turn, message);
    turn.say('gathering.is-closed', { name: nameOf(turn, meant.session) });
    turn.again('short');
    return true;
  }
  const then = wish.kind === 'leavingThem' && meant !== null ? { then: wayOut(meant.session) } : {};
  turn.change({ doubt: { kind: 'case', to: meant?.key ?? OPEN, id, text, ...then } });
  turn.aside({ prompt: 'doubt' });
  return true;
}
