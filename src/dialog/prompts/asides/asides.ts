// An ambiguous message, which can interrupt any step.

import { LANGUAGES } from '../../../languages.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import type { Choice } from '../../engine/reply.ts';
import type { HeardKind } from '../../engine/doubt.ts';
import type { Session } from '../../engine/session.ts';
import { keepInText } from '../../engine/talk-in-text.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { askToHide } from '../../stages/hide-name.ts';
import { joinedText } from '../../stages/pass-on.ts';
import { canBePutOff, putOff } from '../../stages/put-off.ts';
import { sendingOf, whatStands } from '../../stages/sending-window.ts';
import { questionIn } from '../../understanding/commands.ts';
import { asksByMark } from '../../understanding/plain-answer.ts';
import { isOnlyToHide } from '../../understanding/names/hide-wish.ts';
import { numbersIn } from '../../understanding/recognize.ts';
import { stopSending } from '../after/after.ts';
import { lineOf } from '../approval/cut.ts';
import { changeInstead, sendAfterAll } from '../approval/hold.ts';
import { answersOfPerson, choicesOfPerson, choosesPerson, textOfPerson } from './about-person.ts';
import { saysNoAndMore, saysYesAgain } from './answer-and-more.ts';
import {
  answersBelow,
  answerToLeaving,
  closingOf,
  declinesOrder,
  goOnFrom,
  isAnsweredAside,
  isOrderToLeave,
  leaveOutHeard,
  leaveOutOther,
  messagesOf,
  paramsOf,
  settle,
  toldMeanwhile,
  wantsWords,
} from './waiting-words.ts';

/** A message that may be a command, a question to the bot, or testimony: the person says which; it is kept meanwhile. */
export const doubt = choicePrompt('doubt', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true, takesWords: true },
  values: doubtChoices,
  options: doubtOptions,
  ask(turn) {
    const open = turn.session.doubt;
    if (open === null) return turn.resume('short');
    // Their person has just written them: all are quoted again only if the question is asked in full.
    if (open.kind === 'stray' && open.more.length > 0 && approved(turn) === null) {
      const all = open.toStaff === true ? 'doubt.to-staff-all' : 'doubt.stray-all';
      return turn.ask(all, undefined, { choices: doubtOptions(turn), whole: true });
    }
    if (open.kind === 'stray' || open.kind === 'take-out') {
      const text = (open.kind === 'stray' ? [open, ...open.more] : [open.part]).map((one) => one.text).join('\n');
      const kept = open.kind === 'take-out' && open.id === '' ? 'take-out-kept' : open.kind;
      const key = open.kind === 'stray' && open.toStaff === true ? 'to-staff' : kept;
      return turn.ask(
        open.kind === 'stray' && approved(turn) !== null ? `doubt.stray-${whatStands(turn)}` : `doubt.${key}`,
        { text: text.length > 300 ? `${text.slice(0, 300)} …` : text, reference: turn.session.reference ?? '' },
        { choices: doubtOptions(turn), whole: true },
      );
    }
    if (open.kind === 'heard') return askHeard(turn, open);
    const hides = open.kind === 'command' && open.command === 'hide';
    if (hides && askToHide(turn, open.text, open.words === 'aside', doubtChoices(turn))) return;
    const key = open.kind === 'case' ? textOfPerson(open) : `doubt.${open.kind}`;
    turn.ask(key, paramsOf(turn, open), { choices: doubtOptions(turn) });
  },
  choose(turn, value, said) {
    if (choosesPerson(turn, value, said)) return;
    if (value === 'doubt-text' && declinesOrder(turn, said)) return goOnFrom(turn, true);
    if (value === 'hold-stop') return stopAndAsk(turn);
    if (value === 'hold-change') return changeInstead(turn);
    if (value.startsWith(ONLY)) return settleSome(turn, [Number(value.slice(ONLY.length))]);
    const means = ['doubt-text', 'doubt-add', 'doubt-words', 'later-add', 'no'].includes(value) ? 'text' : 'not-text';
    const { doubt: open } = turn.session;
    if (means === 'text') keepInText(turn, messagesOf(open));
    if (means === 'text' && open !== null) joinedText(turn, open);
    settle(turn, value === 'doubt-take-out' ? 'take-out' : means);
    if (value === 'later-send') sendAfterAll(turn);
  },
  otherwise(turn, said) {
    const open = turn.session.doubt;
    if (open === null) return false;
    if ([saysAboutWords, answersOfPerson, saysNoAndMore, saysYesAgain].some((hears) => hears(turn, open, said)))
      return true;
    if (open.kind === 'stray') {
      // A word to type belongs to the prompt below: the words are left out, and it does there what it says.
      if (said.typed !== null) {
        settle(turn, 'not-text');
        turn.passedOn = said;
        return true;
      }
      const some = numbersIn(said.text)?.map((number) => doubtChoices(turn)[number - 1] ?? '') ?? [];
      if (some.length > 0 && some.every((value) => value.startsWith(ONLY))) {
        settleSome(
          turn,
          some.map((value) => Number(value.slice(ONLY.length))),
        );
        return true;
      }
      const how = closingOf(turn, said.text);
      if (how === 'not-text' || (how === 'done' && !askOnceMore(turn))) settle(turn, 'not-text');
      if (how !== null || isAnsweredAside(turn, said.text) || answersBelow(turn, said.text)) return true;
      const told = toldMeanwhile(turn, open, said);
      const { id, text } = said;
      if (told !== 'itself') turn.change({ doubt: { ...open, more: [...open.more, { id, text }] } });
      if (told === 'all') settle(turn, 'text', true);
      else turn.again('short');
      return true;
    }
    if (open.kind === 'heard' && answersLeaving(turn, open, said)) return true;
    // A person who writes on has not answered: the message goes to the prompt below.
    leaveUnanswered(turn, questionIn(turn.world.lexicon, said.text) !== null);
    turn.passedOn = said;
    return true;
  },
  command(turn, command) {
    const { doubt: open } = turn.session;
    if (open?.kind === 'heard' && open.as === command && open.as === 'stop') {
      settle(turn, 'not-text');
      return true;
    }
    const hides = open?.kind === 'command' && open.command === 'hide';
    const moves = command === 'next' || command === 'skip' || command === 'skip-all';
    // Moving on without an answer protects the name first; *undo* shows the name again.
    if ((hides && moves) || (command === 'back' && canBePutOff(open))) {
      settle(turn, 'not-text');
      return true;
    }
    if (!moves) return false;
    if (open?.kind === 'take-out' && open.id !== '' && open.again !== true) {
      turn.change({ doubt: { ...open, again: true } });
      turn.say('doubt.first');
      turn.again('full');
      return true;
    }
    const stray = turn.session.doubt?.kind === 'stray';
    if (stray && command === 'next' && askOnceMore(turn)) return true;
    leaveOutHeard(turn);
    settle(turn, 'not-text');
    if (!stray && turn.session.putOff === undefined)
      turn.settled = { doubt: { kind: 'command', command, id: '', text: '' }, how: 'not-text' };
    return true;
  },
});

