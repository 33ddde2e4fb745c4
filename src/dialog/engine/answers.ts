// The answers of the turn that is being taken: what is added, taken out and replaced, and the one step back.

import { countWords } from '../../words.ts';
import type { Effect, Flag, Part, Slot } from './effect.ts';
import { asItStands, broughtBack, isPutAside, partsAfter, putAside, replaced } from './parts.ts';
import type { Session } from './session.ts';
import type { Facts, Needed } from './world.ts';

/** Thrown when a prompt or a stage reads facts that are not loaded; takeTurn() returns a request for them. */
export class NeedsError extends Error {
  override readonly name = 'NeedsError';
  readonly what: Needed;

  constructor(what: Needed) {
    super(`needs ${what}`);
    this.what = what;
  }
}

/** What of a session *undo* can bring back. */
type Before = NonNullable<Session['undo']>['before'];
type Remembered = Exclude<keyof Before, 'dropped' | 'doubt'>;

export class Answers {
  readonly facts: Facts;
  session: Session;
  readonly effects: Effect[] = [];
  /** Something was taken out or replaced in this turn already. */
  private stepBegun = false;

  constructor(facts: Facts, session: Session) {
    this.facts = facts;
    this.session = session;
  }

  /** The answers, with what this turn has changed in them. */
  parts(slot?: Slot): readonly Part[] {
    const parts = this.allParts().filter(({ pending }) => pending !== true);
    return slot === undefined ? parts : parts.filter((part) => part.slot === slot);
  }

  /** With those that count nowhere yet. */
  allParts(): readonly Part[] {
    return this.rows().filter((part) => !isPutAside(part));
  }

  /** With those that only *undo* can bring back. */
  private rows(): readonly Part[] {
    if (this.facts.parts === undefined) throw new NeedsError('parts');
    return partsAfter(this.facts.parts, this.effects);
  }

  /** What was written before the yes and waits, or came as a file, in the order in which it came. */
  heldTexts(): readonly string[] {
    if (this.facts.held === undefined) throw new NeedsError('held');
    const { ids } = this.session.held;
    const all = this.effects.reduce<readonly Part[]>((now, effect) => {
      if (effect.kind === 'hold') return [...now.filter(({ id }) => id !== effect.part.id), effect.part];
      return effect.kind === 'part.remove' ? now.filter(({ id }) => !effect.ids.includes(id)) : now;
    }, this.facts.held);
    return all.filter(({ id }) => ids === undefined || id in ids).map(({ text }) => text);
  }

  /** Before the yes there is no answer to add to: then it is held, as everything that is written before the yes. */
  addPart(slot: Slot, id: string, text: string): void {
    const part: Part = { id, slot, text, words: countWords(text) };
    if (this.session.contribution === null) return this.hold(part);
    this.effects.push({ kind: 'part.add', part });
    this.count(slot, 1, part.words);
  }

  /** Until the yes, or for a day; nothing of somebody under age. */
  hold(part: Part): void {
    const { held, flags } = this.session;
    if (flags.includes('under-age')) return;
    this.effects.push({ kind: 'hold', part });
    const ids = { ...held.ids, [part.id]: part.words };
    this.change({ held: { parts: held.parts + 1, words: held.words + part.words, ids } });
    this.cameEarly(part.id);
  }

  /** Before the yes: so that written and spoken words stand in the order in which they came. */
  cameEarly(id: string): void {
    const { early = [], kept } = this.session;
    if (!kept && !early.includes(id)) this.change({ early: [...early, id] });
  }

  /** Another text in its place. *undo* brings the old one back. */
  replacePart(old: Part, text: string): void {
    this.beginStep();
    const part = replaced(old, text);
    this.effects.push({ kind: 'part.replace', part });
    this.count(old.slot, 0, part.words - old.words);
  }

  /** Takes answers out. *undo* brings them back to where they stood. */
  removeParts(gone: readonly Part[]): void {
    if (gone.length === 0) return;
    this.beginStep();
    for (const part of gone) this.effects.push({ kind: 'part.replace', part: putAside(part) });
    for (const part of gone) if (part.pending !== true) this.count(part.slot, -1, -part.words);
  }

