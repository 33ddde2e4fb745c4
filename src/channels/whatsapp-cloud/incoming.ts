// Incoming messages: stored as they are, then read in order of time per chat and passed to the inbox.
//
//     webhook ──► keepRaw (one commit) ──► 200 ──► who is it, what is it ──► inbox.take ──► dropRaw
//
// Messages that a crash leaves behind the second arrow are taken at the next start.

import { z } from 'zod';
import { TimedOutError, within } from '../../deadlines.ts';
import type { EventBody, Unusable } from '../../dialog/engine/event.ts';
import type { Address, Incoming as IncomingMessage } from '../channel.ts';
import { languageOfNumber } from '../language-of-number.ts';
import { fileEvent, LARGEST_DOCX } from '../media/read-docx.ts';
import { LARGEST_SOUND, readSound } from '../media/read-sound.ts';
import { reachOf } from './address.ts';
import type { Fetched, Graph } from './graph.ts';
import { ACCOUNT, type CloudDeps, KEPT_AS, WHATSAPP_CLOUD } from './ports.ts';
import { quotedIn, type Read, readMessage } from './read-message.ts';
import type { ArrivedMessage, Sender } from './read-webhook.ts';

/** Milliseconds between two tries to fetch a file. */
const AGAIN_MS = 2_000;
/** Milliseconds after which a message counts as one that waited for us, so that Meta's time counts. */
const WAITED_MS = 60_000;

export interface IncomingDeps extends CloudDeps {
  readonly graph: Pick<Graph, 'download'>;
}

interface Kept extends ArrivedMessage {
  readonly id: string;
  /** ISO; the latest possible time at which it was written. */
  readonly written: string;
}

interface Brought {
  readonly suffix: string;
  readonly body: EventBody;
  readonly sound?: IncomingMessage['sound'];
}

const keptSchema = z.looseObject({ message: z.looseObject({}), sender: z.looseObject({}), written: z.string() });

export class Incoming {
  readonly #deps: IncomingDeps;
  /** Messages of each chat that wait for the one in progress, in order of time. */
  readonly #waiting = new Map<string, { readonly one: Kept; readonly come?: Fetched }[]>();
  readonly #busy = new Map<string, Promise<void>>();
  /** Taken by this process, and not finished. */
  readonly #known = new Set<string>();
  readonly #over = new AbortController();

  constructor(deps: IncomingDeps) {
    this.#deps = deps;
  }

  /** Resolves when all of them are stored, in one commit. */
  async take(messages: readonly ArrivedMessage[]): Promise<void> {
    const worth = messages.filter(({ message }) => readMessage(message).kind !== 'nothing');
    if (worth.length === 0) return;
    const now = this.#deps.now();
    const kept = worth.map((one): Kept => ({ ...one, id: idOf(one), written: writtenAt(one, now) }));
    const raw = kept.map(({ id, message, sender, seconds, written }) => ({
      id,
      raw: JSON.stringify({ message, sender, seconds, written }),
    }));
    await this.#deps.kept.keepRaw(KEPT_AS, raw);
    for (const one of kept) this.#enqueue(one);
  }

