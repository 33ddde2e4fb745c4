// Takes many words out, or replaces them: old and new text are shown together, and the person types a word to confirm.

import { countWords } from '../../../words.ts';
import type { Part } from '../../engine/effect.ts';
import type { BuiltDocument } from '../../engine/event.ts';
import { excessOf, toldIn } from '../../engine/limit.ts';
import { askAboutStray, definePrompt, mayBeStray } from '../../engine/prompt.ts';
import { isKeptAside } from '../../engine/budget.ts';
import { type Choice, numbered } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import { slotName } from '../../engine/slot-name.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import type { Command } from '../../understanding/word-lists.ts';
import { isRefusal, plainAnswerIn, saysErase } from '../../understanding/plain-answer.ts';
import { type Ranges, rangesIn } from '../../understanding/ranges.ts';
import { numberIn } from '../../understanding/recognize.ts';
import { endsOf, sentencesIn, withoutSentences } from '../../understanding/sentences.ts';

type Cut = NonNullable<Session['cut']>;

/** Number of words from which a cut is shown and asked about. */
export const MANY_WORDS = 150;

/** A message of this many words is a new text for the part, not a mistyped number. */
const NEW_TEXT_WORDS = 8;

export interface Listed {
  readonly part: Part;
  readonly text: string;
}

/** The sentences of an answer, as the person wrote them. */
export function sentencesOf(turn: Turn, slot: string): readonly Listed[] {
  return turn
    .parts(slot)
    .flatMap((part) => sentencesIn(part.text, turn.session.language).map((text) => ({ part, text })))
    .filter(({ text }) => text.trim() !== '');
}

function listOf(turn: Turn, kind: 'sentences' | 'messages', slot: string): readonly Listed[] {
  return kind === 'sentences' ? sentencesOf(turn, slot) : turn.parts(slot).map((part) => ({ part, text: part.text }));
}

/** Numbers of the open list: few words are taken out at once, more are asked about. */
export function cutNumbers(turn: Turn, kind: 'sentences' | 'messages', found: Ranges): void {
  const slot = turn.session.at.of ?? '';
  const listed = listOf(turn, kind, slot);
  if (found.kind !== 'numbers') {
    turn.say(found.kind === 'reversed' ? 'cut.reversed' : 'choice.out-of-range', { last: listed.length });
    return turn.again('short');
  }
  const { numbers } = found;
  const words = wordsOf(listed.filter((_, index) => numbers.includes(index + 1)));
  // All sentences of an answer are never taken out without asking.
  const all = kind === 'sentences' && numbers.length === listed.length;
  if (words < MANY_WORDS && !all) return takeOut(turn, kind, slot, numbers);
  propose(turn, { kind, numbers: [...numbers], of: markOf(turn, turn.parts(slot)) });
}

/** Offers the message as a replacement of the answer. Returns false if it has few words. */
function proposeText(turn: Turn, { id, text }: Said): boolean {
  if (countWords(text) < NEW_TEXT_WORDS) return false;
  propose(turn, { kind: 'new-text', id, text });
  return true;
}

/** Messages of any answer: few words are taken out at once, more are asked about. Asks the open prompt again. */
export function cutMessages(turn: Turn, gone: readonly Part[]): void {
  if (wordsOf(gone) < MANY_WORDS) {
    takeOutMessages(turn, gone);
    return turn.again('short');
  }
  propose(turn, { kind: 'talk', ids: gone.map(({ id }) => id), of: markOf(turn, gone) });
}

export function takeOutMessages(turn: Turn, gone: readonly Part[]): void {
  if (gone.length === 0) return;
  turn.removeParts(gone);
  turn.say('sieve.left-out', { text: shortened(gone.map(lineOf).join('\n'), SAID_BACK) }, { commands: ['undo'] });
}

/** In characters: of one message in a list, and of all that are said back. */
const LINE = 100;
const SAID_BACK = 350;

/** A message as one line of a list. */
export function lineOf({ text }: Pick<Part, 'text'>): string {
  return shortened(text.trim().replace(/\s+/gu, ' '), LINE);
}

