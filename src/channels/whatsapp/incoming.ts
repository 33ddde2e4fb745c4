// Incoming messages: stored as they are, then read in order per chat and passed to the inbox.
//
//     socket ──► keepRaw (one commit) ──► who is it, what is it ──► inbox.take ──► dropRaw
//
// The phone gets "delivered" after the first arrow (open-socket.ts). Messages that a crash leaves between the arrows
// are taken at the next start.

import { BufferJSON, proto, type WAMessage } from '@whiskeysockets/baileys';
import { TimedOutError, within } from '../../deadlines.ts';
import type { EventBody, Unusable } from '../../dialog/engine/event.ts';
import type { Address, Inbox, Incoming as IncomingMessage } from '../channel.ts';
import { languageOfNumber } from '../language-of-number.ts';
import { fileEvent } from '../media/read-docx.ts';
import { readSound } from '../media/read-sound.ts';
import { type AwaitedCopies, awaitCopies } from './awaited-copies.ts';
import { type Downloaded, fetchFile, type Store, type Wanted, wantedIn } from './download.ts';
import { reachOf } from './expiry.ts';
import { WHATSAPP, type WhatsAppDeps } from './ports.ts';
import { expiryIn, quotedIn, readMessage, senderOf } from './read-message.ts';

/** In the ids of rows: it cannot be opened, and a copy is awaited. */
const UNOPENED = '/unopened';
/** Most milliseconds between two tries to store a message. */
const KEEP_MS = 5_000;

type Deps = Pick<
  WhatsAppDeps,
  'account' | 'kept' | 'aliases' | 'readDocx' | 'takesVoice' | 'deadlines' | 'copyMs' | 'now' | 'newCode' | 'onFault'
> &
  Store & {
    readonly inbox: Inbox;
    readonly isOpen: () => boolean;
    /** The LID of a number, if the socket knows it. */
    readonly lidOf: (number: string) => Promise<string | null>;
    /** Resolves when the arrivals of our messages are stored. */
    readonly arrivalsNoted: () => Promise<void>;
  };

/** `written`: ISO; the latest possible time. */
interface Arrived {
  readonly id: string;
  readonly message: WAMessage;
  readonly written: string;
}

type Brought = Pick<IncomingMessage, 'sound'> & { readonly suffix: string; readonly body: EventBody };

