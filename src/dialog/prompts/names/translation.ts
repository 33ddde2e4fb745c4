// The person writes in a language that the body does not read. The words that leave are theirs, or a translation that
// they have read next to their own words and agreed to; their own words are kept in any case.

import { hidesAlike, submissionLanguageOf } from '../../engine/draft-from.ts';
import type { Part } from '../../engine/effect.ts';
import type { Event } from '../../engine/event.ts';
import { inOwnWords, translated } from '../../engine/parts.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import type { Params } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import { acceptedLanguages, deadlineOf } from '../../../calls/call.ts';
import { LANGUAGE_FACTS } from '../../../languages.ts';
import { clean } from '../../understanding/fold.ts';
import { operatorParams } from '../opening/opening.ts';

/** The answers that can be translated. */
function writtenIn(turn: Turn): readonly Part[] {
  return turn.parts().filter(({ slot }) => slot !== 'links');
}

/** The language that the document is to be in. */
function target({ session, world }: Turn) {
  return submissionLanguageOf(session, world.call);
}

function languagesHere(turn: Turn): Params {
  const from = turn.session.language;
  return { from: { key: `choices.${from}` }, to: { key: `choices.${target(turn)}` } };
}

/** Staff translate this language, there are some, and the text is of one person alone. */
function offersStaff({ session, world: { operator } }: Turn): boolean {
  const { desk, translatedByStaff = [] } = operator;
  return desk && translatedByStaff.includes(session.language) && session.gathers === undefined;
}

function waysOf(turn: Turn): readonly string[] {
  return [
    'translation-mine',
    ...(offersStaff(turn) ? ['translation-staff'] : []),
    ...(turn.world.operator.translator === undefined ? [] : ['translation-service']),
    'translation-none',
  ];
}

function staffOffer(turn: Turn) {
  return { key: 'translation.staff', params: { ...operatorParams(turn), ...languagesHere(turn) } };
}

function asked(turn: Turn) {
  const { translator } = turn.world.operator;
  const key = translator === undefined ? 'ask' : translator.here ? 'ask-here' : 'ask-service';
  const params = { ...operatorParams(turn), ...languagesHere(turn), host: translator?.host ?? '' };
  return { key: `translation.${key}`, params };
}

export const translation = choicePrompt('translation', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['translation-service', 'translation-staff'] },
  values: waysOf,
  ask(turn) {
    if (writtenIn(turn).length === 0) return leave(turn);
    const { key, params } = asked(turn);
    if (offersStaff(turn) && turn.asking !== 'short') turn.say(staffOffer(turn).key, staffOffer(turn).params);
    turn.ask(key, params, { choices: waysOf(turn) });
  },
  choose(turn, value) {
    const to = target(turn);
    takeTranslationBack(turn);
    if (value === 'translation-none') return sendOwnWords(turn);
    if (value === 'translation-mine') {
      turn.change({ translation: { by: 'person', to } });
      return turn.onward({ prompt: 'translation-part', of: '1' });
    }
    if (value === 'translation-staff') {
      turn.consent('translate', 'staff', staffOffer(turn));
      return leaveToStaff(turn);
    }
    turn.consent('translate', 'yes', asked(turn));
    turn.change({ translation: { by: 'service', to } });
    turn.effects.push({ kind: 'translate', from: turn.session.language, to, parts: writtenIn(turn) });
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    takeTranslationBack(turn);
    sendOwnWords(turn);
    return true;
  },
});

function sendOwnWords(turn: Turn): void {
  turn.change({ translation: { by: 'nobody', to: target(turn) } });
  turn.say('translation.back', languagesHere(turn));
  leave(turn);
}

/** They find it at the desk by its flag. */
function leaveToStaff(turn: Turn): void {
  turn.change({ translation: { by: 'staff', to: target(turn) } });
  turn.flag('wants-translation');
  turn.onward({ prompt: 'translation-wait' });
}

/** One part at a time: the author's words, and the message after them is their translation. */
export const translationPart = definePrompt('translation-part', {
  traits: { kind: 'step', guarded: true, consent: 'keep', takesWords: true },
  literal: true,
  ask(turn) {
    const parts = writtenIn(turn);
    const number = numberHere(turn);
    const part = parts[number - 1];
    if (part === undefined) return turn.onward({ prompt: 'translation-check' });
    const text = part.original?.text ?? part.text;
    turn.ask(
      'translation.part',
      { number, count: parts.length, text, ...languagesHere(turn) },
      { commands: ['pause'] },
    );
  },
  answer(turn, said) {
    const part = writtenIn(turn)[numberHere(turn) - 1];
    if (part !== undefined) reword(turn, part, translated(part, said.text, turn.session.language));
    turn.change({ built: null });
    turn.onward({ prompt: 'translation-part', of: `${numberHere(turn) + 1}` });
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.say('translation.whole');
    turn.again('short');
    return true;
  },
});

function numberHere({ session }: Turn): number {
  return Number(session.at.of ?? '1');
}

const CHECK = ['translation-yes', 'translation-both', 'translation-again', 'translation-none'];

/**
 * Their own words can follow in the document if what is hidden in the one is hidden in the other: names are written in
 * other letters in another script.
 */
function checksOf(turn: Turn): readonly string[] {
  const [own, other] = [LANGUAGE_FACTS[turn.session.language], LANGUAGE_FACTS[target(turn)]];
  return own.direction === other.direction ? CHECK : CHECK.filter((value) => value !== 'translation-both');
}

