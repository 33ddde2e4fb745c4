// Results of transcriptions: words for the speaker to accept, an answer to the open prompt, or nothing.

import { type Event, MESSAGE_LIMIT } from '../engine/event.ts';
import { promptKey, type Turn } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { takeTelling } from '../prompts/story/who-writes.ts';
import { sayAlarm } from '../stages/answer-alarm.ts';
import { guessLanguage } from '../stages/other-language.ts';
import { holdOnDoubt, holdSending } from '../stages/sending-window.ts';
import { handleTalkAside } from '../stages/talk-aside.ts';
import { alarmIn, takesBack } from '../understanding/alarm.ts';
import { isGreeting, languageIn } from '../understanding/commands.ts';
import { clean, fold } from '../understanding/fold.ts';
import type { Command } from '../understanding/word-lists.ts';
import { interrupt, isAnswer } from './present-transcriptions.ts';
import { askedAt } from './spoken/asked.ts';
import { tellOfVoiceBack } from './spoken/back.ts';
import { answerHeard, isTelling, missed, confirmSpeech } from './spoken/confirm-speech.ts';
import { understand } from './spoken/understand.ts';
import type { VoiceNote } from '../engine/recordings.ts';
import { changeNote, dropNote, failNote, noteOf, queueNote, writerOf } from './voice-queue.ts';
import { handleSpokenCheck, letGo } from './voice.ts';

/** At a list of choices, a recording of so few words was meant to choose. */
const CHOICE_WORDS = 3;

export function handleResult(turn: Turn, event: Extract<Event, { kind: 'voice-written' | 'voice-failed' }>): void {
  return event.kind === 'voice-written' ? handleTranscription(turn, event) : handleFailed(turn, event);
}

/** Ignores results for recordings that were deleted or replaced meanwhile. */
function handleTranscription(turn: Turn, event: Extract<Event, { kind: 'voice-written' }>): void {
  const note = noteOf(turn, event.note);
  if (note?.state !== 'writing') return;
  const text = clean(event.text);
  if (text.length <= MESSAGE_LIMIT) sayAlarm(turn, text);
  if (note.first === true) return handleFirst(turn, note, text);
  if (!isSpeech(turn, text)) return fail(turn, note, 'silent');
  if (text.length > MESSAGE_LIMIT) return fail(turn, note, 'too-long');
  const unsure = event.unsure === true;
  if (note.here !== undefined && event.by === 'machine' && handleAnswer(turn, note, text, unsure)) return;
  // A greeting before anything was asked contains nothing to accept.
  if (note.stray && isGreeting(turn.world.lexicon, text)) return dropNote(turn, note);
  if (note.stray && isShort(text)) return failNote(turn, note, 'choice');
  writeDown(turn, note, text, event.by);
}

/** The person was greeted already; if they speak another language, they are greeted again. The words wait for the consent. */
function handleFirst(turn: Turn, note: VoiceNote, text: string): void {
  const { session, world } = turn;
  putAside(turn, note);
  const spoken = languageIn(world.lexicon, text) ?? guessLanguage(world.lexicon, text);
  if (spoken === null || spoken === session.language || session.at.prompt !== 'hello' || !isAnswer(turn)) return;
  const { backTold: _, ...voice } = turn.session.voice;
  turn.change({ language: spoken, voice });
  tellOfVoiceBack(turn);
  turn.again('full');
}

/** Until the consent; after it, it is transcribed like any other, without a message about it. */
function putAside(turn: Turn, note: VoiceNote): void {
  hold(turn, note);
  const by = turn.session.kept ? writerOf(turn) : null;
  if (by !== 'machine' && by !== 'person') return;
  turn.keepPlace(note.slot, note.id);
  changeNote(turn, note.id, (one) => ({ ...one, placed: true }));
  queueNote(turn, note.id, by);
}

/** Silence and music are transcribed as nothing, as notes, or as the end of some film. */
function isSpeech({ world }: Turn, text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !world.lexicon.notSaid.has(fold(text));
}

function isShort(text: string): boolean {
  return text.split(/\s+/u).length <= CHOICE_WORDS;
}

function writeDown(turn: Turn, note: VoiceNote, text: string, by: 'machine' | 'person'): void {
  if (!note.placed) turn.keepPlace(note.slot, note.id);
  changeNote(turn, note.id, (one) => ({ ...one, state: 'written', text, by, placed: true }));
}

/** Confirmed before they are done; meanwhile the sending is held. */
const HOLDING: readonly Command[] = ['stop', 'delete', 'pause', 'back'];