  /**
   * Messages that a former process, or another one that is gone, stored and did not finish. One that another process is busy with is
   * taken only once all the same: the inbox knows its id.
   */
  async recover(): Promise<void> {
    for (const { id, raw } of await this.#deps.kept.waitingRaw(KEPT_AS)) {
      if (this.#known.has(id)) continue;
      const parsed = keptSchema.safeParse(JSON.parse(raw));
      if (parsed.success) this.#enqueue({ id, ...(JSON.parse(raw) as Omit<Kept, 'id'>) });
    }
  }

  /** Resolves when no work is left. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  stop(): void {
    this.#over.abort();
    this.#waiting.clear();
  }

  #enqueue(one: Kept, come?: Fetched): void {
    this.#known.add(one.id);
    const chat = one.sender.user ?? one.sender.number ?? '';
    const waiting = this.#waiting.get(chat) ?? [];
    this.#waiting.set(chat, waiting);
    const later = waiting.findIndex((other) => other.one.seconds > one.seconds);
    waiting.splice(later < 0 ? waiting.length : later, 0, { one, ...(come === undefined ? {} : { come }) });
    if (!this.#busy.has(chat)) this.#busy.set(chat, this.#work(chat));
  }

  async #work(chat: string): Promise<void> {
    // Further messages of the same webhook are enqueued first.
    await Promise.resolve();
    for (;;) {
      const next = this.#waiting.get(chat)?.shift();
      if (next === undefined || this.#over.signal.aborted) break;
      // After a fault the raw message stays for the next start.
      await this.#finish(next.one, next.come).catch((error: unknown) => {
        if (!this.#over.signal.aborted) this.#deps.onFault(error);
      });
    }
    this.#waiting.delete(chat);
    this.#busy.delete(chat);
  }

  /** `come`: its file, which arrived late. */
  async #finish(one: Kept, come?: Fetched): Promise<void> {
    const read = readMessage(one.message);
    const file = come ?? (await this.#fetchInTurn(one, read));
    if (file === null) return;
    if (read.kind === 'new-number') await this.#move(one, read.number);
    else await this.#hand(one, await this.#eventsOf(read, file));
    await this.drop(one.id);
  }

  /** It is in the inbox, and its turn is saved. */
  async drop(id: string): Promise<void> {
    await this.#deps.kept.dropRaw(KEPT_AS, id);
    this.#known.delete(id);
  }

  async #hand({ message, sender, written }: Kept, brought: readonly Brought[]): Promise<void> {
    const { inbox, kept, now } = this.#deps;
    const from = addressOf(sender, now());
    const { user, number } = sender;
    if (user !== null && number !== null) await this.#meet(user, number);
    const quoted = quotedIn(message);
    const quotes = quoted === null ? null : await kept.askedIn(quoted);
    const language = languageOfNumber(number);
    for (const { suffix, body, sound } of brought) {
      const messageId = `${message.id}${suffix}`;
      const tapped = body.kind === 'message' && body.choice !== undefined;
      const more = body.kind === 'message' ? { written, ...(quotes === null || tapped ? {} : { quotes }) } : {};
      await inbox.take({
        from,
        messageId,
        event: { id: messageId, at: now().toISOString(), ...body, ...more },
        ...(number === null ? {} : { number }),
        ...(language === null ? {} : { language }),
        ...(sound === undefined ? {} : { sound }),
      });
      if (user !== null && number !== null) await this.#meet(user, number);
    }
    await kept.releaseHeld(from);
  }

  async #eventsOf(read: Exclude<Read, { kind: 'new-number' }>, fetched: Fetched): Promise<readonly Brought[]> {
    switch (read.kind) {
      case 'nothing':
        return [];
      case 'events':
        return read.events;
      case 'voice':
        return [{ suffix: '', ...this.#voiceOf(fetched) }];
      case 'docx':
        return [...captionOf(read), { suffix: '', body: await this.#textOf(fetched) }];
      default:
        return read satisfies never;
    }
  }

  async #textOf(fetched: Fetched): Promise<EventBody> {
    if (fetched === 'large') return { kind: 'unusable', what: 'file-large' };
    if (typeof fetched === 'string') return { kind: 'unusable', what: 'file' };
    return fileEvent(await this.#deps.readDocx(fetched));
  }

  #voiceOf(fetched: Fetched): Omit<Brought, 'suffix'> {
    if (!this.#deps.takesVoice) return { body: { kind: 'unusable', what: 'voice' } };
    if (fetched === 'large') return { body: { kind: 'unusable', what: 'voice-too-long' } };
    if (typeof fetched === 'string') return { body: { kind: 'unusable', what: 'voice-broken' } };
    const read = readSound(fetched);
    if (!read.ok) return { body: { kind: 'unusable', what: read.why } };
    return { body: { kind: 'voice' }, sound: { bytes: fetched, type: read.type } };
  }

  /** Null if it arrives late. 'gone' if there is nothing to fetch. */
  async #fetchInTurn(one: Kept, read: Read): Promise<Fetched | null> {
    const wanted = this.#wantedIn(read);
    if (wanted === null) return 'gone';
    const { deadlines, onFault } = this.#deps;
    const fetching = within(deadlines.lateMedia, (signal) =>
      this.#fetch(wanted.media, wanted.most, AbortSignal.any([signal, this.#over.signal])),
    );
    try {
      return await within(deadlines.media, () => fetching);
    } catch (error) {
      if (!(error instanceof TimedOutError)) throw error;
    }
    void this.#takeLate(one, fetching).catch((error: unknown) =>
      this.#over.signal.aborted ? undefined : onFault(error),
    );
    await this.#hand(one, [...captionOf(read), unusable('late')]);
    return null;
  }

  #wantedIn(read: Read): { readonly media: string; readonly most: number } | null {
    if (read.kind === 'docx') return { media: read.media, most: LARGEST_DOCX };
    return read.kind === 'voice' && this.#deps.takesVoice ? { media: read.media, most: LARGEST_SOUND } : null;
  }

