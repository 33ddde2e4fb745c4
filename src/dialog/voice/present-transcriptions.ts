// After every event: queues recordings that may be transcribed, and shows finished transcriptions to their speaker at a
// suitable moment.

import type { Event } from '../engine/event.ts';
import type { Position } from '../engine/session.ts';
import { promptKey, type Stage, type Turn } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { offerListening } from './spoken/back.ts';
import { commandIn } from '../understanding/commands.ts';
import { mayUnderstand } from './spoken/asked.ts';
import { askWhetherCommand, forgetLeftBehind } from './spoken/confirm-speech.ts';
import type { VoiceNote } from '../engine/recordings.ts';
import { changeNote, dropNote, queueNote, sayTaken, unsettled, writerOf } from './voice-queue.ts';

/** Minutes after the last message in which a transcription is an answer to it; later it waits for the next message. */
const ANSWER_MINUTES = 10;

/** Events that the person causes; all others come from inside, and ask nothing. */
const BY_PERSON: readonly Event['kind'][] = [
  'message',
  'voice',
  'unusable',
  'file-read',
  'edit',
  'deletion',
  'opened',
  'entered',
];

export function presentTranscriptions(turn: Turn): void {
  forgetLeftBehind(turn);
  const { kept, contribution, voice } = turn.session;
  if (!kept || contribution === null || voice.notes.length === 0 || turn.facts.elsewhere === true) return;
  settleHeld(turn);
  const isResult = turn.event.kind === 'voice-written' || turn.event.kind === 'voice-failed';
  if (!isResult && !BY_PERSON.includes(turn.event.kind)) return;
  const fromPerson = !isResult;
  if (fromPerson ? !mayAskNow(turn) : !mayAnswerNow(turn)) return;
  for (const note of turn.session.voice.notes.filter(({ state }) => state === 'failed')) {
    turn.say(`voice.failed-${note.why ?? 'service'}`);
    dropNote(turn, note);
    if (!fromPerson) turn.toAsk ??= 'short';
  }
  const next = turn.session.voice.notes.find(({ state, asked }) => state === 'written' && asked !== true);
  if (next !== undefined) showWritten(turn, next);
}

/** "I understood: …"; or, if the words may be a command, the question what was meant. */
function showWritten(turn: Turn, note: VoiceNote): void {
  const { text = '', by, plain, stray } = note;
  const command = commandIn(turn.world.lexicon, text);
  const mayBe = by === 'machine' && plain !== true && !stray && mayUnderstand(turn);
  if (command !== null && mayBe && PROMPT[turn.session.at.prompt].slot !== undefined) {
    turn.toAsk = null;
    return askWhetherCommand(turn, note, { kind: 'command', command });
  }
  changeNote(turn, note.id, (one) => ({ ...one, asked: true }));
  interrupt(turn, { prompt: 'voice-check', of: note.id });
}

/** Gives each a placeholder and a transcriber, or asks the speaker. */
function settleHeld(turn: Turn): void {
  for (const note of turn.session.voice.notes.filter(({ state }) => state === 'held')) {
    if (!note.placed) {
      turn.keepPlace(note.slot, note.id);
      changeNote(turn, note.id, (one) => ({ ...one, placed: true }));
    }
    const by = writerOf(turn);
    if (by === null) {
      dropNote(turn, { ...note, placed: true });
      turn.say('voice.write-instead');
      turn.toAsk ??= 'short';
    } else if (by !== 'ask') {
      queueNote(turn, note.id, by);
      sayTaken(turn, by);
      offerListening(turn);
    } else if (turn.here.endsFirst !== true) {
      turn.say('voice.held-here');
      interrupt(turn, { prompt: 'voice-consent' });
    }
  }
}

/** After a message: between two prompts, or at a free answer; never over an open question. */
function mayAskNow({ session, here, toAsk }: Turn): boolean {
  if (here.endsFirst === true || session.paused) return false;
  return toAsk !== null || PROMPT[session.at.prompt].slot !== undefined;
}

/** By itself only as an answer, and only if nobody may be typing the number of a choice. */
function mayAnswerNow(turn: Turn): boolean {
  const { session } = turn;
  const { prompt } = session.at;
  return isAnswer(turn) && (PROMPT[prompt].slot !== undefined || prompt === 'voice-left');
}

/** Soon enough after the last message to be an answer to it. */
export function isAnswer({ session, event, facts }: Turn): boolean {
  const minutes = (Date.parse(event.at) - Date.parse(session.lastAt)) / 60_000;
  return !session.paused && facts.elsewhere !== true && minutes <= ANSWER_MINUTES;
}

export function interrupt(turn: Turn, to: Position): void {
  const whole = turn.session.at.prompt === 'voice-left' || turn.here.needsRecordings === true;
  const then = turn.toAsk ?? (whole ? 'full' : 'short');
  turn.change({ voice: { ...turn.session.voice, then } });
  turn.aside(to);
}

/**
 * Asks about unsettled recordings before this prompt. Returns true if there are any. A recording that may be an answer
 * to the prompt itself is waited for there.
 */
export function requireTranscriptionsSettled(turn: Turn): boolean {
  const { voice, at } = turn.session;
  if (turn.here.needsRecordings !== true) return false;
  const open = unsettled(turn).filter(({ here }) => here !== promptKey(at));
  if (open.length === 0) return false;
  const written = open.find(({ state }) => state === 'written');
  turn.change({ voice: { ...voice, then: 'full' } });
  turn.aside(written === undefined ? { prompt: 'voice-left' } : { prompt: 'voice-check', of: written.id });
  return true;
}

/** "No machine": from now on a person transcribes, unless nobody can, or it is one of the choices. */
export const noTranscription: Stage = (turn) => {
  const { world, session } = turn;
  const { prompt } = session.at;
  const isChoice = prompt === 'voice-check' || prompt === 'voice-consent' || PROMPT[prompt].literal === true;
  if (world.operator.voice?.staff !== true || isChoice) return 'next';
  turn.change({ voice: { ...session.voice, machine: false } });
  for (const { id } of session.voice.notes.filter(({ state, by }) => state === 'writing' && by === 'machine')) {
    queueNote(turn, id, 'person');
  }
  turn.say('voice.no-machine', { org: world.operator.name });
  turn.again('short');
  return 'done';
};