export const translationCheck = choicePrompt('translation-check', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['translation-yes', 'translation-both'] },
  strict: true,
  values: checksOf,
  ask(turn) {
    const parts = writtenIn(turn);
    if (parts.some(({ original }) => original === undefined)) {
      if (turn.session.translation?.by === 'staff') return leaveToStaff(turn);
      const first = parts.findIndex(({ original }) => original === undefined);
      return turn.onward({ prompt: 'translation-part', of: `${first + 1}` });
    }
    if (turn.asking !== 'short') {
      for (const { text, original } of parts)
        turn.say('translation.shown', { text: original?.text ?? '', translation: text });
    }
    turn.ask('translation.check', languagesHere(turn), { choices: checksOf(turn) });
  },
  choose(turn, value) {
    const { translation: made } = turn.session;
    if (value === 'translation-none' || made === undefined) {
      takeTranslationBack(turn);
      return sendOwnWords(turn);
    }
    if (value === 'translation-again') {
      turn.change({ translation: { by: 'person', to: made.to } });
      return turn.onward({ prompt: 'translation-part', of: '1' });
    }
    const both = value === 'translation-both' ? { both: true as const } : {};
    turn.change({ translation: { by: made.by, to: made.to, agreed: true, ...both }, built: null });
    turn.say('translation.agreed', languagesHere(turn));
    leave(turn);
  },
});

/** The service has answered, or not. */
export function takeTranslation(turn: Turn, { texts }: Extract<Event, { kind: 'translated' }>): void {
  const parts = writtenIn(turn);
  if (texts === null || parts.some(({ id }) => (texts[id] ?? '').trim() === '')) {
    const { translation: _, ...rest } = turn.session;
    turn.session = rest;
    turn.say('translation.failed');
    return turn.again('short');
  }
  for (const part of parts) reword(turn, part, translated(part, texts[part.id] ?? '', turn.session.language));
  turn.change({ built: null });
  turn.onward({ prompt: 'translation-check' });
}

/** Staff have written it. Words that were changed meanwhile still need theirs. */
export function takeStaffTranslation(
  turn: Turn,
  { parts: given }: Extract<Event, { kind: 'translated-by-staff' }>,
): void {
  const { translation: made, at, language } = turn.session;
  // The person chose another way at the same moment.
  if (made?.by !== 'staff' || made.agreed === true) return;
  for (const { id, of, text } of given) {
    const part = writtenIn(turn).find((one) => one.id === id);
    const words = clean(text);
    if (part !== undefined && words !== '' && (part.original?.text ?? part.text) === of)
      reword(turn, part, translated(part, words, language));
  }
  turn.change({ built: null });
  if (isWhole(turn)) turn.unflag('wants-translation');
  if (at.prompt === 'translation-wait') turn.again('full');
}

function isWhole(turn: Turn): boolean {
  return writtenIn(turn).every(({ original }) => original !== undefined);
}

/** Staff translate. A translation is announced in a neutral line, since a lock screen may show it, and read with the next message. */
export const translationWait = choicePrompt('translation-wait', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: [] },
  values: waitChoices,
  ask(turn) {
    const choices = waitChoices(turn);
    if (isWhole(turn)) return turn.ask('translation.came', undefined, { choices });
    const ends = deadlineOf(turn.world.call)?.instant;
    const params = { ...operatorParams(turn), ...languagesHere(turn) };
    if (ends === undefined || turn.event.at >= ends) return turn.ask('translation.wait', params, { choices });
    turn.ask('translation.wait-until', { ...params, date: { at: ends, show: 'date' } }, { choices });
  },
  choose(turn, value) {
    turn.onward({ prompt: value === 'translation-read' ? 'translation-check' : 'translation' });
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    if (isWhole(turn)) turn.onward({ prompt: 'translation-check' });
    else turn.again('full');
    return true;
  },
});

function waitChoices(turn: Turn): readonly string[] {
  return [isWhole(turn) ? 'translation-read' : 'translation-other'];
}

/** The author's own words stand in the text again. */
export function takeTranslationBack(turn: Turn): void {
  turn.unflag('wants-translation');
  for (const part of turn.parts()) if (part.original !== undefined) reword(turn, part, inOwnWords(part));
  const { translation: _, ...rest } = turn.session;
  turn.session = { ...rest, built: null };
}

/** Before the text is shown: words that were added or changed after its translation have none. True if it is asked about. */
export function askAboutTranslation(turn: Turn): boolean {
  const { session, world } = turn;
  if (session.teller !== undefined || session.joint !== undefined) return false;
  const { translation: made } = session;
  if (made?.by === 'nobody') return false;
  if (made === undefined && acceptedLanguages(world.call).includes(session.language)) return false;
  const parts = writtenIn(turn);
  const lacks = parts.some(({ original }) => original === undefined);
  if (parts.length === 0) return false;
  if (made?.agreed === true && !lacks) {
    if (made.both === true && !hidesAlike(session.withheld, parts)) turn.say('translation.alone');
    return false;
  }
  if (made !== undefined && lacks) turn.say('translation.new-words');
  turn.aside(made === undefined ? { prompt: 'translation' } : { prompt: 'translation-check' });
  return true;
}

/** Not a step of *undo*: the way back is a choice, and loses nothing. */
function reword(turn: Turn, old: Part, part: Part): void {
  turn.effects.push({ kind: 'part.replace', part });
  turn.count(old.slot, 0, part.words - old.words);
}

function leave(turn: Turn): void {
  if (turn.session.under.length > 0) turn.resume('full');
  else turn.go(nextStep(turn, 'translation'));
}