/**
 * Ends a question about a message that its person goes on from: the words were part of the story, unless they were answered, or
 * the prompt below takes none, or they are a question and its person goes on with one (`asksOn`); then *undo* asks about them.
 */
export function leaveUnanswered(turn: Turn, asksOn = false): void {
  const { doubt: open } = turn.session;
  const isAsked = asksOn && open?.kind === 'heard' && open.as === 'unsure' && asksByMark(open.text);
  const isHeard = open?.kind === 'heard' && open.aside !== true && !ANSWERED.includes(open.as) && !isAsked;
  const hides = open?.kind === 'command' && open.command === 'hide';
  // "Hide my number 55 …" tells nothing: it stays aside until it is answered.
  const isOnly = hides && isOnlyToHide(turn.world.lexicon, open.text);
  const isWish = hides && !isOnly && open.words === undefined;
  const isOrder = open?.kind === 'heard' && isOrderToLeave(turn, open);
  const isTold = (isHeard && !isOrder) || isWish;
  if (canBePutOff(open)) putOff(turn, isOnly ? { ...open, words: open.words ?? 'aside' } : open);
  else if (!isTold) {
    leaveOutHeard(turn);
    leaveOutOther(turn);
  }
  if (!isTold && (open?.kind === 'case' || (open?.kind === 'heard' && open.more !== undefined)))
    turn.say('doubt.left-out', undefined, { commands: ['undo'] });
  turn.change({ doubt: null });
  turn.resume('short');
  if (isTold && open.id !== '') turn.settled = { doubt: open, how: 'text' };
}

/** Null while the text is being written; `held`: it can still be stopped. */
function approved(turn: Turn): 'held' | 'left' | null {
  const stands = whatStands(turn);
  if (stands === 'open') return null;
  return stands === 'approved' && sendingOf(turn)?.doubted === true ? 'held' : 'left';
}

