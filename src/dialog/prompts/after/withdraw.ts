// Withdrawing a text that has left: every version that left, or may have left, is named.

import { termsOf } from '../../../calls/publication.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import type { Choice } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import type { Stage, Turn } from '../../engine/turn.ts';
import type { PutAway, Said } from '../../engine/world.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { choicesOf, otherIn, otherTexts } from '../../organiser/own-texts.ts';
import { holdSending } from '../../stages/sending-window.ts';
import { type SentText, sentTexts } from '../../stages/sent-texts.ts';
import { showCode, typedPolitely } from '../../understanding/commands.ts';
import type { PromptId } from '../prompt-ids.ts';
import { noteGone } from '../story/notes.ts';
import { beginAfresh, lastMail, takeBack, tellMail } from './after.ts';

// A new withdrawal code for the person if the first was lost or seen by others; the old one stops working.

/** True for the holder of a text with a withdrawal code: the organiser, or the person who took it over. */
function mayRenew({ session }: Turn): boolean {
  return session.gathers === 'case' ? session.teller?.code === true : session.withdrawalCode === true;
}

/** Asks for the passphrase first: a person who holds the phone must not replace somebody's code. */
export const newCode = choicePrompt('new-code', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['renew-yes', 'renew-no'],
  ask(turn) {
    if (!mayRenew(turn)) {
      turn.say('renewal.none');
      return turn.resume('short');
    }
    const choices = ['renew-yes', 'renew-no'];
    if (turn.session.gathers === undefined) turn.ask('renewal.ask-own', undefined, { choices });
    else turn.ask('renewal.ask', { name: nameOf(turn) }, { choices });
  },
  choose(turn, value) {
    if (value === 'renew-no') turn.say('renewal.kept');
    else {
      const code = turn.world.newCode('withdrawal');
      turn.effects.push({ kind: 'code.make', code: { kind: 'withdrawal', code, to: 'person', until: null } });
      if (turn.session.gathers === undefined) sayOwn(turn, code);
      else turn.say('codes.withdrawal', { code: showCode(code), name: nameOf(turn) }, { secret: showCode(code) });
    }
    turn.resume('full');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.resume('full');
    return true;
  },
});

/** A person who types the code itself can replace it, and needs no chat of their own. */
export function renewByCode(turn: Turn, said: Said): boolean {
  if (said.gatheringWord !== 'new-code') return false;
  const code = turn.world.newCode('withdrawal');
  turn.effects.push({ kind: 'code.renew', id: turn.session.at.of ?? '', code });
  sayOwn(turn, code);
  turn.resume('short');
  return true;
}

function sayOwn(turn: Turn, code: string): void {
  turn.say('renewal.own', { code: showCode(code) }, { secret: showCode(code) });
}

type Mail = Session['mails'][number];

const ALL = 'all';
/** Several texts of a person were named, and the open one was chosen. */
export const THIS_TEXT = 'this';

/** All versions of a text, as they are named to its person; the first one is its name in a list. */
function namesOf({ out, here }: SentText): readonly string[] {
  return [...new Set([...out, ...here.map(({ reference }) => reference)])];
}

function keyOf(text: SentText): string {
  return namesOf(text)[0] ?? '';
}

/** The texts that `of` names, else all. */
function meantBy(turn: Turn, of: string | undefined): readonly SentText[] {
  const texts = sentTexts(turn);
  const one = texts.find((text) => keyOf(text) === of);
  return one === undefined ? texts : [one];
}

/** If several texts have left or wait: each of them, oldest first, or all. */
function textChoices(turn: Turn): readonly Choice[] {
  const texts = sentTexts(turn);
  const others = choicesOf(sentElsewhere(turn), 'choices.own-sent');
  const each = texts.map((text): Choice => {
    const reference = namesOf(text).join(', ');
    const name = { key: 'call:short', call: text.call ?? turn.session.call.hash };
    const label =
      others.length > 0
        ? { key: 'choices.own-sent', params: { name, reference } }
        : { key: 'withdraw.text', params: { reference } };
    return { value: `text:${keyOf(text)}`, label };
  });
  if (others.length > 0) return [...each, ...others];
  // Another call's body is asked in other words, and by itself.
  if (texts.some(({ call }) => call !== texts[0]?.call)) return each;
  return [...each, { value: `text:${ALL}`, label: { key: 'withdraw.texts', params: { count: texts.length } } }];
}

/** The call whose words are used: several texts are of one call, or one of them is asked about first. */
function ofCall([first]: readonly SentText[]): Pick<SentText, 'call'> {
  return first?.call === undefined ? {} : { call: first.call };
}