  /** A new answer in place of others; *undo* brings those back and takes this one out. */
  addInstead(gone: readonly Part[], slot: Slot, id: string, text: string): void {
    this.removeParts(gone);
    this.addPart(slot, id, text);
    if (this.session.contribution === null) return;
    const undo = this.beginStep();
    this.change({ undo: { ...undo, added: [...undo.added, id] } });
  }

  /** For good: *undo* does not know them. */
  eraseParts(gone: readonly Part[]): void {
    if (gone.length === 0) return;
    this.effects.push({ kind: 'part.remove', ids: gone.map(({ id }) => id) });
    for (const part of gone) this.count(part.slot, -1, -part.words);
  }

  // — one step back —

  /**
   * To be called before a turn takes out or replaces words of a person, or what they said of names: *undo* then brings back
   * what it changed, in one step. Answers register themselves (removeParts, replacePart, addInstead); for what stands in
   * the session, name the fields, and only then change them: `turn.remember('withheld', 'author')`. What an earlier turn
   * could have brought back is forgotten. Whatever reports the change offers the word: `commands: ['undo']`.
   */
  remember(...fields: readonly Remembered[]): void {
    const undo = this.beginStep();
    const { before } = undo;
    const { session } = this;
    const now = Object.fromEntries(fields.flatMap((field) => (field in before ? [] : [[field, session[field]]])));
    for (const field of ['namedIn', 'places'] as const) if (fields.includes(field)) now[field] ??= {};
    this.change({ undo: { ...undo, before: { ...now, ...before } } });
  }

  /** Words that were not added after all, or recordings that were left out: *undo* asks about them again. */
  leaveOut(left: Pick<Before, 'doubt' | 'dropped'>): void {
    const undo = this.beginStep();
    this.change({ undo: { ...undo, before: { ...undo.before, ...left } } });
  }

  /** What was taken out is gone for good from here on: another step took its place, or the text was approved. */
  forgetUndo(): void {
    const { undo, ...rest } = this.session;
    if (undo === undefined) return;
    const rows = this.rows().filter(({ was }) => was !== undefined);
    const gone = rows.filter(isPutAside).map(({ id }) => id);
    if (gone.length > 0) this.effects.push({ kind: 'part.remove', ids: gone });
    for (const part of rows.filter((one) => !isPutAside(one)))
      this.effects.push({ kind: 'part.replace', part: asItStands(part) });
    const { held, dropped = [] } = undo.before;
    if (dropped.length > 0) this.effects.push({ kind: 'voice.erase', ids: dropped.map(({ id }) => id) });
    if (held !== undefined) this.effects.push({ kind: 'held.erase', ids: Object.keys(held.ids ?? {}) });
    this.session = rest;
  }

  /** Back to before the last step. False where there is none, or all of it was erased meanwhile. */
  bringBack(): boolean {
    const { undo, ...rest } = this.session;
    if (undo === undefined) return false;
    this.session = rest;
    const rows = this.rows();
    const added = rows.filter(({ id }) => undo.added.includes(id));
    this.eraseParts(added);
    const changed = rows.filter((part) => part.was !== undefined && !undo.added.includes(part.id));
    for (const part of changed) {
      const before = broughtBack(part);
      if (before === null) continue;
      this.effects.push({ kind: 'part.replace', part: before });
      if (!isPutAside(part)) this.count(part.slot, 0, before.words - part.words);
      else if (before.pending !== true) this.count(part.slot, 1, before.words);
    }
    const { dropped = [], doubt, ...before } = undo.before;
    this.change({ ...before, built: null });
    if (doubt !== undefined) this.change({ doubt: bothOf(doubt, this.session.doubt) });
    const { voice } = this.session;
    if (dropped.length > 0) this.change({ voice: { ...voice, notes: [...dropped, ...voice.notes] } });
    return added.length + changed.length + Object.keys(undo.before).length > 0;
  }

