// Prompts that can interrupt any step: language, an ambiguous message, request for a person, stop and erase.

import { isLanguage, type Language, LANGUAGES } from '../../../languages.ts';
import { keptUntil } from '../../engine/pending-consent.ts';
import { answersBelow, choicePrompt, closingOf, definePrompt, isAnsweredAside } from '../../engine/prompt.ts';
import type { HeardKind } from '../../engine/doubt.ts';
import type { Session } from '../../engine/session.ts';
import { keepInText } from '../../engine/talk-in-text.ts';
import type { Turn } from '../../engine/turn.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { tellAccepted } from '../../stages/other-language.ts';
import { holdSending } from '../../stages/sending-window.ts';
import { rest } from '../../stages/way-back.ts';
import { typedIn } from '../../understanding/commands.ts';
import { tellOfCode } from '../after/elsewhere.ts';
import { operatorParams, supportList } from '../opening/opening.ts';

export const language = choicePrompt('language', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  values: () => LANGUAGES.map((one) => `language-${one}`),
  ask: (turn) => turn.ask('language.ask', undefined, { choices: LANGUAGES.map((one) => `language-${one}`) }),
  choose(turn, value) {
    const chosen = value.slice('language-'.length);
    if (isLanguage(chosen)) turn.change({ language: chosen, built: null });
    if (turn.session.under.at(-1)?.prompt !== 'hello') tellAccepted(turn);
    turn.resume('full');
  },
});

export function switchLanguage(turn: Turn, chosen: Language): void {
  turn.change({ language: chosen, built: null });
  turn.say('language.changed');
  if (turn.session.at.prompt !== 'hello') tellAccepted(turn);
  turn.again('full');
}

/** A message that may be a command, a question to the bot, or testimony: the person says which; it is kept meanwhile. */
export const doubt = choicePrompt('doubt', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true, takesWords: true },
  values: doubtChoices,
  ask(turn) {
    const open = turn.session.doubt;
    if (open === null) return turn.resume('short');
    // Their person has just written them: all are quoted again only if the question is asked in full.
    if (open.kind === 'stray' && open.more.length > 0 && turn.asking === 'short') {
      return turn.ask('doubt.stray-all', undefined, { choices: doubtChoices(turn), whole: true });
    }
    if (open.kind === 'stray' || open.kind === 'take-out') {
      const shown = open.kind === 'stray' ? [open, ...open.more] : [open.part];
      const text = shown.map((one) => one.text).join('\n');
      return turn.ask(
        `doubt.${open.kind}`,
        { text: text.length > 300 ? `${text.slice(0, 300)} …` : text },
        { choices: doubtChoices(turn), whole: true },
      );
    }
    if (open.kind === 'heard') return askHeard(turn, open);
    const word = open.kind === 'command' ? { word: { key: `commands.${open.command}` } } : undefined;
    turn.ask(`doubt.${open.kind}`, word, { choices: doubtChoices(turn) });
  },
  choose(turn, value) {
    const means = ['doubt-text', 'doubt-add', 'doubt-words', 'no'].includes(value) ? 'text' : 'not-text';
    if (means === 'text') keepInText(turn, messagesOf(turn.session.doubt));
    settle(turn, value === 'doubt-take-out' ? 'take-out' : means);
  },
  otherwise(turn, said) {
    const open = turn.session.doubt;
    if (open === null) return false;
    if (open.kind === 'stray') {
      // A word to type belongs to the prompt below: the words are left out, and it does there what it says.
      if (typedIn(turn.world.lexicon, said.text) !== null) {
        settle(turn, 'not-text');
        turn.passedOn = said;
        return true;
      }
      const how = closingOf(turn, said.text);
      if (how === 'not-text' || (how === 'done' && !askOnceMore(turn))) settle(turn, 'not-text');
      if (how !== null || isAnsweredAside(turn, said.text) || answersBelow(turn, said.text)) return true;
      turn.change({ doubt: { ...open, more: [...open.more, { id: said.id, text: said.text }] } });
      turn.again('short');
      return true;
    }
    // A person who writes on has not answered: the message goes to the prompt below.
    leaveUnanswered(turn);
    turn.passedOn = said;
    return true;
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    const stray = turn.session.doubt?.kind === 'stray';
    if (stray && command === 'next' && askOnceMore(turn)) return true;
    leaveOutHeard(turn);
    settle(turn, 'not-text');
    if (!stray) turn.settled = { doubt: { kind: 'command', command, id: '', text: '' }, how: 'not-text' };
    return true;
  },
});

