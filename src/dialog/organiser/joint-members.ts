// The members of a joint document, and what happens if one of them leaves.

import type { Event, IfUnreachable } from '../engine/event.ts';
import { definePrompt } from '../engine/prompt.ts';
import type { Choice, Param } from '../engine/reply.ts';
import { wordsIn } from '../engine/budget.ts';
import { isWaiting } from './case-facts.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import type { PutAway } from '../engine/world.ts';
import { noteOf } from '../prompts/story/notes.ts';
import { sendingOf } from '../stages/sending-window.ts';
import { versionsOut } from '../stages/sent-texts.ts';
import { numberIn } from '../understanding/recognize.ts';
import { goInto } from './cases.ts';
import { nameOf } from './gathering.ts';

function memberOf(turn: Turn, contribution: string): PutAway | undefined {
  return turn.cases().find(({ session }) => session.contribution === contribution);
}

export function memberName(turn: Turn, contribution: string): Param {
  const member = memberOf(turn, contribution);
  return member === undefined ? '' : nameOf(turn, member.session);
}

export function jointMembers(turn: Turn): readonly PutAway[] {
  return (turn.session.joint?.members ?? []).flatMap((id) => memberOf(turn, id) ?? []);
}

/** Without those that were left out of the last build. */
export function membersInIt({ session }: Turn): readonly string[] {
  const { members = [], out = [] } = session.joint ?? {};
  return members.filter((id) => !out.includes(id));
}

/** The joint document, approved or sent, that contains the open text; null if there is none. */
export function sentTogether(turn: Turn): Session | null {
  const { contribution, joint, teller } = turn.session;
  if (contribution === null || teller === undefined || joint !== undefined) return null;
  const together = turn.cases().find(({ session }) => session.joint?.members.includes(contribution) === true);
  const last = together?.session.mails.findLast(({ mail }) => mail !== 'withdrawal');
  if (together === undefined || last === undefined) return null;
  const isOut = together.session.joint?.out?.includes(contribution) === true;
  // The mail decides: a correction in progress may leave out a text that was sent already.
  return (last.members?.includes(contribution) ?? !isOut) ? together.session : null;
}

/** A joint document with this text waits to be sent: the text cannot be handed over now. */
export function isBeingSentTogether(turn: Turn): boolean {
  const together = sentTogether(turn);
  return together !== null && isWaiting(together);
}

/** From the most careful to the least. */
const STRICT: readonly IfUnreachable[] = ['not-send', 'withhold', 'confidential'];

/** At the deadline the most careful choice of all counts; a person who was never asked counts as a no. */
export function followStrictest(turn: Turn): void {
  const chosen = jointMembers(turn).map(({ session }) => session.ifUnreachable ?? 'not-send');
  const strictest = STRICT.find((one) => chosen.includes(one)) ?? 'not-send';
  turn.change({ ifUnreachable: strictest });
  if (chosen.some((one) => one !== strictest)) {
    turn.say('jointly.strictest', { choice: { key: `choices.unreachable-${strictest}` } });
  }
}

/** True if the text of every member is still the one that they agreed to. */
export function allStillAgree(turn: Turn): boolean {
  return membersInIt(turn).every((id) => memberOf(turn, id)?.session.teller?.readBack !== undefined);
}

/** A member withdrew: before it is sent their part is left out; afterwards the body is asked to withdraw that part. */
export function memberLeft(turn: Turn, { contribution, number }: Extract<Event, { kind: 'member-left' }>): void {
  const { joint: together, mails } = turn.session;
  if (together === undefined) return;
  turn.change({ joint: { members: together.members.filter((id) => id !== contribution) }, built: null });
  const waiting = sendingOf(turn);
  const out = versionsOut(turn);
  if (waiting !== undefined) {
    // Its mail was taken back as well; without this text it is another document.
    turn.noteMailReplaced(waiting.reference);
    turn.change({ mails: mails.filter((one) => one !== waiting), at: { prompt: 'read-back' }, under: [], trail: [] });
    noteOf(turn, 'jointly.told-left');
  }
  for (const [part, references] of partsIn(mails, out, contribution, number)) {
    const [reference, ...also] = references.toReversed();
    if (reference === undefined) continue;
    turn.effects.push({ kind: 'withdraw', reference, ask: 'withdraw', part, ...(also.length === 0 ? {} : { also }) });
    const mail = { reference, mail: 'withdrawal', leavesAt: turn.event.at, outcome: 'waiting' } as const;
    turn.change({ mails: [...turn.session.mails, mail] });
  }
}

/** The numbers of a text in each version that is out: one, or several. */
function partsIn(mails: Session['mails'], out: readonly string[], contribution: string, number: number) {
  const parts = new Map<number, readonly string[]>();
  for (const reference of out) {
    const sent = mails.findLast((one) => one.reference === reference && one.mail !== 'withdrawal');
    if (sent?.outcome === 'refused' || sent?.outcome === 'bounced') continue;
    const part = sent?.members === undefined ? number : sent.members.indexOf(contribution) + 1;
    if (part > 0) parts.set(part, [...(parts.get(part) ?? []), reference]);
  }
  return parts;
}

// *review* in a joint document, which has no answers: asks whose text is to be changed. It is changed in their own
// case, with them, and is read back to them again.

/** `of`: words that shall be withheld there. */
export const jointReview = definePrompt('joint-review', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep' },
  ask(turn) {
    const choices = jointMembers(turn).map(({ key, session }): Choice => {
      const params = { part: nameOf(turn, session), words: wordsIn(session) };
      return { value: key, label: { key: 'review.part', params } };
    });
    if (choices.length === 0) return turn.resume('full');
    const { of } = turn.session.at;
    if (of === undefined) turn.ask('jointly.review', undefined, { choices, commands: ['next'] });
    else turn.ask('jointly.withhold', { words: of }, { choices, commands: ['next'] });
  },
  answer(turn, said) {
    const members = jointMembers(turn);
    const key = said.tapped ?? members[(numberIn(said.text) ?? 0) - 1]?.key;
    const chosen = members.find((one) => one.key === key);
    if (chosen === undefined) {
      turn.say('choice.out-of-range', { last: members.length });
      return turn.again('short');
    }
    const { of: words } = turn.session.at;
    if (chosen.session.teller?.closed !== true) turn.resume('full');
    goInto(turn, chosen, words === undefined ? { kind: 'review' } : { kind: 'withhold', words });
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.resume('full');
    return true;
  },
});
