// A recording is an answer once its speaker has accepted the transcription; until then it does not count.

import { acknowledge, choicePrompt, definePrompt } from '../engine/prompt.ts';
import type { Params } from '../engine/reply.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { fold } from '../understanding/fold.ts';
import { corrected, type Correction, correctionIn, spokenCorrectionIn } from '../understanding/plain-answer.ts';
import { hearOnce, isWanted } from '../understanding/talk/hear.ts';
import type { Interpretation, Meaning, VoiceNote } from '../engine/recordings.ts';
import { saysPhrase } from './spoken/phrase.ts';
import { yesOrNo } from './spoken/understand.ts';
import {
  acceptNote,
  changeNote,
  dropNote,
  leaveNotesOut,
  noteOf,
  queueNote,
  sayTaken,
  unsettled,
} from './voice-queue.ts';

// "I heard: 2, a friend or a witness. Is that right?" Nothing spoken counts before its speaker has confirmed it here.
// The numbers are those of the list below, not of this question: saying or typing one is a new choice.

export const heard = definePrompt('heard', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', endsFirst: true, confirmsSpeech: true },
  literal: true,
  ask(turn) {
    const { heard: interpretation } = turn.session.voice;
    const params = interpretation === undefined ? null : paramsOf(turn, interpretation);
    if (interpretation === undefined || params === null) return letGo(turn, 'full');
    turn.ask(textOf(turn, interpretation), params, { commands: ['yes', 'no'], whole: true });
  },
  answer(turn, said) {
    const { heard: interpretation } = turn.session.voice;
    if (interpretation === undefined) return letGo(turn, 'full');
    const answer = answerTo(turn, interpretation, said.text);
    if (answer === 'yes') return confirm(turn, interpretation, said.text);
    if (answer === 'no') return refuse(turn, interpretation);
    // A typed message answers the question below, or goes on telling.
    passOn(turn, said);
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    letGo(turn, 'short');
    turn.settled = { doubt: { kind: 'command', command, id: '', text: '' }, how: 'not-text' };
    return true;
  },
});

/** If a phrase is asked for, a yes is not enough. Returns null if it is neither a yes nor a no. */
export function answerTo(turn: Turn, { phrase }: Interpretation, text: string): 'yes' | 'no' | null {
  const { lexicon } = turn.world;
  const { language } = turn.session;
  const plain = yesOrNo(lexicon, language, text);
  if (plain === 'no' || phrase === undefined) return plain;
  return saysPhrase(lexicon, language, phrase, text) ? 'yes' : null;
}

export function confirm(turn: Turn, interpretation: Interpretation, text: string): void {
  const note = noteOf(turn, interpretation.note);
  if (note !== undefined) dropNote(turn, note);
  forget(turn);
  turn.resume('full');
  turn.toAsk = null;
  turn.confirmed = { ...interpretation, words: [...interpretation.words, text] };
}

/** The interpretation was wrong: a recording that may be testimony is asked about as such. */
export function refuse(turn: Turn, interpretation: Interpretation): void {
  if (noteOf(turn, interpretation.note) === undefined) turn.say('spoken.not-that');
  letGo(turn, 'short');
}

/** Ends the question without a decision. A recording that may be testimony is kept, to be asked about. */
export function letGo(turn: Turn, how: 'full' | 'short'): void {
  forget(turn);
  turn.resume(how);
}

/** The question was left without an answer: a recording that may be testimony is asked about as such. */
export function forget(turn: Turn): void {
  const { heard: interpretation, ...voice } = turn.session.voice;
  turn.change({ voice });
  if (interpretation !== undefined)
    changeNote(turn, interpretation.note, ({ asked: _, ...note }) => ({ ...note, plain: true }));
}

function passOn(turn: Turn, said: Said): void {
  letGo(turn, 'short');
  turn.toAsk = null;
  turn.passedOn = said;
}

function textOf(turn: Turn, { means, phrase, note }: Interpretation): string {
  const telling = noteOf(turn, note) !== undefined;
  if (means.kind === 'typed') return `spoken.sure-${means.word}`;
  if (means.kind === 'name') return 'spoken.name';
  if (means.kind === 'choice') return phrase === undefined ? 'spoken.choice' : 'spoken.choice-sure';
  return telling ? 'spoken.command-telling' : 'spoken.command';
}

/** Returns null if the choice does not exist any more. */
function paramsOf(turn: Turn, { means, phrase = '' }: Interpretation): Params | null {
  switch (means.kind) {
    case 'choice': {
      const below = turn.session.under.at(-1);
      const choices = below === undefined ? [] : turn.choicesAt(below);
      const choice = choices[means.number - 1];
      if (choice?.value !== means.value) return null;
      return { number: means.number, choice: choice.label, phrase };
    }
    case 'command':
      return { word: { key: `commands.${means.command}` } };
    case 'typed':
      return { phrase };
    case 'language':
      return { word: { key: `choices.language-${means.language}` } };
    case 'name':
      return { name: means.name };
    case 'no':
      return {};
    default:
      return means satisfies never;
  }
}

export function sameMeaning(a: Interpretation['means'], b: Interpretation['means']): boolean {
  return fold(JSON.stringify(a)) === fold(JSON.stringify(b));
}

/** A message of this many words instead of an answer is more of the story. */
const MORE_WORDS = 4;

