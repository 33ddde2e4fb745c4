// An approved text that is held because of its person's doubt: it leaves only if they say so.

import { deadlineOf } from '../../../calls/call.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import { refusesSending, sayDeadline, sendingOf } from '../../stages/sending-window.ts';
import { typedPolitely } from '../../understanding/commands.ts';
import { stopSending, takeBack } from '../after/after.ts';
import { isLate } from '../opening/opening.ts';
import { endOfWindow, sayWaiting } from './send.ts';
import { change } from './stopped.ts';

/** In milliseconds before the deadline: from then on it is mentioned. */
const NEAR = 48 * 3_600_000;

/** A text of the person’s own that is open here can be changed; an earlier one and a joint document are changed elsewhere. */
function choicesNow(turn: Turn): readonly string[] {
  const { reference, joint } = turn.session;
  const isOpen = joint === undefined && sendingOf(turn)?.reference === reference;
  return ['hold-stop', 'hold-send', ...(isOpen ? ['hold-change'] : [])];
}

export const hold = choicePrompt('hold', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], atRest: true },
  strict: true,
  values: choicesNow,
  ask(turn) {
    const mail = sendingOf(turn);
    if (mail?.doubted !== true) return turn.resume('full');
    const deadline = deadlineOf(turn.world.call)?.instant;
    const left = deadline === undefined ? 0 : Date.parse(deadline) - Date.parse(turn.event.at);
    if (turn.asking === 'full' && deadline !== undefined && left > 0 && left <= NEAR) {
      sayDeadline(turn, mail.reference, deadline);
    }
    turn.ask('hold.ask', { reference: mail.reference }, { choices: choicesNow(turn), whole: true });
  },
  choose(turn, value) {
    if (value === 'hold-send') return sendAfterAll(turn);
    if (value === 'hold-change') return changeFirst(turn);
    if (!stopSending(turn)) turn.resume('full');
  },
  otherwise(turn, said) {
    const takesBack = typedPolitely(turn.world.lexicon, said.text) === 'withdraw' || refusesSending(turn, said.text);
    if (takesBack && stopSending(turn)) return true;
    turn.again('short');
    return true;
  },
});

function changeFirst(turn: Turn): void {
  if (!stopSending(turn)) return turn.resume('full');
  if (turn.session.at.prompt === 'stopped') change(turn);
}

/** A sentence is changed in the text itself: the words are left out, and *undo* asks about them. */
export function changeInstead(turn: Turn): void {
  const { doubt: open } = turn.session;
  turn.change({ doubt: null });
  turn.resume('short');
  changeFirst(turn);
  if (open?.kind !== 'stray') return;
  turn.leaveOut({ doubt: open });
  turn.say('doubt.left-out', undefined, { commands: ['undo'] });
}

/** Begins a new window. If the text became late meanwhile, it is shown again, since it says so. */
export function sendAfterAll(turn: Turn): void {
  const mail = sendingOf(turn);
  if (mail?.doubted !== true) return turn.resume('full');
  const { session } = turn;
  if (isLate(turn) && !session.late && mail.reference === session.reference) {
    takeBack(turn);
    return turn.go({ prompt: 'send' });
  }
  const { doubted: _, ...rest } = mail;
  const leavesAt = endOfWindow(turn);
  turn.effects.push({ kind: 'resume-mail', reference: mail.reference, notBefore: leavesAt });
  turn.change({ mails: session.mails.map((one) => (one === mail ? { ...rest, leavesAt } : one)) });
  if (!turn.session.mails.some(({ doubted }) => doubted === true)) turn.unflag('doubts');
  sayWaiting(turn, { ...mail, leavesAt });
  turn.resume('short');
}
