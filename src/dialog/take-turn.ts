// The engine: one event in; a new session, replies and effects out. Pure: what it needs it is given, what it wants done it says.

import { NeedsError } from './engine/answers.ts';
import type { Effect } from './engine/effect.ts';
import { type Event, MESSAGE_LIMIT } from './engine/event.ts';
import { holdTestimony } from './engine/pending-consent.ts';
import { closesHere, doubtHere, doubtOf } from './engine/prompt.ts';
import type { Reply } from './engine/reply.ts';
import type { Session } from './engine/session.ts';
import { applyConfirmation, applyResolution } from './engine/settle.ts';
import { promptKey, Turn } from './engine/turn.ts';
import type { Facts, Needed, Said, World } from './engine/world.ts';
import { doubtsWhose } from './organiser/cases.ts';
import { handleCode, handleWithdrawn, notTaken, take } from './organiser/codes.ts';
import { memberLeft } from './organiser/joint-members.ts';
import { recordAnswer, recordOutcome, tellNews } from './prompts/after/after.ts';
import { handleElsewhere } from './prompts/after/elsewhere.ts';
import { withdrawTyped } from './prompts/after/withdraw.ts';
import { switchLanguage } from './prompts/asides/asides.ts';
import { PROMPT } from './prompts/prompts.ts';
import { noteTaken } from './prompts/story/notes.ts';
import { quietened } from './quiet.ts';
import { handleReview, handleStaffWords, takeBackWhatWasAsked, tellFromStaff } from './staff-review/staff.ts';
import { handleDeletion, handleEdit } from './stages/edits.ts';
import { answerAlarm, isNoAnswer, MOVES_ON, sayAlarm, tellUnheard } from './stages/answer-alarm.ts';
import { handleFile } from './stages/files.ts';
import { runCommand, runOrganiserCommand } from './stages/commands.ts';
import { guessLanguage, speaksAnother, tellOtherLanguage } from './stages/other-language.ts';
import {
  forgetOwnWord,
  handlePassphraseReset,
  lockWhereGuarded,
  offerNewWord,
  tellWordReset,
} from './stages/passphrase.ts';
import { askWhatIsOpen } from './stages/ask-what-is-open.ts';
import { holdOnDoubt } from './stages/sending-window.ts';
import { giveWayBack } from './stages/way-back.ts';
import { askAgain, enter, greet, welcomeBack, withWhose } from './stages/welcome.ts';
import {
  asideIn,
  commandIn,
  isGreeting,
  languageIn,
  nearCommandIn,
  questionIn,
  typedIn,
} from './understanding/commands.ts';
import { clean, fold } from './understanding/fold.ts';
import { numberIn } from './understanding/recognize.ts';
import { presentTranscriptions } from './voice/present-transcriptions.ts';
import { handleVoice } from './voice/handle-voice.ts';
import { handleResult } from './voice/handle-transcription.ts';
import { refuseMachine } from './voice/no-machine.ts';
import { askedAt } from './voice/spoken/asked.ts';
import { noteHowTheySpeak, repliesOf } from './voice/spoken/back.ts';
import { deleteVoice } from './voice/voice-queue.ts';

export type Outcome =
  | {
      readonly kind: 'taken';
      readonly session: Session;
      readonly replies: readonly Reply[];
      readonly effects: readonly Effect[];
    }
  /** Load `facts[what]` and take the turn again. */
  | { readonly kind: 'needs'; readonly what: Needed };

/**
 * Takes one turn. Never throws for anything a person can write; answers every message, but for what quiet.ts says.
 * Calls with the same arguments give the same outcome.
 */
export function takeTurn(world: World, facts: Facts, session: Session, event: Event): Outcome {
  const turn = new Turn(world, facts, event, session);
  turn.choicesAt = (place) => askedAt(turn, place).choices;
  forgetOwnWord(turn);
  noteHowTheySpeak(turn, event);
  try {
    tellWordReset(turn);
    handleEvent(turn, event);
    applyConfirmation(turn);
    presentTranscriptions(turn);
    if (facts.elsewhere === true) turn.toAsk = null;
    offerNewWord(turn);
    askWhatIsOpen(turn);
    keepNothingOfMinors(turn);
  } catch (error) {
    if (error instanceof NeedsError) return { kind: 'needs', what: error.what };
    throw error;
  }
  if (event.kind === 'message' || event.kind === 'voice' || event.kind === 'opened') turn.change({ lastAt: event.at });
  turn.change({ boot: facts.boot, unlockedAt: turn.session.unlockedAt === null ? null : event.at });
  const replies = quietened(turn, session, withWhose(turn, repliesOf(turn)));
  return { kind: 'taken', session: turn.session, replies, effects: turn.effects };
}

