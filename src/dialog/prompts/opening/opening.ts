// Steps 1 to 3: hello, safety, consent to keep, and age. Nothing that is written here is kept before a clear yes.

import { deadlineOf, isPast } from '../../../calls/call.ts';
import { whereInstead, whyNotServed } from '../../../calls/why-not-served.ts';
import { isForArrival, wasExtended } from '../../../calls/wishes.ts';
import { lastMoment } from '../../engine/last-moment.ts';
import { answersSafety, holdWords, openCase } from '../../engine/pending-consent.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import type { Param, Params } from '../../engine/reply.ts';
import { plainAnswerHere } from '../../engine/recognize-answer.ts';
import { nextStep } from '../../engine/route.ts';
import { isOwnText, otherTexts, refuseThis } from '../../organiser/own-texts.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { sayItIsPublished } from '../approval/no-refusal.ts';
import { tellAccepted, tellUnstated } from '../../stages/other-language.ts';
import { saysAgeAndYes, takeAge, takeMinorAge, YES } from '../../stages/take-age.ts';
import { giveWayBack, tellOfWayBack } from '../../stages/way-back.ts';
import type { Command } from '../../understanding/word-lists.ts';
import { isYesOfWriter, plainAnswerIn } from '../../understanding/plain-answer.ts';
import { numberIn, saysExactly } from '../../understanding/recognize.ts';
import { heardAside } from '../../understanding/talk/said-aside.ts';
import type { PromptId } from '../prompt-ids.ts';

/** True if the deadline of the call has passed. */
export function isLate(turn: Turn): boolean {
  return turn.world.call.status === 'closed' || isPast(turn.world.call, turn.event.at);
}

export function operatorParams(turn: Turn): Params {
  const { name, phone } = turn.world.operator;
  const org = { org: name, phone: phone ?? { key: 'hello.no-phone' } };
  if (phone === null) return { ...org, tell: { key: 'support.tell-none' }, instead: { key: 'support.instead-none' } };
  return { ...org, tell: { key: 'support.tell', params: org }, instead: { key: 'support.instead', params: org } };
}

export const hello = choicePrompt('hello', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [], atOnce: ['danger'] },
  values: (turn) => turn.world.intake.choices.hello,
  ask(turn) {
    const { operator, intake } = turn.world;
    const late = isLate(turn);
    if (whyNotServed(turn.world.call) !== null || (late && !operator.takesLate)) return turn.go({ prompt: 'closed' });
    if (turn.asking !== 'short') {
      const who = { key: operator.trial ? 'hello.trial' : 'hello.ask', params: operatorParams(turn) };
      if (turn.world.calls === undefined) turn.say(who.key, who.params);
      else turn.say('hello.for', { who, call: { key: 'call:short' } });
    }
    turn.change({ late });
    // The page has a menu of languages above it.
    const first = turn.facts.channel.seenBy === 'network' ? 'hello.first' : 'hello.first-languages';
    turn.ask(first, undefined, { choices: intake.choices.hello });
  },
  choose(turn, value, said) {
    switch (value) {
      case 'person':
        return turn.aside({ prompt: 'person' });
      case 'danger':
        turn.flag('in-danger');
        turn.say('danger.advice', { support: supportList(turn, 'protect') });
        return turn.again('short');
      case 'leave':
        return leave(turn, said, turn.world.intake.choices.hello);
      default:
        return goOn(turn);
    }
  },
  command(turn, command) {
    if (command !== 'next') return false;
    goOn(turn);
    return true;
  },
});

/** The first screen of a phone has room to say hello and to show the first choices; the rest is said after the first tap. */
function goOn(turn: Turn): void {
  turn.say('hello.about', { takes: { key: `hello.takes-${takenHere(turn)}` } });
  sayDeadline(turn, isLate(turn));
  tellAccepted(turn);
  tellUnstated(turn);
  turn.go({ prompt: 'safety' });
}

/** The kinds of input that this installation takes on this channel, said before somebody speaks for a minute. */
function takenHere({ facts, world }: Turn): string {
  const voice = facts.channel.takesVoice === true && world.operator.voice !== undefined;
  if (facts.channel.takesFiles) return voice ? 'files-voice' : 'files';
  return voice ? 'voice' : 'text';
}

/** Neither prompt asks for a consent: *next* means "go on". */
function goesOn(turn: Turn, command: Command, to: PromptId): boolean {
  if (command !== 'next') return false;
  turn.go({ prompt: to });
  return true;
}

