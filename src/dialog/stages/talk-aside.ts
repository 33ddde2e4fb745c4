// Talk at a prompt that takes no testimony: a question is answered in place, a command in other words is asked about, and the prompt stays open.

import { LANGUAGES } from '../../languages.ts';
import type { HeardKind } from '../engine/doubt.ts';
import { yearOf } from '../engine/pending-consent.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { isNamed } from '../organiser/named.ts';
import { lastMail, tellMail } from '../prompts/after/after.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { asksOpenly, orderToLeave, wishesToAdd, wishesToGoOn } from '../understanding/alarm.ts';
import { isKinOnly, whoseAgeIn } from '../understanding/age.ts';
import { isCourtesy, isGreeting } from '../understanding/commands.ts';
import { fold } from '../understanding/fold.ts';
import {
  asksByMark,
  correctionIn,
  isAskingBack,
  isDone,
  isRefusal,
  plainAnswerIn,
  saysErase,
  wantsOut,
} from '../understanding/plain-answer.ts';
import { numbersIn, perhapsMeant, recognizeChoice, saysMoreThan } from '../understanding/recognize.ts';
import { ASK, type Heard, hearOnce, type Hearing } from '../understanding/talk/hear.ts';
import { soundedRole } from '../understanding/talk/sounded-answer.ts';
import type { Question } from '../understanding/word-lists.ts';
import { answerCry, wasHeard } from './answer-alarm.ts';
import {
  answerCourtesyAside,
  answerDistress,
  answerFarewell,
  answerGivingUp,
  answerScolding,
  goAhead,
  isDistress,
  isLong,
  leaveOut,
  LIKELY,
  restsNow,
} from './care.ts';
import { openStory } from '../prompts/approval/check.ts';
import { runCommand } from './commands.ts';
import {
  heardHere,
  isOfPrompt,
  isRefusedHere,
  isSaidHere,
  isSurelySaid,
  isUnknownQuestion,
  mayBeTold,
  takesNames,
} from './heard-aside.ts';
import { declinesNotices } from './notices.ts';
import { opensLine } from './opens-line.ts';
import { askAboutSending, asksOfSending, DOUBTS, isAtRest, sendingOf, tells } from './sending-window.ts';
import { sentTexts } from './sent-texts.ts';
import { readAgain } from './show-written.ts';
import { answerQuestion, asAsked, ask, cannotMoveOn, type HeardCommand, isAskable, isInformative } from './talk.ts';

/** Log-odds and share of the kind from which a message is talk for certain. */
const PLAINLY = { talk: ASK, share: 0.35 };
/** Words of distress at a question for a name: fewer may be one. */
const DISTRESS_WORDS = 3;

/** From so many words besides those of a choice on, a message may be none. */
const BESIDE_CHOICE = 3;

/** Their words are taken as they are, or are handed to the prompt below. */
const NEVER: readonly PromptId[] = ['locked', 'over-limit-part', 'import', 'import-text', 'import-end'];

/** Prompts at which a command is asked about or done already. */
const ASKED_THERE: Readonly<Partial<Record<HeardCommand, readonly PromptId[]>>> = {
  delete: ['erase', 'erase-which', 'withdraw-kind', 'withdraw-sure', 'hold'],
  stop: ['stop', 'hold', 'erase'],
  pause: ['stop', 'hold'],
  'take-back': ['hold', 'withdraw-kind', 'withdraw-sure'],
  person: ['person'],
  review: ['review'],
  code: ['code'],
};

/** At these, giving up is an answer. */
const GONE: readonly PromptId[] = ['hold', 'stop', 'erase', 'erase-which', 'withdraw-kind', 'withdraw-sure'];

/** Questions that, without their form, wish for one of the choices of who may read it. */
const WISHES: readonly Question[] = ['police', 'readers', 'anonymous'];