/** "I understood: …": right, say it again, I will write it, one word for another. */
export const voiceCheck = choicePrompt('voice-check', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [], endsFirst: true, takesCorrections: true },
  strict: true,
  plain: true,
  values: checkChoices,
  ask(turn) {
    const note = noteHere(turn);
    if (note?.text === undefined) return end(turn);
    if (turn.asking !== 'short') {
      turn.say(
        note.by === 'person' ? 'voice.written-person' : 'voice.written',
        { text: note.text },
        { about: note.id },
      );
    }
    turn.ask('voice.check', undefined, { choices: checkChoices(turn), whole: true });
  },
  choose(turn, value) {
    const note = noteHere(turn);
    if (note === undefined) return end(turn);
    switch (value) {
      case 'voice-right':
        return accept(turn, note);
      case 'voice-person':
        queueNote(turn, note.id, 'person');
        sayTaken(turn, 'person');
        return end(turn);
      default:
        leaveNotesOut(turn, [note]);
        turn.say(value === 'voice-again' ? 'voice.again' : 'voice.write', undefined, { commands: ['undo'] });
        return end(turn);
    }
  },
  otherwise(turn, said) {
    const note = noteHere(turn);
    return note !== undefined && (changeWord(turn, note, correctionIn(said.text)) || goOnTelling(turn, said));
  },
  command(turn, command) {
    // Not now: it stays unaccepted, and is asked about again before anything is read back.
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    end(turn);
    return true;
  },
});

function noteHere(turn: Turn): VoiceNote | undefined {
  return noteOf(turn, turn.session.at.of);
}

function checkChoices(turn: Turn): readonly string[] {
  const person = turn.world.operator.voice?.staff === true && noteHere(turn)?.by === 'machine';
  return ['voice-right', 'voice-again', 'voice-write', ...(person ? ['voice-person'] : [])];
}

/**
 * A spoken answer: it is right, or one word for another. Returns true if it was handled; an answer that would erase is
 * confirmed first.
 */
export function handleSpokenCheck(turn: Turn, answer: VoiceNote, text: string, means: Meaning | null): boolean {
  const note = noteHere(turn);
  if (note?.text === undefined) return false;
  const plain = yesOrNo(turn.world.lexicon, turn.session.language, text);
  const right = plain === 'yes' || (means?.kind === 'choice' && means.value === 'voice-right');
  const correction = spokenCorrectionIn(text);
  const changes = correction !== null && corrected(note.text, correction) !== null;
  if (!right && plain !== 'no' && !changes) return false;
  dropNote(turn, answer);
  if (changes) return changeWord(turn, note, correction);
  if (!right) {
    turn.again('short');
    return true;
  }
  accept(turn, note);
  return true;
}

/** Words for the bot are handled as if they had been typed; all others are an answer. */
function accept(turn: Turn, note: VoiceNote): void {
  const { id, text = '' } = note;
  if (turn.session.voice.then === 'short' && note.plain !== true && isWanted(hearOnce(turn, text), text)) {
    dropNote(turn, note);
    turn.passedOn = turn.said(id, text);
    return end(turn);
  }
  acceptNote(turn, note);
  acknowledge(turn);
  end(turn);
}

function end(turn: Turn): void {
  turn.resume(turn.session.voice.then);
  turn.change({ voice: { ...turn.session.voice, then: 'short' } });
}

function changeWord(turn: Turn, note: VoiceNote, correction: Correction | null): boolean {
  if (correction === null || note.text === undefined) return false;
  const text = corrected(note.text, correction);
  if (text === null) {
    turn.say('voice.not-found');
    turn.again('short');
    return true;
  }
  // The former text of it was wrong.
  turn.effects.push({ kind: 'unsay', about: note.id });
  changeNote(turn, note.id, (one) => ({ ...one, text }));
  turn.again('full');
  return true;
}

/** A person who goes on telling is not made to answer first. */
function goOnTelling(turn: Turn, { id, text }: Said): boolean {
  const slot = noteHere(turn)?.slot;
  const telling = noteHere(turn)?.stray === false && turn.session.voice.then === 'short';
  if (!telling || slot === undefined || text.split(/\s+/u).length < MORE_WORDS) return false;
  turn.addPart(slot, id, text);
  acknowledge(turn);
  turn.again('short');
  return true;
}

/** Asked once, before anything spoken is sent to a machine that is not the operator's. A separate consent. */
export const voiceConsent = choicePrompt('voice-consent', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: ['voice-yes'], endsFirst: true },
  strict: true,
  plain: true,
  values: consentChoices,
  ask: (turn) => turn.ask('voice.consent', consentParams(turn), { choices: consentChoices(turn), whole: true }),
  choose(turn, value) {
    const machine = value === 'voice-yes';
    const wording = { key: 'voice.consent', params: consentParams(turn), choices: consentChoices(turn) };
    turn.consent('transcribe', machine ? 'yes' : 'no', wording);
    turn.change({ voice: { ...turn.session.voice, machine } });
    end(turn);
  },
});

function consentChoices({ world }: Turn): readonly string[] {
  return ['voice-yes', world.operator.voice?.staff === true ? 'voice-no-machine' : 'voice-no'];
}

function consentParams({ world }: Turn) {
  return { host: world.operator.voice?.host ?? '', org: world.operator.name };
}

/** Before anything is read back: recordings that are not transcribed yet would be missing. */
export const voiceLeft = choicePrompt('voice-left', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['voice-wait', 'voice-without'],
  ask(turn) {
    const { length: count } = unsettled(turn);
    if (count === 0) return turn.resume('full');
    turn.ask('voice.left', { count }, { choices: ['voice-wait', 'voice-without'], commands: ['pause'] });
  },
  choose(turn, value) {
    if (value === 'voice-wait') return turn.say('voice.waits');
    leaveNotesOut(turn, unsettled(turn));
    turn.say('voice.dropped', undefined, { commands: ['undo'] });
    turn.resume('full');
  },
});
