// An earlier interview while its organiser sorts it under the topics: its parts do not count until they are placed.

import { topicsOf } from '../../calls/call.ts';
import type { Part, Slot } from '../engine/effect.ts';
import { nameOf } from './gathering.ts';
import { fingerprintOf, fingerprintsOf, paragraphsIn, rangesOf } from '../engine/paragraphs.ts';
import { takesAnythingElse } from '../engine/questions.ts';
import type { TextRef } from '../engine/reply.ts';
import type { Session } from '../engine/session.ts';
import { slotName } from '../engine/slot-name.ts';
import { NEEDS } from '../engine/needs.ts';
import type { Turn } from '../engine/turn.ts';
import { type FileRead, sayLeft } from '../stages/file-left.ts';

export type Importing = NonNullable<Session['importing']>;

const SLOT = 'import';
/** More paragraphs are a book, not an interview. */
export const MOST = 500;
const STEPS = 30;
export const LEFT = '-';
export const OUT = '0';

/** A to Z. */
const LETTERS = 26;

export interface ImportPlace {
  readonly letter: string;
  readonly slot: Slot;
  readonly name: TextRef;
}

/**
 * The places for paragraphs, by letters, since numbers are the paragraphs'. Every question with a free answer, without
 * links: those are asked for one by one.
 */
export function placesOf({ world }: Turn): readonly ImportPlace[] {
  const { asks, 'good-examples': good } = world.intake.optional;
  const topics = topicsOf(world.call).map(({ id }) => ({
    slot: `topic/${id}`,
    name: { key: `call:topics.${id}.short` },
  }));
  const last = [
    ...(asks ? ['asks/government', 'asks/experts'] : []),
    ...(good ? ['good'] : []),
    ...(takesAnythingElse(world) ? ['else'] : []),
  ];
  const others = last.map((slot) => ({ slot, name: slotName(slot, world.call) }));
  const all = [
    { slot: 'story', name: { key: 'import.story' } },
    ...topics.slice(0, LETTERS - 1 - last.length),
    ...others,
  ];
  return all.map((place, index) => ({ ...place, letter: String.fromCodePoint(65 + index) }));
}

/** True in an open case of an organiser, while its text is being written. */
export function takesImports({ session, here }: Turn): boolean {
  const open = session.gathers === 'case' && session.kept && session.teller !== undefined;
  return open && session.joint === undefined && here.takesImports === true;
}

/** The organiser's command for it. */
export function askForImport(turn: Turn): void {
  const { importing, at } = turn.session;
  if (!takesImports(turn)) {
    turn.say('import.not-here');
    return turn.again('short');
  }
  if (importing !== undefined && at.prompt !== 'import') return layOut(turn);
  turn.aside({ prompt: 'import-text' });
}

/** Begins to sort a text; waiting paragraphs stay, and the numbers continue. */
export function beginImport(turn: Turn, id: string, text: string, file?: Pick<FileRead, 'left' | 'footnotes'>): void {
  const texts = paragraphsIn(text, file !== undefined);
  const before = turn.session.importing;
  const first = (before?.where.length ?? 0) + 1;
  // The paragraphs are kept as parts; the transcript does not keep the message a second time.
  turn.effects.push({ kind: 'redact', message: id });
  if (first - 1 + texts.length > MOST) {
    turn.say('import.too-many', { count: texts.length, most: MOST });
    return turn.again('short');
  }
  warn(turn, texts, first);
  // *undo* cannot restore an earlier interview while this one is sorted.
  turn.forgetUndo();
  texts.forEach((one, index) => {
    const part: Part = { id: paragraphId(id, index + 1), slot: SLOT, text: one, words: 0, pending: true };
    turn.effects.push({ kind: 'part.add', part });
  });
  turn.change({
    imported: [...(turn.session.imported ?? []), id],
    importing: {
      messages: [...(before?.messages ?? []), { id, count: texts.length }],
      where: `${before?.where ?? ''}${LEFT.repeat(texts.length)}`,
      steps: before?.steps ?? [],
      shown: { from: first, to: first - 1 },
    },
  });
  turn.say('import.read', { count: texts.length });
  if (file !== undefined) sayLeft(turn, file, first - 1);
  layOut(turn);
}

function layOut(turn: Turn): void {
  if (turn.session.at.prompt === 'import-text') turn.resume('full');
  if (turn.session.at.prompt === 'import') turn.again('full');
  else turn.aside({ prompt: 'import' });
}

