// "I heard: 2, a friend or a witness. Is that right?" Nothing that is spoken counts before its speaker has said so here. The
// numbers are those of the list below, never of this question: who says or writes one chooses anew.

import { fold } from '../understanding/fold.ts';
import type { Prompt } from '../engine/prompt.ts';
import type { Said } from '../engine/said.ts';
import type { Params } from '../engine/reply.ts';
import type { Candidate } from './spoken/candidate.ts';
import { saysPhrase } from './spoken/phrase.ts';
import { yesOrNo } from './spoken/understand.ts';
import type { Turn } from '../engine/turn-in-progress.ts';
import { changeNote, dropNote, noteOf } from './voice-queue.ts';

export const heard: Prompt = {
  literal: true,
  ask(turn) {
    const { heard: candidate } = turn.session.voice;
    const params = candidate === undefined ? null : paramsOf(turn, candidate);
    if (candidate === undefined || params === null) return letGo(turn, 'full');
    turn.ask(textOf(turn, candidate), params, { commands: ['yes', 'no'], whole: true });
  },
  hear(turn, said) {
    const { heard: candidate } = turn.session.voice;
    if (candidate === undefined) return letGo(turn, 'full');
    const answer = answerTo(turn, candidate, said.text);
    if (answer === 'yes') return confirm(turn, candidate, said.text);
    if (answer === 'no') return refuse(turn, candidate);
    // Whoever types has answered the question below, or goes on telling.
    passOn(turn, said);
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    letGo(turn, 'short');
    turn.settled = { doubt: { kind: 'command', command, id: '', text: '' }, how: 'not-text' };
    return true;
  },
};

/** Where a phrase is asked for, a yes is not enough; null for what is neither. */
export function answerTo(turn: Turn, { phrase }: Candidate, text: string): 'yes' | 'no' | null {
  const { lexicon } = turn.world;
  const { language } = turn.session;
  const plain = yesOrNo(lexicon, language, text);
  if (plain === 'no' || phrase === undefined) return plain;
  return saysPhrase(lexicon, language, phrase, text) ? 'yes' : null;
}

export function confirm(turn: Turn, candidate: Candidate, text: string): void {
  const note = noteOf(turn, candidate.note);
  if (note !== undefined) dropNote(turn, note);
  forget(turn);
  turn.resume('full');
  turn.toAsk = null;
  turn.confirmed = { ...candidate, words: [...candidate.words, text] };
}

/** Not that: where something is told it is a part of it, and is asked about as such. */
export function refuse(turn: Turn, candidate: Candidate): void {
  if (noteOf(turn, candidate.note) === undefined) turn.say('spoken.not-that');
  letGo(turn, 'short');
}

/** The question is over, nothing was decided. What may be a part of the telling is still there, to be asked about. */
export function letGo(turn: Turn, how: 'full' | 'short'): void {
  forget(turn);
  turn.resume(how);
}

/** It was left by another way than an answer: what may be a part of the telling is asked about as such. */
export function forget(turn: Turn): void {
  const { heard: candidate, ...voice } = turn.session.voice;
  turn.change({ voice });
  if (candidate !== undefined) changeNote(turn, candidate.note, ({ asked: _, ...note }) => ({ ...note, plain: true }));
}

function passOn(turn: Turn, said: Said): void {
  letGo(turn, 'short');
  turn.toAsk = null;
  turn.passedOn = said;
}

function textOf(turn: Turn, { means, phrase, note }: Candidate): string {
  const telling = noteOf(turn, note) !== undefined;
  if (means.kind === 'typed') return `spoken.sure-${means.word}`;
  if (means.kind === 'name') return 'spoken.name';
  if (means.kind === 'choice') return phrase === undefined ? 'spoken.choice' : 'spoken.choice-sure';
  return telling ? 'spoken.command-telling' : 'spoken.command';
}

/** Null where what was chosen is not there any more. */
function paramsOf(turn: Turn, { means, phrase = '' }: Candidate): Params | null {
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

export function sameMeaning(a: Candidate['means'], b: Candidate['means']): boolean {
  return fold(JSON.stringify(a)) === fold(JSON.stringify(b));
}