/** The words are asked about again, as they are in no text. */
function stopAndAsk(turn: Turn): void {
  if (!stopSending(turn)) turn.resume('full');
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

/** "No, don't put that", "leave it", "put it back": said of the words that are asked about. */
function saysAboutWords(turn: Turn, open: NonNullable<Session['doubt']>, said: Said): boolean {
  const wanted = wantsWords(turn, open, said);
  if (wanted === 'in') keepInText(turn, messagesOf(open));
  if (wanted === 'in') settle(turn, 'text');
  else if (wanted === 'stay' || (wanted === 'out' && open.kind === 'stray')) settle(turn, 'not-text');
  else if (wanted === 'out') goOnFrom(turn, true, 'short');
  return wanted !== null;
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

/**
 * "Stop here?": an order again is a yes; whoever goes on is led on, and only what is told besides is part of the story. After two
 * answers that are not clear it goes on, with all of them left out.
 */
function answersLeaving(turn: Turn, open: HeardDoubt, said: Said): boolean {
  const answer = answerToLeaving(turn, open, said);
  if (answer === 'unclear') {
    turn.change({ doubt: { ...open, more: [...(open.more ?? []), { id: said.id, text: said.text }] } });
    if (open.more === undefined) turn.again('full');
    else goOnFrom(turn, true);
  } else if (answer === 'on') {
    goOnFrom(turn, open.more !== undefined);
  } else if (answer !== 'told') {
    turn.change({ doubt: { ...open, as: answer } });
    settle(turn, 'not-text');
  }
  return answer !== 'told';
}

/** These were answered at once: only whether the words belong to the text is asked. */
const ANSWERED: readonly HeardKind[] = ['words', 'progress', 'help'];

/** One of several messages: its place among them follows. */
const ONLY = 'only:';
/** Messages that can be chosen one by one. */
const MOST = 8;

function doubtOptions(turn: Turn): readonly Choice[] {
  const { doubt: open } = turn.session;
  if (open?.kind === 'case') return choicesOfPerson(turn, open);
  const messages = open?.kind === 'stray' ? [open, ...open.more] : [];
  return doubtChoices(turn).map((value) => {
    const only = value.startsWith(ONLY) ? messages[Number(value.slice(ONLY.length))] : undefined;
    const label = only === undefined ? undefined : { key: 'names.sentence', params: { text: lineOf(only) } };
    return { value, label: label ?? { key: `choices.${value}` } };
  });
}

/** These join the text, and the others are left out; *undo* asks about all of them again. */
function settleSome(turn: Turn, places: readonly number[]): void {
  const open = turn.session.doubt;
  if (open?.kind !== 'stray') return;
  const [first, ...more] = [{ id: open.id, text: open.text }, ...open.more].filter((_, at) => places.includes(at));
  if (first === undefined) return turn.again('short');
  keepInText(
    turn,
    [first, ...more].map(({ id }) => id),
  );
  settle(turn, 'text');
  turn.leaveOut({ doubt: open });
  turn.settled = { doubt: { kind: 'stray', ...first, more }, how: 'text' };
}

function doubtChoices(turn: Turn): readonly string[] {
  const { doubt: open } = turn.session;
  if (open?.kind === 'case') return choicesOfPerson(turn, open).map(({ value }) => value);
  if (open?.kind === 'stray') {
    const all =
      approved(turn) === 'held'
        ? ['later-add', 'later-send', 'hold-stop', 'hold-change']
        : ['doubt-add', 'doubt-leave'];
    const each = open.more.length === 0 ? [] : [open, ...open.more].slice(0, MOST).map((_, at) => `${ONLY}${at}`);
    return [...all, ...each];
  }
  if (open?.kind === 'heard' && !ANSWERED.includes(open.as)) {
    if (open.as === 'unsure') return ['doubt-for-you', 'doubt-text'];
    return isPlain(open) ? ['yes', 'no'] : ['doubt-command', 'doubt-text'];
  }
  if (open?.kind === 'command' && open.text !== '' && (open.id === '' || open.words !== undefined))
    return ['yes', 'no'];
  if (open?.kind === 'take-out') {
    // "I have just written" would name another message by now.
    const words = open.id === '' || open.again === true ? [] : ['doubt-words'];
    return ['doubt-take-out', 'doubt-stay', ...words];
  }
  return open?.kind === 'command' ? ['doubt-command', 'doubt-text'] : ['doubt-add', 'doubt-leave'];
}