export function shortened(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most).join('')} …`;
}

function propose(turn: Turn, cut: Cut): void {
  turn.change({ cut });
  turn.aside({ prompt: 'cut-sure', ...of(turn) });
}

function of({ session: { at } }: Turn): { readonly of?: string } {
  return at.of === undefined ? {} : { of: at.of };
}

function markOf(turn: Turn, parts: readonly Part[]): string {
  return turn.world.fingerprint(`cut ${JSON.stringify(parts.map(({ id, text }) => [id, text]))}`);
}

/** The answer, or the messages, that the cut is about. */
function partsOf(turn: Turn, cut: Cut, slot: string): readonly Part[] {
  return cut.kind === 'talk' ? turn.parts().filter(({ id }) => cut.ids.includes(id)) : turn.parts(slot);
}

export const cutSure = definePrompt('cut-sure', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep' },
  typed: ({ session }) => [session.cut?.kind === 'new-text' ? 'replace' : 'erase'],
  literal: true,
  ask(turn) {
    const { cut, at } = turn.session;
    const slot = at.of ?? '';
    if (cut === undefined || isOutdated(turn, cut, slot)) return asOutdated(turn);
    const goes = chosen(turn, cut, slot);
    if (turn.asking !== 'short') {
      turn.say('cut.goes', shown(goes));
      if (cut.kind === 'new-text') turn.say('cut.comes', shown([{ text: cut.text }]));
    }
    const text = cut.kind === 'new-text' ? 'cut.sure-new' : 'cut.sure-out';
    turn.ask(text, undefined, { commands: ['back'], whole: true });
  },
  answer(turn, said) {
    const { cut, at } = turn.session;
    const slot = at.of ?? '';
    if (cut === undefined || isOutdated(turn, cut, slot)) return asOutdated(turn);
    const { lexicon } = turn.world;
    const erases = cut.kind !== 'new-text' && saysErase(lexicon, said.text);
    if (erases || said.typed === (cut.kind === 'new-text' ? 'replace' : 'erase')) {
      leave(turn, 'full');
      if (cut.kind === 'talk') return takeOutMessages(turn, partsOf(turn, cut, slot));
      if (cut.kind !== 'new-text') return takeOut(turn, cut.kind, slot, cut.numbers);
      turn.addInstead(turn.parts(slot), slot, cut.id, cut.text);
      turn.say('over-limit.replaced', undefined, { commands: ['undo'] });
      return turn.resume('full');
    }
    if (isRefusal(lexicon, said.text)) {
      turn.say('cut.not-done');
      return leave(turn, 'short');
    }
    // Other numbers, or another text: for the list below. A bare number may have been meant as a yes or a no.
    const listed = numberIn(said.text) === null && rangesIn(lexicon, said.text, 0) !== null;
    if (listed || (plainAnswerIn(lexicon, said.text) === null && countWords(said.text) >= NEW_TEXT_WORDS)) {
      leave(turn, 'full');
      turn.toAsk = null;
      turn.passedOn = said;
      return;
    }
    turn.say('cut.needs-word');
    turn.again('short');
  },
  command(turn, command: Command) {
    if (command !== 'back' && command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.say('cut.not-done');
    leave(turn, 'full');
    return true;
  },
});

/** Returns to the list. */
function leave(turn: Turn, how: 'full' | 'short'): void {
  const { cut: _, ...rest } = turn.session;
  turn.session = rest;
  turn.resume(how);
}

function asOutdated(turn: Turn): void {
  turn.say('cut.not-done');
  leave(turn, 'full');
}

/** True if the answer was changed meanwhile, by an edit, a deletion or *undo*. */
function isOutdated(turn: Turn, cut: Cut, slot: string): boolean {
  return cut.kind !== 'new-text' && cut.of !== markOf(turn, partsOf(turn, cut, slot));
}

function chosen(turn: Turn, cut: Cut, slot: string): readonly Pick<Listed, 'text'>[] {
  if (cut.kind === 'new-text' || cut.kind === 'talk') return partsOf(turn, cut, slot);
  return listOf(turn, cut.kind, slot).filter((_, index) => cut.numbers.includes(index + 1));
}

export function wordsOf(texts: readonly Pick<Listed, 'text'>[]): number {
  return texts.reduce((sum, { text }) => sum + countWords(text), 0);
}

function shown(texts: readonly Pick<Listed, 'text'>[]) {
  return { words: wordsOf(texts), ...endsOf(texts.map(({ text }) => text).join(' ')) };
}

function takeOut(turn: Turn, kind: 'sentences' | 'messages', slot: string, numbers: readonly number[]): void {
  const listed = listOf(turn, kind, slot);
  const gone = listed.filter((_, index) => numbers.includes(index + 1));
  for (const part of new Set(gone.map((one) => one.part))) {
    const own = listed.filter((one) => one.part === part);
    const out = new Set(own.flatMap((one, index) => (gone.includes(one) ? [index] : [])));
    if (out.size === own.length) turn.removeParts([part]);
    else turn.replacePart(part, withoutSentences(part.text, turn.session.language, out));
  }
  const text = kind === 'sentences' ? 'over-limit.left-out' : 'review.removed';
  turn.say(text, { words: wordsOf(gone) }, { commands: ['undo'] });
  turn.resume('full');
}

// Over the limit: shows the longest parts and how much each would have to lose. The bot never cuts by itself.

function longestFirst(turn: Turn): readonly (readonly [string, number])[] {
  return Object.entries(turn.session.counts)
    .filter(([slot]) => !isKeptAside(turn.session, slot))
    .map(([slot, { words }]) => [slot, words] as const)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5);
}

export const overLimit = definePrompt('over-limit', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  options: (turn) =>
    longestFirst(turn).map(([slot]) => ({ value: `part:${slot}`, label: slotName(slot, turn.world.call) })),
  ask: (turn) => void turn.effects.push({ kind: 'build', final: false, file: false }),
  built(turn, document) {
    const excess = excessOf(turn.world.call, false, document);
    if (excess === null) {
      sayFits(turn, document);
      return turn.resume('full');
    }
    const { words: over, pages } = excess;
    const { words } = document;
    const choices: readonly Choice[] = longestFirst(turn).map(([slot, has]) => ({
      value: `part:${slot}`,
      label: {
        key: 'over-limit.part',
        params: { part: slotName(slot, turn.world.call), words: has, lose: Math.min(has, over) },
      },
    }));
    const extra = { choices, commands: ['pause'] };
    if (pages !== null) turn.ask('over-limit.ask-pages', { pages: pages.has, over, limit: pages.allowed }, extra);
    else turn.ask('over-limit.ask', { words, told: toldIn(document), over, limit: words - over }, extra);
  },
  answer(turn, said) {
    const slot = said.tapped?.slice('part:'.length) ?? longestFirst(turn)[(numberIn(said.text) ?? 0) - 1]?.[0];
    if (slot !== undefined) return turn.aside({ prompt: 'over-limit-part', of: slot });
    if (mayBeStray(turn, said)) return askAboutStray(turn, said);
    turn.say('over-limit.choose');
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.say('over-limit.must');
    turn.again('short');
    return true;
  },
});

/** After cuts, also to a joint document. */
export function sayFits(turn: Turn, { words, pages }: BuiltDocument): void {
  if (pages === undefined) turn.say('over-limit.fits', { words });
  else turn.say('over-limit.fits-pages', { pages: Math.ceil(pages) });
}

export const overLimitPart = definePrompt('over-limit-part', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  typed: () => ['erase'],
  options: (turn) => numbered(sentencesOf(turn, turn.session.at.of ?? '')),
  ask(turn) {
    const slot = turn.session.at.of ?? '';
    const sentences = sentencesOf(turn, slot);
    if (sentences.length === 0) return turn.resume('full');
    const list = sentences.map(({ text }, index) => `${index + 1}. ${text.trim()} (${countWords(text)})`).join('\n');
    turn.say('over-limit.sentences', { part: slotName(slot, turn.world.call), text: list });
    turn.ask('over-limit.which', undefined, { commands: ['next', 'back'] });
  },
  answer(turn, said) {
    const slot = turn.session.at.of ?? '';
    const { lexicon } = turn.world;
    if (said.typed === 'erase') {
      const words = turn.session.counts[slot]?.words ?? 0;
      turn.removeParts(turn.parts(slot));
      turn.say('over-limit.left-out', { words }, { commands: ['undo'] });
      return turn.resume('full');
    }
    const last = sentencesOf(turn, slot).length;
    const found = rangesIn(lexicon, said.text, last);
    if (found !== null) return cutNumbers(turn, 'sentences', found);
    if (proposeText(turn, said)) return;
    turn.say('over-limit.unclear', { last });
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.resume('full');
    return true;
  },
});