function asksWhich(turn: Turn): boolean {
  const { of } = turn.session.at;
  if (of !== undefined && of !== THIS_TEXT) return false;
  return sentTexts(turn).length + sentElsewhere(turn).length > 1;
}

/** Other texts of the same person that have left, or may have; none if the open one was chosen. */
function sentElsewhere(turn: Turn): readonly PutAway[] {
  if (turn.session.at.of === THIS_TEXT) return [];
  return otherTexts(turn).filter(({ session: { mails } }) => {
    const last = mails.at(-1);
    return last !== undefined && !(last.mail === 'withdrawal' && last.erases === true);
  });
}

const KINDS = ['withdraw-all', 'withdraw-public'];

/** A body that publishes nothing is not asked not to publish. */
function kindsOf(turn: Turn): readonly string[] {
  if (ofCall(meantBy(turn, turn.session.at.of)).call !== undefined) return KINDS;
  return termsOf(turn.world.call).publishes === 'never' ? KINDS.slice(0, 1) : KINDS;
}

function kindChoices(turn: Turn): readonly Choice[] {
  if (asksWhich(turn)) return textChoices(turn);
  return kindsOf(turn).map((value) => ({ value, label: { key: `choices.${value}` } }));
}

export const withdrawKind = choicePrompt('withdraw-kind', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true, noText: true },
  strict: true,
  values: (turn) => kindChoices(turn).map(({ value }) => value),
  options: kindChoices,
  ask(turn) {
    const elsewhere = sentElsewhere(turn);
    holdSending(turn);
    if (sentTexts(turn).length + elsewhere.length === 0) {
      turn.say('withdraw.nothing', { org: turn.world.operator.name });
      return turn.session.under.length > 0 ? turn.resume('short') : turn.go({ prompt: 'after' });
    }
    const text = asksWhich(turn) ? 'withdraw.which' : 'withdraw.ask';
    const about = ofCall(meantBy(turn, turn.session.at.of));
    turn.ask(text, undefined, { choices: kindChoices(turn), commands: ['back'], ...about });
  },
  choose(turn, value) {
    const { of } = turn.session.at;
    const texts = meantBy(turn, of);
    const other = otherIn(turn, value);
    if (other !== undefined) return withdrawOther(turn, other);
    turn.again('full');
    if (asksWhich(turn)) turn.change({ at: { prompt: 'withdraw-kind', of: value.slice('text:'.length) } });
    else if (value === 'withdraw-public' && isUnsent(texts)) lessPublic(turn, texts);
    else turn.change({ at: { prompt: 'withdraw-sure', of: of === undefined ? value : `${value}/${of}` } });
  },
});

/** In its own session. The text that was held when the question was asked stays held, and that is said. */
function withdrawOther(turn: Turn, { key }: PutAway): void {
  const held = turn.session.mails.findLast(({ doubted }) => doubted === true);
  if (held !== undefined) turn.say('hold.state', { reference: held.reference });
  turn.resume('short');
  turn.leaveFor({ kind: 'case', key, then: { kind: 'withdraw' } });
}

export const withdrawSure = definePrompt('withdraw-sure', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', endsFirst: true, noText: true },
  typed: () => ['withdraw'],
  ask(turn) {
    const { ask, texts } = askedIn(turn);
    const { key, params, ...about } = sureWith(texts, ask === 'withdraw');
    const waiting = texts.flatMap(({ here }) => here.map(({ reference }) => reference));
    if (waiting.length > 0 && !isUnsent(texts)) turn.say('withdraw.waits', { reference: waiting.join(', ') });
    turn.ask(key, params, about);
  },
  answer(turn, said) {
    const { ask, texts } = askedIn(turn);
    if (typedPolitely(turn.world.lexicon, said.text) !== 'withdraw' || texts.length === 0) {
      turn.say('withdraw.not-done');
      return turn.session.under.length > 0 ? turn.resume('full') : turn.go({ prompt: 'after' });
    }
    const wording = sureWith(texts, ask === 'withdraw');
    for (const { here } of texts) for (const mail of here) takeBack(turn, mail);
    const out = texts.filter((text) => text.out.length > 0);
    if (out.length > 0) turn.consent('withdraw', ask, wording);
    for (const text of out) withdrawVersions(turn, text.out, ask);
    const reference = out.flatMap((text) => text.out).join(', ');
    if (out.length > 0)
      turn.say(ask === 'withdraw' ? 'withdraw.done' : 'withdraw.done-public', { reference }, ofCall(out));
    const unsent = texts.filter((text) => text.out.length === 0);
    const open = texts.find((text) => isOpen(turn, text));
    if (ask === 'withdraw') for (const text of unsent.filter((one) => one !== open)) eraseUnsent(turn, text);
    // Another text has been begun since: it goes on.
    if (open === undefined && turn.session.under.length > 0) return turn.resume('full');
    if (open?.out.length === 0) return ask === 'withdraw' ? neverLeft(turn) : turn.go({ prompt: 'publication' });
    const waited = open !== undefined && open.here.length > 0;
    if (ask === 'withdraw') turn.go({ prompt: 'gone' });
    else turn.go({ prompt: waited ? 'publication' : 'after' });
    turn.change({ trail: [] });
  },
});