/** Handles a message at a prompt that takes no testimony if it is said to the bot, and does not answer the prompt. */
export function handleTalkAside(turn: Turn, said: Said): boolean {
  const { prompt } = turn.session.at;
  if (prompt === 'doubt') return answerAtDoubt(turn, said);
  if (prompt === 'stop' && goesOn(turn, said)) return true;
  if (
    NEVER.includes(prompt) ||
    declinesNotices(turn, said) ||
    [turn.here.takesWords, turn.here.confirmsSpeech].includes(true) ||
    wasHeard(turn, said.text)
  )
    return false;
  if (prompt === 'erase' && saysErase(turn.world.lexicon, said.text)) return false;
  if (turn.here.takes === 'name' && answerAtName(turn, said)) return true;
  if (prompt !== 'hold' && !takesNames(turn) && (answerFarewell(turn, said) || answerScolding(turn, said))) return true;
  if (!takesNames(turn) && (goAhead(turn, said) || (!GONE.includes(prompt) && answerGivingUp(turn, said)))) return true;
  // At the story what follows is not asked about one by one.
  if (prompt === 'review' && wishesToAdd(turn.world.lexicon, said) && !tells(turn, said, true)) {
    turn.aside({ prompt: 'story' });
    turn.again('short');
    return true;
  }
  if (opensLine(turn, said)) return true;
  const order = takesNames(turn) ? null : orderToLeave(turn.world.lexicon, said);
  // A text that was sent is doubted before (sending-window.ts), or it is said how far it has come.
  const isAnswer = order === 'stop' && (turn.session.mails.length > 0 || GONE.includes(prompt) || isChosen(turn, said));
  if (order !== null && !isAnswer && ASKED_THERE[order]?.includes(prompt) !== true)
    return restsNow(turn, said) || askAside(turn, said, order);
  const whole = hearOnce(turn, said.text);
  if (whole === null || answersHere(turn, said, whole)) return false;
  const hearing = heardHere(turn, said.text, whole);
  if (asksOfSending(turn, said.text)) {
    tellMail(turn, sendingOf(turn));
    turn.again('short');
    return true;
  }
  if (isClear(turn, said.text, hearing)) return answerAside(turn, said, hearing.heard);
  if (prompt === 'others' && isRefusedHere(turn, said.text)) return askAside(turn, said, 'skip');
  return isUnknown(turn, said.text, hearing) && answerInPlace(turn, said.text, 'other');
}

/** After *stop*: whoever goes on, or is here again, is asked the question before it. */
function goesOn(turn: Turn, said: Said): boolean {
  const isHere = isGreeting(turn.world.lexicon, said.text);
  if (!isHere && !wishesToGoOn(turn.world.lexicon, said)) return false;
  if (isHere) turn.say('talk.greeting', undefined, { replaces: 'talk' });
  turn.resume('full');
  return true;
}

/** "Good night", "amen", "merci" at the question for a name: talk, and the name is asked for again. */
function answerAtName(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  if (answerFarewell(turn, said)) return true;
  const whole = isKinOnly(lexicon, said.text) ? '' : fold(said.text);
  const isAround = (word: string) => LANGUAGES.some((one) => lexicon.plain[one].around.has(word));
  const isThanks = whole.split(' ').every((word) => isCourtesy(lexicon, word) || isAround(word)) || isAround(whole);
  if (!isThanks && !isGreeting(lexicon, said.text) && !lexicon.apologies.has(whole)) return false;
  answerCourtesyAside(turn, isGreeting(lexicon, said.text) ? 'greeting' : 'thanks');
  return true;
}

/** One of the choices, in its words; of who may read it also one that this call does not offer. */
function isChosen(turn: Turn, { text, folded }: Said): boolean {
  const { lexicon } = turn.world;
  const { at, language } = turn.session;
  if (at.prompt === 'publication') return [...lexicon.choices[language].values()].some((one) => one.includes(folded));
  const values = turn.choicesAt(at).map(({ value }) => value);
  return recognizeChoice(lexicon, language, text, values, true).kind === 'accepted';
}

/** A question to the bot, but not one of those that it can answer. */
function isUnknown(turn: Turn, text: string, hearing: Hearing): boolean {
  if (isUnknownQuestion(turn, text, hearing)) return true;
  return turn.session.at.prompt === 'write-back' && asksOpenly(turn.world.lexicon, text);
}

/** A question to the bot does not join the words that are asked about; distress does, and is not asked about at once. */
function answerAtDoubt(turn: Turn, said: Said): boolean {
  const { text } = said;
  if (turn.session.doubt?.kind !== 'stray') return false;
  if (answerFarewell(turn, said) || goAhead(turn, said)) return true;
  const hearing = hearOnce(turn, text);
  if (hearing !== null && isDistress(hearing.heard.kind) && hearing.talk >= ASK && hearing.share >= LIKELY) {
    answerDistress(turn, said, hearing.heard.kind);
    return true;
  }
  if (hearing?.heard.kind !== 'question' || hearing.talk < PLAINLY.talk || hearing.share < PLAINLY.share) return false;
  answerQuestion(turn, hearing.heard.question);
  turn.again('short');
  return true;
}

function isClear(turn: Turn, text: string, hearing: Hearing): boolean {
  const { heard, talk, share } = hearing;
  if (isDistress(heard.kind) && turn.session.kept && talk >= ASK && share >= LIKELY) {
    return !takesNames(turn) || text.split(/\s+/u).length >= DISTRESS_WORDS;
  }
  return isSaidHere(turn, text, hearing);
}