/** Warns if a paragraph is in a text already; names the place as far as it may be shown, and never the other text. */
function warn(turn: Turn, texts: readonly string[], first: number): void {
  const { fingerprint } = turn.world;
  const { fingerprints } = turn.facts;
  if (fingerprints === undefined) throw NEEDS.fingerprints;
  // A paragraph of several lines, as a row of a table, is compared line by line.
  const own = texts.map((text) =>
    paragraphsIn(text)
      .map((line) => fingerprintOf(line, fingerprint))
      .filter((one) => one !== null),
  );
  const same = (known: ReadonlySet<string>) =>
    own.flatMap((lines, index) => (lines.length > 0 && lines.every((one) => known.has(one)) ? [first + index] : []));
  const here = same(fingerprintsOf(turn.parts(), fingerprint));
  if (here.length > 0) turn.say('import.same-here', { numbers: rangesOf(here) });
  for (const one of fingerprints) {
    const there = same(one.fingerprints);
    if (there.length > 0) turn.say('import.same-there', { numbers: rangesOf(there), name: nameOf(turn, one.session) });
  }
}

function paragraphId(message: string, number: number): string {
  return `${message}/p${number}`;
}

/** True for a paragraph of any earlier interview. */
export function isImported(id: string): boolean {
  return /\/p\d+$/u.test(id);
}

export function isImportedFrom(message: string, id: string): boolean {
  return id.startsWith(`${message}/p`);
}

/** The ids of all paragraphs, in their order. */
function idsOf({ messages }: Importing): readonly string[] {
  return messages.flatMap(({ id, count }) => Array.from({ length: count }, (_, index) => paragraphId(id, index + 1)));
}

/** Numbers of the paragraphs at this place. */
export function numbersAt({ where }: Importing, letter: string): readonly number[] {
  return Array.from(where).flatMap((one, index) => (one === letter ? [index + 1] : []));
}

/** A paragraph by its number; undefined if it was deleted meanwhile. */
export function paragraph(turn: Turn, importing: Importing, number: number): Part | undefined {
  const id = idsOf(importing)[number - 1];
  return turn.allParts().find((part) => part.id === id);
}

/** Puts paragraphs at a place; those that had another one move. */
export function place(turn: Turn, importing: Importing, numbers: readonly number[], to: string): void {
  const where = Array.from(importing.where);
  const slot = placesOf(turn).find(({ letter }) => letter === to)?.slot;
  for (const number of numbers) {
    const part = paragraph(turn, importing, number);
    if (part !== undefined && part.pending !== true && where[number - 1] !== to) turn.setAside(part, SLOT);
    if (part !== undefined && slot !== undefined && where[number - 1] !== to) turn.fillPlace(slot, part.id, part.text);
    where[number - 1] = part === undefined ? OUT : to;
  }
  const steps = to === LEFT ? importing.steps : [...importing.steps, [...numbers]].slice(-STEPS);
  turn.change({ importing: { ...importing, where: where.join(''), steps } });
}

/** Takes the last placing back: its paragraphs wait again. Returns null if there is none. */
export function takeBackPlacing(turn: Turn, importing: Importing): readonly number[] | null {
  const last = importing.steps.at(-1);
  if (last === undefined) return null;
  const from = Math.min(importing.shown.from, ...last);
  place(turn, { ...importing, steps: importing.steps.slice(0, -1), shown: { from, to: from - 1 } }, last, LEFT);
  return last;
}

/** Ends the import: paragraphs without a place are erased. */
export function endImport(turn: Turn, importing: Importing): void {
  const ids = idsOf(importing);
  const gone = [...numbersAt(importing, LEFT), ...numbersAt(importing, OUT)];
  const erased = gone.flatMap((number) => ids[number - 1] ?? []);
  if (erased.length > 0) {
    turn.remember('importing');
    turn.removeParts(turn.allParts().filter(({ id }) => erased.includes(id)));
  }
  const { importing: _, ...rest } = turn.session;
  turn.session = rest;
  const params = { placed: importing.where.length - gone.length, erased: erased.length };
  if (erased.length > 0) turn.say('import.done-erased', params, { commands: ['undo'] });
  else turn.say('import.done', params);
  turn.resume('full');
}

/** Its message was deleted for everyone: paragraphs that still wait are removed. */
export function dropWaiting(turn: Turn, message: string): boolean {
  const { importing } = turn.session;
  if (importing === undefined) return false;
  const numbers = idsOf(importing).flatMap((id, index) => (isImportedFrom(message, id) ? [index + 1] : []));
  if (numbers.length === 0) return false;
  const ids = numbers.map((number) => paragraph(turn, importing, number)).filter((part) => part?.pending === true);
  turn.effects.push({ kind: 'part.remove', ids: ids.flatMap((part) => part?.id ?? []) });
  const where = Array.from(importing.where)
    .map((one, index) => (numbers.includes(index + 1) ? OUT : one))
    .join('');
  turn.change({ importing: { ...importing, where } });
  return true;
}
