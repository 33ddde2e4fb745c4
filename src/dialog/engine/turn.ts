// A turn while it is taken: the session so far, the replies and the effects. Prompts and stages write into it;
// takeTurn() (take-turn.ts) creates it and returns its content as data.

import type { Language } from '../../languages.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import { readText } from '../understanding/commands.ts';
import type { Hearing } from '../understanding/talk/hear.ts';
import type { Interpretation } from './recordings.ts';
import { Answers } from './answers.ts';
import { NEEDS } from './needs.ts';
import type { ConsentPurpose, Flag, Spoken, Wording } from './effect.ts';
import type { ChoiceRef, Destination, Event } from './event.ts';
import type { PromptTraits } from './prompt-traits.ts';
import type { Choice, Params, Reply } from './reply.ts';
import type { Position, Session } from './session.ts';
import { type Facts, inTheirOrder, type PutAway, type Said, type World } from './world.ts';

type Extra = Pick<
  Reply,
  'choices' | 'commands' | 'replaces' | 'file' | 'from' | 'language' | 'secret' | 'about' | 'call'
>;

interface AskExtra {
  readonly choices?: readonly string[] | readonly Choice[];
  readonly commands?: readonly string[];
  readonly call?: string | undefined;
  /** Shown whole even if it is asked again in short. */
  readonly whole?: true;
}

/** `telling`: its person has gone on telling, and what follows is not asked about one by one. */
interface Settled {
  readonly doubt: NonNullable<Session['doubt']>;
  readonly how: 'text' | 'not-text' | 'take-out';
  readonly telling?: true;
}

const TRAIL = 60;

/** The part of the prompts and features that Turn uses. Passed in, since they import Turn. */
export interface Engine {
  readonly traitsOf: (prompt: PromptId) => PromptTraits;
  readonly choicesHere: (turn: Turn) => readonly Choice[];
  readonly features: readonly Feature[];
}

/** Moments of a turn at which a feature may act. */
export interface Feature {
  /** Tells what it has kept for this person. Returns true if another prompt is open after it. */
  readonly tell?: (turn: Turn) => boolean;
  /** A mail was taken back, or approved again. */
  readonly onMailReplaced?: (turn: Turn, reference: string) => void;
  /**
   * Before the open prompt is asked, or its answer approves a text: something that the text may need is asked about first.
   * Returns true if another prompt is open now.
   */
  readonly settleFirst?: (turn: Turn, before: 'asking' | 'approval') => boolean;
  /** A message was deleted. Returns true if it was kept by this feature. */
  readonly onDeleted?: (turn: Turn, message: string) => boolean;
  /** A step was undone. Returns true if another prompt is open after it. */
  readonly onUndone?: (turn: Turn, before: UndoneStep) => boolean;
  /** The replies of the turn as they are given. */
  readonly repliesOf?: (turn: Turn, replies: readonly Reply[]) => readonly Reply[];
}

export type UndoneStep = Partial<NonNullable<Session['undo']>['before']>;

export class Turn extends Answers {
  readonly world: World;
  readonly event: Event;
  private readonly engine: Engine;
  readonly replies: Reply[] = [];
  /** Set while the prompt at `session.at` still has to be asked: in full, or in short after an interruption. */
  toAsk: 'full' | 'short' | null = null;
  /** How a prompt is asked, while it is asked. */
  asking: 'full' | 'short' = 'full';

  /** The message of this turn; null for other events. */
  message: Message | null = null;
  /** A choice was taken. */
  answered = false;
  /** The message comes after words of staff, and may be the answer (stages/pass-on.ts). */
  answersStaff = false;
  /** The message has words of danger or despair (understanding/alarm.ts). */
  cries = false;

  /** The confirmed interpretation; takeTurn() applies it at the prompt below. */
  confirmed: Interpretation | null = null;
  /** By language and text: the texts that were looked at for talk, each with its hearing (hearOnce). */
  readonly heard = new Map<string, Hearing | null>();
  /** A message for the prompt below; takeTurn() passes it on. */
  passedOn: Said | null = null;
  /** Set while a confirmed recording is applied: every consent given then was spoken. */
  spoken: Spoken | null = null;
  /** An ambiguity that the person has just resolved; takeTurn() applies it. */
  settled: Settled | null = null;

  constructor(world: World, facts: Facts, event: Event, session: Session, engine: Engine) {
    super(facts, session);
    this.world = world;
    this.event = event;
    this.engine = engine;
  }

  /** The properties of the open prompt. */
  get here(): PromptTraits {
    return this.engine.traitsOf(this.session.at.prompt);
  }

  traitsOf(prompt: PromptId): PromptTraits {
    return this.engine.traitsOf(prompt);
  }

  /** Evaluates `look` as if the conversation was at that position. */
  lookFrom<T>(place: Position, look: () => T): T {
    const { at } = this.session;
    this.change({ at: place });
    try {
      return look();
    } finally {
      this.change({ at });
    }
  }

  choicesAt(place: Position): readonly Choice[] {
    return this.lookFrom(place, () => this.engine.choicesHere(this));
  }

  /** Returns true if another prompt is open after it. */
  tellWaiting(): boolean {
    return this.engine.features.map(({ tell }) => tell?.(this)).includes(true);
  }

  noteMailReplaced(reference: string): void {
    for (const { onMailReplaced } of this.engine.features) onMailReplaced?.(this, reference);
  }

