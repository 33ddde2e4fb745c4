// Operations on a recording that is no answer yet. Pure: rows follow from the effects.

import type { Turn } from '../engine/turn.ts';
import type { VoiceFailure, VoiceNote } from '../engine/recordings.ts';

export function noteOf(turn: Turn, id: string | undefined): VoiceNote | undefined {
  return turn.session.voice.notes.find((note) => note.id === id);
}

export function changeNote(turn: Turn, id: string, change: (note: VoiceNote) => VoiceNote): void {
  const { voice } = turn.session;
  turn.change({ voice: { ...voice, notes: voice.notes.map((note) => (note.id === id ? change(note) : note)) } });
}

/** The speaker accepts it: it is an answer from now on, and its sound is erased. */
export function acceptNote(turn: Turn, { id, slot, text }: VoiceNote): void {
  turn.fillPlace(slot, id, text ?? '');
  forget(turn, id);
}

/** It does not become an answer, and its sound is erased. */
export function dropNote(turn: Turn, { id, placed, asked }: VoiceNote): void {
  if (placed) turn.freePlace(id);
  if (asked === true) turn.effects.push({ kind: 'unsay', about: id });
  forget(turn, id);
}

/**
 * Left out by their speaker: placeholders and sound are kept, so that *undo* asks about them again. Shown
 * transcriptions are redacted at once.
 */
export function leaveNotesOut(turn: Turn, notes: readonly VoiceNote[]): void {
  for (const { id } of notes.filter(({ asked }) => asked === true)) turn.effects.push({ kind: 'unsay', about: id });
  const placed = new Set(notes.filter((note) => note.placed).map(({ id }) => id));
  turn.removeParts(turn.allParts().filter(({ id }) => placed.has(id)));
  turn.leaveOut({ dropped: notes.map(({ asked: _, ...note }) => note) });
  const { voice } = turn.session;
  const gone = new Set(notes.map(({ id }) => id));
  turn.change({ voice: { ...voice, notes: voice.notes.filter(({ id }) => !gone.has(id)) } });
}

function forget(turn: Turn, id: string): void {
  const { voice } = turn.session;
  turn.change({ voice: { ...voice, notes: voice.notes.filter((note) => note.id !== id) } });
  turn.effects.push({ kind: 'voice.erase', ids: [id] });
}

/** Its allowed transcriber now; 'ask': the speaker must be asked first; null: there is none. */
export function writerOf({ world, session }: Turn): 'machine' | 'person' | 'ask' | null {
  const means = world.operator.voice;
  if (means === undefined) return null;
  const person = means.staff ? 'person' : null;
  if (means.machine === 'none' || session.voice.machine === false) return person;
  if (means.machine === 'elsewhere' && session.voice.machine === null) return 'ask';
  return 'machine';
}

export function queueNote(turn: Turn, id: string, by: 'machine' | 'person'): void {
  if (noteOf(turn, id)?.asked === true) turn.effects.push({ kind: 'unsay', about: id });
  turn.effects.push({ kind: 'voice.queue', id, by });
  changeNote(turn, id, ({ text: _, asked: __, why: ___, ...note }) => ({ ...note, state: 'writing', by }));
}

/** If the machine failed, a person transcribes it, if there is one. Silence is final for both. */
export function failNote(turn: Turn, note: VoiceNote, why: VoiceFailure): void {
  const again =
    turn.world.operator.voice?.staff === true && note.by !== 'person' && (why === 'service' || why === 'too-long');
  if (again) return queueNote(turn, note.id, 'person');
  changeNote(turn, note.id, ({ text: _, ...rest }) => ({ ...rest, state: 'failed', why }));
}

/** Says what happens to recordings: once in full. */
export function sayTaken(turn: Turn, by: 'machine' | 'person'): void {
  const { voice } = turn.session;
  const params = { org: turn.world.operator.name, days: turn.world.operator.voice?.keepDays ?? 0 };
  if (voice.told) return turn.say(`voice.taken-${by}`, params, { replaces: 'saved' });
  turn.change({ voice: { ...voice, told: true } });
  turn.say(`voice.taken-first-${by}`, params);
  if (by === 'machine' && turn.world.operator.voice?.staff === true) turn.say('voice.no-machine-hint');
}

/** Erases a recording that its speaker deleted, perhaps during its transcription. Returns false if there is none. */
export function deleteVoice(turn: Turn, id: string): boolean {
  const note = noteOf(turn, id);
  if (note === undefined) {
    const left = turn.session.undo?.before.dropped?.some((one) => one.id === id) === true;
    if (left) turn.forgetMessage((one) => one === id);
    return left;
  }
  dropNote(turn, note);
  return true;
}

/** Recordings that are or may be part of the text, and are not settled. */
export function unsettled({ session }: Turn): readonly VoiceNote[] {
  return session.voice.notes.filter(({ only }) => only !== true);
}

/** Asks about recordings that are not transcribed or accepted. Returns true if there are any. */
export function waitForVoice(turn: Turn): boolean {
  if (unsettled(turn).length === 0) return false;
  turn.change({ voice: { ...turn.session.voice, then: 'full' } });
  turn.aside({ prompt: 'voice-left' });
  return true;
}
