// The stages of a message that belong to no single feature, in their order (take-turn.ts).

import { countWords } from '../../words.ts';
import type { Said } from '../engine/world.ts';
import { MESSAGE_LIMIT } from '../engine/event.ts';
import { holdTestimony } from '../engine/pending-consent.ts';
import { closesHere, doubtHere, doubtOf, type Prompt } from '../engine/prompt.ts';
import type { Session } from '../engine/session.ts';
import { promptKey, type Stage, type Turn } from '../engine/turn.ts';
import { anotherPerson } from '../organiser/another-person.ts';
import { doubtsWhose } from '../organiser/cases.ts';
import { handleCode } from '../organiser/codes.ts';
import { sayKnownAnswer } from '../prompts/opening/wants.ts';
import { switchLanguage } from '../prompts/asides/language.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { asksOfDelivery, wishesToErase, wishesToHide } from '../understanding/alarm.ts';
import { nearCommandIn, questionAmong, questionIn } from '../understanding/commands.ts';
import { saysNotUnderstood } from '../understanding/not-understood.ts';
import { wishForAll } from '../understanding/names/hide-order.ts';
import { hideWishIn } from '../understanding/names/hide-wish.ts';
import { numberIn } from '../understanding/recognize.ts';
import { askedAtEnd } from './at-end.ts';
import { bringBack } from './bring-back.ts';
import { ASKED_WORDS, isNoAnswer, MOVES_ON, sayAlarm } from './answer-alarm.ts';
import { watchedPhone } from './watched-phone.ts';
import { handleWish, runCommand } from './commands.ts';
import { explain } from './explain.ts';
import { applyResolution } from './end-of-turn.ts';
import { callMeant } from './other-call.ts';
import { guessLanguage, speaksAnother, tellOtherLanguage } from './other-language.ts';
import { passOnToStaff } from './pass-on.ts';
import { lockWhereGuarded } from './passphrase.ts';
import { answersAnew, keepsCorrection } from './second-thoughts.ts';
import { answerBeside, answerQuestion, handleTalk, isTold, tellsToo } from './talk.ts';
import { showName } from './show-name.ts';
import { handleTalkAside } from './talk-aside.ts';

export const tooLong: Stage = (turn) => {
  if (turn.event.kind !== 'message' || turn.event.text.length <= MESSAGE_LIMIT) return 'next';
  turn.say('unusable.too-long');
  turn.again('short');
  return 'done';
};

export const firstMessage: Stage = (turn, message) => {
  const { calls } = turn.world;
  const namesCall = calls !== undefined && callMeant(calls, turn.event) !== null;
  if (namesCall || handleCode(turn, message)) turn.again('full');
  else introduce(turn, message);
  return 'done';
};

/** The very first message is always answered with who we are; a long one is held. */
function introduce(turn: Turn, said: Said): void {
  const { id, text } = said;
  const spoken = said.languageName ?? guessLanguage(turn.world.lexicon, said);
  if (spoken !== null) turn.change({ language: spoken });
  sayAlarm(turn, said);
  tellOtherLanguage(turn, said);
  const question = questionAmong(turn.world.lexicon, text);
  if (question === null || countWords(text) > ASKED_WORDS) holdTestimony(turn, { id, text });
  // The greeting says who we are.
  if (question !== null && question !== 'who') sayKnownAnswer(turn, question);
  turn.again('full');
}

export const emptyMessage: Stage = (turn) => {
  turn.say('empty');
  turn.again('short');
  return 'done';
};

export const otherLanguage: Stage = (turn, message) => {
  if (message.choice !== null || !speaksAnother(turn, message)) return 'next';
  introduce(turn, message);
  return 'done';
};

export const tappedChoice: Stage = (turn, message) => {
  const { choice } = message;
  if (choice === null) return 'next';
  const { at, version } = turn.session;
  if (choice.prompt !== promptKey(at) || choice.version !== version) {
    turn.say('choice.stale');
    turn.again('short');
  } else if (!lockWhereGuarded(turn)) answerWith(turn, { ...message, tapped: choice.value });
  return 'done';
};

export const command: Stage = (turn, message) => {
  const closes = closesHere(turn, PROMPT[turn.session.at.prompt], message) && !turn.answersStaff;
  const said = message.command ?? (closes ? 'next' : null);
  if (MOVES_ON.includes(said) && isNoAnswer(turn, message, true)) return 'done';
  if (said === null) return 'next';
  runCommand(turn, said);
  return 'done';
};

export const languageName: Stage = (turn, { languageName: spoken }) => {
  const { literal, asksLanguage } = PROMPT[turn.session.at.prompt];
  if (spoken === null || literal === true || asksLanguage === true) return 'next';
  switchLanguage(turn, spoken);
  return 'done';
};

/** A message that no earlier stage has handled answers the open question, or is asked back about. */
export const answer: Stage = (turn, message) => {
  understand(turn, message);
  return 'done';
};

/** Characters, and words besides, of a message that asks what is meant; at a free answer more may be told. */
const SHORT = 60;
const BESIDE = 5;
const BESIDE_TOLD = 2;