/** If the call leaves the hour or time zone open, our assumption is named. */
export function sayDeadline(turn: Turn, late: boolean): void {
  const deadline = deadlineOf(turn.world.call);
  if (deadline === null) return;
  const { date, time } = lastMoment(turn.world.call, deadline.instant);
  turn.change({ deadlineTold: deadline.instant });
  if (late) return turn.say('hello.late', { date });
  if (wasExtended(turn.world.call)) turn.say('hello.extended');
  const arrives = isForArrival(turn.world.call) ? '-received' : '';
  turn.say(`hello.open${arrives}${deadline.assumed ? '-assumed' : ''}`, { date, time });
}

/** For drafts that are under way: another date than the one that was told, or a deadline that has passed meanwhile. */
export function tellOfDeadline(turn: Turn): void {
  const { session, world } = turn;
  const deadline = deadlineOf(world.call);
  if (!session.kept || session.mails.length > 0 || deadline === null) return;
  const { date, time } = lastMoment(turn.world.call, deadline.instant);
  if (isLate(turn)) {
    if (session.late) return;
    if (!world.operator.takesLate) return turn.say('closed.ask', { ...operatorParams(turn), date });
    turn.change({ late: true });
    turn.flag('late');
    return turn.say('hello.late', { date });
  }
  if (session.deadlineTold === undefined || session.deadlineTold === deadline.instant) return;
  turn.change({ deadlineTold: deadline.instant, late: false });
  turn.say('hello.moved', { date, time });
}

/** Says at once that a call is over, or cannot be answered by mail, before anybody spends time on it. */
export const closed = definePrompt('closed', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', endsFirst: true, noText: true },
  ask(turn) {
    const { call } = turn.world;
    const reason = whyNotServed(call);
    if (reason !== null) {
      const where = whereInstead(call);
      return turn.ask(where === null ? 'closed.not-served' : 'closed.elsewhere', {
        ...operatorParams(turn),
        title: { key: 'call:short' },
        why: { key: `closed.why.${reason}` },
        where: where ?? '',
      });
    }
    turn.ask('closed.ask', {
      ...operatorParams(turn),
      date: { at: deadlineOf(call)?.instant ?? turn.event.at, show: 'date' },
    });
  },
  answer(turn) {
    turn.go({ prompt: 'hello' });
  },
});

export const safety = choicePrompt('safety', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [] },
  values: safetyChoices,
  ask(turn) {
    const { seenBy, reads } = turn.facts.channel;
    turn.ask(`safety.${seenBy}${reads === true ? '-reads' : ''}`, undefined, { choices: safetyChoices(turn) });
  },
  choose(turn, value, said) {
    if (value === 'leave') return leave(turn, said, safetyChoices(turn));
    if (value === 'more') {
      turn.say('safety.advice');
      return turn.again('full');
    }
    if (value === 'vanish') {
      turn.change({ disappearing: true });
      turn.say('safety.vanish');
    }
    return turn.go({ prompt: 'keep' });
  },
  // "Nobody watches me, only I use this phone": it is no testimony.
  otherwise: (turn, said) => answersSafety(turn, said.text) && goesOn(turn, 'next', 'keep'),
  command: (turn, command) => goesOn(turn, command, 'keep'),
});

/** Offers only what the channel can do. */
function safetyChoices({ world, facts }: Turn): readonly string[] {
  const { safety: choices } = world.intake.choices;
  return facts.channel.disappearing === true ? choices : choices.filter((value) => value !== 'vanish');
}

const keepWording = 'keep.ask';
/** Share of what is told from which the words of a vague yes or no wait for a plain one. */
const TOLD_TOO = 0.4;

export const keep = choicePrompt('keep', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: ['keep-adult'], endsFirst: true },
  strict: true,
  values: (turn) => turn.world.intake.choices.keep,
  ask(turn) {
    if (turn.asking !== 'short') {
      tellOfWayBack(turn);
      sayItIsPublished(turn, 'before');
    }
    turn.ask(keepWording, keepParams(turn), { choices: turn.world.intake.choices.keep });
  },
  choose(turn, value, said) {
    if (value === 'keep-adult' && saysYesAlone(turn, said)) return turn.aside({ prompt: 'age-whose', of: YES });
    if (value === 'keep-adult') return agree(turn, keepWording);
    if (value === 'keep-minor') return turn.go({ prompt: 'minor' });
    return refuse(turn);
  },
  otherwise(turn, said) {
    if (saysAgeAndYes(turn, said.text)) {
      agree(turn, keepWording);
      return true;
    }
    if (takeAge(turn, said)) return true;
    const [{ lexicon }, { language }] = [turn.world, turn.session];
    const isPlain = plainAnswerIn(lexicon, said.text) !== null || isYesOfWriter(lexicon, said.text);
    if (!isPlain && plainAnswerHere(turn, said.text) === null) return false;
    if (!isPlain && heardAside(lexicon, language, said.text, 'choices').testimony >= TOLD_TOO) holdWords(turn, said);
    // A vague yes says no age, and a vague no must not erase.
    const { keep: choices } = turn.world.intake.choices;
    turn.say('keep.number', { yes: choices.indexOf('keep-adult') + 1, no: choices.indexOf('keep-no') + 1 });
    turn.again('short');
    return true;
  },
});

