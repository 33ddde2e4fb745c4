// A turn while it is being taken: the session so far, what will be answered, what will be done. The prompts and stages
// write into it; takeTurn() (take-turn.ts) opens it, and hands its content out as data.

import type { Language } from '../../languages.ts';
import type { PromptId } from '../prompts/prompt-ids.ts';
import type { Interpretation } from '../voice/spoken/interpretation.ts';
import { Answers, NeedsError } from './answers.ts';
import type { ConsentPurpose, Flag, Spoken, Wording } from './effect.ts';
import type { ChoiceRef, Destination, Event } from './event.ts';
import type { PromptTraits } from './prompt-traits.ts';
import type { Choice, Params, Reply } from './reply.ts';
import type { Position, Session } from './session.ts';
import type { Facts, PutAway, Said, World } from './world.ts';

type Extra = Pick<Reply, 'choices' | 'commands' | 'replaces' | 'file' | 'from' | 'language' | 'secret' | 'about'>;

interface AskExtra {
  readonly choices?: readonly string[] | readonly Choice[];
  readonly commands?: readonly string[];
  /** Said whole also when it is asked again in short. */
  readonly whole?: true;
}

const TRAIL = 60;

export class Turn extends Answers {
  readonly world: World;
  readonly event: Event;
  /** What a prompt is. Handed in, since the prompts know the turn. */
  readonly traitsOf: (prompt: PromptId) => PromptTraits;
  readonly replies: Reply[] = [];
  /** Set while the prompt at `session.at` still has to be asked: in full, or in short after an interruption. */
  toAsk: 'full' | 'short' | null = null;
  /** While a prompt is being asked: how. */
  asking: 'full' | 'short' = 'full';

  /** A choice was taken. */
  answered = false;

  /** What was said back and is confirmed; takeTurn() acts on it, at the prompt below. */
  confirmed: Interpretation | null = null;
  /** A message that was meant for the prompt below; takeTurn() takes it there. */
  passedOn: Said | null = null;
  /** While it is acted on: every consent that is given was spoken. */
  spoken: Spoken | null = null;
  /** What can be chosen at a place; takeTurn() knows every prompt. */
  choicesAt: (place: Position) => readonly Choice[] = () => [];

  /** A doubt that the person has just settled; takeTurn() acts on it. */
  settled: { readonly doubt: NonNullable<Session['doubt']>; readonly how: 'text' | 'not-text' | 'take-out' } | null =
    null;

  constructor(world: World, facts: Facts, event: Event, session: Session, traitsOf: Turn['traitsOf']) {
    super(facts, session);
    this.world = world;
    this.event = event;
    this.traitsOf = traitsOf;
  }

  /** What the prompt is that stands open. */
  get here(): PromptTraits {
    return this.traitsOf(this.session.at.prompt);
  }

  // — what is said —

  say(text: string, params?: Params, extra?: Extra): void {
    this.replies.push({ text, ...(params === undefined ? {} : { params }), ...extra });
  }

  /** The bubble that asks: taps on its choices answer this version of this prompt and no other. */
  ask(text: string, params?: Params, extra?: AskExtra): void {
    const version = this.session.version + 1;
    this.session = { ...this.session, version };
    this.replies.push({
      text,
      ...(params === undefined ? {} : { params }),
      choices: (extra?.choices ?? []).map((choice) =>
        typeof choice === 'string' ? { value: choice, label: { key: `choices.${choice}` } } : choice,
      ),
      commands: [...(extra?.commands ?? []), ...(this.facts.channel.speaks === true ? ['listen'] : [])],
      ...(this.asking === 'short' && extra?.whole !== true ? { brief: true as const } : {}),
      prompt: { id: promptKey(this.session.at), version },
    });
  }

  // — where it goes —

  /** On to the next prompt; *back* leads here. */
  go(to: Position): void {
    const { at, trail } = this.session;
    const leaves = this.here.kind === 'interrupt' || samePlace(at, to) ? trail : [...trail, at].slice(-TRAIL);
    this.session = { ...this.session, at: to, trail: leaves, under: [] };
    this.toAsk = 'full';
  }

  /** An interruption that comes back to where it began. */
  aside(to: Position): void {
    const { at, under } = this.session;
    const nested = samePlace(at, to) ? under : [...under, at].slice(-TRAIL);
    this.session = { ...this.session, at: to, under: nested };
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

  /** Away from here, to another case of the same organiser or to their own place. */
  leaveFor(to: Destination, drop?: true): void {
    this.effects.push({ kind: 'enter', to, ...(drop === undefined ? {} : { drop }) });
    this.toAsk = null;
  }

  again(how: 'full' | 'short'): void {
    this.toAsk = how;
  }

  // — what is kept —

  /**
   * The organiser's cases that are put away, in the order in which they were begun; never the open one. Documents for
   * several stand last, so that nobody's place in the list changes with them.
   */
  cases(): readonly PutAway[] {
    if (this.facts.cases === undefined) throw new NeedsError('cases');
    const place = ({ session }: PutAway) => session.teller?.number ?? Number.MAX_SAFE_INTEGER;
    return this.facts.cases.toSorted((a, b) => place(a) - place(b) || (a.key < b.key ? -1 : 1));
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

/** A message on its way through the stages (take-turn.ts); early stages note here what later ones go by. */
export interface Message extends Said {
  /** What was tapped; null if it was typed. */
  readonly choice: ChoiceRef | null;
  /** How long its writer was away, if they were welcomed back. */
  away: 'short' | 'long' | null;
  /** Staff's question was just told, and stands open in place of what the message was written to. */
  staffAsk: boolean;
}

/** `done`: the message is dealt with. */
export type Stage = (turn: Turn, message: Message) => 'done' | 'next';

export function samePlace(a: Position, b: Position): boolean {
  return a.prompt === b.prompt && a.of === b.of;
}

/** How a position is named on replies and taps: 'topic/investigation'. */
export function promptKey(at: Position): string {
  return at.of === undefined ? at.prompt : `${at.prompt}/${at.of}`;
}
