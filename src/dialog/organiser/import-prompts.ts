// The organiser sorts an earlier interview under the topics, paragraph by paragraph; nothing is guessed.

import { countWords } from '../../words.ts';
import { inBubbles, type Numbered, rangesOf } from '../engine/paragraphs.ts';
import { choicePrompt, definePrompt } from '../engine/prompt.ts';
import type { TextRef } from '../engine/reply.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { type Placing, placingIn } from '../understanding/ranges.ts';
import {
  beginImport,
  endImport,
  type Importing,
  LEFT,
  numbersAt,
  OUT,
  paragraph,
  place,
  placesOf,
  takeBackPlacing,
} from './import.ts';

/** Most that is shown at once; the rest follows on *next*. */
const SHOWN = { paragraphs: 12, characters: 2400 };
/** A message of this many words that places nothing is more of the interview. */
const MORE_WORDS = 8;

export const importText = definePrompt('import-text', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', takesWords: true, takesImports: true },
  literal: true,
  ask(turn) {
    const { takesFiles, takesInterviews } = turn.facts.channel;
    const text = takesFiles || takesInterviews === true ? 'import.ask-file' : 'import.ask-text';
    turn.ask(text, undefined, { commands: ['back'] });
  },
  answer: (turn, said) => beginImport(turn, said.id, said.text),
});

export const importing = definePrompt('import', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', takesImports: true },
  literal: true,
  ask(turn) {
    const state = turn.session.importing;
    if (state === undefined) return turn.resume('full');
    if (turn.asking === 'full') show(turn, state);
    const places = placesOf(turn).map(({ letter, name }): TextRef => ({
      key: 'import.place',
      params: { letter, place: name },
    }));
    turn.ask('import.ask', { places: { list: places, by: 'line' } }, { commands: ['next', 'back'] });
  },
  answer(turn, said) {
    const state = turn.session.importing;
    if (state === undefined) return turn.resume('full');
    const letters = placesOf(turn).map(({ letter }) => letter);
    const placing = placingIn(turn.world.lexicon, said.text, letters);
    if (placing === null) return notPlaced(turn, said);
    put(turn, state, placing);
  },
  command(turn, command) {
    const state = turn.session.importing;
    if (state === undefined) return false;
    if (command === 'back') {
      const back = takeBackPlacing(turn, state);
      if (back === null) end(turn, state);
      else {
        turn.say('import.taken-back', { numbers: rangesOf(back) });
        turn.again('full');
      }
      return true;
    }
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    const more = numbersAt(state, LEFT).find((number) => number > state.shown.to);
    if (more === undefined || command === 'skip-all') end(turn, state);
    else {
      turn.change({ importing: { ...state, shown: { from: more, to: more - 1 } } });
      turn.again('full');
    }
    return true;
  },
});

function notPlaced(turn: Turn, said: Said): void {
  if (countWords(said.text) >= MORE_WORDS) return beginImport(turn, said.id, said.text);
  turn.say('import.not-understood');
  turn.again('short');
}

function put(turn: Turn, state: Importing, { what, to }: Placing): void {
  const last = state.where.length;
  const numbers = what === 'rest' ? numbersAt(state, LEFT) : what;
  if (numbers.some((number) => number < 1 || number > last)) {
    turn.say('import.out-of-range', { last });
    return turn.again('short');
  }
  if (numbers.length === 0) {
    turn.say('import.none-left');
    return turn.again('short');
  }
  const moved = numbers.filter((number) => ![LEFT, OUT, to].includes(state.where[number - 1] ?? LEFT));
  place(turn, state, numbers, to);
  const now = turn.session.importing ?? state;
  const left = numbersAt(now, LEFT);
  const name = placesOf(turn).find(({ letter }) => letter === to)?.name ?? { key: 'import.nowhere' };
  turn.say('import.placed', { numbers: rangesOf(numbers), place: name, left: left.length });
  if (moved.length > 0) turn.say('import.moved', { numbers: rangesOf(moved) });
  if (left.length === 0) turn.say('import.all-placed');
  const onShow = left.some((number) => number >= now.shown.from && number <= now.shown.to);
  const next = left.find((number) => number > now.shown.to);
  if (onShow) return turn.again('short');
  if (left.length > 0) turn.change({ importing: { ...now, shown: { from: next ?? 1, to: (next ?? 1) - 1 } } });
  turn.again(left.length > 0 ? 'full' : 'short');
}

/** Shows the placed paragraphs as numbers, then those that wait, as many as can be read at once. */
function show(turn: Turn, state: Importing): void {
  const stands = placesOf(turn).flatMap(({ letter, name }): TextRef[] => {
    const numbers = numbersAt(state, letter);
    return numbers.length === 0
      ? []
      : [{ key: 'import.stands-line', params: { place: name, numbers: rangesOf(numbers) } }];
  });
  if (stands.length > 0) turn.say('import.stands', { places: { list: stands, by: 'line' } });
  const left = numbersAt(state, LEFT);
  const shown: Numbered[] = [];
  let characters = 0;
  for (const number of left.filter((one) => one >= state.shown.from)) {
    const text = paragraph(turn, state, number)?.text ?? '';
    if (shown.length > 0 && (shown.length >= SHOWN.paragraphs || characters + text.length > SHOWN.characters)) break;
    shown.push({ number, text });
    characters += text.length;
  }
  // They are in the case already; the transcript need not repeat them.
  for (const text of inBubbles(shown)) turn.say('import.shown', { text }, { secret: text });
  const to = shown.at(-1)?.number ?? state.shown.to;
  turn.change({ importing: { ...state, shown: { ...state.shown, to } } });
  const more = left.filter((number) => number > to).length;
  if (more > 0) turn.say('import.more', { more });
  if (left.length === 0) turn.say('import.all-placed');
}

function end(turn: Turn, state: Importing): void {
  if (numbersAt(state, LEFT).length === 0) return endImport(turn, state);
  turn.change({ at: { prompt: 'import-end' } });
  turn.again('full');
}

/** Asked once: paragraphs without a place are erased. */
export const importEnd = choicePrompt('import-end', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['import-erase', 'import-on'],
  ask(turn) {
    const state = turn.session.importing;
    if (state === undefined) return turn.resume('full');
    const left = numbersAt(state, LEFT);
    turn.ask('import.end', { left: left.length, numbers: rangesOf(left) }, { choices: ['import-erase', 'import-on'] });
  },
  choose(turn, value) {
    const state = turn.session.importing;
    if (state === undefined) return turn.resume('full');
    if (value === 'import-erase') return endImport(turn, state);
    onAgain(turn, state);
  },
  command(turn, command) {
    const state = turn.session.importing;
    if (command !== 'back' || state === undefined) return false;
    onAgain(turn, state);
    return true;
  },
});

function onAgain(turn: Turn, state: Importing): void {
  turn.change({ at: { prompt: 'import' }, importing: { ...state, shown: { from: 1, to: 0 } } });
  turn.again('full');
}
