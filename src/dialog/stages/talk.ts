// Answers talk at a free answer, or asks back once with the words kept aside; a person who goes on telling keeps them in the text.
// Nothing heard here destroys, consents, publishes or sends by itself. docs/decisions/0175-it-listens.md.

import { acknowledge } from '../engine/prompt.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { sayKnownAnswer } from '../prompts/opening/wants.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { speaksOfFear } from '../understanding/about-words.ts';
import { asksOpenly, orderToLeave, wishes } from '../understanding/alarm.ts';
import { asksInForm, isOccasion, knownByWords } from '../understanding/commands.ts';
import { linksIn } from '../understanding/links.ts';
import { asksByMark, isAskingBack } from '../understanding/plain-answer.ts';
import type { Question } from '../understanding/word-lists.ts';
import { ASK, hear, hearOnce, type Heard, type Hearing, SURE, TOLD, SHOW_WHOLE } from '../understanding/talk/hear.ts';
import { remember, wasHeard } from './answer-alarm.ts';
import {
  answerCourtesy,
  answerDistress,
  answerScolding,
  answerShort,
  isDistress,
  isLong,
  leaveOut,
  LIKELY,
  restsNow,
} from './care.ts';
import { runCommand } from './commands.ts';
import { asideOf, heardHere, isSaidHere } from './heard-aside.ts';
import { keepsCorrection } from './second-thoughts.ts';
import { sentTexts } from './sent-texts.ts';
import { askOfMinor } from './told-age.ts';
import { giveWayBack } from './way-back.ts';
import { wishAtEnd } from './wish-at-end.ts';

/** A message that also has a told sentence of so many words stays in the text whole. */
const TOLD_WORDS = 3;
/** From so many words on, a message with a question's or a command's words may be told all the same. */
const TELLING_WORDS = 6;
/** Characters of a goodbye, an apology, an "ok". */
const FEW = 40;
/** Characters of an order in plain words. */
const ORDER = 60;
/** Words at the end of a message that may be a wish to stop. */
const END_WORDS = 10;
/** Log-odds over ASK from which something is wanted although a day of mourning is spoken of: "the funeral is tomorrow". */
const WANTED = 3.5;

/** Handles a message at a free answer if it is said to the bot. Returns false if it is told. */
export function handleTalk(turn: Turn, said: Said): boolean {
  if (said.text.length <= FEW) {
    let ofAge = /\d/u.test(said.folded);
    for (const word of said.folded.split(' ')) ofAge ||= turn.world.lexicon.young.has(word);
    if ((ofAge && askOfMinor(turn, said)) || answerShort(turn, said)) return true;
  }
  const order = said.text.length <= ORDER ? orderToLeave(turn.world.lexicon, said) : null;
  if (said.text.length <= ORDER && scolds(turn, said)) return true;
  let mayEnd = false;
  for (const word of said.folded.split(' ').slice(-END_WORDS)) mayEnd ||= turn.world.lexicon.leaving.has(word);
  const wish = mayEnd && order !== 'stop' ? wishAtEnd(turn, said) : null;
  if (wish !== null) return wish === 'rests' || ask(turn, { kind: 'heard', as: wish, id: '', text: '' });
  if (order === 'pause' && restsNow(turn, said)) return true;
  if (order === 'stop' || (order === 'pause' && !wasHeard(turn, said.text))) {
    return ask(turn, { kind: 'heard', as: order, id: said.id, text: said.text });
  }
  if (turn.session.at.prompt === 'links' && answersAtLinks(turn, said)) return true;
  const whole = hearOnce(turn, said.text);
  if (whole !== null && whole.talk >= ASK && !isOfMourning(turn, said.text, whole)) {
    const { kind } = whole.heard;
    if (isDistress(kind) && whole.share >= LIKELY) return answerTalk(turn, said, whole.heard);
    if (wasHeard(turn, said.text)) return false;
    const heard = whole.share >= SURE ? whole.heard : null;
    if (tellsToo(turn, said.text)) return heard !== null && answerBeside(turn, said, heard);
    if (heard === null) return ask(turn, { kind: 'heard', as: 'unsure', id: said.id, text: said.text });
    return answerTalk(turn, said, heard);
  }
  const beside = besideOf(turn, said.text);
  return beside !== null && answerBeside(turn, said, beside.heard);
}

/** A demand to a government may have the same words. */
function scolds(turn: Turn, said: Said): boolean {
  const isDemand = turn.session.at.prompt.startsWith('asks-');
  if (!isDemand || !wishes(turn.world.lexicon, said, 'scolding')) return answerScolding(turn, said);
  return !wasHeard(turn, said.text) && ask(turn, { kind: 'heard', as: 'unsure', id: said.id, text: said.text });
}