export class Incoming {
  readonly #deps: Deps;
  /** The last promise of each chat's work. */
  readonly #busy = new Map<string, Promise<void>>();
  readonly #copies: AwaitedCopies;
  /** Files to be fetched once there is a line. */
  readonly #forLine: Arrived[] = [];
  readonly #over = new AbortController();
  #keeping = Promise.resolve();
  #stopped = false;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#copies = awaitCopies(deps.copyMs);
  }

  /** Resolves when it is stored. `written`: the latest possible time; default now. */
  take(messages: readonly WAMessage[], written = this.#deps.now()): Promise<void> {
    const kept = messages.flatMap((message) => this.#worthKeeping(message, written.toISOString()));
    if (kept.length === 0) return Promise.resolve();
    const mine = this.#keeping.then(async () => {
      await this.#keep(kept);
      for (const one of kept) {
        if (one.isCopy) await this.#deps.kept.dropRaw(this.#deps.account, `${one.id}${UNOPENED}`);
        this.#enqueue(one);
      }
    });
    this.#keeping = mine.catch(() => undefined);
    return mine;
  }

  /** It is stored already, or was taken. Reads only the key of `message`. */
  async isKept(message: WAMessage): Promise<boolean> {
    const { kept, account } = this.#deps;
    const from = await this.#addressOf(message);
    if (from === null) return false;
    return kept.isHere(account, idOf(message), { from, messageId: message.key.id ?? '' });
  }

  /** Messages that a former process stored and did not finish. Files and recordings wait for the line. */
  async recover(): Promise<void> {
    const { kept, account } = this.#deps;
    for (const { id, raw } of await kept.waitingRaw(account)) {
      const one = { id, ...revive(raw) };
      if (wantedIn(one.message, this.#deps.takesVoice) === null) this.#enqueue(one);
      else this.#forLine.push(one);
    }
  }

  lineOpened(): void {
    for (const one of this.#forLine.splice(0)) this.#enqueue(one);
  }

  /** Resolves when no work is left. */
  async idle(): Promise<void> {
    await this.#keeping;
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  stop(): void {
    this.#stopped = true;
    this.#over.abort();
    this.#copies.stop();
  }

  #worthKeeping(message: WAMessage, came: string) {
    const read = readMessage(message);
    if (read.kind === 'nothing') return [];
    // A copy arrives later than the unreadable original.
    const first = read.kind === 'unreadable' ? null : this.#copies.came(idOf(message));
    const id = read.kind === 'unreadable' ? `${idOf(message)}${UNOPENED}` : idOf(message);
    const written = first !== null && first < came ? first : came;
    const raw = JSON.stringify({ message, written }, BufferJSON.replacer);
    return [{ id, raw, message, written, isCopy: first !== null }];
  }

  /** A full disk may have room again in a second; until then no receipt is sent, and the server also has the message. */
  async #keep(messages: readonly { readonly id: string; readonly raw: string }[]): Promise<void> {
    const { kept, account, onFault } = this.#deps;
    for (let tries = 1; ; tries++) {
      if (this.#stopped) throw new Error('stopped before it was kept');
      try {
        await kept.keepRaw(account, messages);
        return;
      } catch (error) {
        onFault(error);
        await new Promise((resolve) => setTimeout(resolve, Math.min(250 * tries, KEEP_MS)).unref());
      }
    }
  }

  #enqueue(one: Arrived, come?: Downloaded): void {
    const chat = one.message.key.remoteJid ?? '';
    const before = this.#busy.get(chat) ?? Promise.resolve();
    // After a fault the raw message stays for the next start.
    const mine = before
      .then(() => this.#finish(one, come))
      .catch((error: unknown) => (this.#stopped ? undefined : this.#deps.onFault(error)));
    this.#busy.set(chat, mine);
    void mine.then(() => {
      if (this.#busy.get(chat) === mine) this.#busy.delete(chat);
    });
  }

  /** `come`: its file, which arrived late. */
  async #finish(one: Arrived, come?: Downloaded): Promise<void> {
    const { kept, account, onFault, takesVoice } = this.#deps;
    const read = readMessage(one.message);
    if (read.kind === 'unreadable') {
      const tell = () => this.#hand(one, [unusable('unopened')]).then(() => kept.dropRaw(account, one.id));
      // Its row stays until then, so that a restart forgets nothing.
      return this.#copies.await(idOf(one.message), one.written, () => void tell().catch(onFault));
    }
    if (read.kind === 'vanishing') {
      await this.#noteExpiry(one.message, read.seconds);
      return kept.dropRaw(account, one.id);
    }
    const wanted = wantedIn(one.message, takesVoice);
    const file = come ?? (wanted === null ? 'failed' : await this.#fetchInTurn(one, wanted));
    if (file === null) return;
    await this.#hand(one, await this.#eventsOf(one.message, file));
    await kept.dropRaw(account, one.id);
  }

  async #hand({ message, written }: Omit<Arrived, 'id'>, brought: readonly Brought[]): Promise<void> {
    const at = await this.#addressOf(message);
    if (at === null) return;
    const expiry = expiryIn(message);
    const from = expiry === null ? at : { ...at, reach: reachOf(expiry) };
    await this.#deps.arrivalsNoted();
    const quoted = quotedIn(message);
    const quotes = quoted === null ? null : await this.#deps.kept.askedIn(quoted);
    const { number } = senderOf(message);
    const language = languageOfNumber(number);
    for (const { suffix, body, sound } of brought) {
      const messageId = `${message.key.id ?? ''}${suffix}`;
      const at = this.#deps.now().toISOString();
      const more = body.kind === 'message' ? { written, ...(quotes === null ? {} : { quotes }) } : {};
      await this.#deps.inbox.take({
        from,
        messageId,
        event: { id: messageId, at, ...body, ...more },
        ...(number === null ? {} : { number: number.replace(/[:@].*$/u, '') }),
        ...(language === null ? {} : { language }),
        ...(sound === undefined ? {} : { sound }),
      });
      if (number !== null && from.address !== number) await this.#meet(from.address, number);
    }
  }

  async #eventsOf(message: WAMessage, fetched: Downloaded): Promise<readonly Brought[]> {
    const read = readMessage(message);
    if (read.kind === 'events') return read.events;
    if (read.kind === 'voice') return [{ suffix: '', ...this.#voiceOf(fetched) }];
    if (read.kind !== 'docx') return [];
    const body: EventBody =
      typeof fetched === 'string' ? { kind: 'unusable', what: 'file' } : fileEvent(await this.#deps.readDocx(fetched));
    return [...captionOf(message), { suffix: '', body }];
  }

  #voiceOf(fetched: Downloaded): Omit<Brought, 'suffix'> {
    if (!this.#deps.takesVoice) return { body: { kind: 'unusable', what: 'voice' } };
    if (typeof fetched === 'string') return { body: { kind: 'unusable', what: 'voice-broken' } };
    const read = readSound(fetched);
    if (!read.ok) return { body: { kind: 'unusable', what: read.why } };
    return { body: { kind: 'voice' }, sound: { bytes: fetched, type: read.type } };
  }

  /** Null if it is not there: it arrives late, or waits for the line. */
  async #fetchInTurn(one: Arrived, wanted: Wanted): Promise<Downloaded | null> {
    const { message } = one;
    const { deadlines, onFault } = this.#deps;
    const fetching = within(deadlines.lateMedia, (signal) =>
      fetchFile(this.#deps, message, wanted, AbortSignal.any([signal, this.#over.signal])),
    );
    try {
      const file = await within(deadlines.media, () => fetching);
      return this.#waitsForLine(one, file) ? null : file;
    } catch (error) {
      if (!(error instanceof TimedOutError)) throw error;
    }
    void this.#takeLate(one, fetching).catch((error: unknown) => (this.#stopped ? undefined : onFault(error)));
    await this.#hand(one, [...captionOf(message), unusable('late')]);
    return null;
  }

  /** Later messages of the sender are taken meanwhile; they were told that the file can be sent again. */
  async #takeLate(one: Arrived, fetching: Promise<Downloaded>): Promise<void> {
    const file = await fetching.catch((error: unknown) => {
      if (error instanceof TimedOutError) return 'failed' as const;
      throw error;
    });
    if (this.#waitsForLine(one, file)) return;
    if (typeof file !== 'string') return this.#enqueue(one, file);
    await this.#deps.kept.dropRaw(this.#deps.account, one.id);
  }

  #waitsForLine(one: Arrived, file: Downloaded): boolean {
    const waits = (file === 'failed' || file === 'gone') && !this.#deps.isOpen();
    if (waits) this.#forLine.push(one);
    return waits;
  }

  /** The LID first: it stays when a number changes or is hidden. */
  async #addressOf(message: WAMessage): Promise<Address | null> {
    const { number, lid: named } = senderOf(message);
    const lid = named ?? (number === null ? null : await this.#deps.lidOf(number));
    if (lid === null) return number === null ? null : this.#address(number);
    if (number !== null) await this.#meet(lid, number);
    return this.#address(lid);
  }

  /** Called before the message is taken, so that it reaches the right person; and after it, once a new person exists. */
  async #meet(lid: string, number: string): Promise<void> {
    const { aliases, newCode } = this.#deps;
    const [byLid, byNumber] = [this.#address(lid), this.#address(number)];
    const [one, other] = [await aliases.personAt(byLid), await aliases.personAt(byNumber)];
    if (one?.person !== other?.person) await aliases.mergeIdentities({ lid: byLid, number: byNumber, code: newCode() });
  }

  #address(address: string): Address {
    return { channel: WHATSAPP, account: this.#deps.account, address };
  }

  /** Under both names: replies go to the one that the person wrote from last. */
  async #noteExpiry(message: WAMessage, seconds: number): Promise<void> {
    const { lid, number } = senderOf(message);
    for (const jid of [lid, number]) {
      if (jid !== null) await this.#deps.aliases.noteReach({ ...this.#address(jid), reach: reachOf(seconds) });
    }
  }
}

const unusable = (what: Unusable, suffix = `/${what}`): Brought => ({ suffix, body: { kind: 'unusable', what } });

/** The caption of a file is a separate message. */
function captionOf(message: WAMessage): readonly Brought[] {
  const read = readMessage(message);
  if (read.kind !== 'docx' || read.caption.trim() === '') return [];
  return [{ suffix: '/caption', body: { kind: 'message', text: read.caption } }];
}

/** The stored text is JSON, in which enum numbers are names and bytes are text. */
function revive(raw: string): Omit<Arrived, 'id'> {
  const { message: whole, written } = JSON.parse(raw, BufferJSON.reviver) as Omit<Arrived, 'id'>;
  const { message, ...rest } = whole;
  return { message: message ? { ...rest, message: proto.Message.fromObject(message) } : rest, written };
}

const idOf = ({ key }: WAMessage) => `${key.remoteJid ?? ''}/${key.id ?? ''}`;
