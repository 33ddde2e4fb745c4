// The first of the two flows: message in → session → takeTurn → replies → channel.
//
//     durable in the inbox → load → take the turn (and build what it asks for) → save all of it at once → send the replies

import type { Channel, Inbox, Incoming, Rendered, Taken as TakenIn } from '../channels/channel.ts';
import { render, type Say } from '../channels/render.ts';
import type { Reply } from '../dialog/reply.ts';
import { newSession, parseSession, type Session } from '../dialog/session.ts';
import type { ChannelFacts } from '../dialog/world.ts';
import type { PendingTurn } from '../store/store.ts';
import { withExpiry } from './expiry.ts';
import { heldAsKept } from './held-as-kept.ts';
import { caseOf, type OpenCase } from './open-case.ts';
import { withSeveral } from './several.ts';
import { turnToSave } from './turn-to-save.ts';
import { callOf, casesToSave, workTurn, type Work, type WorkDeps, type Worked } from './work-turn.ts';

export interface ConversationDeps extends WorkDeps {
  readonly channels: ReadonlyMap<string, { readonly channel: Channel; readonly facts: ChannelFacts }>;
  /** Called after a turn that may have made a mail due. */
  readonly onMail: () => void;
  /** Called after a turn that gave a recording to be written down. */
  readonly onVoice?: () => void;
  /** Called after a turn whose replies wait to be sent on this channel. */
  readonly onReplies: (channel: string) => void;
  /** Told of our own faults, without content. */
  readonly onFault: (error: unknown) => void;
}

export class Conversation implements Inbox {
  readonly #deps: ConversationDeps;
  readonly #drawnOn: readonly string[];
  /** The tail of each person's work: one turn of a person at a time. */
  readonly #busy = new Map<string, Promise<readonly Rendered[]>>();

  constructor(deps: ConversationDeps) {
    this.#deps = deps;
    this.#drawnOn = [...deps.channels.values()].flatMap(({ channel }) => (channel.notify ? [channel.name] : []));
  }

  /** Durable before anything else; resolves once its turn is saved, too. */
  async take(incoming: Incoming): Promise<TakenIn> {
    const { person, new: isNew } = await this.#deps.store.receive(incoming);
    // Also for a repeat: whoever sent it twice waits for the same turn.
    const farewell = await this.settle(person);
    return { person, new: isNew, farewell };
  }

  /** Takes all turns that wait for this person. Farewells are replies that nothing is left to store. */
  settle(person: string): Promise<readonly Rendered[]> {
    const before = this.#busy.get(person) ?? Promise.resolve([]);
    const mine = before.catch(() => []).then(() => this.#takeWaiting(person));
    this.#busy.set(person, mine);
    const clear = () => {
      if (this.#busy.get(person) === mine) this.#busy.delete(person);
    };
    mine.then(clear, clear);
    return mine;
  }

  /** After a start: what was received and not yet answered. */
  async recover(): Promise<void> {
    // One person's broken row must not keep everybody else waiting.
    for (const person of await this.#deps.store.peopleWaiting()) await this.settle(person).catch(this.#deps.onFault);
  }

  async #takeWaiting(person: string): Promise<readonly Rendered[]> {
    const farewell: Rendered[] = [];
    for (;;) {
      const pending = await this.#deps.store.nextTurn(person);
      if (pending === null) return farewell;
      farewell.push(...(await this.#take(pending)));
    }
  }

  /** One turn, to its commit. A stale one is loaded again by the caller's loop. */
  async #take(pending: PendingTurn): Promise<readonly Rendered[]> {
    const { store } = this.#deps;
    const { session, row, opens } = await this.#caseOf(pending);
    const before = await heldAsKept(session, () => store.held(pending.person));
    const shelved = await callOf(this.#deps, before);
    const worked = await this.#workOrApologise({ pending, before, shelved, row, opens });
    const replies = worked.replies.map((reply) => ({ reply, rendered: this.#render(reply, worked.session, pending) }));
    const at = this.#deps.now().toISOString();
    if (worked.effects.some((effect) => effect.kind === 'erase' && effect.what === 'person')) {
      await store.erasePerson(pending.person, at);
      return this.#sayFarewell(
        pending,
        replies.map(({ rendered }) => rendered),
      );
    }
    const gathers = this.#channelOf(pending)?.channel.gathers ?? 0;
    const takenOut = this.#render({ text: 'voice.taken-out' }, worked.session, pending);
    const saved = await store.saveTurn(
      turnToSave({ ...worked, pending, before, replies, takenOut, drawnOn: this.#drawnOn, gathers, at }),
    );
    if (saved === 'stale') return [];
    if (worked.mails.length > 0) this.#deps.onMail();
    if (worked.effects.some(({ kind }) => kind === 'voice.queue')) this.#deps.onVoice?.();
    if (replies.length > 0) this.#tell(pending);
    return [];
  }

  /** The replies are saved: open pages draw them, other channels send them. */
  #tell({ person, answersAt: address }: PendingTurn): void {
    for (const { channel } of this.#deps.channels.values()) channel.notify?.(person);
    if (address !== null && !this.#drawnOn.includes(address.channel)) this.#deps.onReplies(address.channel);
  }

  async #caseOf(pending: PendingTurn): Promise<OpenCase> {
    if (pending.home !== undefined) {
      return caseOf(this.#deps.store, pending, parseSession(pending.home));
    }
    const session = pending.session === null ? this.#stranger(pending) : parseSession(pending.session);
    return { session, row: 'open', opens: true };
  }

  #stranger({ event, language }: PendingTurn): Session {
    const { calls, callId, intake, boot } = this.#deps;
    const { hash } = calls.current(callId);
    return newSession({ language: language ?? intake.language, call: { id: callId, hash }, boot, lastAt: event.at });
  }

  /** A fault of ours is caught here, once: the message is kept, the session stays, the person is told. */
  async #workOrApologise(work: Omit<Work, 'channel'>): Promise<Worked> {
    const { pending, before, shelved } = work;
    try {
      const facts = this.#channelOf(pending)?.facts ?? { seenBy: 'network', takesFiles: false };
      return await workTurn(this.#deps, { ...work, channel: facts });
    } catch (error) {
      this.#deps.onFault(error);
      const nothing = { effects: [], consents: [], documents: [], mails: [] };
      const cases = casesToSave(work, { session: before, row: work.row, left: null });
      return {
        ...nothing,
        session: before,
        replies: [{ text: 'fault' }],
        archive: shelved.archive,
        cases,
        given: null,
      };
    }
  }

  #channelOf({ answersAt }: PendingTurn) {
    return answersAt === null ? undefined : this.#deps.channels.get(answersAt.channel);
  }

  #render(reply: Reply, session: Session, pending: PendingTurn): Rendered {
    const capabilities = this.#channelOf(pending)?.channel.capabilities ?? {
      buttons: false,
      bubble: 600,
      files: false,
    };
    const language = reply.language ?? session.language;
    const say: Say = (ref) => this.#deps.translate(language, ref, session.call.hash);
    return withSeveral(withExpiry(render(reply, language, say, capabilities), session), session);
  }

  /** Nothing is left that could hold these replies, so they are sent from memory; the web draws what it is handed back. */
  async #sayFarewell(pending: PendingTurn, farewell: readonly Rendered[]): Promise<readonly Rendered[]> {
    const known = this.#channelOf(pending);
    if (known !== undefined && pending.answersAt !== null) {
      for (const rendered of farewell) await known.channel.send(pending.answersAt, rendered, pending.event.id);
    }
    return farewell;
  }
}
