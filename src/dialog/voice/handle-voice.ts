// Incoming recordings. At a free answer they are part of it; at other prompts they may answer, which is known after the
// transcription.

import type { PromptTraits } from '../engine/prompt-traits.ts';
import type { Position } from '../engine/session.ts';
import { promptKey, type Turn } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { takeTelling } from '../prompts/story/who-writes.ts';
import { askAboutSending, isAtRest } from '../stages/sending-window.ts';
import { goOnTelling } from '../stages/end-of-turn.ts';
import { welcomeBack } from '../stages/welcome.ts';
import { mayUnderstand } from './spoken/asked.ts';
import { tellOfVoiceBack } from './spoken/back.ts';
import { changeNote, sayTaken, writerOf } from './voice-queue.ts';

export function handleVoice(turn: Turn): void {
  const wasAway = welcomeBack(turn) === 'long';
  goOnTelling(turn);
  const { session, world } = turn;
  const how = session.version === 0 ? 'full' : 'short';
  if (world.operator.voice === undefined || session.flags.includes('under-age'))
    return refuse(turn, 'unusable.voice', how);
  turn.cameEarly(turn.event.id);
  tellOfVoiceBack(turn);
  if (mayUnderstand(turn) && !isTold(turn)) return listenFor(turn, wasAway);
  takeAsTold(turn, how);
}

/** True if the prompt takes testimony and is no choice. */
function isTold({ session, here }: Turn): boolean {
  return PROMPT[session.at.prompt].slot !== undefined && here.takes !== 'link';
}

/**
 * A choice, or part of the story: it waits for its transcription, and the prompt stays open. `wasAway`: the question is
 * hours old.
 */
function listenFor(turn: Turn, wasAway: boolean): void {
  const { session, event } = turn;
  const told = slotBelow(turn);
  const base = session.at.prompt === 'heard' ? session.under.at(-1)?.prompt : session.at.prompt;
  const place = told !== null && session.kept;
  const note = {
    id: event.id,
    slot: told ?? 'story',
    state: 'writing',
    by: 'machine',
    placed: place,
    stray: told === null,
    here: promptKey(session.at),
    ...(session.kept && base !== undefined && tellsNothing(turn.traitsOf(base)) ? { only: true as const } : {}),
  } as const;
  if (place) turn.keepPlace(note.slot, note.id);
  turn.change({ voice: { ...turn.session.voice, notes: [...turn.session.voice.notes, note] } });
  turn.effects.push({ kind: 'voice.queue', id: event.id, by: 'machine' });
  // The handling of recordings is explained once in full; before the consent nothing else is kept.
  if (session.kept && !session.voice.told) sayTaken(turn, 'machine');
  else turn.say('spoken.listening', undefined, { replaces: 'saved' });
  if (wasAway) turn.again('full');
}

function tellsNothing({ noText, takes }: PromptTraits): boolean {
  return noText === true || takes !== undefined;
}

function takeAsTold(turn: Turn, how: 'full' | 'short'): void {
  const { session, event } = turn;
  const { prompt } = session.at;
  if (session.kept && (PROMPT[prompt].literal === true || turn.here.takes === 'link')) {
    return refuse(turn, 'voice.in-writing', how);
  }
  // An organiser without an open text, or whose contributor has not consented yet.
  const nobodys = session.gathers !== undefined && session.contribution === null;
  // Nobody knows what was said: perhaps that the text shall not leave.
  if (isAtRest(turn) && askAboutSending(turn)) return turn.say('voice.not-here');
  if (nobodys || turn.here.noText === true) return refuse(turn, 'voice.not-here', how);
  if (session.kept && writerOf(turn) === null) return refuse(turn, 'voice.write-instead', how);

  const told = slotBelow(turn);
  const note = { id: event.id, slot: told ?? 'story', state: 'held', placed: false, stray: told === null } as const;
  turn.change({ voice: { ...turn.session.voice, notes: [...turn.session.voice.notes, note] } });
  turn.effects.push({ kind: 'voice.queue', id: event.id, by: 'nobody' });
  if (!session.kept) {
    if (session.version === 0) findLanguage(turn);
    turn.say('voice.held');
    return turn.again(how);
  }
  if (prompt === 'for-whom') {
    // A person who begins to tell has begun the story, as in writing.
    changeNote(turn, event.id, (one) => ({ ...one, stray: false }));
    return takeTelling(turn);
  }
  if (PROMPT[prompt].slot !== undefined) return;
  if (writerOf(turn) === 'person') turn.say('spoken.by-person');
  turn.again('short');
}

/** Detects the language of a first recording, since no text was written. Nothing else is taken from it before the consent. */
function findLanguage(turn: Turn): void {
  if (turn.world.operator.voice?.machine !== 'here' || turn.session.gathers !== undefined) return;
  const { id } = turn.event;
  changeNote(turn, id, (note) => ({ ...note, state: 'writing', by: 'machine', first: true }));
  turn.effects.push({ kind: 'voice.queue', id, by: 'machine', language: 'any' });
}

function refuse(turn: Turn, text: string, how: 'full' | 'short'): void {
  turn.say(text);
  turn.again(how);
}

/** The answer that was being told, also below an interruption; null if a choice was asked for. */
function slotBelow(turn: Turn): string | null {
  const { at, under } = turn.session;
  for (const place of [at, ...under.toReversed()]) {
    const slot = slotAt(turn, place);
    if (slot !== null) return slot;
  }
  return null;
}

function slotAt(turn: Turn, place: Position): string | null {
  return turn.lookFrom(place, () => PROMPT[place.prompt].slot?.(turn) ?? null);
}
