// An approved text that is held by its person's doubt: it leaves when they say so, or not at all.

import { deadlineOf } from '../../../calls/call.ts';
import { choicePrompt, type Prompt } from '../../engine/prompt.ts';
import { sendingOf } from '../../stages/sending.ts';
import type { Turn } from '../../engine/turn-in-progress.ts';
import { stopSending, takeBack } from '../after/after.ts';
import { isLate } from '../opening/opening.ts';
import { endOfWindow } from './send.ts';
import { sayDeadline } from '../../staff-review/staff.ts';

/** Milliseconds before the deadline from which on it is said. */
const NEAR = 48 * 3_600_000;

const CHOICES = ['hold-stop', 'hold-send'];

export const hold: Prompt = choicePrompt({
  strict: true,
  values: () => CHOICES,
  ask(turn) {
    const mail = sendingOf(turn);
    if (mail?.doubted !== true) return turn.resume('full');
    const deadline = deadlineOf(turn.world.call)?.instant;
    const left = deadline === undefined ? 0 : Date.parse(deadline) - Date.parse(turn.event.at);
    if (turn.asking === 'full' && deadline !== undefined && left > 0 && left <= NEAR) {
      sayDeadline(turn, mail.reference, deadline);
    }
    turn.ask('hold.ask', { reference: mail.reference }, { choices: CHOICES, whole: true });
  },
  choose(turn, value) {
    if (value === 'hold-send') return sendAfterAll(turn);
    if (!stopSending(turn)) turn.resume('full');
  },
  otherwise(turn) {
    turn.again('short');
    return true;
  },
});

/** A window of its own again. What became late meanwhile is shown once more, so that it says so. */
function sendAfterAll(turn: Turn): void {
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
  const said = mail.review === undefined || mail.review === 'released' ? 'sent.waiting' : 'unreachable.waiting';
  const time = { at: leavesAt, show: 'time' as const };
  turn.say(said, { reference: mail.reference, time, org: turn.world.operator.name });
  turn.resume('short');
}
