// The first of the two flows: message in → session → takeTurn → replies → channel.
//
//     durable in the inbox → load → take the turn (and build what it asks for) → save all of it at once → send the replies

import { createHash } from 'node:crypto';
import type { Channel, Inbox, Incoming, Rendered, Taken as TakenIn } from '../channels/channel.ts';
import { render, type Say } from '../channels/render.ts';
import { draftFrom } from '../dialog/draft-from.ts';
import type { Effect, Part } from '../dialog/effect.ts';
import type { Event } from '../dialog/event.ts';
import type { Intake } from '../dialog/intake.ts';
import type { Language } from '../dialog/language.ts';
import type { Lexicon } from '../dialog/lexicon.ts';
import type { Reply } from '../dialog/reply.ts';
import { partsAfter } from '../dialog/parts.ts';
import { newSession, parseSession, type Session } from '../dialog/session.ts';
import { takeTurn } from '../dialog/turn.ts';
import type { ChannelFacts, Facts, Operator, World } from '../dialog/world.ts';
import type { Translate } from '../i18n.ts';
import type { ConsentRow, DocumentToSave, MailToQueue, PendingTurn, Store } from '../store/store.ts';
import { sha256 } from '../submission/manifest.ts';
import { buildDocument, builtEvent, mailFor, type DocumentBuilder } from './build-document.ts';
import type { CallShelf, ShelvedCall } from './call-shelf.ts';
import { writeCopy } from './copy.ts';
import { withExpiry } from './expiry.ts';
import { turnToSave, type Taken } from './turn-to-save.ts';

export interface ConversationDeps {
  readonly store: Store;
  readonly calls: CallShelf;
  /** The call that strangers are asked about. */
  readonly callId: string;
  readonly intake: Intake;
  readonly lexicon: Lexicon;
  readonly operator: Operator;
  readonly translate: Translate;
  readonly documents: DocumentBuilder;
  readonly channels: ReadonlyMap<string, { readonly channel: Channel; readonly facts: ChannelFacts }>;
  readonly now: () => Date;
  readonly newId: World['newId'];
  readonly fingerprint: World['fingerprint'];
  /** Differs at every start of the program. */
  readonly boot: string;
  /** Called after a turn that may have made a mail due. */
  readonly onMail: () => void;
  /** Called after a turn whose replies wait to be sent on this channel. */
  readonly onReplies: (channel: string) => void;
  /** Told of our own faults, without content. */
  readonly onFault: (error: unknown) => void;
}

/** A turn as taken, with what came of its effects, before it is saved. */
type Worked = Omit<Taken, 'pending' | 'before' | 'replies' | 'archive' | 'at'> & { readonly replies: readonly Reply[] };

export class Conversation implements Inbox {
  readonly #deps: ConversationDeps;
  /** The tail of each person's work: one turn of a person at a time. */
  readonly #busy = new Map<string, Promise<readonly Rendered[]>>();

