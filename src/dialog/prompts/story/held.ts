// Messages from before the consent, and files: shown, and used only if the person says so; several also one by one.

import type { Part } from '../../engine/effect.ts';
import { acknowledge, choicePrompt } from '../../engine/prompt.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import { countWords } from '../../../words.ts';
import { leavesOut, letsBe } from '../../understanding/about-words.ts';
import { leavesWordsOut } from '../../understanding/alarm.ts';
import { fold } from '../../understanding/fold.ts';
import { plainAnswerIn } from '../../understanding/plain-answer.ts';
import { hearOnce, TOLD } from '../../understanding/talk/hear.ts';

/** In characters: how much of a pending text is shown. */
const SHOWN = 300;

function beginningOf(texts: readonly string[]): string {
  const text = texts.join('\n');
  return text.length > SHOWN ? `${text.slice(0, SHOWN)} …`.toWellFormed() : text;
}

export const held = choicePrompt('held', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [] },
  values: heldChoices,
  exactly: ['held-erase'],
  ask(turn) {
    const { parts, words, decided } = turn.session.held;
    if (parts === 0) return onFromHeld(turn);
    const choices = heldChoices(turn);
    if (decided !== undefined) {
      const [next] = undecided(turn);
      // The last open one was deleted meanwhile.
      if (next === undefined) return settle(turn, chosen(turn));
      const number = turn.heldParts().indexOf(next) + 1;
      const params = { number, parts, text: beginningOf([next.text]) };
      return turn.ask('held.ask-one', params, { choices, whole: true });
    }
    // The text of a file was shown a moment ago.
    const text = turn.session.at.of === undefined ? beginningOf(turn.heldParts().map((part) => part.text)) : '';
    const key = text === '' ? 'held.ask' : 'held.ask-shown';
    turn.ask(key, { parts, words, text }, { choices, whole: true });
  },
  choose,
  otherwise(turn, said) {
    const { lexicon } = turn.world;
    const values = heldChoices(turn);
    const leaves = values.findIndex((value) => value === 'held-erase' || value === 'held-not-this');
    const isOut = [letsBe, leavesOut, leavesWordsOut].some((says) => says(lexicon, said.text));
    if (isOut || plainAnswerIn(lexicon, said.text) === 'no') choose(turn, values[leaves] ?? '');
    else if (isPlainlyTold(turn, said.text)) {
      // They go on telling: the question waits, and nothing that is told waits with it.
      turn.addPart('story', said.id, said.text);
      acknowledge(turn);
      turn.again('short');
    } else if (saysSomeNo(turn, said.text)) {
      turn.say('held.number', { use: 1, out: leaves + 1 });
      turn.again('short');
    } else return false;
    return true;
  },
});

function choose(turn: Turn, value: string): void {
  const { decided } = turn.session.held;
  if (value === 'held-each' || decided !== undefined) {
    const [now] = decided === undefined ? [] : undecided(turn);
    const is = now === undefined ? {} : { [now.id]: value === 'held-this' };
    turn.change({ held: { ...turn.session.held, decided: { ...decided, ...is } } });
    if (undecided(turn).length > 0) return turn.again('full');
    return settle(turn, chosen(turn));
  }
  settle(turn, value === 'held-use' ? turn.heldParts() : []);
}

/** From so many words on, a message can be told plainly. */
const TELLING_WORDS = 6;

function isPlainlyTold(turn: Turn, text: string): boolean {
  if (turn.session.at.of !== undefined || countWords(text) < TELLING_WORDS) return false;
  return (hearOnce(turn, text)?.talk ?? TOLD - 1) < TOLD;
}

/** A few words with a "not" that were not understood. */
function saysSomeNo({ world: { lexicon }, session: { language } }: Turn, text: string): boolean {
  const words = fold(text).split(' ');
  return words.length < TELLING_WORDS && words.some((word) => lexicon.negations[language].has(word));
}

function heldChoices(turn: Turn): readonly string[] {
  const { parts, decided } = turn.session.held;
  if (decided !== undefined) return ['held-this', 'held-not-this'];
  return parts > 1 ? ['held-use', 'held-erase', 'held-each'] : ['held-use', 'held-erase'];
}

function undecided(turn: Turn): readonly Part[] {
  const { decided = {} } = turn.session.held;
  return turn.heldParts().filter(({ id }) => !(id in decided));
}

function chosen(turn: Turn): readonly Part[] {
  const { decided = {} } = turn.session.held;
  return turn.heldParts().filter(({ id }) => decided[id] === true);
}

function settle(turn: Turn, used: readonly Part[]): void {
  const slot = turn.session.at.of ?? 'story';
  const left = turn.heldParts().filter((part) => !used.includes(part));
  if (left.length > 0) {
    // They stay sealed until they expire, or something else is taken out.
    turn.change({ held: heldOf(left) });
    turn.remember('held');
  }
  if (used.length > 0) {
    // Messages from before the consent go first; a file goes after what was told so far.
    const first = turn.session.at.of === undefined ? { first: turn.session.early ?? [] } : {};
    turn.effects.push({ kind: 'held.use', slot, ids: used.map(({ id }) => id), ...first });
    const { parts, words } = heldOf(used);
    const before = turn.session.counts[slot] ?? { parts: 0, words: 0 };
    const after = { parts: before.parts + parts, words: before.words + words };
    turn.change({ counts: { ...turn.session.counts, [slot]: after }, built: null });
  }
  turn.change({ held: { parts: 0, words: 0 } });
  if (left.length === 0 && used.length > 0) turn.say('held.used');
  else turn.say(used.length === 0 ? 'held.left-out' : 'held.used-some', undefined, { commands: ['undo'] });
  onFromHeld(turn);
}

function heldOf(parts: readonly Part[]) {
  const words = parts.reduce((sum, part) => sum + part.words, 0);
  return { parts: parts.length, words, ids: Object.fromEntries(parts.map((part) => [part.id, part.words])) };
}

/** Goes on even if nothing is pending any more: it expired, or was deleted. */
function onFromHeld(turn: Turn): void {
  if (turn.session.under.length > 0) return turn.resume('short');
  turn.go(nextStep(turn, 'held'));
}