/** "I keep nothing of what you write here": not even in the transcript. */
function keepNothingOfMinors(turn: Turn): void {
  const { session, effects, event } = turn;
  if (session.kept || !session.flags.includes('under-age')) return;
  if (event.kind === 'voice') deleteVoice(turn, event.id);
  if (event.kind === 'message') effects.push({ kind: 'redact', message: event.id });
}

function handleEvent(turn: Turn, event: Event): void {
  switch (event.kind) {
    case 'message':
      return handleMessage(turn, event);
    case 'opened':
      return greet(turn);
    case 'entered':
      return enter(turn, event.then);
    case 'taken':
      return take(turn);
    case 'not-taken':
      return notTaken(turn);
    case 'case-taken':
      return noteTaken(turn, event);
    case 'withdrawn-by-person':
      return handleWithdrawn(turn, event);
    case 'member-left':
      return memberLeft(turn, event.contribution, event.number);
    case 'built':
      return PROMPT[turn.session.at.prompt].built?.(turn, event.document);
    case 'mail':
      return recordOutcome(turn, event.reference, event.mail, event.outcome);
    case 'answered':
      return recordAnswer(turn, event.reference);
    case 'unusable':
      welcomeBack(turn);
      turn.say(event.what === 'file' && turn.facts.channel.takesFiles ? 'unread.file' : `unusable.${event.what}`);
      return turn.again('short');
    case 'elsewhere':
      return handleElsewhere(turn, event);
    case 'file-read':
      return handleFile(turn, event);
    case 'voice':
      return handleVoice(turn, welcomeBack(turn) === 'long');
    case 'voice-written':
    case 'voice-failed':
      return handleResult(turn, event);
    case 'edit':
      sayAlarm(turn, event.text);
      return handleEdit(turn, event);
    case 'deletion':
      return handleDeletion(turn, event.target);
    case 'staff-words':
      return handleStaffWords(turn, event);
    case 'own-word-reset':
      return handlePassphraseReset(turn);
    case 'review':
      return handleReview(turn, event);
    default:
      return event satisfies never;
  }
}

/** A message is, in this order: a first word, a tap, a command, a language, a question, an answer. */
function handleMessage(turn: Turn, event: Extract<Event, { kind: 'message' }>): void {
  if (event.text.length > MESSAGE_LIMIT) {
    turn.say('unusable.too-long');
    return turn.again('short');
  }
  const text = clean(event.text);
  if (turn.session.version === 0) {
    if (handleCode(turn, { id: event.id, text, tapped: null })) return turn.again('full');
    return handleFirst(turn, event.id, text);
  }
  const wasAway = welcomeBack(turn);
  tellUnheard(turn);
  tellNews(turn);
  const opens = tellFromStaff(turn);
  if (text === '' && event.choice === undefined) {
    turn.say('empty');
    return turn.again('short');
  }
  const said: Said = { id: event.id, text, tapped: null };
  if (event.choice === undefined && handleCode(turn, said)) return;
  if (event.choice === undefined && speaksAnother(turn, text)) return handleFirst(turn, event.id, text);
  // Who goes to another text has not written back.
  if (event.choice === undefined && runOrganiserCommand(turn, text)) return;
  takeBackWhatWasAsked(turn);
  if (event.choice !== undefined) return handleTap(turn, said, event.choice);
  const closes = closesHere(turn, PROMPT[turn.session.at.prompt], text);
  const command = commandIn(turn.world.lexicon, text) ?? (closes ? 'next' : null);
  if (MOVES_ON.includes(command) && isNoAnswer(turn, said, true)) return;
  if (command !== null) {
    runCommand(turn, command);
    return applyResolution(turn);
  }
  if (answerAlarm(turn, said)) return applyResolution(turn);
  if (withdrawTyped(turn, text) || holdOnDoubt(turn, said)) return;
  // It was meant for what stood open before; it is kept in the transcript, and the question is asked first.
  if (opens) return turn.again('full');
  const spoken = languageIn(turn.world.lexicon, text);
  const { literal, asksLanguage } = PROMPT[turn.session.at.prompt];
  if (spoken !== null && literal !== true && asksLanguage !== true) return switchLanguage(turn, spoken);
  if (asideIn(turn.world.lexicon, text) === 'no-machine' && refuseMachine(turn)) return;
  // After a pause of hours a bare "1" may answer a question long forgotten; testimony is testimony.
  const short = text.split(/\s+/u).length < 4 && questionIn(turn.world.lexicon, text) === null;
  if (isNoAnswer(turn, said, short)) return;
  if (wasAway === 'long' && (short || isGreeting(turn.world.lexicon, text))) return askAgain(turn);
  if (lockWhereGuarded(turn)) return;
  return understand(turn, said);
}

