// The answers during a turn: adding, taking out and replacing parts, and the one step of *undo*.

import { countWords } from '../../words.ts';
import type { Effect, Flag, Part, Slot } from './effect.ts';
import { NEEDS } from './needs.ts';
import { asItStands, broughtBack, isPutAside, partsAfter, putAside, replaced } from './parts.ts';
import type { Session } from './session.ts';
import type { Facts } from './world.ts';

/** The fields of a session that *undo* can restore. */
type Before = NonNullable<Session['undo']>['before'];
type Remembered = Exclude<keyof Before, 'dropped' | 'doubt' | 'alone'>;

export class Answers {
  readonly facts: Facts;
  session: Session;
  readonly effects: Effect[] = [];
  /** An answer to a question of the call was changed: others may depend on it. */
  topicsChanged = false;
  /** True once something was taken out or replaced in this turn. */
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

  /** Also the parts that do not count yet: placeholders of recordings. */
  allParts(): readonly Part[] {
    return this.rows().filter((part) => !isPutAside(part));
  }

  /** Also the parts that only *undo* can bring back. */
  private rows(): readonly Part[] {
    if (this.facts.parts === undefined) throw NEEDS.parts;
    return partsAfter(this.facts.parts, this.effects);
  }

  /** Pending messages: written before the consent, or read from a file; in the order in which they came. */
  heldParts(): readonly Part[] {
    if (this.facts.held === undefined) throw NEEDS.held;
    const { ids } = this.session.held;
    const all = this.effects.reduce<readonly Part[]>((now, effect) => {
      if (effect.kind === 'hold') return [...now.filter(({ id }) => id !== effect.part.id), effect.part];
      return effect.kind === 'part.remove' ? now.filter(({ id }) => !effect.ids.includes(id)) : now;
    }, this.facts.held);
    return all.filter(({ id }) => ids === undefined || id in ids);
  }

  /** Before the consent there is no contribution to add to: the part is held, like everything written before it. */
  addPart(slot: Slot, id: string, text: string): void {
    const part: Part = { id, slot, text, words: countWords(text) };
    if (this.session.contribution === null) return this.hold(part);
    this.effects.push({ kind: 'part.add', part });
    this.count(slot, 1, part.words);
  }

  /** Keeps a message from before the consent for 24 h. Keeps nothing if the person is under age. */
  hold(part: Part): void {
    const { held, flags } = this.session;
    if (flags.includes('under-age')) return;
    this.effects.push({ kind: 'hold', part });
    const ids = { ...held.ids, [part.id]: part.words };
    this.change({ held: { parts: held.parts + 1, words: held.words + part.words, ids } });
    this.cameEarly(part.id);
  }

  /** Notes the order of written and spoken messages from before the consent. */
  cameEarly(id: string): void {
    const { early = [], kept } = this.session;
    if (!kept && !early.includes(id)) this.change({ early: [...early, id] });
  }

  /** Replaces the text of a part; *undo* restores the old one. */
  replacePart(old: Part, text: string): void {
    this.beginStep();
    const part = replaced(old, text);
    this.effects.push({ kind: 'part.replace', part });
    this.count(old.slot, 0, part.words - old.words);
  }

  /** Takes answers out; *undo* restores them at their old positions. */
  removeParts(gone: readonly Part[]): void {
    if (gone.length === 0) return;
    this.beginStep();
    for (const part of gone) this.effects.push({ kind: 'part.replace', part: putAside(part) });
    for (const part of gone) if (part.pending !== true) this.count(part.slot, -1, -part.words);
  }

  /** A new answer in place of others; *undo* restores those and removes this one. */
  addInstead(gone: readonly Part[], slot: Slot, id: string, text: string): void {
    this.removeParts(gone);
    this.addPart(slot, id, text);
    if (this.session.contribution === null) return;
    const undo = this.beginStep();
    this.change({ undo: { ...undo, added: [...undo.added, id] } });
  }

  /** Erases parts for good: *undo* cannot restore them. */
  eraseParts(gone: readonly Part[]): void {
    if (gone.length === 0) return;
    this.effects.push({ kind: 'part.remove', ids: gone.map(({ id }) => id) });
    for (const part of gone) this.count(part.slot, -1, -part.words);
  }

