// Recordings as they come in, and what comes back of them. Whatever is said in one is never a command and never a choice.

import { clean } from './clean.ts';
import { MESSAGE_LIMIT, type Event } from './event.ts';
import { offerListening } from './listen.ts';
import { PROMPT } from './prompts.ts';
import type { Position } from './session.ts';
import type { PromptId } from './steps.ts';
import type { Turn } from './turning.ts';
import { changeNote, dropNote, failNote, noteOf, queueNote, sayTaken, writerOf } from './voice-queue.ts';
import { onwards } from './way.ts';

/** Minutes after the last message in which what was written down is an answer to it; later it waits for the next one. */
const ANSWER_MINUTES = 10;
/** At a list of choices a recording of so few words was meant to choose. */
const CHOICE_WORDS = 3;

/** Where nothing can be added to a text: it has left, or there is none. */
const NO_TEXT: readonly PromptId[] = [
  'write-back',
  'after',
  'withdraw-kind',
  'withdraw-sure',
  'gone',
  'closed',
  'erase',
];
/** What its speaker does; all else comes from within, and asks nobody anything. */
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

/** What is read back, made public and sent holds everything that was said, or its speaker knows that it does not. */
const NEEDS_ALL: readonly PromptId[] = [
  'others',
  'read-back',
  'read-back-check',
  'publication',
  'publication-sure',
  'names-found',
  'standing',
  'send',
];
const MUST_END_FIRST: readonly PromptId[] = [
  'voice-check',
  'voice-consent',
  'keep',
  'keep-yes',
  'minor',
  'minor-waiting',
  'language',
  'doubt',
  'person',
  'stop',
  'erase',
  'locked',
  'copy',
  'gone',
  'closed',
  'write-back',
  'after',
  'withdraw-kind',
  'withdraw-sure',
];

export function hearVoice(turn: Turn): void {
  const { session, world, event } = turn;
  const how = session.version === 0 ? 'full' : 'short';
  if (world.operator.voice === undefined || session.flags.includes('under-age'))
    return refuse(turn, 'unusable.voice', how);
  const { prompt } = session.at;
  if (session.kept && (PROMPT[prompt].literal === true || prompt === 'links'))
    return refuse(turn, 'voice.in-writing', how);
  // An organiser with nobody's text open, or one whom the person has not said yes to yet.
  const nobodys = session.gathers !== undefined && session.contribution === null;
  if (nobodys || NO_TEXT.includes(prompt)) return refuse(turn, 'voice.not-here', how);
  if (session.kept && writerOf(turn) === null) return refuse(turn, 'voice.write-instead', how);

  const told = slotBelow(turn);
  const note = { id: event.id, slot: told ?? 'story', state: 'held', placed: false, stray: told === null } as const;
  turn.change({ voice: { ...session.voice, notes: [...session.voice.notes, note] } });
  turn.effects.push({ kind: 'voice.queue', id: event.id, by: 'nobody' });
  if (!session.kept) {
    turn.say('voice.held');
    return turn.again(how);
  }
  if (prompt === 'for-whom') {
    // Who tells at once has begun the story; like in writing.
    changeNote(turn, event.id, (one) => ({ ...one, stray: false }));
    turn.change({ role: 'family' });
    turn.go(onwards(turn, 'for-whom'));
  } else if (PROMPT[prompt].slot === undefined) turn.again('short');
}

function refuse(turn: Turn, text: string, how: 'full' | 'short'): void {
  turn.say(text);
  turn.again(how);
}

/** The answer that was being told, also below an aside; null where a choice was asked for. */
function slotBelow(turn: Turn): string | null {
  const { at, under } = turn.session;
  for (const place of [at, ...under.toReversed()]) {
    const slot = slotAt(turn, place);
    if (slot !== null) return slot;
  }
  return null;
}

function slotAt(turn: Turn, place: Position): string | null {
  const { at } = turn.session;
  turn.change({ at: place });
  const slot = PROMPT[place.prompt].slot?.(turn) ?? null;
  turn.change({ at });
  return slot;
}

export function hearResult(turn: Turn, event: Extract<Event, { kind: 'voice-written' | 'voice-failed' }>): void {
  return event.kind === 'voice-written' ? hearWritten(turn, event) : hearFailed(turn, event);
}

