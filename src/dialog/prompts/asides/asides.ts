// What can interrupt any step: a change of language, a doubt about a message, a person, stop, erase, the word of one's own.

import { isLanguage, type Language, LANGUAGES } from '../../../languages.ts';
import { countWords } from '../../../words.ts';
import { keptUntil } from '../../engine/pending-consent.ts';
import { answersBelow, choicePrompt, closingOf, isAnsweredAside, type Prompt } from '../../engine/prompt.ts';
import type { Position } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { tellFromStaff } from '../../staff-review/staff.ts';
import { tellAccepted } from '../../stages/other-language.ts';
import { countWrongWord, openAgainAt, TRIES } from '../../stages/passphrase.ts';
import { holdSending } from '../../stages/sending-window.ts';
import { rest } from '../../stages/way-back.ts';
import { typedIn } from '../../understanding/commands.ts';
import { fold } from '../../understanding/fold.ts';
import { isAskingBack, isRefusal, looksLikeSentence } from '../../understanding/plain-answer.ts';
import { tellNews } from '../after/after.ts';
import { tellOfCode } from '../after/elsewhere.ts';
import { operatorParams, supportList } from '../opening/opening.ts';
import { GUARDED } from '../steps.ts';

export const language: Prompt = choicePrompt({
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

/** A message that may be a command, a question to us, or testimony: the person says which, and nothing is lost meanwhile. */
export const doubt: Prompt = choicePrompt({
  values: doubtChoices,
  ask(turn) {
    const open = turn.session.doubt;
    if (open === null) return turn.resume('short');
    if (open.kind === 'stray' || open.kind === 'take-out') {
      const shown = open.kind === 'stray' ? [open, ...open.more] : [open.part];
      const text = shown.map((one) => one.text).join('\n');
      return turn.ask(
        `doubt.${open.kind}`,
        { text: text.length > 300 ? `${text.slice(0, 300)} …` : text },
        { choices: doubtChoices(turn), whole: true },
      );
    }
    const word = open.kind === 'command' ? { word: { key: `commands.${open.command}` } } : undefined;
    turn.ask(`doubt.${open.kind}`, word, { choices: doubtChoices(turn) });
  },
  choose(turn, value) {
    const means = ['doubt-text', 'doubt-add', 'doubt-words'].includes(value) ? 'text' : 'not-text';
    settle(turn, value === 'doubt-take-out' ? 'take-out' : means);
  },
  otherwise(turn, said) {
    const open = turn.session.doubt;
    if (open === null) return false;
    if (open.kind === 'stray') {
      const how = closingOf(turn, said.text);
      if (how !== null) settle(turn, how);
      if (how !== null || isAnsweredAside(turn, said.text) || answersBelow(turn, said.text)) return true;
      // More of the same: it waits with the rest of it.
      turn.change({ doubt: { ...open, more: [...open.more, { id: said.id, text: said.text }] } });
      turn.again('short');
      return true;
    }
    // Whoever writes on has not answered, and does not want to: on with what is being told.
    turn.change({ doubt: null });
    turn.resume('short');
    turn.settled = { doubt: { ...open, kind: 'number', id: said.id, text: said.text }, how: 'text' };
    return true;
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    const stray = turn.session.doubt?.kind === 'stray';
    settle(turn, stray && command === 'next' ? 'text' : 'not-text');
    if (!stray) turn.settled = { doubt: { kind: 'command', command, id: '', text: '' }, how: 'not-text' };
    return true;
  },
});

/** What becomes of a doubtful message; takeTurn acts on it, at the prompt below. */
function settle(turn: Turn, how: 'text' | 'not-text' | 'take-out'): void {
  const open = turn.session.doubt;
  turn.change({ doubt: null });
  turn.resume('short');
  if (open !== null) turn.settled = { doubt: open, how };
}

function doubtChoices(turn: Turn): readonly string[] {
  const kind = turn.session.doubt?.kind;
  if (kind === 'take-out') return ['doubt-take-out', 'doubt-stay', 'doubt-words'];
  return kind === 'command' || kind === 'case' ? ['doubt-command', 'doubt-text'] : ['doubt-add', 'doubt-leave'];
}

export const person: Prompt = choicePrompt({
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

/** Questions that may stand between a change and the word that means it. */
const A_MOMENT = 2;

/** *stop* where nothing is being sent: paused already, and asked whether to erase. */
export const stop: Prompt = choicePrompt({
  values: (turn) => [turn.session.kept ? 'stop-keep' : 'stop-on', 'stop-erase'],
  ask(turn) {
    const choices = ['stop-keep', 'stop-erase'];
    // "Annuler", "cancelar": perhaps only what was changed a moment ago was meant.
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

/** Erasing has a word of its own: no repeated "yes" can say it. */
export const erase: Prompt = {
  ask(turn) {
    if (turn.session.at.of === 'case')
      return turn.ask('gathering.erase', { name: nameOf(turn) }, { commands: ['back'] });
    // It does not leave while its person thinks about erasing everything.
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
};

/** An organiser may mean the one text that is open, or everything. */
export const eraseWhich: Prompt = choicePrompt({
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

/** From so many words on a message is no try of a word. */
const TELLING_WORDS = 8;

function isTold({ world }: Turn, text: string): boolean {
  return countWords(text) >= TELLING_WORDS || looksLikeSentence(world.lexicon, text);
}

/** Staff set the word back meanwhile: what it guarded is open, and this was perhaps a try of the old one. */
function handleOpened(turn: Turn, said: Said): void {
  turn.again('full');
  if (isTold(turn, said.text)) noteStray(turn, said);
  else turn.effects.push({ kind: 'redact', message: said.id });
}

/** Somebody wrote on before they gave the word: what they told is not lost, and is asked about afterwards. */
function putAside(turn: Turn, said: Said): boolean {
  if (!noteStray(turn, said)) return false;
  turn.say('aside.waits');
  turn.again('short');
  return true;
}

function noteStray(turn: Turn, { id, text }: Said): boolean {
  const { kept, contribution, doubt: open, joint } = turn.session;
  if (!kept || contribution === null || joint !== undefined || !isTold(turn, text)) return false;
  if (open !== null && open.kind !== 'stray') return false;
  const more = { id, text };
  turn.change({
    doubt: open === null ? { kind: 'stray', ...more, more: [] } : { ...open, more: [...open.more, more] },
  });
  return true;
}

function askAboutAside(turn: Turn): void {
  if (turn.session.doubt?.kind === 'stray' && turn.session.at.prompt !== 'doubt') turn.aside({ prompt: 'doubt' });
}

/** Guards review, read-back, correction and publication against whoever else holds the phone. */
export const locked: Prompt = {
  literal: true,
  ask(turn) {
    // Given or set back meanwhile, perhaps in another text of the same organiser.
    if (turn.session.unlockedAt !== null || turn.session.ownWord === null) {
      turn.resume('full');
      return askAboutAside(turn);
    }
    turn.ask('locked.ask', undefined, { commands: ['back'] });
  },
  answer(turn, said) {
    const { ownWord, wrongWords } = turn.session;
    if (ownWord === null) return handleOpened(turn, said);
    const isWord = turn.world.fingerprint(fold(said.text)) === ownWord;
    const { lexicon } = turn.world;
    const refuses = isRefusal(lexicon, said.text) || isAskingBack(lexicon, said.text);
    if (!isWord && !refuses && putAside(turn, said)) return;
    if (!isWord && (refuses || isTold(turn, said.text))) {
      // No try of a word.
      turn.say('locked.what', operatorParams(turn));
      return turn.again('short');
    }
    turn.effects.push({ kind: 'redact', message: said.id });
    if (wrongWords < TRIES && isWord) {
      turn.change({ unlockedAt: turn.event.at, wrongWords: 0 });
      tellNews(turn);
      turn.resume('full');
      if (!tellFromStaff(turn)) askAboutAside(turn);
      return;
    }
    const how = countWrongWord(turn);
    const again = openAgainAt(turn);
    const when = { date: { at: again, show: 'date' as const }, time: { at: again, show: 'time' as const } };
    turn.say(`locked.${how}`, { ...operatorParams(turn), ...when });
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'back') return false;
    // Back to where nothing of the text is shown.
    const { trail } = turn.session;
    const open = trail.findLastIndex(({ prompt }) => !GUARDED.includes(prompt));
    const elsewhere: Position = turn.session.gathers === 'home' ? { prompt: 'home' } : { prompt: 'topics' };
    turn.change({ at: trail[open] ?? elsewhere, trail: trail.slice(0, Math.max(open, 0)), under: [] });
    turn.again('full');
    askAboutAside(turn);
    return true;
  },
};