/** A choice, a yes or no, a refusal, a number or a word that does something here. A plain question is no choice. */
function answersHere(turn: Turn, said: Said, { heard, talk, share }: Hearing): boolean {
  const { lexicon } = turn.world;
  const { text } = said;
  const { at, gathers, kept, language } = turn.session;
  const isWord = said.typed !== null || said.aside !== null || isGreeting(lexicon, text);
  const isAnswer = [plainAnswerIn(lexicon, text), correctionIn(text), numbersIn(text)].some((found) => found !== null);
  if (isWord || isAnswer || isRefusal(lexicon, text) || isDone(lexicon, said) || wantsOut(lexicon, said)) return true;
  // An age may be the writer's own.
  if (!kept && whoseAgeIn(lexicon, language, text, yearOf(turn)) !== null) return true;
  if (at.prompt === 'for-whom' && !asksByMark(text) && soundedRole(lexicon, language, text) !== null) return true;
  // "I do not want the police to read it": the prompt says which choice keeps them out.
  const isWish = heard.kind === 'question' && WISHES.includes(heard.question) && !isAskingBack(lexicon, text);
  const values = turn.choicesAt(at).map(({ value }) => value);
  // "I want it public with my full name" is not about deleting, whatever it sounds like.
  if (at.prompt === 'publication' && (isWish || perhapsMeant(lexicon, language, text, values) !== null)) return true;
  const exactly = recognizeChoice(lexicon, language, text, values, true, true);
  if (exactly.kind === 'accepted' || exactly.reason !== 'not-among') return true;
  if (isOfPrompt(turn, text)) return true;
  if (gathers !== undefined && turn.cases().some(({ session }) => isNamed(session.teller?.label, text))) return true;
  const plainly = (talk >= PLAINLY.talk && share >= PLAINLY.share) || isSurelySaid(turn, text);
  if (plainly && heard.kind === 'question') return false;
  const found = recognizeChoice(lexicon, language, text, values, false, true);
  // "My bus is here, can we do this tonight?" has the word of a choice in it.
  if (found.kind === 'accepted') return !plainly || !saysMoreThan(lexicon, text, found.value, values, BESIDE_CHOICE);
  return found.reason !== 'not-among' || perhapsMeant(lexicon, language, text, values) !== null;
}

function answerAside(turn: Turn, said: Said, heard: Heard): boolean {
  const { prompt } = turn.session.at;
  switch (heard.kind) {
    case 'question':
      if (!answerInPlace(turn, said.text, heard.question)) return false;
      if (mayBeTold(turn, said.text)) leaveOut(turn, said);
      return true;
    case 'command':
      // While a text waits it is held first, and asked then.
      if (DOUBTS.includes(heard.command) && prompt !== 'hold' && askAboutSending(turn)) return true;
      return askOfCommand(turn, said, heard.command);
    case 'language':
      if (PROMPT[turn.session.at.prompt].asksLanguage === true) return false;
      if (heard.language !== turn.session.language) return askAside(turn, said, `language-${heard.language}`);
      // Their language already: what is asked, in it.
      turn.again('full');
      return true;
    case 'overwhelmed':
    case 'anger':
      answerDistress(turn, said, heard.kind);
      return true;
    case 'thanks':
    case 'greeting':
    case 'smalltalk':
      if (isLong(said)) return false;
      answerCourtesyAside(turn, heard.kind);
      return true;
    case 'danger':
    case 'despair':
      if (!takesNames(turn)) return false;
      answerCry(turn, said, heard.kind);
      return true;
    case 'refusal':
      return false;
    default:
      return heard satisfies never;
  }
}

function answerInPlace(turn: Turn, text: string, question: Question): boolean {
  // "What for?" is about the name or the word that is asked for, and the prompt says so.
  if (takesNames(turn) && question === 'other' && isAskingBack(turn.world.lexicon, text)) return false;
  // Most likely: what news that may be.
  if (question === 'other' && turn.session.at.prompt === 'write-back') turn.say('explained.write-back');
  else if (turn.here.takes === 'name' && (question === 'must-name' || question === 'must-answer'))
    turn.say('names.why');
  else answerQuestion(turn, question);
  turn.again('short');
  return true;
}

function askOfCommand(turn: Turn, said: Said, command: HeardCommand): boolean {
  if (ASKED_THERE[command]?.includes(turn.session.at.prompt) === true) return command === 'review' && openStory(turn);
  if (command === 'progress' && isAtRest(turn)) {
    tellMail(turn, sendingOf(turn) ?? lastMail(turn));
    turn.again('short');
    return true;
  }
  if (isInformative(command) || command === 'repeat' || cannotMoveOn(turn, command)) {
    if (command !== 'repeat' || !readAgain(turn)) runCommand(turn, command);
    return true;
  }
  // That prompt asks by itself.
  const isOut = command === 'take-back' && sentTexts(turn).some(({ out }) => out.length > 0);
  if (isOut) turn.aside({ prompt: 'withdraw-kind' });
  return isOut || (isAskable(command) && askAside(turn, said, asAsked(turn, command)));
}

/** A name or a secret word is not kept aside, nor is anything of people under age. */
function askAside(turn: Turn, said: Said, as: HeardKind): true {
  const kept = takesNames(turn) || turn.session.flags.includes('under-age') ? { id: '', text: '' } : said;
  return ask(turn, { kind: 'heard', as, id: kept.id, text: kept.text, aside: true });
}
