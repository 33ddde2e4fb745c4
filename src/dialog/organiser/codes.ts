// Codes that people pass on: one hands a case over, one lets a person withdraw a text that somebody wrote down for
// them. A person who types the code of a case sees none of it before they have taken it over.

import type { Event } from '../engine/event.ts';
import { choicePrompt, definePrompt } from '../engine/prompt.ts';
import { nextStep } from '../engine/route.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { renewByCode, withdrawVersions } from '../prompts/after/withdraw.ts';
import { keepParams } from '../prompts/opening/opening.ts';
import { noteOf } from '../prompts/story/notes.ts';
import { sendingOf } from '../stages/sending-window.ts';
import { versionsOut } from '../stages/sent-texts.ts';
import { showCode } from '../understanding/commands.ts';
import { isAgreed } from './read-aloud.ts';
import { asOwn, nameOf } from './gathering.ts';
import { isBeingSentTogether } from './joint-members.ts';

/** Validity of a hand-over code, in milliseconds. */
const DAY = 86_400_000;

/** Asks to whom; refused while the text is being sent. */
export const handOverPrompt = choicePrompt('hand-over', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['hand-person', 'hand-organiser', 'hand-not'],
  ask(turn) {
    const isSent = turn.session.mails.some(({ outcome }) => outcome === 'waiting');
    if (isSent || isBeingSentTogether(turn)) {
      turn.say('codes.being-sent');
      return turn.resume('short');
    }
    if (turn.session.voice.notes.length > 0) {
      turn.say('codes.voice');
      return turn.resume('short');
    }
    turn.ask('codes.hand-over', { name: nameOf(turn) }, { choices: ['hand-person', 'hand-organiser', 'hand-not'] });
  },
  choose(turn, value) {
    const { teller } = turn.session;
    if (value === 'hand-not' || teller === undefined) return turn.resume('full');
    turn.forgetUndo();
    const code = turn.world.newCode('hand-over');
    const until = new Date(Date.parse(turn.event.at) + DAY).toISOString();
    const to = value === 'hand-person' ? 'person' : 'organiser';
    turn.effects.push({ kind: 'code.make', code: { kind: 'hand-over', code, to, until } });
    turn.change({ teller: { ...teller, offered: until } });
    const shown = showCode(code);
    turn.say('codes.made', { code: shown, name: nameOf(turn) }, { secret: shown });
    turn.session = { ...turn.session, at: { prompt: 'handing' } };
    turn.again('full');
  },
  command: (turn, command) => stays(turn, command),
});

function stays(turn: Turn, command: string): boolean {
  if (command !== 'next' && command !== 'skip') return false;
  turn.resume('full');
  return true;
}

/** While a hand-over code is valid, the text cannot be changed or sent. */
export const handing = choicePrompt('handing', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['hand-back'],
  ask(turn) {
    const { offered } = turn.session.teller ?? {};
    if (offered === undefined || offered <= turn.event.at) return takeBack(turn, 'codes.over');
    const date = { at: offered, show: 'date' as const };
    turn.ask('codes.out', { name: nameOf(turn), date }, { choices: ['hand-back'], commands: ['cases'] });
  },
  choose: (turn) => takeBack(turn, 'codes.taken-back'),
  otherwise(turn) {
    turn.say('codes.rests');
    turn.again('short');
    return true;
  },
});

function takeBack(turn: Turn, text: string): void {
  turn.effects.push({ kind: 'code.end' });
  const { teller } = turn.session;
  if (teller !== undefined) {
    const { offered: _, ...rest } = teller;
    turn.change({ teller: rest });
  }
  turn.say(text);
  turn.resume('full');
}

export const typedCode: Stage = (turn, message) =>
  message.choice === null && handleCode(turn, message) ? 'done' : 'next';

/** Returns true if the message was a known code, or nearly one. */
export function handleCode(turn: Turn, said: Said): boolean {
  const { code } = turn.facts;
  if (code === undefined) return false;
  turn.effects.push({ kind: 'redact', message: said.id });
  if (code.state === 'wrong') turn.effects.push({ kind: 'code.wrong', id: code.id });
  if (code.state !== 'open') {
    turn.say(`codes.${code.state}`);
    turn.again('short');
    return true;
  }
  if (code.kind === 'withdrawal') {
    turn.aside({ prompt: 'code-withdraw', of: code.id });
    return true;
  }
  if (code.mine) turn.say('codes.own');
  else if (turn.session.kept) {
    turn.aside({ prompt: 'take-over', of: code.id });
    return true;
  } else {
    turn.change({ offer: code.id });
    turn.say('codes.noted');
  }
  turn.again('short');
  return true;
}