  async #fetch(media: string, most: number, signal: AbortSignal): Promise<Fetched> {
    for (;;) {
      const file = await this.#deps.graph.download(media, most, signal);
      if (file !== 'failed') return file;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
      signal.throwIfAborted();
    }
  }

  /** Later messages of the sender are taken meanwhile; they were told that the file can be sent again. */
  async #takeLate(one: Kept, fetching: Promise<Fetched>): Promise<void> {
    const file = await fetching.catch((error: unknown) => {
      if (error instanceof TimedOutError) return 'failed' as const;
      throw error;
    });
    if (typeof file !== 'string') return this.#enqueue(one, file);
    await this.drop(one.id);
  }

  /** Before a message is taken, so that it reaches the right person; and after it, once a new person exists. */
  async #meet(user: string, number: string): Promise<void> {
    const { aliases, newCode, now } = this.#deps;
    const byUser = addressOf({ user, number: null }, now());
    const byNumber = addressOf({ user: null, number }, now());
    const [one, other] = [await aliases.personAt(byUser), await aliases.personAt(byNumber)];
    if (one?.person !== other?.person) {
      await aliases.mergeIdentities({ lid: byUser, number: byNumber, code: newCode() });
    }
  }

  async #move({ sender }: Kept, number: string): Promise<void> {
    const { aliases, now } = this.#deps;
    const before = [
      ...(sender.user === null ? [] : [addressOf({ user: sender.user, number: null }, now())]),
      ...(sender.number === null ? [] : [addressOf({ user: null, number: sender.number }, now())]),
    ];
    await aliases.moveAddress(before, addressOf({ user: null, number }, now()));
  }
}

/** `reach` says until when the person can be written to. */
function addressOf({ user, number }: Sender, at: Date): Address {
  return { channel: WHATSAPP_CLOUD, account: ACCOUNT, address: user ?? number ?? '', reach: reachOf(at) };
}

const unusable = (what: Unusable, suffix = `/${what}`): Brought => ({ suffix, body: { kind: 'unusable', what } });

/** The caption of a file is a separate message. */
function captionOf(read: Read): readonly Brought[] {
  if (read.kind !== 'docx' || read.caption.trim() === '') return [];
  return [{ suffix: '/caption', body: { kind: 'message', text: read.caption } }];
}

/** Our clock, or Meta's for what waited there, so that it answers nothing that came after it. */
function writtenAt({ seconds }: ArrivedMessage, now: Date): string {
  const waited = now.getTime() - seconds * 1000 > WAITED_MS;
  return (waited ? new Date(seconds * 1000) : now).toISOString();
}

const idOf = ({ message, sender }: ArrivedMessage) => `${sender.user ?? sender.number ?? ''}/${message.id}`;