/** A result for a recording that is no longer there, deleted or said anew meanwhile, is nobody's. */
function hearWritten(turn: Turn, event: Extract<Event, { kind: 'voice-written' }>): void {
  const note = noteOf(turn, event.note);
  if (note?.state !== 'writing') return;
  const text = clean(event.text);
  if (!/[\p{L}\p{N}]/u.test(text)) return failNote(turn, note, 'silent');
  if (text.length > MESSAGE_LIMIT) return failNote(turn, note, 'too-long');
  if (note.stray && text.split(/\s+/u).length <= CHOICE_WORDS) return failNote(turn, note, 'choice');
  changeNote(turn, note.id, (one) => ({ ...one, state: 'written', text, by: event.by }));
}

function hearFailed(turn: Turn, event: Extract<Event, { kind: 'voice-failed' }>): void {
  const note = noteOf(turn, event.note);
  if (note === undefined || note.state === 'written') return;
  // Its sound is gone already.
  if (event.why === 'expired') return changeNote(turn, note.id, (one) => ({ ...one, state: 'failed', why: 'expired' }));
  if (note.state === 'writing') failNote(turn, note, event.why);
}

export function dropVoice(turn: Turn): void {
  for (const note of turn.session.voice.notes) dropNote(turn, note);
}

/** "No machine": from here on a person listens. False where nobody can, and where it is one of the choices. */
export function refuseMachine(turn: Turn): boolean {
  const { world, session } = turn;
  const { prompt } = session.at;
  const isChoice = prompt === 'voice-check' || prompt === 'voice-consent' || PROMPT[prompt].literal === true;
  if (world.operator.voice?.staff !== true || isChoice) return false;
  turn.change({ voice: { ...session.voice, machine: false } });
  for (const { id } of session.voice.notes.filter(({ state, by }) => state === 'writing' && by === 'machine')) {
    queueNote(turn, id, 'person');
  }
  turn.say('voice.no-machine', { org: world.operator.name });
  turn.again('short');
  return true;
}

/** Taken back by its speaker, perhaps while it is being written down. False where it is none of these. */
export function deleteVoice(turn: Turn, id: string): boolean {
  const note = noteOf(turn, id);
  if (note === undefined) return false;
  dropNote(turn, note);
  return true;
}

/** After every event: what may be written down is queued, and what was written down is shown to its speaker in its time. */
export function bringUpVoice(turn: Turn): void {
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
  if (next === undefined) return;
  changeNote(turn, next.id, (note) => ({ ...note, asked: true }));
  interrupt(turn, { prompt: 'voice-check', of: next.id });
}

/** Each gets its place among the answers, and somebody to write it down; or its speaker is asked. */
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
    } else if (!MUST_END_FIRST.includes(turn.session.at.prompt)) {
      turn.say('voice.held-here');
      interrupt(turn, { prompt: 'voice-consent' });
    }
  }
}

/** After a message: between two prompts, or where something is told; never over a question that is open. */
function mayAskNow({ session, toAsk }: Turn): boolean {
  if (MUST_END_FIRST.includes(session.at.prompt) || session.paused) return false;
  return toAsk !== null || PROMPT[session.at.prompt].slot !== undefined;
}

/** By itself only as an answer, and only where nobody may be typing the number of a choice. */
function mayAnswerNow({ session, event }: Turn): boolean {
  const minutes = (Date.parse(event.at) - Date.parse(session.lastAt)) / 60_000;
  const { prompt } = session.at;
  return !session.paused && minutes <= ANSWER_MINUTES && (PROMPT[prompt].slot !== undefined || prompt === 'voice-left');
}

function interrupt(turn: Turn, to: Position): void {
  const then = turn.toAsk ?? (turn.session.at.prompt === 'voice-left' ? 'full' : 'short');
  turn.change({ voice: { ...turn.session.voice, then } });
  turn.aside(to);
}

/** True where recordings must be settled before this prompt, and are now asked about. */
export function settleVoiceFirst(turn: Turn): boolean {
  const { voice, at } = turn.session;
  if (voice.notes.length === 0 || !NEEDS_ALL.includes(at.prompt)) return false;
  const written = voice.notes.find(({ state }) => state === 'written');
  turn.change({ voice: { ...voice, then: 'full' } });
  turn.aside(written === undefined ? { prompt: 'voice-left' } : { prompt: 'voice-check', of: written.id });
  return true;
}