/** Shows no part of the case; it is moved only after a yes. */
export const takeOver = choicePrompt('take-over', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['take-yes', 'take-no'],
  ask(turn) {
    const { session } = turn;
    const busy = session.gathers === undefined && (Object.keys(session.counts).length > 0 || session.mails.length > 0);
    if (session.gathers === 'case' || busy) {
      turn.say(busy ? 'codes.busy' : 'codes.at-home');
      return turn.resume('short');
    }
    turn.ask('codes.take', undefined, { choices: ['take-yes', 'take-no'] });
  },
  choose(turn, value) {
    const { of = '' } = turn.session.at;
    const { offer: _, ...rest } = turn.session;
    turn.session = rest;
    if (value === 'take-yes') {
      if (turn.session.case !== null) turn.effects.push({ kind: 'erase', what: 'case' });
      turn.effects.push({ kind: 'take-case', code: of });
      return;
    }
    turn.say('codes.not-taken');
    if (turn.session.under.length > 0) return turn.resume('full');
    turn.go(nextStep(turn, 'keep'));
  },
});

/** The case came over; a person who takes over their own case owns it alone from now on. */
export function take(turn: Turn): void {
  if (turn.session.gathers !== undefined) {
    turn.say('codes.came', { name: nameOf(turn) });
    return turn.again('full');
  }
  turn.session = asOwn(turn.session);
  for (const purpose of ['keep', 'adult'] as const) {
    const { keep: choices } = turn.world.intake.choices;
    turn.consent(purpose, 'yes', { key: 'keep.ask', params: keepParams(turn), choices });
  }
  turn.unflag('organiser-word');
  turn.say('codes.yours');
  turn.again('full');
}

/** The code became invalid after it was typed. */
export function notTaken(turn: Turn): void {
  turn.say('codes.late');
  if (turn.session.under.length > 0) return turn.resume('full');
  turn.go(nextStep(turn, 'keep'));
}

/** Lets a person withdraw by themselves, whoever wrote for them; it needs only the code and the word. */
export const codeWithdraw = definePrompt('code-withdraw', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none' },
  ask: (turn) => turn.ask('codes.withdraw', undefined, { commands: ['back'] }),
  answer(turn, said) {
    const { of = '' } = turn.session.at;
    if (renewByCode(turn, said)) return;
    if (said.typed !== 'withdraw') {
      turn.say('withdraw.not-done');
      return turn.resume('short');
    }
    turn.effects.push({ kind: 'withdraw-by-code', code: of });
    turn.say('codes.withdrawn');
    turn.resume('short');
  },
});

/** The person withdrew their text with their own code. */
export function handleWithdrawn(turn: Turn, event: Extract<Event, { kind: 'withdrawn-by-person' }>): void {
  const { session } = turn;
  if (session.case !== event.case) return;
  noteOf(turn, 'codes.told-withdrawn');
  if (session.mails.at(-1)?.erases === true) return;
  const out = versionsOut(turn);
  const waiting = sendingOf(turn);
  if (waiting !== undefined) {
    turn.effects.push({ kind: 'cancel', reference: waiting.reference });
    turn.change({ mails: session.mails.filter((one) => one !== waiting) });
  }
  if (out.length === 0) {
    turn.effects.push({ kind: 'erase', what: 'case' });
    return;
  }
  turn.consent('withdraw', 'withdraw', { key: 'codes.withdraw' });
  withdrawVersions(turn, out, 'withdraw');
  turn.change({ at: { prompt: 'gone' }, under: [], trail: [] });
}

/** Closes an agreed text to the organiser, as the person wants. */
export const closeCase = choicePrompt('close-case', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['close-yes', 'close-no'],
  ask(turn) {
    if (!isAgreed(turn)) {
      turn.say('codes.not-agreed');
      return turn.resume('short');
    }
    const text = turn.session.mails.length > 0 ? 'codes.close' : 'codes.close-unsent';
    turn.ask(text, { name: nameOf(turn) }, { choices: ['close-yes', 'close-no'] });
  },
  choose(turn, value) {
    const { teller } = turn.session;
    turn.resume('full');
    if (value === 'close-no' || teller === undefined) return;
    turn.change({ teller: { ...teller, closed: true } });
    turn.say('codes.closed');
    turn.leaveFor({ kind: 'home', at: 'home' });
  },
  command: (turn, command) => stays(turn, command),
});