/**
 * Ends a question about a message that its person goes on from: the words were part of the story, unless they were answered, or
 * the prompt below takes none; then *undo* asks about them.
 */
export function leaveUnanswered(turn: Turn): void {
  const { doubt: open } = turn.session;
  const isTold = open?.kind === 'heard' && open.aside !== true && !ANSWERED.includes(open.as);
  if (!isTold) leaveOutHeard(turn);
  turn.change({ doubt: null });
  turn.resume('short');
  if (isTold && open.id !== '') turn.settled = { doubt: open, how: 'text' };
}

function messagesOf(open: Session['doubt']): readonly string[] {
  if (open === null) return [];
  return [open.id, ...(open.kind === 'stray' ? open.more.map(({ id }) => id) : [])].filter((id) => id !== '');
}

/** "That is all" and *next* agree to nothing. The second time the words are left out; *undo* restores them. */
function askOnceMore(turn: Turn): boolean {
  const { doubt: open } = turn.session;
  if (open?.kind !== 'stray' || open.again === true) return false;
  turn.change({ doubt: { ...open, again: true } });
  turn.say('doubt.first');
  turn.again('full');
  return true;
}

/** The resolution of an ambiguous message; takeTurn() applies it at the prompt below. */
function settle(turn: Turn, how: 'text' | 'not-text' | 'take-out'): void {
  const open = turn.session.doubt;
  turn.change({ doubt: null });
  turn.resume('short');
  if (open !== null) turn.settled = { doubt: open, how };
}

/** Asks what was wanted, in the words of what was heard. */
function askHeard(turn: Turn, open: HeardDoubt): void {
  const language = LANGUAGES.find((one) => open.as === `language-${one}`);
  const params = language === undefined ? undefined : { language: { key: `choices.language-${language}` } };
  const how = isPlain(open) ? 'plain' : 'heard';
  turn.ask(`doubt.${how}.${language === undefined ? open.as : 'language'}`, params, { choices: doubtChoices(turn) });
}

type HeardDoubt = Extract<NonNullable<Turn['session']['doubt']>, { readonly kind: 'heard' }>;

/** The words are no part of a story, or are in the text already: only what is wanted is asked. */
function isPlain({ aside, id }: HeardDoubt): boolean {
  return aside === true || id === '';
}

/** Words that were taken for a wish and are in no text: *undo* asks about them again. */
function leaveOutHeard(turn: Turn): void {
  const { doubt: open } = turn.session;
  if (open?.kind !== 'heard' && open?.kind !== 'question') return;
  if (open.id !== '' && turn.session.kept)
    turn.leaveOut({ doubt: { kind: 'stray', id: open.id, text: open.text, more: [] } });
}

/** These were answered at once: only whether the words belong to the text is asked. */
const ANSWERED: readonly HeardKind[] = ['words', 'progress', 'help'];

function doubtChoices(turn: Turn): readonly string[] {
  const { doubt: open } = turn.session;
  if (open?.kind === 'heard' && !ANSWERED.includes(open.as)) {
    if (open.as === 'unsure') return ['doubt-for-you', 'doubt-text'];
    return isPlain(open) ? ['yes', 'no'] : ['doubt-command', 'doubt-text'];
  }
  const kind = open?.kind;
  if (kind === 'take-out') return ['doubt-take-out', 'doubt-stay', 'doubt-words'];
  return kind === 'command' || kind === 'case' ? ['doubt-command', 'doubt-text'] : ['doubt-add', 'doubt-leave'];
}