/** Returns true if it was handled; false if it is testimony that waits for its time. */
function handleAnswer(turn: Turn, note: VoiceNote, text: string, unsure: boolean): boolean {
  const { session, world } = turn;
  const { at } = session;
  if (!isOpen(turn, note)) return isLate(turn, note, text);
  if (at.prompt === 'heard') return answerHeard(turn, note, text, unsure) || goOnTelling(turn, note, text);
  const means =
    unsure || alarmIn(world.lexicon, text) !== null
      ? null
      : understand(world.lexicon, session.language, text, askedAt(turn, at));
  if (means === null || takesBack(world.lexicon, text)) {
    if (holdOnDoubt(turn, turn.said(note.id, text))) {
      dropNote(turn, note);
      return true;
    }
  } else if (means.kind === 'command' && HOLDING.includes(means.command)) holdSending(turn);
  if (at.prompt === 'voice-check' && handleSpokenCheck(turn, note, text, means)) return true;
  if (means === null && !unsure && isForBot(turn, note, text)) return true;
  if (means !== null) confirmSpeech(turn, note, text, means);
  else if (isTelling(note, text)) tell(turn, note, text);
  else notUnderstood(turn, note, text);
  return true;
}

/** A spoken question or wish at a list of choices, handled as if it had been typed. */
function isForBot(turn: Turn, note: VoiceNote, text: string): boolean {
  if (PROMPT[turn.session.at.prompt].slot !== undefined) return false;
  if (!handleTalkAside(turn, turn.said(note.id, text))) return false;
  dropNote(turn, note);
  return true;
}

/** The question that it may have answered is over: it is no choice any more, but testimony stays testimony. */
function isLate(turn: Turn, note: VoiceNote, text: string): boolean {
  if (isTelling(note, text)) {
    if (turn.session.kept) return false;
    hold(turn, note);
    return true;
  }
  if (turn.session.kept && note.only !== true && !isInterrupt(note)) return false;
  dropNote(turn, note);
  return true;
}

/** The prompt it was spoken at is open, and the speaker waits for an answer. */
function isOpen(turn: Turn, { here }: VoiceNote): boolean {
  return here === promptKey(turn.session.at) && isAnswer(turn);
}

/** A short answer to a confirmation or a transcription is never part of the story. */
function isInterrupt({ here = '' }: VoiceNote): boolean {
  return here.startsWith('heard/') || here.startsWith('voice-check/');
}

/** More than a choice: part of the story, which nobody shall have to repeat. */
function tell(turn: Turn, note: VoiceNote, text: string): void {
  if (!turn.session.kept) {
    hold(turn, note);
    turn.say('voice.held');
    return turn.again('short');
  }
  writeDown(turn, note, text, 'machine');
  if (turn.session.at.prompt === 'for-whom') {
    changeNote(turn, note.id, (one) => ({ ...one, stray: false }));
    return takeTelling(turn);
  }
  if (turn.here.endsFirst === true) return turn.again('short');
  changeNote(turn, note.id, (one) => ({ ...one, asked: true }));
  interrupt(turn, { prompt: 'voice-check', of: note.id });
}

/** An answer that tells something ends the question what was meant. */
function goOnTelling(turn: Turn, note: VoiceNote, text: string): boolean {
  const { heard } = turn.session.voice;
  if (heard === undefined || noteOf(turn, heard.note) === undefined) {
    tell(turn, note, text);
    return true;
  }
  letGo(turn, 'short');
  turn.toAsk = null;
  return false;
}

/** Before the consent only the recording is kept, sealed, for a day. */
function hold(turn: Turn, { id }: VoiceNote): void {
  changeNote(turn, id, ({ by: _, here: __, first: ___, ...one }) => ({ ...one, state: 'held' }));
  turn.effects.push({ kind: 'voice.queue', id, by: 'nobody' });
}

/** Nothing was decided by it, and it is not kept. */
function notUnderstood(turn: Turn, note: VoiceNote, text: string): void {
  dropNote(turn, note);
  if (!isGreeting(turn.world.lexicon, text)) turn.say(whyNot(turn, text));
  turn.again('short');
}

function whyNot({ session, here }: Turn, text: string): string {
  if (here.takes === 'secret') return session.at.prompt === 'locked' ? 'spoken.secret-locked' : 'spoken.secret';
  if (here.takes === 'name') return 'names.unfit';
  if (here.takes === 'link') return 'voice.in-writing';
  return isShort(text) ? 'spoken.no-choice' : 'voice.not-here';
}

function handleFailed(turn: Turn, event: Extract<Event, { kind: 'voice-failed' }>): void {
  const note = noteOf(turn, event.note);
  if (note === undefined || note.state === 'written') return;
  // Its sound is erased already.
  if (event.why === 'expired') return changeNote(turn, note.id, (one) => ({ ...one, state: 'failed', why: 'expired' }));
  if (note.first === true) return putAside(turn, note);
  if (note.state === 'writing') fail(turn, note, event.why);
}

/**
 * Said at once if the person waits for an answer; else with their next message. A choice cannot wait for a person to
 * transcribe it.
 */
function fail(turn: Turn, note: VoiceNote, why: NonNullable<VoiceNote['why']>): void {
  if (note.here === undefined) return failNote(turn, note, why);
  const open = isOpen(turn, note);
  if (!open && (note.only === true || isInterrupt(note) || !turn.session.kept)) return dropNote(turn, note);
  if (!open || (turn.session.kept && note.only !== true && why === 'service')) return failNote(turn, note, why);
  dropNote(turn, note);
  if (turn.session.at.prompt === 'heard') return missed(turn);
  turn.say(`voice.failed-${why}`);
  turn.again('short');
}
