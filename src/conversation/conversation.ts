// The first of the two flows: message in → session → takeTurn → replies → channel.
//
//     durable in the inbox → load → take the turn (and build what it asks for) → save all of it at once → send the replies

import type { Channel, Inbox, Incoming, Rendered, Taken as TakenIn } from '../channels/channel.ts';
import { joined, render } from '../channels/render.ts';
import type { Part } from '../dialog/engine/effect.ts';
import type { Reply } from '../dialog/engine/reply.ts';
import { newSession, parseSession, type Session } from '../dialog/engine/session.ts';
import type { ChannelFacts } from '../dialog/engine/world.ts';
import { callMeant } from '../dialog/stages/other-call.ts';
import { isTrouble } from '../store/db/database.ts';
import type { PendingTurn } from '../store/turns/turn-work.ts';
import { sayIn } from '../texts/translate.ts';
import { caseOf, type OpenCase } from './open-case.ts';
import { saysErase } from './facts-of-turn.ts';
import { type Overview, overviewOf } from './overview.ts';
import { HopelessTurnError, setAside, TRIES, type WhatFailed } from './set-aside.ts';
import { runTurn, type TurnDeps } from './run-turn.ts';

/** Pending messages expire after 24 h; drops the expired ones from the session. */
async function heldAsKept(session: Session, held: () => Promise<readonly Part[]>): Promise<Session> {
  if (session.held.parts === 0) return session;
  const { ids: known } = session.held;
  const kept = (await held()).filter(({ id }) => known === undefined || known[id] !== undefined);
  if (kept.length === session.held.parts) return session;
  const words = kept.reduce((sum, part) => sum + part.words, 0);
  const ids = Object.fromEntries(kept.map((part) => [part.id, part.words]));
  return { ...session, held: { ...session.held, parts: kept.length, words, ids } };
}

/** Says to which text a file belongs. An organiser's chat is also marked: its page hides it sooner. */
function withSeveral(rendered: Rendered, session: Session): Rendered {
  const { contribution, gathers, drafts } = session;
  if ((gathers ?? drafts) === undefined) return rendered;
  const whose = rendered.file === null || contribution === null ? {} : { contribution };
  if (drafts === true) return { ...rendered, ...whose };
  const locked = session.ownWord === null || session.unlockedAt !== null ? {} : { locked: true as const };
  return { ...rendered, several: true, ...locked, ...whose };
}

/** Vanishing messages do so after 24 hours. */
const VANISH_SECONDS = 86_400;

/** Sets the expiry that the person asked for on the bot's bubbles. */
function withExpiry(rendered: Rendered, { disappearing }: Pick<Session, 'disappearing'>): Rendered {
  return disappearing === true ? { ...rendered, expires: VANISH_SECONDS } : rendered;
}

export interface ConversationDeps extends TurnDeps {
  readonly channels: ReadonlyMap<string, { readonly channel: Channel; readonly facts: ChannelFacts }>;
  /** Called with faults of the program, without content. */
  readonly onFault: (error: unknown) => void;
}

export class Conversation implements Inbox {
  /** Since the start: how many turns were saved, and their milliseconds from begin to commit. */
  readonly turns = { saved: 0, ms: 0 };
  readonly #deps: ConversationDeps;
  readonly #drawnOn: readonly string[];
  /** The last promise of each person's work: one turn of a person at a time. */
  readonly #busy = new Map<string, Promise<readonly Rendered[]>>();
  /** Farewells that are being sent. */
  readonly #saying = new Set<Promise<void>>();

  constructor(deps: ConversationDeps) {
    this.#deps = deps;
    this.#drawnOn = [...deps.channels.values()].flatMap(({ channel }) => (channel.notify ? [channel.name] : []));
  }