export const person = choicePrompt('person', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  values: personChoices,
  ask(turn) {
    turn.flag('asks-for-person');
    turn.ask('person.ask', { ...operatorParams(turn), support: supportList(turn) }, { choices: personChoices(turn) });
  },
  choose(turn, value) {
    if (value === 'person-write') {
      turn.change({ personMayWrite: true });
      turn.say('person.noted', operatorParams(turn));
    }
    turn.resume('full');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.resume('full');
    return true;
  },
});

function personChoices({ world }: Turn): readonly string[] {
  return world.operator.desk ? ['person-write', 'person-on'] : ['person-on'];
}

/** Number of questions between a change and *stop* in which *stop* may have meant the change. */
const A_MOMENT = 2;

/** *stop* if nothing is being sent: the chat is paused already, and erasing is offered. */
export const stop = choicePrompt('stop', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  values: (turn) => [turn.session.kept ? 'stop-keep' : 'stop-on', 'stop-erase'],
  ask(turn) {
    const choices = ['stop-keep', 'stop-erase'];
    // "Annuler", "cancelar": perhaps only the last change was meant.
    const { undo, version } = turn.session;
    if (undo !== undefined && version - undo.asked <= A_MOMENT) turn.say('undo.at-stop');
    if (turn.session.kept) turn.ask('stop.ask', keptUntil(turn), { choices });
    else turn.ask('stop.ask-early', undefined, { choices: ['stop-on', 'stop-erase'] });
  },
  choose(turn, value) {
    if (value === 'stop-erase') {
      turn.resume('short');
      return turn.aside({ prompt: 'erase' });
    }
    if (value === 'stop-on') return turn.resume('full');
    turn.resume('short');
    turn.toAsk = null;
    rest(turn);
    tellOfCode(turn, 'pause');
  },
});

/** Erasing has its own word: no repeated "yes" can select it. */
export const erase = definePrompt('erase', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', endsFirst: true, noText: true },
  typed: () => ['erase', 'withdraw'],
  ask(turn) {
    if (turn.session.at.of === 'case')
      return turn.ask('gathering.erase', { name: nameOf(turn) }, { commands: ['back'] });
    // The text does not leave while its person thinks about erasing everything.
    holdSending(turn);
    const { mailLeft } = turn.facts;
    const left = turn.session.mails.some(
      (mail) =>
        mail.outcome !== 'waiting' ||
        mailLeft ||
        (mail.leavesAt <= turn.event.at && mail.review === undefined && mail.doubted !== true),
    );
    turn.ask(left ? 'erase.ask-left' : 'erase.ask', undefined, { commands: ['back'] });
  },
  answer(turn, said) {
    const typed = typedIn(turn.world.lexicon, said.text);
    if (typed === 'withdraw' && turn.session.mails.length > 0) {
      turn.resume('short');
      return turn.aside({ prompt: 'withdraw-kind' });
    }
    if (typed !== 'erase') {
      turn.say('erase.not-done');
      return turn.resume('short');
    }
    if (turn.session.at.of === 'case') {
      if (turn.session.case !== null) turn.effects.push({ kind: 'erase', what: 'case' });
      turn.say('gathering.erased');
      return turn.leaveFor({ kind: 'home', at: 'home' }, true);
    }
    turn.effects.push({ kind: 'erase', what: 'person' });
    turn.say('erase.done');
  },
});

/** An organiser may mean only the open text, or everything. */
export const eraseWhich = choicePrompt('erase-which', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [] },
  strict: true,
  values: () => ['erase-case', 'erase-all'],
  ask: (turn) =>
    turn.ask(
      'gathering.erase-which',
      { name: nameOf(turn) },
      { choices: ['erase-case', 'erase-all'], commands: ['back'] },
    ),
  choose(turn, value) {
    turn.resume('short');
    turn.aside(value === 'erase-case' ? { prompt: 'erase', of: 'case' } : { prompt: 'erase' });
  },
});