  /**
   * Call it before a turn takes out or replaces a person's words or names: *undo* then restores them in one step.
   * Answers register themselves (removeParts, replacePart, addInstead). Name changed fields of the session before the
   * change: `turn.remember('withheld', 'author')`. Forgets the step of an earlier turn. A reply that reports the change
   * offers `commands: ['undo']`.
   */
  remember(...fields: readonly Remembered[]): void {
    const undo = this.beginStep();
    const { before } = undo;
    const { session } = this;
    const now = Object.fromEntries(fields.flatMap((field) => (field in before ? [] : [[field, session[field]]])));
    for (const field of ['namedIn', 'places', 'withheldAs'] as const) if (fields.includes(field)) now[field] ??= {};
    if (fields.includes('hidesNames')) now['hidesNames'] ??= null;
    this.change({ undo: { ...undo, before: { ...now, ...before } } });
  }

  /** A change that an earlier turn began goes on: *undo* restores all of it in one step. */
  goOnWith(field: Remembered): void {
    if (this.session.undo !== undefined && field in this.session.undo.before) this.joinStep();
  }

  /** This turn joins the step of an earlier one instead of ending it: nothing is erased. */
  joinStep(): void {
    this.stepBegun = true;
  }

  /** The approved text that waits is outdated now. */
  noteChange(): void {
    if (this.session.mails.some(({ outcome }) => outcome === 'waiting')) this.flag('changed');
  }

  /** Words that were not added after all, or recordings that were left out: *undo* asks about them again. */
  leaveOut(left: Pick<Before, 'doubt' | 'dropped'>): void {
    const undo = this.beginStep();
    this.change({ undo: { ...undo, before: { ...undo.before, ...left } } });
  }

  /** Erases for good what was taken out before: another step has replaced it, or the text was approved. */
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

  /** Restores the state before the last step. Returns false if there is no step, or all of it has been erased. */
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
    const { dropped = [], doubt, alone: _, ...before } = undo.before;
    this.change({ ...before, built: null });
    if (doubt !== undefined) this.change({ doubt: bothOf(doubt, this.session.doubt) });
    const { voice } = this.session;
    if (dropped.length > 0) this.change({ voice: { ...voice, notes: [...dropped, ...voice.notes] } });
    return added.length + changed.length + Object.keys(undo.before).length > 0;
  }

  /** A message deleted for everyone is also deleted from the step that *undo* can restore. */
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

  /** Begins the step of this turn, once: everything that one turn takes out is one step. */
  private beginStep(): NonNullable<Session['undo']> {
    if (!this.stepBegun) this.forgetUndo();
    this.stepBegun = true;
    const undo = this.session.undo ?? { added: [], asked: this.session.version, before: {} };
    this.change({ undo });
    return undo;
  }

  /** A placeholder for a recording among the answers until its transcription is accepted; it counts nothing. */
  keepPlace(slot: Slot, id: string): void {
    this.effects.push({ kind: 'part.add', part: { id, slot, text: '', words: 0, pending: true } });
  }

  fillPlace(slot: Slot, id: string, text: string): void {
    const part: Part = { id, slot, text, words: countWords(text) };
    this.effects.push({ kind: 'part.replace', part });
    this.count(slot, 1, part.words);
  }

  /** Makes an answer a placeholder again. */
  setAside(part: Part, slot: Slot): void {
    this.effects.push({ kind: 'part.replace', part: { ...asItStands(part), slot, words: 0, pending: true } });
    this.count(part.slot, -1, -part.words);
  }

  freePlace(id: string): void {
    this.effects.push({ kind: 'part.remove', ids: [id] });
  }

  count(slot: Slot, parts: number, words: number): void {
    this.topicsChanged ||= slot.startsWith('topic/');
    const before = this.session.counts[slot] ?? { parts: 0, words: 0 };
    const after = { parts: before.parts + parts, words: before.words + words };
    const { [slot]: _, ...others } = this.session.counts;
    const counts = after.parts > 0 ? { ...this.session.counts, [slot]: after } : others;
    // The built document no longer matches the answers: SEND must not approve it.
    this.session = { ...withoutReadBack(this.session), built: null, counts };
    if (this.session.mails.length > 0) this.noteChange();
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

/** Keeps both: the message that was left out, and the one that is asked about now. */
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

/** The text that was read back and agreed to has changed. */
function withoutReadBack(session: Session): Session {
  if (session.teller?.readBack === undefined) return session;
  const { readBack: _, ...teller } = session.teller;
  return { ...session, teller };
}
