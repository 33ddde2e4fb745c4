// What arrives: durable first, as it came; then read, in order for each chat, and handed to the inbox.
//
//     socket ──► keepRaw (one commit) ──► who is it, what is it ──► inbox.take ──► dropRaw
//
// The phone is told "delivered" when the first arrow has ended: open-socket.ts sees to that. What a crash leaves between
// the arrows is taken at the next start.

import { BufferJSON, downloadContentFromMessage, type WAMessage } from '@whiskeysockets/baileys';
import { LARGEST_SOUND, readSound } from '../read-sound/read-sound.ts';
import type { Address, Incoming as IncomingMessage } from '../channel.ts';
import type { EventBody } from '../../dialog/event.ts';
import { languageOfNumber } from './language-of-number.ts';
import { WHATSAPP, type WhatsAppDeps } from './ports.ts';
import { expiryIn, LARGEST_FILE, readMessage, senderOf } from './read-message.ts';

/** Milliseconds that a phone has for sending a readable copy before its owner is told. */
const COPY_MS = 20_000;
/** Milliseconds between two tries to keep a message, at most. */
const KEEP_MS = 5_000;

type Deps = Pick<
  WhatsAppDeps,
  'account' | 'inbox' | 'kept' | 'aliases' | 'readDocx' | 'takesVoice' | 'network' | 'now' | 'newCode' | 'onFault'
> & {
  /** The host that media come from, as the open socket knows it. */
  readonly mediaHost: () => string | undefined;
  /** The LID of a number, where the socket knows it. */
  readonly lidOf: (number: string) => Promise<string | null>;
  readonly onExpiry: (address: string, seconds: number) => void;
};

type Media = Parameters<typeof downloadContentFromMessage>[0];

interface Brought {
  readonly suffix: string;
  readonly body: EventBody;
  readonly sound?: IncomingMessage['sound'];
}