/** After an unsettled talk of an age, "yes" alone does not say that the writer is an adult: that is asked by itself. */
function saysYesAlone({ session, world }: Turn, { tapped, text }: Said): boolean {
  if (session.ageSpoken !== true || tapped !== null || numberIn(text) !== null) return false;
  return plainAnswerIn(world.lexicon, text) === 'yes';
}

export const keepYes = choicePrompt('keep-yes', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: ['yes'], endsFirst: true },
  strict: true,
  plain: true,
  values: (turn) => turn.world.intake.choices['keep-yes'],
  ask(turn) {
    turn.ask('keep.yes', keepParams(turn), { choices: turn.world.intake.choices['keep-yes'] });
  },
  choose(turn, value) {
    return value === 'yes' ? agree(turn, 'keep.yes') : refuse(turn);
  },
  /** An age below 18, or one that may be, is no yes. */
  otherwise: (turn, said) => takeMinorAge(turn, said),
});

export function keepParams(turn: Turn): Params {
  const { name, idleDays, closedDays } = turn.world.operator;
  return { org: name, idle: idleDays, closed: closedDays };
}

/** One choice, two consents: to keep the text, and to be an adult. */
function agree(turn: Turn, key: typeof keepWording | 'keep.yes'): void {
  const { intake } = turn.world;
  openCase(turn);
  const wording = { key, params: keepParams(turn), choices: intake.choices[key === keepWording ? 'keep' : 'keep-yes'] };
  turn.consent('keep', 'yes', wording);
  turn.consent('adult', 'yes', wording);
  if (turn.session.late) turn.flag('late');
  giveWayBack(turn);
  const { offer } = turn.session;
  if (offer !== undefined) return turn.go({ prompt: 'take-over', of: offer });
  turn.go(nextStep(turn, 'keep'));
}

function refuse(turn: Turn): void {
  // After *back* something was told already: the word is asked for before it is erased.
  if (turn.session.kept) return askToErase(turn);
  if (isOwnText(turn.session)) return refuseThis(turn);
  turn.say('keep.refused', operatorParams(turn));
  turn.effects.push({ kind: 'erase', what: 'person' });
}

/** "Leave us alone" does not erase: only the exact choice does, everything else is asked about. */
function leave(turn: Turn, said: Said, values: readonly string[]): void {
  if (said.tapped !== null || saysExactly(turn.world.lexicon, said.text, 'leave', values)) return eraseAtOnce(turn);
  return askToErase(turn);
}

const askToErase = (turn: Turn) => turn.aside({ prompt: otherTexts(turn).length > 0 ? 'erase-which' : 'erase' });

/** Before anything is kept, no second question is needed; other texts of the same person, and what was told before *back*, are kept already. */
export function eraseAtOnce(turn: Turn): void {
  if (otherTexts(turn).length > 0 || turn.session.kept) return askToErase(turn);
  turn.say('hello.left');
  turn.effects.push({ kind: 'erase', what: 'person' });
}

/** `listen`, `later`: to what weighs on somebody; `protect`: from danger; `call`: for people under age; `child`: for the child that somebody else speaks of. */
type Lead = 'listen' | 'later' | 'protect' | 'call' | 'child';

/** Names the contacts, with their lead; without any, says so and names other help. `own`: the operator first. */
export function supportList(turn: Turn, lead: Lead, own?: 'own'): Param {
  const { support, name, phone } = turn.world.operator;
  const contacts = support.map(({ name: who, number, checked }) => ({
    key: 'support.one',
    params: { name: who, number, date: { at: `${checked}T12:00:00Z`, show: 'date' as const } },
  }));
  const operator = phone === null ? [] : [{ key: 'support.own', params: { org: name, phone } }];
  const list = own === 'own' || contacts.length === 0 ? [...operator, ...contacts] : contacts;
  if (list.length === 0) return { key: `support.${lead}-none` };
  return { key: `support.${lead}`, params: { list: { list, by: 'line' } } };
}