  constructor(deps: ConversationDeps) {
    this.#deps = deps;
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
    for (const person of await this.#deps.store.peopleWaiting()) await this.settle(person);
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
    const before = pending.session === null ? this.#stranger(pending) : parseSession(pending.session);
    const shelved = await this.#callOf(before);
    const worked = await this.#workOrApologise(pending, before, shelved);
    const replies = worked.replies.map((reply) => ({ reply, rendered: this.#render(reply, worked.session, pending) }));
    const at = this.#deps.now().toISOString();
    if (worked.effects.some((effect) => effect.kind === 'erase' && effect.what === 'person')) {
      await store.erasePerson(pending.person, at);
      return this.#sayFarewell(
        pending,
        replies.map(({ rendered }) => rendered),
      );
    }
    const saved = await store.saveTurn(
      turnToSave({ ...worked, pending, before, replies, archive: shelved.archive, at }),
    );
    if (saved === 'stale') return [];
    if (worked.mails.length > 0) this.#deps.onMail();
    const { address } = pending;
    if (address !== null && replies.length > 0) this.#deps.onReplies(address.channel);
    return [];
  }

  #stranger({ event, language }: PendingTurn): Session {
    const { calls, callId, intake, boot } = this.#deps;
    const { hash } = calls.current(callId);
    return newSession({ language: language ?? intake.language, call: { id: callId, hash }, boot, lastAt: event.at });
  }

  async #callOf(session: Session): Promise<ShelvedCall> {
    return (await this.#deps.calls.pinned(session.call.hash)) ?? this.#deps.calls.current(session.call.id);
  }

  /** A fault of ours is caught here, once: the message is kept, the session stays, the person is told. */
  async #workOrApologise(pending: PendingTurn, before: Session, shelved: ShelvedCall): Promise<Worked> {
    try {
      return await this.#work(pending, before, shelved);
    } catch (error) {
      this.#deps.onFault(error);
      return { session: before, effects: [], replies: [{ text: 'fault' }], consents: [], documents: [], mails: [] };
    }
  }

  /** takeTurn, again for every document that it asks for. */
  async #work(pending: PendingTurn, before: Session, shelved: ShelvedCall): Promise<Worked> {
    const world = this.#world(shelved);
    const replies: Reply[] = [];
    const effects: Effect[] = [];
    const consents: ConsentRow[] = [];
    const documents: DocumentToSave[] = [];
    let facts = await this.#facts(pending, before);
    let session = before;
    let event: Event | null = pending.event;
    for (let builds = 0; event !== null; builds++) {
      if (builds > 8) throw new Error(`documents are built without end at ${session.at.prompt}`);
      let outcome = takeTurn(world, facts, session, event);
      if (outcome.kind === 'needs-parts') {
        facts = { ...facts, parts: await this.#parts(session, effects) };
        outcome = takeTurn(world, facts, session, event);
      }
      if (outcome.kind === 'needs-parts') throw new Error('answers were asked for twice');
      session = outcome.session;
      replies.push(...outcome.replies);
      effects.push(...outcome.effects);
      consents.push(...this.#consents(outcome.effects, session, pending.event));
      facts = { ...facts, ...(facts.parts === undefined ? {} : { parts: partsAfter(facts.parts, outcome.effects) }) };
      event = null;
      const build = outcome.effects.find((effect) => effect.kind === 'build');
      if (build?.kind !== 'build') continue;
      const parts: readonly Part[] = facts.parts ?? (await this.#parts(session, effects));
      facts = { ...facts, parts };
      const given = session.contribution === null ? [] : await this.#deps.store.consents(session.contribution);
      const request = {
        session,
        parts,
        shelved,
        consents: [...given, ...consents],
        final: build.final,
        file: build.file,
      };
      const { document, save } = await buildDocument(this.#deps.documents, request);
      if (save !== null) documents.push(save);
      event = builtEvent(pending.event, document, builds);
    }
    if (effects.some(({ kind }) => kind === 'copy')) documents.push(await this.#copy(pending, session, shelved));
    const mails = await this.#mails(session, effects, shelved, facts.parts);
    // The last of a kind is the one that counts; earlier builds of the same turn were superseded.
    const latest = documents.filter(
      ({ kind }, index) => documents.findLastIndex((other) => other.kind === kind) === index,
    );
    return { session, effects, replies, consents, documents: latest, mails };
  }

  #world({ call, hash }: ShelvedCall): World {
    const { intake, lexicon, operator, newId, fingerprint } = this.#deps;
    return { call, callHash: hash, intake, lexicon, operator, newId, fingerprint };
  }

  async #facts(pending: PendingTurn, session: Session): Promise<Facts> {
    const channel = this.#channelOf(pending)?.facts ?? { seenBy: 'network', takesFiles: false };
    return { boot: this.#deps.boot, channel, mailLeft: await this.#hasLeft(session) };
  }

  /** Asked of the outbox, not of the clock: *stop* must not be answered by a guess. */
  async #hasLeft(session: Session): Promise<boolean> {
    const open = session.mails.findLast((mail) => mail.mail !== 'withdrawal' && mail.outcome === 'waiting');
    if (open === undefined) return false;
    const items = await this.#deps.store.mail(open.reference);
    const stays = ['waiting', 'frozen', 'held', 'cancelled'];
    return items.some((item) => item.kind === open.mail && (item.attempts > 0 || !stays.includes(item.state)));
  }

  #channelOf({ address }: PendingTurn) {
    return address === null ? undefined : this.#deps.channels.get(address.channel);
  }

  async #parts(session: Session, effects: readonly Effect[]): Promise<readonly Part[]> {
    if (session.contribution === null) return partsAfter([], effects);
    return partsAfter(await this.#deps.store.parts(session.contribution), effects);
  }

  /** The words that were said yes or no to are hashed as they were shown. */
  #consents(effects: readonly Effect[], session: Session, event: Event): readonly ConsentRow[] {
    const { language } = session;
    return effects.flatMap((effect) => {
      if (effect.kind !== 'consent') return [];
      const { purpose, subject, value, wording } = effect;
      const wordingHash = createHash('sha256')
        .update(this.#deps.translate(language, wording, session.call.hash))
        .digest('hex');
      return [{ purpose, subject, value, wordingHash, language, messageId: event.id, at: event.at }];
    });
  }

  async #mails(
    session: Session,
    effects: readonly Effect[],
    shelved: ShelvedCall,
    parts: readonly Part[] | undefined,
  ): Promise<readonly MailToQueue[]> {
    const { documents, store, now } = this.#deps;
    const mails: MailToQueue[] = [];
    for (const effect of effects) {
      if (effect.kind !== 'approve' && effect.kind !== 'withdraw') continue;
      const to = await documents.recipientOf(shelved.call.id);
      if (to === null) throw new Error('a mail was approved for a call without a verified address');
      const draft = { ...draftFrom(session, parts ?? [], shelved.call), reference: effect.reference };
      const about = mailFor(shelved, draft, to);
      if (effect.kind === 'approve') {
        const { mail, reference, sha256: approved, notBefore } = effect;
        mails.push({
          kind: mail,
          reference,
          sha256: approved,
          notBefore,
          request: documents.mail.submission(about).request,
        });
      } else {
        const earlier = (await store.mail(effect.reference)).length > 0;
        if (!earlier) throw new Error('there is nothing to withdraw');
        const { body, request } = documents.mail.withdrawal(about, effect.ask);
        const notBefore = now().toISOString();
        mails.push({ kind: 'withdrawal', reference: effect.reference, sha256: sha256(body), notBefore, request });
      }
    }
    return mails;
  }

  async #copy(pending: PendingTurn, session: Session, shelved: ShelvedCall): Promise<DocumentToSave> {
    const { store } = this.#deps;
    return writeCopy({
      session,
      shelved,
      parts: await this.#parts(session, []),
      consents: session.contribution === null ? [] : await store.consents(session.contribution),
      transcript: await store.transcript(pending.person, null),
      say: (ref) => this.#deps.translate(session.language, ref, session.call.hash),
    });
  }

  #render(reply: Reply, session: Session, pending: PendingTurn): Rendered {
    const capabilities = this.#channelOf(pending)?.channel.capabilities ?? {
      buttons: false,
      bubble: 600,
      files: false,
    };
    const language: Language = session.language;
    const say: Say = (ref) => this.#deps.translate(language, ref, session.call.hash);
    return withExpiry(render(reply, language, say, capabilities), session);
  }

  /** Nothing is left that could hold these replies, so they are sent from memory; the web draws what it is handed back. */
  async #sayFarewell(pending: PendingTurn, farewell: readonly Rendered[]): Promise<readonly Rendered[]> {
    const known = this.#channelOf(pending);
    if (known !== undefined && pending.address !== null) {
      for (const rendered of farewell) await known.channel.send(pending.address, rendered, pending.event.id);
    }
    return farewell;
  }
}