/** The very first message: whatever it says, it is answered with who we are; a long one is held, not lost. */
function handleFirst(turn: Turn, id: string, text: string): void {
  const { lexicon } = turn.world;
  const spoken = languageIn(lexicon, text) ?? guessLanguage(lexicon, text);
  if (spoken !== null) turn.change({ language: spoken });
  sayAlarm(turn, text);
  tellOtherLanguage(turn, text);
  holdTestimony(turn, { id, text });
  turn.again('full');
}

function handleTap(turn: Turn, said: Said, choice: { prompt: string; version: number; value: string }): void {
  const { at, version } = turn.session;
  if (choice.prompt !== promptKey(at) || choice.version !== version) {
    turn.say('choice.stale');
    return turn.again('short');
  }
  if (lockWhereGuarded(turn)) return;
  answer(turn, { ...said, tapped: choice.value });
}

function understand(turn: Turn, said: Said): void {
  const { lexicon } = turn.world;
  const prompt = PROMPT[turn.session.at.prompt];
  if (prompt.literal !== true && turn.session.at.prompt !== 'doubt') {
    if (prompt.slot !== undefined && doubtsWhose(turn, said)) return;
    const near = isChoiceHere(turn, said) ? null : nearCommandIn(lexicon, turn.session.language, said.text);
    const doubt = near === null ? doubtHere(turn, prompt, said) : doubtOf(near, said);
    if (doubt !== null) {
      turn.change({ doubt });
      return turn.aside({ prompt: 'doubt' });
    }
    if (prompt.slot !== undefined && isWordOfElsewhere(turn, said.text)) {
      turn.say('typed-not-here');
      return turn.again('short');
    }
    if (prompt.slot !== undefined && numberIn(said.text) !== null) {
      turn.change({ doubt: { kind: 'number', id: said.id, text: said.text } });
      return turn.aside({ prompt: 'doubt' });
    }
    const question = questionIn(lexicon, said.text);
    if (question !== null) {
      turn.say(`questions.${question}`, { org: turn.world.operator.name });
      if (question === 'how-long') giveWayBack(turn);
      if (prompt.slot === undefined) return turn.again('short');
      turn.change({ doubt: { kind: 'question', question, id: said.id, text: said.text } });
      return turn.aside({ prompt: 'doubt' });
    }
  }
  answer(turn, said);
}

/** SEND where nothing is sent, *one by one* where there is no point with questions: neither is testimony. */
function isWordOfElsewhere({ world, session }: Turn, text: string): boolean {
  if (typedIn(world.lexicon, text) !== null) return true;
  return asideIn(world.lexicon, text) === 'one-by-one' && !session.at.prompt.startsWith('topic');
}

/** A near miss of a command that is also a choice of the open prompt answers the prompt. */
function isChoiceHere(turn: Turn, said: Said): boolean {
  const folded = fold(said.text);
  return [...turn.world.lexicon.choices[turn.session.language].values()].some((phrases) => phrases.includes(folded));
}

function answer(turn: Turn, said: Said): void {
  PROMPT[turn.session.at.prompt].answer(turn, said);
  applyResolution(turn);
  const { passedOn } = turn;
  turn.passedOn = null;
  if (passedOn !== null) understand(turn, passedOn);
}