export class Incoming {
  readonly #deps: Deps;
  /** The tail of each chat's work. */
  readonly #busy = new Map<string, Promise<void>>();
  /** By chat and id: told to its owner unless a copy comes. */
  readonly #unreadable = new Map<string, NodeJS.Timeout>();
  #keeping = Promise.resolve();
  #stopped = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Resolves when it is durable. */
  take(messages: readonly WAMessage[]): Promise<void> {
    const kept = messages.flatMap((message) => this.#worthKeeping(message));
    if (kept.length === 0) return Promise.resolve();
    const mine = this.#keeping.then(async () => {
      await this.#keep(kept);
      for (const { id, message } of kept) this.#enqueue(id, message);
    });
    this.#keeping = mine.catch(() => undefined);
    return mine;
  }

  /** It is durable already, or was taken. Only the key of `message` is looked at. */
  async isKept(message: WAMessage): Promise<boolean> {
    const { kept, account } = this.#deps;
    const from = await this.#addressOf(message);
    if (from === null) return false;
    return kept.isHere(account, idOf(message), { from, messageId: message.key.id ?? '' });
  }

  /** What a former process kept and did not finish. */
  async recover(): Promise<void> {
    const { kept, account } = this.#deps;
    for (const { id, raw } of await kept.waitingRaw(account)) {
      this.#enqueue(id, JSON.parse(raw, BufferJSON.reviver) as WAMessage);
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#keeping;
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#unreadable.values()) clearTimeout(timer);
    this.#unreadable.clear();
  }

  #worthKeeping(message: WAMessage): { readonly id: string; readonly raw: string; readonly message: WAMessage }[] {
    const read = readMessage(message);
    const id = idOf(message);
    if (read.kind === 'unreadable') {
      this.#awaitCopy(id, message);
      return [];
    }
    const { number, lid } = senderOf(message);
    const expiry = expiryIn(message);
    for (const jid of [number, lid]) if (jid !== null && expiry !== null) this.#deps.onExpiry(jid, expiry);
    if (read.kind === 'nothing') return [];
    clearTimeout(this.#unreadable.get(id));
    this.#unreadable.delete(id);
    return [{ id, raw: JSON.stringify(message, BufferJSON.replacer), message }];
  }

  /** A full disk may have room again in a second; until then no receipt leaves, and the server has the message too. */
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

  #enqueue(id: string, message: WAMessage): void {
    const chat = message.key.remoteJid ?? '';
    const before = this.#busy.get(chat) ?? Promise.resolve();
    // A fault leaves the raw message where it is, for the next start.
    const mine = before.then(() => this.#finish(id, message)).catch(this.#deps.onFault);
    this.#busy.set(chat, mine);
    void mine.then(() => {
      if (this.#busy.get(chat) === mine) this.#busy.delete(chat);
    });
  }

  async #finish(id: string, message: WAMessage): Promise<void> {
    const { kept, account } = this.#deps;
    const from = await this.#addressOf(message);
    if (from !== null) {
      const { number } = senderOf(message);
      const language = languageOfNumber(number);
      for (const { suffix, body, sound } of await this.#eventsOf(message)) {
        const messageId = `${message.key.id ?? ''}${suffix}`;
        const at = this.#deps.now().toISOString();
        await this.#deps.inbox.take({
          from,
          messageId,
          event: { id: messageId, at, ...body },
          ...(language === null ? {} : { language }),
          ...(sound === undefined ? {} : { sound }),
        });
        if (number !== null && from.address !== number) await this.#meet(from.address, number);
      }
    }
    await kept.dropRaw(account, id);
  }

  async #eventsOf(message: WAMessage): Promise<readonly Brought[]> {
    const read = readMessage(message);
    if (read.kind === 'events') return read.events;
    if (read.kind === 'voice') return [{ suffix: '', ...(await this.#voiceOf(read.audio)) }];
    if (read.kind !== 'docx') return [];
    const bytes = await this.#download(read.document, 'document', LARGEST_FILE);
    const file = bytes === null ? ({ ok: false } as const) : await this.#deps.readDocx(bytes);
    const body: EventBody = file.ok ? { kind: 'file-read', text: file.text } : { kind: 'unusable', what: 'file' };
    const caption: EventBody = { kind: 'message', text: read.caption };
    return read.caption.trim() === ''
      ? [{ suffix: '', body }]
      : [
          { suffix: '/caption', body: caption },
          { suffix: '', body },
        ];
  }

  /** Not fetched where nobody could write it down. */
  async #voiceOf(audio: Media): Promise<Omit<Brought, 'suffix'>> {
    if (!this.#deps.takesVoice) return { body: { kind: 'unusable', what: 'voice' } };
    const bytes = await this.#download(audio, 'audio', LARGEST_SOUND);
    if (bytes === null) return { body: { kind: 'unusable', what: 'voice-broken' } };
    const read = readSound(bytes);
    if (!read.ok) return { body: { kind: 'unusable', what: read.why } };
    return { body: { kind: 'voice' }, sound: { bytes, type: read.type } };
  }

  /** Null where it cannot be had or is larger than was said. */
  async #download(media: Media, type: 'document' | 'audio', largest: number): Promise<Uint8Array | null> {
    const { network, mediaHost } = this.#deps;
    const host = mediaHost();
    try {
      const stream = await downloadContentFromMessage(media, type, {
        ...(host === undefined ? {} : { host }),
        ...(network.dispatcher === undefined ? {} : { options: { dispatcher: network.dispatcher } as RequestInit }),
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > largest) {
          stream.destroy();
          return null;
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } catch {
      return null; // gone from the store, cut short, changed on the way
    }
  }

  /** LID first: the name that stays when a number changes or hides. */
  async #addressOf(message: WAMessage): Promise<Address | null> {
    const { number, lid: named } = senderOf(message);
    const lid = named ?? (number === null ? null : await this.#deps.lidOf(number));
    if (lid === null) return number === null ? null : this.#address(number);
    if (number !== null) await this.#meet(lid, number);
    return this.#address(lid);
  }

  /** Before the message is taken, so that it comes to whoever wrote it; and after it, when a stranger has become somebody. */
  async #meet(lid: string, number: string): Promise<void> {
    const { aliases, newCode } = this.#deps;
    const [byLid, byNumber] = [this.#address(lid), this.#address(number)];
    const [one, other] = [await aliases.personAt(byLid), await aliases.personAt(byNumber)];
    if (one?.person !== other?.person) await aliases.meet({ lid: byLid, number: byNumber, code: newCode() });
  }

  #address(address: string): Address {
    return { channel: WHATSAPP, account: this.#deps.account, address };
  }

  #awaitCopy(id: string, message: WAMessage): void {
    if (this.#unreadable.has(id)) return;
    const tell = () => {
      this.#unreadable.delete(id);
      void (async () => {
        const from = await this.#addressOf(message);
        if (from === null) return;
        const messageId = `${message.key.id ?? ''}/unreadable`;
        const at = this.#deps.now().toISOString();
        await this.#deps.inbox.take({ from, messageId, event: { id: messageId, at, kind: 'unusable', what: 'other' } });
      })().catch(this.#deps.onFault);
    };
    this.#unreadable.set(id, setTimeout(tell, COPY_MS).unref());
  }
}

const idOf = ({ key }: WAMessage) => `${key.remoteJid ?? ''}/${key.id ?? ''}`;