  settleFirst(before: 'asking' | 'approval'): boolean {
    return this.engine.features.some(({ settleFirst }) => settleFirst?.(this, before) === true);
  }

  /** Returns true if it was more than a line of the transcript. */
  noteDeleted(message: string): boolean {
    return this.engine.features.some(({ onDeleted }) => onDeleted?.(this, message) === true);
  }

  noteUndone(before: UndoneStep): boolean {
    return this.engine.features.some(({ onUndone }) => onUndone?.(this, before) === true);
  }

  /** Words of this person, read. */
  said(id: string, text: string, tapped: string | null = null): Said {
    return { ...readText(this.world.lexicon, text), id, tapped };
  }

  // — replies —

  /** The same bubble is said once in a row: "Saved." of two messages that one turn takes. */
  say(text: string, params?: Params, extra?: Extra): void {
    const reply = { text, ...(params === undefined ? {} : { params }), ...extra };
    const last = this.replies.at(-1);
    if (last?.text === text && JSON.stringify(last) === JSON.stringify(reply)) return;
    this.replies.push(reply);
  }

  /** The bubble that asks: taps on its choices answer this version of this prompt and no other. */
  ask(text: string, params?: Params, extra?: AskExtra): void {
    const version = this.session.version + 1;
    this.session = { ...this.session, version };
    this.replies.push({
      text,
      ...(params === undefined ? {} : { params }),
      ...(extra?.call === undefined ? {} : { call: extra.call }),
      choices: (extra?.choices ?? []).map((choice) =>
        typeof choice === 'string' ? { value: choice, label: { key: `choices.${choice}` } } : choice,
      ),
      commands: [...(extra?.commands ?? []), ...(this.facts.channel.speaks === true ? ['listen'] : [])],
      ...(this.asking === 'short' && extra?.whole !== true ? { brief: true as const } : {}),
      prompt: { id: promptKey(this.session.at), version },
    });
  }

  // — navigation —

  /** To the next prompt; *back* returns to the present one. */
  go(to: Position): void {
    const { at, trail } = this.session;
    const leaves = this.here.kind === 'interrupt' || samePlace(at, to) ? trail : [...trail, at].slice(-TRAIL);
    this.session = { ...this.session, at: to, trail: leaves, under: [] };
    this.toAsk = 'full';
  }

  /** Interrupts the present prompt; it is asked again afterwards. */
  aside(to: Position): void {
    const { at, under } = this.session;
    const nested = samePlace(at, to) ? under : [...under, at].slice(-TRAIL);
    this.session = { ...this.session, at: to, under: nested };
    this.toAsk = 'full';
  }

  /** To the next question about the same; inside an interruption it stays one. */
  onward(to: Position): void {
    if (this.session.under.length === 0) return this.go(to);
    this.session = { ...this.session, at: to };
    this.toAsk = 'full';
  }

  /** Ends an interruption. */
  resume(how: 'full' | 'short' = 'short'): void {
    const at = this.session.under.at(-1);
    if (at !== undefined) this.session = { ...this.session, at, under: this.session.under.slice(0, -1) };
    this.toAsk = how;
  }

  back(): void {
    if (this.session.under.length > 0) return this.resume('full');
    const at = this.session.trail.at(-1);
    if (at !== undefined) this.session = { ...this.session, at, trail: this.session.trail.slice(0, -1) };
    else this.say('back.first');
    this.toAsk = 'full';
  }

  /** Opens another case of the same organiser, or their own session. */
  leaveFor(to: Destination, drop?: true): void {
    this.effects.push({ kind: 'enter', to, ...(drop === undefined ? {} : { drop }) });
    this.toAsk = null;
  }

  again(how: 'full' | 'short'): void {
    this.toAsk = how;
  }

  // — cases —

  /** The organiser's cases that are put away, without the open one, in the order in which they are listed. */
  cases(): readonly PutAway[] {
    if (this.facts.cases === undefined) throw NEEDS.cases;
    return inTheirOrder(this.facts.cases);
  }

  consent(
    purpose: ConsentPurpose,
    value: string,
    wording: Wording,
    subject: 'author' | 'harmed' = 'author',
    language?: Language,
  ): void {
    const said = language === undefined ? {} : { language };
    const spoken = this.spoken === null ? {} : { spoken: this.spoken };
    this.effects.push({ kind: 'consent', purpose, value, wording, subject, ...said, ...spoken });
  }

  unflag(flag: Flag): void {
    if (!this.session.flags.includes(flag)) return;
    this.session = { ...this.session, flags: this.session.flags.filter((one) => one !== flag) };
    this.effects.push({ kind: 'unflag', flag });
  }
}

/** A message on its way through the stages (take-turn.ts); early stages leave notes for later ones. */
export interface Message extends Said {
  /** The tapped choice; null if the message was typed. */
  readonly choice: ChoiceRef | null;
  /** How long the writer was away, if they were welcomed back; `gently`: and nothing shall be asked. */
  away: 'short' | 'long' | 'gently' | null;
  /** A question of staff was just shown, and is open instead of the one that the message was written to. */
  staffAsk: boolean;
}

/** `done`: the message is handled. */
export type Stage = (turn: Turn, message: Message) => 'done' | 'next';

export function samePlace(a: Position, b: Position): boolean {
  return a.prompt === b.prompt && a.of === b.of;
}

/** The name of a position in replies and taps: 'topic/investigation'. */
export function promptKey(at: Position): string {
  return at.of === undefined ? at.prompt : `${at.prompt}/${at.of}`;
}