  /** Who deletes a message for everyone means also what *undo* could bring back of it. */
  forgetMessage(isOfIt: (id: string) => boolean): void {
    const { undo } = this.session;
    if (undo === undefined) return;
    const { namedIn, harmed, author, held, dropped = [], doubt, ...before } = undo.before;
    const sounds = dropped.filter(({ id }) => isOfIt(id));
    if (sounds.length > 0) this.effects.push({ kind: 'voice.erase', ids: sounds.map(({ id }) => id) });
    const notes = dropped.filter((note) => !sounds.includes(note));
    const left = { dropped: notes.length === 0 ? undefined : notes, doubt: withoutMessages(doubt, isOfIt) };
    const named = Object.values(namedIn ?? {}).some(isOfIt);
    const names = named ? {} : { namedIn, harmed, author };
    const ids = Object.keys(held?.ids ?? {}).filter(isOfIt);
    const gone = [...ids, ...this.rows().flatMap((part) => (isPutAside(part) && isOfIt(part.id) ? [part.id] : []))];
    if (gone.length > 0) this.effects.push({ kind: 'part.remove', ids: gone });
    const kept = Object.fromEntries(
      Object.entries({ ...before, ...names, ...left, held: without(held, ids) }).filter(isThere),
    );
    this.change({ undo: { ...undo, before: kept } });
  }

  /** All that one turn takes out is one step. */
  private beginStep(): NonNullable<Session['undo']> {
    if (!this.stepBegun) this.forgetUndo();
    this.stepBegun = true;
    const undo = this.session.undo ?? { added: [], asked: this.session.version, before: {} };
    this.change({ undo });
    return undo;
  }

  /** The place of a recording among the answers, until it is written down and accepted: it counts nothing. */
  keepPlace(slot: Slot, id: string): void {
    this.effects.push({ kind: 'part.add', part: { id, slot, text: '', words: 0, pending: true } });
  }

  fillPlace(slot: Slot, id: string, text: string): void {
    const part: Part = { id, slot, text, words: countWords(text) };
    this.effects.push({ kind: 'part.replace', part });
    this.count(slot, 1, part.words);
  }

  /** Out of the answers again, back among what counts nowhere. */
  setAside(part: Part, slot: Slot): void {
    this.effects.push({ kind: 'part.replace', part: { ...asItStands(part), slot, words: 0, pending: true } });
    this.count(part.slot, -1, -part.words);
  }

  freePlace(id: string): void {
    this.effects.push({ kind: 'part.remove', ids: [id] });
  }

  private count(slot: Slot, parts: number, words: number): void {
    const before = this.session.counts[slot] ?? { parts: 0, words: 0 };
    const after = { parts: before.parts + parts, words: before.words + words };
    const { [slot]: _, ...others } = this.session.counts;
    const counts = after.parts > 0 ? { ...this.session.counts, [slot]: after } : others;
    // What was built no longer says what stands in the answers: SEND must not approve it.
    this.session = { ...withoutReadBack(this.session), built: null, counts };
    if (this.session.mails.some((mail) => mail.outcome === 'waiting')) this.flag('changed');
  }

  flag(flag: Flag): void {
    if (this.session.flags.includes(flag)) return;
    this.session = { ...this.session, flags: [...this.session.flags, flag] };
    this.effects.push({ kind: 'flag', flag });
  }

  change(change: Partial<Session>): void {
    this.session = { ...this.session, ...change };
  }
}

type Doubt = NonNullable<Session['doubt']>;

/** What was left out, and what is asked about now: neither is lost. */
function bothOf(before: Doubt, now: Session['doubt']): Doubt {
  if (now?.kind !== 'stray' || before.kind !== 'stray') return before;
  return { ...before, more: [...before.more, { id: now.id, text: now.text }, ...now.more] };
}

function withoutMessages(doubt: Doubt | undefined, isOfIt: (id: string) => boolean): Doubt | undefined {
  if (doubt?.kind !== 'stray') return doubt;
  const [first, ...more] = [{ id: doubt.id, text: doubt.text }, ...doubt.more].filter(({ id }) => !isOfIt(id));
  return first === undefined ? undefined : { ...doubt, ...first, more };
}

function isThere([, value]: readonly [string, unknown]): boolean {
  return value !== undefined;
}

function without(held: Session['held'] | undefined, gone: readonly string[]): Session['held'] | undefined {
  if (held === undefined) return undefined;
  const left = Object.entries(held.ids ?? {}).filter(([id]) => !gone.includes(id));
  const words = left.reduce((sum, [, count]) => sum + count, 0);
  return gone.length === 0 ? held : { parts: left.length, words, ids: Object.fromEntries(left) };
}

/** What was read back and agreed to was another text. */
function withoutReadBack(session: Session): Session {
  if (session.teller?.readBack === undefined) return session;
  const { readBack: _, ...teller } = session.teller;
  return { ...session, teller };
}