/** Only links are asked for there: a question, a refusal or a command is less likely told. */
function answersAtLinks(turn: Turn, said: Said): boolean {
  const { lexicon } = turn.world;
  if (linksIn(said.text).length > 0 || wasHeard(turn, said.text)) return false;
  const heardAtAll = hearOnce(turn, said.text);
  const whole = heardAtAll === null ? null : heardHere(turn, said.text, heardAtAll);
  const { refusal, answer } = asideOf(turn, said.text);
  const asks = isAskingBack(lexicon, said.text) || asksOpenly(lexicon, said.text);
  if (!asks && refusal + answer >= LINK_REFUSED) return answerTalk(turn, said, { kind: 'refusal' });
  const isTalk = whole !== null && isSaidHere(turn, said.text, whole);
  if (!asks && isTalk && whole.heard.kind !== 'question') return answerTalk(turn, said, whole.heard);
  if (!isTalk && !asks) return false;
  remember(turn, said.text);
  leaveOut(turn, said);
  const isKnown = whole !== null && (isTalk || whole.talk >= 0) && whole.share >= LINK_SHARE;
  const heard = isKnown ? whole.heard : null;
  if (heard?.kind === 'question') answerQuestion(turn, heard.question);
  else turn.say('explained.links');
  turn.again('short');
  return true;
}

/** Share from which an answer without a link has none to give. */
const LINK_REFUSED = 0.6;
/** Share of the kind from which a question at the links is one of those that are known. */
const LINK_SHARE = 0.35;

/** A birthday, a funeral or an anniversary is told, and only saved. */
function isOfMourning({ world, session }: Turn, text: string, { heard, talk }: Hearing): boolean {
  if (isDistress(heard.kind) || talk >= ASK + WANTED || asksByMark(text)) return false;
  return isOccasion(world.lexicon, session.language, text);
}

/** Whether a message is told, although words of a question or a command are in it. */
export function isTold(turn: Turn, text: string): boolean {
  if (text.split(/\s+/u).length < TELLING_WORDS || asksInForm(turn.world.lexicon, text)) return false;
  const hearing = hearOnce(turn, text);
  return hearing === null || hearing.talk < TOLD;
}

/** The last or the first sentence of a longer message may be said to the bot: "They never wrote back. Who will read this?" */
function besideOf(turn: Turn, text: string): Hearing | null {
  const sentences = sentencesOf(text);
  const last = sentences.at(-1) ?? '';
  if (sentences.length > 1) {
    for (const sentence of [last, sentences[0] ?? '']) {
      const found = hearOnce(turn, sentence);
      if (found !== null && found.talk >= ASK + 1 && found.share >= 0.5 && isWorthAnswering(found.heard)) return found;
    }
  }
  return questionAtEnd(turn, last);
}

/** Words of a question at the end of others, and words before it that tell. */
const AT_END = { from: 3, to: 9, before: 4 };
/** Log-odds and share of the kind from which it is answered: it interrupts nobody, since the whole message stays. */
const RUN_ON = { talk: 4, share: 0.45 };

/** "… y nunca nos dijeron nada quien va a leer esto": a known question, without a full stop before it. */
function questionAtEnd({ world: { lexicon }, session: { language } }: Turn, sentence: string): Hearing | null {
  const words = sentence.split(/\s+/u);
  const asks = words.map((word) => {
    const plain = word.normalize('NFD').toLowerCase();
    return lexicon.asksWith.has(plain.replace(/[^\p{L}]/gu, ''));
  });
  const most = Math.min(AT_END.to, words.length - AT_END.before);
  let best: Hearing | null = null;
  for (let count = AT_END.from; count <= most; count++) {
    if (!asks.slice(-count).includes(true)) continue;
    const found = hear(lexicon, language, words.slice(-count).join(' '));
    if (found?.heard.kind !== 'question' || found.heard.question === 'other') continue;
    const isSure = found.talk >= RUN_ON.talk && found.share >= RUN_ON.share;
    if (isSure && found.share > (best?.share ?? 0)) best = found;
  }
  return best;
}

/** "I want the officer charged. Who reads this?": one of its sentences is told. */
export function tellsToo(turn: Turn, text: string): boolean {
  const sentences = sentencesOf(text);
  return (
    sentences.length > 1 &&
    sentences.some((sentence) => {
      const talk = hearOnce(turn, sentence)?.talk ?? TOLD;
      return sentence.split(/\s+/u).length >= TOLD_WORDS && talk < SHOW_WHOLE && !asksByMark(sentence);
    })
  );
}

function sentencesOf(text: string): readonly string[] {
  return (text.match(/[^.!?؟…\n]+[.!?؟…]*/gu) ?? []).map((one) => one.trim()).filter((one) => /\p{L}/u.test(one));
}

const isWorthAnswering = ({ kind }: Heard) => kind === 'question' || kind === 'command' || kind === 'language';