  /** Of an organiser's texts; null for people who write for themselves. */
  overview(person: string): Promise<Overview | null> {
    return overviewOf(this.#deps, person);
  }

  /** Stores the event first; resolves once its turn is saved. */
  async take(incoming: Incoming): Promise<TakenIn> {
    const { person, new: isNew } = await this.#deps.store.receive(incoming);
    // Also for a repeat: a sender who repeats an event waits for the same turn.
    const farewell = await this.settle(person);
    return { person, new: isNew, farewell };
  }

  /** Takes all waiting turns of this person. Returns the farewells: replies that nothing is left to store. */
  settle(person: string): Promise<readonly Rendered[]> {
    return this.#inTurn(person, () => this.#takeWaiting(person));
  }

  #inTurn(person: string, work: () => Promise<readonly Rendered[]>): Promise<readonly Rendered[]> {
    const before = this.#busy.get(person) ?? Promise.resolve([]);
    const mine = before.catch(() => []).then(work);
    this.#busy.set(person, mine);
    const clear = () => {
      if (this.#busy.get(person) === mine) this.#busy.delete(person);
    };
    mine.then(clear, clear);
    return mine;
  }

  /** Resolves when every farewell was sent or has failed. */
  async said(): Promise<void> {
    while (this.#saying.size > 0) await Promise.all(this.#saying);
  }

  /**
   * Takes all events that were received and not answered. `atStart`: an event in which two processes died is set aside
   * unread.
   */
  async recover(atStart = false): Promise<void> {
    // One person's broken row must not stop the others.
    for (const person of await this.#deps.store.peopleWaiting()) {
      await this.#inTurn(person, () => this.#takeWaiting(person, atStart)).catch(this.#deps.onFault);
    }
  }

  async #takeWaiting(person: string, atStart = false): Promise<readonly Rendered[]> {
    const { store, onFault } = this.#deps;
    const farewell: Rendered[] = [];
    /** The event that this run has begun, at a start. */
    let begun: string | null = null;
    for (;;) {
      let pending: PendingTurn | null = null;
      try {
        pending = await store.nextTurn(person);
        if (pending === null) return farewell;
        if (atStart && pending.inboxId !== begun) {
          if (pending.begun === 'elsewhere') return farewell;
          if (await this.#isDeadly(pending)) continue;
          begun = pending.inboxId;
        }
        const began = performance.now();
        farewell.push(...(await this.#take(pending)));
        this.turns.saved += 1;
        this.turns.ms += performance.now() - began;
      } catch (error) {
        if (begun !== null) await store.noteBegun(begun, null).catch(onFault);
        begun = null;
        // Nothing can be stored now: it waits in the inbox, and its sender sends it again.
        if (isTrouble(error)) throw error;
        onFault(error);
        const failed = await store.noteFailed(person, pending?.inboxId ?? null);
        if (failed === null) continue;
        const isOver = failed.times >= TRIES || error instanceof HopelessTurnError;
        if (isOver) farewell.push(...(await this.#setAside({ person, inboxId: failed.inboxId, pending })));
      }
    }
  }

  /**
   * An event that waits at a start may have been in progress when the process died. Its begin is recorded first; an
   * event that a former start began and that is still here has ended two processes.
   */
  async #isDeadly(pending: PendingTurn): Promise<boolean> {
    if (pending.begun !== 'died') {
      await this.#deps.store.noteBegun(pending.inboxId, this.#deps.boot);
      return false;
    }
    this.#deps.onFault(new Error('a turn that ended the process twice was set aside'));
    await this.#setAside({ person: pending.person, inboxId: pending.inboxId, pending });
    return true;
  }

  async #setAside(what: WhatFailed): Promise<readonly Rendered[]> {
    const { store, lexicon, now } = this.#deps;
    const { pending } = what;
    const render = (text: string, session: Session | null) => this.#render({ text }, session, pending);
    const farewell = await setAside({ store, lexicon, now, drawnOn: this.#drawnOn, render }, what);
    return pending === null || farewell.length === 0 ? farewell : this.#sayFarewell(pending, farewell);
  }

  /** One turn, up to its commit. The caller's loop loads a stale one again. */
  async #take(pending: PendingTurn): Promise<readonly Rendered[]> {
    const { store, lexicon } = this.#deps;
    if (await saysErase(store, lexicon, pending.person, pending.event)) {
      return this.#setAside({ person: pending.person, inboxId: pending.inboxId, pending });
    }
    const { session, row, opens } = await this.#caseOf(pending);
    const open = { session: await heldAsKept(session, () => store.held(pending.person)), row, opens };
    const to = this.#channelOf(pending);
    const render = (reply: Reply, after: Session) => this.#render(reply, after, pending);
    const facts = to?.facts ?? { seenBy: 'network', takesFiles: false };
    const { turn, farewell } = await runTurn(this.#deps, pending, open, facts, render);
    if (farewell !== null) {
      await store.erasePerson(pending.person);
      return this.#sayFarewell(pending, farewell);
    }
    const capabilities = to?.channel.capabilities;
    const replies = capabilities?.joins === true ? joined(turn.replies, capabilities.bubble) : turn.replies;
    await store.saveTurn({ ...turn, replies, drawnOn: this.#drawnOn, gathers: to?.channel.gathers ?? 0 });
    return [];
  }

  async #caseOf(pending: PendingTurn): Promise<OpenCase> {
    if (pending.home !== undefined) {
      return caseOf(this.#deps.store, pending, parseSession(pending.home));
    }
    const session = pending.session === null ? this.#stranger(pending) : parseSession(pending.session);
    return { session, row: 'open', opens: true };
  }

  #stranger(pending: PendingTurn | null): Session {
    const { calls, served, intake, boot, now } = this.#deps;
    const lastAt = pending?.event.at ?? now().toISOString();
    const meant = pending === null || served.several === null ? null : callMeant(served.several(lastAt), pending.event);
    const id = meant ?? served.first;
    const call = { id, hash: calls.current(id).hash };
    return newSession({ language: pending?.language ?? intake.language, call, boot, lastAt });
  }

  #channelOf({ answersAt }: PendingTurn) {
    return answersAt === null ? undefined : this.#deps.channels.get(answersAt.channel);
  }

  /** `known`: null if the session cannot be read. */
  #render(reply: Reply, known: Session | null, pending: PendingTurn | null): Rendered {
    const capabilities = (pending === null ? undefined : this.#channelOf(pending))?.channel.capabilities ?? {
      buttons: false,
      bubble: 600,
      files: false,
    };
    const session = known ?? this.#stranger(pending);
    const language = reply.language ?? session.language;
    const say = sayIn(this.#deps.translate, language, session.call.hash);
    return withSeveral(withExpiry(render(reply, language, say, capabilities), session), session);
  }

  /**
   * Nothing is left to store these replies, so they are sent from memory; the web draws what is returned. No turn waits
   * for them, since a network may hang.
   */
  #sayFarewell(pending: PendingTurn, farewell: readonly Rendered[]): readonly Rendered[] {
    const channel = this.#channelOf(pending)?.channel;
    const { answersAt, event } = pending;
    if (channel === undefined || answersAt === null) return farewell;
    const sendAll = async () => {
      for (const rendered of farewell) await channel.send(answersAt, rendered, event.id);
    };
    const saying = sendAll()
      .catch(this.#deps.onFault)
      .finally(() => this.#saying.delete(saying));
    this.#saying.add(saying);
    return farewell;
  }
}