function understand(turn: Turn, said: Said): void {
  const { lexicon } = turn.world;
  const prompt = PROMPT[turn.session.at.prompt];
  if (turn.answersStaff && prompt.slot !== undefined && passOnToStaff(turn, said)) return;
  const beside = prompt.slot === undefined ? BESIDE : BESIDE_TOLD;
  const isUnclear = said.text.length <= SHORT && saysNotUnderstood(lexicon, said.text, beside);
  if (isUnclear && !asksOfCall(turn, said) && explain(turn, said)) return;
  if (prompt.literal !== true && turn.session.at.prompt !== 'doubt') {
    if (prompt.slot !== undefined && turn.session.gathers === 'case' && doubtsWhose(turn, said)) return;
    const near = isChoiceHere(turn, said) ? null : nearCommandIn(lexicon, turn.session.language, said);
    const doubt = near === null ? doubtUnlessTold(turn, prompt, said) : doubtOf(near, said);
    if (doubt !== null) {
      if (doubt.kind === 'take-out' && keepsCorrection(turn, said, doubt.part)) return;
      turn.change({ doubt });
      return turn.aside({ prompt: 'doubt' });
    }
    if (prompt.slot !== undefined && isWordOfElsewhere(turn, said)) {
      turn.say('typed-not-here');
      return turn.again('short');
    }
    if (prompt.slot !== undefined && numberIn(said) !== null && prompt.takesNumber?.(turn) !== true) {
      turn.change({ doubt: { kind: 'number', id: said.id, text: said.text } });
      return turn.aside({ prompt: 'doubt' });
    }
    const isOfSent = turn.session.mails.length === 0 && said.text.length <= SHORT && asksOfDelivery(lexicon, said);
    const question = questionIn(lexicon, said) ?? (isOfSent ? 'sent' : null);
    if (question !== null && !(prompt.slot !== undefined && isTold(turn, said.text))) {
      if (prompt.slot !== undefined && tellsToo(turn, said.text)) {
        answerBeside(turn, said, { kind: 'question', question });
        return;
      }
      answerQuestion(turn, question);
      if (prompt.slot === undefined) return turn.again('short');
      turn.change({ doubt: { kind: 'question', question, id: said.id, text: said.text } });
      return turn.aside({ prompt: 'doubt' });
    }
    if (
      prompt.slot !== undefined &&
      ((turn.session.at.prompt.startsWith('topic') && answersAnew(turn, prompt.slot(turn), said)) ||
        handleTalk(turn, said))
    )
      return;
  }
  if (prompt.slot === undefined && handleTalkAside(turn, said)) return;
  answerWith(turn, said);
}

/** "What is this about?" is answered, unless a name or a word is asked for: then it is about that. */
function asksOfCall({ world, session }: Turn, said: Said): boolean {
  return PROMPT[session.at.prompt].literal !== true && questionIn(world.lexicon, said) === 'about';
}

/** "He was done. On his knees. Done." closes nothing. */
function doubtUnlessTold(turn: Turn, prompt: Prompt, said: Said): Session['doubt'] {
  const doubt = doubtHere(turn, prompt, said);
  return doubt !== null && doubt.kind !== 'take-out' && isTold(turn, said.text) ? null : doubt;
}

/** SEND when nothing can be sent, *one by one* at a topic without questions: not testimony. */
function isWordOfElsewhere({ session }: Turn, { typed, aside }: Said): boolean {
  return typed !== null || (aside === 'one-by-one' && !session.at.prompt.startsWith('topic'));
}

/** A near miss of a command that is also a choice of the open prompt answers the prompt. */
function isChoiceHere(turn: Turn, { folded }: Said): boolean {
  return [...turn.world.lexicon.choices[turn.session.language].values()].some((phrases) => phrases.includes(folded));
}

function answerWith(turn: Turn, said: Said): void {
  PROMPT[turn.session.at.prompt].answer(turn, said);
  if (turn.settled !== null) applyResolution(turn);
  if (turn.passedOn !== null) passOn(turn);
}

/** To the prompt below. */
export function passOn(turn: Turn): void {
  const { passedOn } = turn;
  turn.passedOn = null;
  const { message } = turn;
  if (passedOn === null) return;
  // Said to an open question, it may be about another person all the same.
  const isOfAnother = message !== null && anotherPerson(turn, { ...message, ...passedOn }) === 'done';
  if (!isOfAnother) understand(turn, passedOn);
}

/** A wish to have something back, about what is asked at the end, to hide something, or to withdraw everything. */
export const wish: Stage = (turn, message) => {
  const { lexicon } = turn.world;
  let [mayHide, mayBeForEnd, mayBeOfPhone] = [false, false, false];
  for (const word of message.folded.split(' ')) {
    mayHide ||= lexicon.hideable.has(word);
    mayBeForEnd ||= lexicon.atEnd.has(word);
    mayBeOfPhone ||= lexicon.ofPhones.has(word);
  }
  const mayBringBack = (turn.session.undo ?? turn.session.toStaff) !== undefined;
  if (mayBringBack && bringBack(turn, message) === 'done') return 'done';
  if (turn.session.withheld.length > 0 && showName(turn, message)) return 'done';
  if (mayBeForEnd && askedAtEnd(turn, message) === 'done') return 'done';
  if (mayBeOfPhone && watchedPhone(turn, message) === 'done') return 'done';
  const hides =
    message.hidden !== null ||
    wishesToHide(lexicon, message, 'it') ||
    (mayHide && (hideWishIn(lexicon, message.text) ?? wishForAll(lexicon, message.text)) !== null);
  const wishes = hides || wishesToErase(lexicon, message);
  return wishes && handleWish(turn, message) ? 'done' : 'next';
};