/** Answers a message that is talk as a whole. */
function answerTalk(turn: Turn, said: Said, heard: Heard): boolean {
  switch (heard.kind) {
    case 'danger':
    case 'despair':
      // Heard by the stage before (answer-alarm.ts) unless it is told.
      return false;
    case 'thanks':
    case 'greeting':
    case 'smalltalk':
      if (isLong(said) && heard.kind !== 'thanks') {
        return ask(turn, { kind: 'heard', as: 'unsure', id: said.id, text: said.text });
      }
      answerCourtesy(turn, said, heard.kind);
      return true;
    case 'question':
      answerQuestion(turn, heard.question);
      return ask(turn, { kind: 'question', question: heard.question, id: said.id, text: said.text });
    case 'overwhelmed':
    case 'anger':
      answerDistress(turn, said, heard.kind);
      return true;
    case 'refusal':
      return ask(turn, { kind: 'heard', as: 'skip', id: said.id, text: said.text });
    case 'language':
      if (heard.language === turn.session.language) return false;
      return ask(turn, { kind: 'heard', as: `language-${heard.language}`, id: said.id, text: said.text });
    case 'command':
      return answerCommand(turn, said, heard.command);
    default:
      return heard satisfies never;
  }
}

export type HeardCommand = Extract<Heard, { readonly kind: 'command' }>['command'];

function answerCommand(turn: Turn, said: Said, command: HeardCommand): boolean {
  if (command === 'undo-last') {
    const slot = PROMPT[turn.session.at.prompt].slot?.(turn);
    const last = slot === undefined ? undefined : turn.parts(slot).at(-1);
    if (last === undefined) return false;
    if (keepsCorrection(turn, said, last)) return true;
    return ask(turn, { kind: 'take-out', id: said.id, text: said.text, part: { id: last.id, text: last.text } });
  }
  if (isInformative(command)) {
    runCommand(turn, command);
    return ask(turn, { kind: 'heard', as: command, id: said.id, text: said.text });
  }
  return isAskable(command) && ask(turn, { kind: 'heard', as: asAsked(turn, command), id: said.id, text: said.text });
}

/** The message tells something as well: all of it stays in the text, and what was wanted is answered or asked. */
export function answerBeside(turn: Turn, said: Said, heard: Heard): boolean {
  const prompt = PROMPT[turn.session.at.prompt];
  if (!isWorthAnswering(heard) || prompt.slot === undefined) return false;
  turn.addPart(prompt.slot(turn), said.id, said.text);
  acknowledge(turn);
  if (heard.kind === 'question') {
    answerQuestion(turn, heard.question);
    turn.again('short');
  } else if (heard.kind === 'language') {
    if (heard.language !== turn.session.language)
      ask(turn, { kind: 'heard', as: `language-${heard.language}`, id: '', text: '' });
  } else if (heard.kind === 'command') {
    const { command } = heard;
    if (isInformative(command)) runCommand(turn, command);
    else if (isAskable(command)) ask(turn, { kind: 'heard', as: asAsked(turn, command), id: '', text: '' });
  }
  return true;
}

/** They only tell something, and are answered at once. */
export function isInformative(command: HeardCommand): command is 'words' | 'progress' | 'help' {
  return command === 'words' || command === 'progress' || command === 'help';
}

/** These choices have to be made: moving on is refused at once, and not offered. */
const CHOSEN: readonly PromptId[] = ['publication', 'publication-sure', 'names-found'];

export function cannotMoveOn(turn: Turn, command: HeardCommand): command is 'next' | 'skip' | 'skip-all' {
  if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
  const { prompt } = turn.session.at;
  return PROMPT[prompt].command === undefined || CHOSEN.includes(prompt);
}

type Askable = Exclude<HeardCommand, 'undo-last' | 'hide' | 'undo' | 'listen' | 'language'>;

/** Nothing that was not sent can be taken back: then it is asked whether to stop. */
export function asAsked(turn: Turn, command: Askable): Askable {
  return command === 'take-back' && sentTexts(turn).length === 0 ? 'stop' : command;
}

export function isAskable(command: HeardCommand): command is Askable {
  return !['undo-last', 'hide', 'undo', 'listen', 'language'].includes(command);
}

export function ask(turn: Turn, doubt: NonNullable<Session['doubt']>): true {
  if (doubt.text !== '') remember(turn, doubt.text);
  turn.change({ doubt });
  turn.aside({ prompt: 'doubt' });
  return true;
}

/** A short, true answer; *how long* comes with the way back. */
export function answerQuestion(turn: Turn, asked: Question): void {
  const question = knownByWords(turn.world.lexicon, asked, turn.message?.text ?? '');
  if (turn.message !== null && speaksOfFear(turn.world.lexicon, turn.message.text)) {
    turn.say('talk.fear', undefined, { commands: ['pause'], replaces: 'fear' });
  }
  // "Is confidential really confidential?": the choice says it, and is asked again.
  if (question === 'anonymous' && turn.session.at.prompt === 'publication') turn.say('explained.publication');
  else sayKnownAnswer(turn, question);
  if (question === 'how-long') giveWayBack(turn);
}
