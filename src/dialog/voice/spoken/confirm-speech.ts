// Confirms an interpretation of a recording: asks whether it was meant, and handles the answer.

import type { Position } from '../../engine/session.ts';
import { promptKey, type Turn } from '../../engine/turn.ts';
import type { Interpretation, Meaning, VoiceNote } from '../../engine/recordings.ts';
import { changeNote, dropNote, noteOf } from '../voice-queue.ts';
import { answerTo, confirm, forget, letGo, refuse, sameMeaning } from '../voice.ts';
import { askedAt, proofOf } from './asked.ts';
import { wasRead } from './back.ts';
import { makePhrase } from './phrase.ts';
import { understand } from './understand.ts';

/** Number of unclear answers after which typing is asked for, and nothing is decided. */
const TRIES = 2;

/** Asks to confirm what was heard at this prompt; `tries`: unclear recordings before it. */
export function confirmSpeech(turn: Turn, note: VoiceNote, text: string, means: Meaning, tries = 0): void {
  const proof = proofOf(turn.here, means);
  dropNote(turn, note);
  if (proof === 'none') {
    turn.confirmed = { note: note.id, means, words: [text], tries };
    return;
  }
  const phrase = proof === 'phrase' ? phraseFor(turn, note) : undefined;
  if (phrase === null) return;
  const words = [text];
  change(turn, { note: note.id, means, words, tries, ...(phrase === undefined ? {} : { phrase }) });
  turn.aside({ prompt: 'heard', of: note.id });
}

/** Returns null if it cannot be given by voice now, and says why. */
function phraseFor(turn: Turn, { id }: VoiceNote): string | null {
  const { at, language } = turn.session;
  if (turn.facts.channel.speaks !== true) {
    turn.say('spoken.by-hand');
    turn.again('full');
    return null;
  }
  if (!wasRead(turn, promptKey(at))) {
    turn.say('spoken.hear-first');
    turn.change({ voice: { ...turn.session.voice, aloud: true } });
    turn.again('full');
    return null;
  }
  return makePhrase(turn.world.lexicon, language, turn.world.fingerprint(`phrase ${id}`));
}

/** At a free answer, a recording that is exactly a command may be the command, or part of the story. */
export function askWhetherCommand(turn: Turn, note: VoiceNote, means: Meaning): void {
  changeNote(turn, note.id, (one) => ({ ...one, asked: true }));
  change(turn, { note: note.id, means, words: [note.text ?? ''], tries: 0 });
  turn.aside({ prompt: 'heard', of: note.id });
}

/** A recording during a confirmation. Returns true if it was an answer; false if it is testimony. */
export function answerHeard(turn: Turn, note: VoiceNote, text: string, unsure: boolean): boolean {
  const { heard: interpretation } = turn.session.voice;
  const below = turn.session.under.at(-1);
  if (interpretation === undefined || below === undefined) return false;
  const answer = unsure ? null : answerTo(turn, interpretation, text);
  if (answer === 'yes') {
    dropNote(turn, note);
    confirm(turn, interpretation, text);
    return true;
  }
  if (answer === 'no') {
    dropNote(turn, note);
    refuse(turn, interpretation);
    return true;
  }
  const { lexicon } = turn.world;
  const means = unsure ? null : understand(lexicon, turn.session.language, text, askedAt(turn, below));
  const other = means !== null && !sameMeaning(means, interpretation.means) ? means : null;
  if (means === null && isTelling(note, text)) return false;
  if (other === null || interpretation.tries >= TRIES) {
    dropNote(turn, note);
    missed(turn);
    return true;
  }
  return insteadOf(turn, note, text, other, interpretation, below);
}

/** Another choice of the same list: confirmed in its turn. */
function insteadOf(
  turn: Turn,
  note: VoiceNote,
  text: string,
  means: Meaning,
  interpretation: Interpretation,
  below: Position,
): boolean {
  const before = noteOf(turn, interpretation.note);
  if (before !== undefined) return false;
  forget(turn);
  turn.change({ at: below, under: turn.session.under.slice(0, -1) });
  confirmSpeech(turn, note, text, means, interpretation.tries + 1);
  return true;
}

/** An unclear answer decides nothing: asked again at most twice, then by typing. */
export function missed(turn: Turn): void {
  const { heard: interpretation } = turn.session.voice;
  if (interpretation === undefined) return;
  if (interpretation.tries < TRIES) {
    change(turn, { ...interpretation, tries: interpretation.tries + 1 });
    turn.say('spoken.unclear');
    return turn.again('full');
  }
  turn.say('spoken.give-up');
  letGo(turn, 'full');
}

const TELLING_WORDS = 4;

/** The person goes on telling instead of answering: that is kept. */
export function isTelling({ only }: VoiceNote, text: string): boolean {
  return only !== true && text.split(/\s+/u).length >= TELLING_WORDS;
}

/** Forgets the interpretation if its confirmation is no longer open, however it was left. */
export function forgetLeftBehind(turn: Turn): void {
  const { at, under, voice } = turn.session;
  if (voice.heard === undefined) return;
  const open = [at, ...under].some(({ prompt, of }) => prompt === 'heard' && of === voice.heard?.note);
  if (!open) forget(turn);
}

function change(turn: Turn, heard: Interpretation): void {
  turn.change({ voice: { ...turn.session.voice, heard } });
}
