// *stop* when nothing is being sent, and *delete*.

import { type Language, LANGUAGES } from '../../../languages.ts';
import { keptUntil } from '../../engine/pending-consent.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import type { Choice } from '../../engine/reply.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { choicesOf, isOwnText, otherIn, otherTexts } from '../../organiser/own-texts.ts';
import { holdSending } from '../../stages/sending-window.ts';
import { rest } from '../../stages/way-back.ts';
import { wishesToErase } from '../../understanding/alarm.ts';
import { fold } from '../../understanding/fold.ts';
import { saysEraseFirst } from '../../understanding/about-words.ts';
import { isRefusal, saysErase } from '../../understanding/plain-answer.ts';
import { ASK, hearOnce } from '../../understanding/talk/hear.ts';
import { tellOfCode } from '../after/elsewhere.ts';

/** Number of questions between a change and *stop* in which *stop* may have meant the change. */
const A_MOMENT = 2;

/** The one that goes on is the last: the others have kept their numbers. */
const STOPPED = ['stop-keep', 'stop-erase', 'stop-go-on'];

/** *stop* if nothing is being sent: the chat is paused already, and erasing is offered. */
export const stop = choicePrompt('stop', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  values: (turn) => (turn.session.kept ? STOPPED : ['stop-on', 'stop-erase']),
  ask(turn) {
    // "Annuler", "cancelar": perhaps only the last change was meant.
    const { undo, version } = turn.session;
    const changed = undo !== undefined && version - undo.asked <= A_MOMENT;
    if (!turn.session.kept) return turn.ask('stop.ask-early', undefined, { choices: ['stop-on', 'stop-erase'] });
    turn.ask(changed ? 'stop.ask-changed' : 'stop.ask', keptUntil(turn), { choices: STOPPED });
  },
  choose(turn, value) {
    if (value === 'stop-erase') {
      turn.resume('short');
      return turn.aside({ prompt: otherTexts(turn).length > 0 ? 'erase-which' : 'erase' });
    }
    if (value === 'stop-on' || value === 'stop-go-on') return turn.resume('full');
    turn.resume('short');
    turn.toAsk = null;
    rest(turn);
    tellOfCode(turn, 'pause');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.resume('full');
    return true;
  },
});

/** Tries of the word that erases, before the question is left. */
const TRIES = 3;
/** A message of more words is told. */
const TRY_WORDS = 6;

/** Erasing has its own word: no repeated "yes" can select it. */
export const erase = definePrompt('erase', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', endsFirst: true, noText: true },
  typed: () => ['erase', 'withdraw'],
  ask(turn) {
    if (turn.asking === 'full') forgetTries(turn);
    if (turn.session.at.of === 'case') {
      const isOwn = isOwnText(turn.session);
      if (isOwn) holdSending(turn);
      return turn.ask(isOwn ? 'drafts.erase' : 'gathering.erase', { name: nameOf(turn) }, { commands: ['back'] });
    }
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
    const { lexicon } = turn.world;
    const typed = said.typed;
    if (typed === 'withdraw' && turn.session.mails.length > 0) {
      turn.resume('short');
      return turn.aside({ prompt: 'withdraw-kind' });
    }
    if (typed !== 'erase' && !saysErase(lexicon, said.text)) return tryAgain(turn, said);
    if (turn.session.at.of === 'case') {
      if (turn.session.case !== null) turn.effects.push({ kind: 'erase', what: 'case' });
      turn.say('gathering.erased');
      return turn.leaveFor({ kind: 'home', at: turn.session.drafts === true ? 'cases' : 'home' }, true);
    }
    turn.effects.push({ kind: 'erase', what: 'person' });
    turn.say('erase.done');
  },
});

/** Names the word again; a refusal, or more words than a try has, go on without erasing. A try joins no text. */
function tryAgain(turn: Turn, said: Said): void {
  const { lexicon } = turn.world;
  const hearing = hearOnce(turn, said.text);
  const isHeard = hearing?.heard.kind === 'command' && hearing.heard.command === 'delete' && hearing.talk >= ASK;
  // "Yes, erase it all, I want nothing to stay": the rest of the sentence refuses nothing.
  const begins = saysEraseFirst(lexicon, said.text);
  const isTry = said.text.split(/\s+/u).length <= TRY_WORDS || isHeard || begins || wishesToErase(lexicon, said.text);
  const tries = (turn.session.eraseTries ?? 0) + 1;
  if (isTry && (begins || !refuses(turn, said.text)) && tries < TRIES) {
    turn.change({ eraseTries: tries });
    turn.say('erase.needs-word');
    return turn.again('short');
  }
  forgetTries(turn);
  turn.say('erase.not-done');
  turn.resume('short');
  if (!isTry) turn.passedOn = said;
}

/** Also "no, don't erase it". */
function refuses({ world: { lexicon } }: Turn, text: string): boolean {
  const words = fold(text).split(' ');
  const says = (language: Language) => words.some((word) => lexicon.negations[language].has(word));
  return isRefusal(lexicon, text) || LANGUAGES.some(says);
}

function forgetTries(turn: Turn): void {
  const { eraseTries: _, ...rest } = turn.session;
  turn.session = rest;
}

/** A person with several texts may mean only the open one, another one of their own, or everything. */
function eraseChoices(turn: Turn): readonly Choice[] {
  const { drafts, kept } = turn.session;
  const plain = (value: string, key = `choices.${value}`): Choice => ({ value, label: { key } });
  if (drafts !== true) return [plain('erase-case'), plain('erase-all')];
  const here: Choice = { value: 'erase-case', label: { key: 'choices.own-only', params: { name: nameOf(turn) } } };
  const others = choicesOf(otherTexts(turn), 'choices.own-only');
  return [...(kept && isOwnText(turn.session) ? [here] : []), ...others, plain('erase-all', 'choices.erase-own')];
}

export const eraseWhich = choicePrompt('erase-which', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [] },
  strict: true,
  values: (turn) => eraseChoices(turn).map(({ value }) => value),
  options: eraseChoices,
  ask(turn) {
    const text = turn.session.drafts === true ? 'drafts.erase-which' : 'gathering.erase-which';
    turn.ask(text, { name: nameOf(turn) }, { choices: eraseChoices(turn), commands: ['back'] });
  },
  choose(turn, value) {
    turn.resume('short');
    const other = otherIn(turn, value);
    if (other !== undefined) return turn.leaveFor({ kind: 'case', key: other.key, then: { kind: 'erase' } });
    turn.aside(value === 'erase-case' ? { prompt: 'erase', of: 'case' } : { prompt: 'erase' });
  },
});