function askedIn(turn: Turn): { readonly ask: 'withdraw' | 'not-publish'; readonly texts: readonly SentText[] } {
  const [kind, of] = (turn.session.at.of ?? '').split('/');
  return { ask: kind === 'withdraw-public' ? 'not-publish' : 'withdraw', texts: meantBy(turn, of) };
}

/** True if it is the text of the open case; in old sessions, a text without a case is the only one. */
function isOpen(turn: Turn, text: SentText): boolean {
  return text.case === undefined || text.case === turn.session.case;
}

/** Never sent, and not the open text: our copy is erased at once. */
function eraseUnsent(turn: Turn, text: SentText): void {
  if (text.case !== undefined) turn.effects.push({ kind: 'erase', what: 'case', case: text.case });
}

/** One mail that names all versions; our copy is erased once it has left, unless it only asks not to publish. */
export function withdrawVersions(turn: Turn, out: readonly string[], ask: 'withdraw' | 'not-publish'): void {
  const [reference, ...also] = out.toReversed();
  if (reference === undefined) return;
  turn.effects.push({ kind: 'withdraw', reference, ask, ...(also.length === 0 ? {} : { also }) });
  const { mails } = turn.session;
  const about = mails.find((one) => one.reference === reference);
  const mail: Mail = {
    ...{ reference, mail: 'withdrawal', leavesAt: turn.event.at, outcome: 'waiting', erases: ask === 'withdraw' },
    ...(about?.case === undefined ? {} : { case: about.case }),
    ...(about?.call === undefined ? {} : { call: about.call }),
  };
  turn.change({ mails: [...mails, mail] });
}

/** Prompts that ask for the word already, or at which it means something else. */
const ASKED_HERE: readonly PromptId[] = ['withdraw-sure', 'erase', 'code-withdraw'];

/** The word WITHDRAW in any step, once something has left. */
export const typedWithdraw: Stage = (turn) => {
  if (ASKED_HERE.includes(turn.session.at.prompt)) return 'next';
  if (sentTexts(turn).every(({ out }) => out.length === 0) && sentElsewhere(turn).length === 0) return 'next';
  if (turn.session.at.prompt === 'withdraw-kind') turn.again('full');
  else turn.aside({ prompt: 'withdraw-kind' });
  return 'done';
};

function isUnsent(texts: readonly SentText[]): boolean {
  return texts.every(({ out }) => out.length === 0);
}

function sureWith(texts: readonly SentText[], all: boolean) {
  const out = texts.flatMap((text) => text.out);
  const reference = (isUnsent(texts) ? texts.flatMap(namesOf) : out).join(', ');
  if (isUnsent(texts)) return { key: 'withdraw.sure-unsent', params: { reference }, ...ofCall(texts) };
  return { key: all ? 'withdraw.sure' : 'withdraw.sure-public', params: { reference }, ...ofCall(texts) };
}

/** Takes it back without a mail; the person chooses again who may read it. */
function lessPublic(turn: Turn, texts: readonly SentText[]): void {
  for (const { here } of texts) for (const mail of here) takeBack(turn, mail);
  if (texts.some((text) => isOpen(turn, text))) turn.go({ prompt: 'publication' });
  else turn.resume('full');
}

/** Nothing has left, so no mail is needed: our copy is erased at once. */
function neverLeft(turn: Turn): void {
  turn.effects.push({ kind: 'erase', what: 'case' });
  const { gathers, drafts } = turn.session;
  if ((gathers ?? drafts) === undefined) beginAfresh(turn, { at: { prompt: 'gone' } });
  else if (drafts !== true) noteGone(turn);
  turn.say('staff.withdrawn-unsent');
  turn.again('full');
}

/** After a withdrawal only its status can be asked. */
export const gone = definePrompt('gone', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', endsFirst: true, noText: true },
  ask: (turn) => turn.ask('gone.ask'),
  answer(turn) {
    tellMail(turn, lastMail(turn));
    turn.again('full');
  },
});
