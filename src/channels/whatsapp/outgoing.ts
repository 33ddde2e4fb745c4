// Outgoing messages: in each chat one bubble after the other, at a human pace, with ids that are the same in another try; no bubble
// waits for a file. The chats wait for one another only if the account's bucket is empty (pace.ts), and then take turns bubble by bubble.

import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { AnyMessageContent, WASocket } from '@whiskeysockets/baileys';
import { within } from '../../deadlines.ts';
import type { Address, Rendered, Tried } from '../channel.ts';
import { secondsOfOpus } from '../media/read-sound.ts';
import { aloudText } from '../render.ts';
import { expiryOf, reachOf } from './expiry.ts';
import { type Bucket, openBucket } from './pace.ts';
import type { WhatsAppDeps } from './ports.ts';

/**
 * The id of one bubble of one reply, in the shape of WhatsApp Web. It is computed from stored data, so that another try
 * after a crash has the same id, and the phone shows it once. docs/decisions/0042-ids-of-bubbles.md.
 */
export function messageId(reply: string, bubble: number, text: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([reply, bubble, text]))
    .digest('hex');
  return `3EB0${digest.slice(0, 18).toUpperCase()}`;
}

/** Milliseconds in which a late confirmation is still accepted. */
const LATE_MS = 10 * 60_000;
const RESTRICTED = '463';

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.docx$/u, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/\.pdf$/u, 'application/pdf'],
];

export interface OpenLine {
  readonly socket: WASocket;
  /** Resolves when the line has closed; the library never settles pending requests. */
  readonly ended: Promise<'closed'>;
}

interface Ack {
  readonly attrs?: Readonly<Record<string, string>>;
}

/** The server's answer to a message: accepted at `at` (ISO, our clock), or refused. */
type Word = { readonly at: string } | { readonly refusal: string };

type Deps = Pick<
  WhatsAppDeps,
  | 'account'
  | 'kept'
  | 'aliases'
  | 'documents'
  | 'deadlines'
  | 'pace'
  | 'wordMs'
  | 'random'
  | 'speak'
  | 'now'
  | 'onFault'
> & {
  /** Resolves with the open line; null when the account is stopped. */
  readonly line: () => Promise<OpenLine | null>;
  /** The server accepted a message. */
  readonly onTaken: () => void;
  /** 463: this account may not write to this person now. */
  readonly onRestricted: () => void;
};

const again = (error: string): Tried => ({ kind: 'failed', error, retryable: true });
const never = (error: string): Tried => ({ kind: 'failed', error, retryable: false });

interface Chat {
  readonly jid: string;
  /** Seconds after which messages vanish; 0: they stay. */
  readonly expires: number;
  /** Recordings and files, which wait for one another only. */
  readonly isRest?: true;
}

function chatOf(to: Address, reply: Rendered): Chat {
  return { jid: to.address, expires: reply.expires ?? expiryOf(to) ?? 0 };
}

export class Outgoing {
  readonly #deps: Deps;
  /** The last promise of each chat's work: of its text, and of the rest. */
  readonly #busy = new Map<string, Promise<unknown>>();
  readonly #bucket: Bucket = openBucket(() => performance.now());
  /** Answers of the server that are being stored. */
  readonly #noting = new Set<Promise<void>>();
  /** Replies that are being sent. */
  readonly #inHand = new Set<Promise<Tried>>();
  /** Answers of the server that have not come, also of bubbles that count as sent. */
  readonly #awaited = new Set<Promise<unknown>>();
  #ends = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Resolves when every answer of the server so far is stored: the next message may reply to it. */
  async noted(): Promise<void> {
    await Promise.all(this.#noting);
  }

  /** Begins no other reply, and resolves when those in hand have been sent, and the server has answered all of them. */
  async end(): Promise<void> {
    this.#ends = true;
    await Promise.all(this.#inHand);
    await Promise.all(this.#awaited);
    await this.noted();
  }

  /** Its text. */
  send(to: Address, reply: Rendered, id: string): Promise<Tried> {
    return this.#hold(() => this.#sendText(to, reply, id));
  }

  /** Its recording and its files; bubbles of the same chat do not wait for them. */
  sendRest(to: Address, reply: Rendered, id: string): Promise<Tried> {
    return this.#hold(() => this.#sendFiles(to, reply, id));
  }

  async #hold(sends: () => Promise<Tried>): Promise<Tried> {
    if (this.#ends) return again('stopped');
    const sending = sends().finally(() => this.#inHand.delete(sending));
    this.#inHand.add(sending);
    return sending;
  }

  async #sendText(to: Address, reply: Rendered, id: string): Promise<Tried> {
    const known = expiryOf(to) ?? 0;
    const chat = chatOf(to, reply);
    const { expires } = chat;
    if (expires !== known) {
      const outcome = await this.#sendOne(chat, { disappearingMessagesInChat: expires }, messageId(id, -2, ''));
      if (outcome.kind === 'failed') return outcome;
      await this.#deps.aliases.noteReach({ ...to, reach: reachOf(expires) });
    }
    // The question is in the last bubble.
    let arrived: string | null | undefined;
    for (const [bubble, { text }] of reply.bubbles.entries()) {
      const last = bubble === reply.bubbles.length - 1;
      const outcome = await this.#sendOne(
        chat,
        { text, linkPreview: null },
        messageId(id, bubble, text),
        async (mine) => {
          await this.#deps.kept.noteSent(mine, id, bubble);
        },
        last ? (at) => this.#deps.kept.noteArrived(id, at) : undefined,
      );
      if (outcome.kind === 'failed') return outcome;
      arrived = outcome.at;
    }
    return { kind: 'sent', ...(arrived === undefined ? {} : { at: arrived }) };
  }

  async #sendFiles(to: Address, reply: Rendered, id: string): Promise<Tried> {
    const chat: Chat = { ...chatOf(to, reply), isRest: true };
    const sound = reply.aloud === true ? await this.#deps.speak?.(aloudText(reply), reply.language) : null;
    if (sound) {
      const seconds = Math.max(1, Math.round(secondsOfOpus(sound)));
      const content = { audio: Buffer.from(sound), ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds };
      const outcome = await this.#sendOne(chat, content, messageId(id, -3, 'aloud'));
      if (outcome.kind === 'failed') return outcome;
    }
    for (const file of await this.#files(to, reply)) {
      const mimetype = TYPES.find(([name]) => name.test(file.name))?.[1] ?? 'application/octet-stream';
      const content = { document: Buffer.from(file.bytes), mimetype, fileName: file.name };
      const outcome = await this.#sendOne(chat, content, messageId(id, -1, file.name));
      if (outcome.kind === 'failed') return outcome;
    }
    return { kind: 'sent' };
  }

  async #files(to: Address, { file, contribution }: Rendered) {
    if (file === null) return [];
    const known = await this.#deps.aliases.personAt(to);
    const document = known === null ? null : await this.#deps.documents.document(known.person, file, contribution);
    return document?.files ?? [];
  }

  #sendOne(
    chat: Chat,
    content: AnyMessageContent,
    id: string,
    note?: (id: string) => Promise<void>,
    arrived?: (at: string) => Promise<void>,
  ): Promise<Tried> {
    const queue = `${chat.isRest === true ? 'rest' : 'text'} ${chat.jid}`;
    const before = this.#busy.get(queue) ?? Promise.resolve();
    const mine = before.then(() => this.#sendNow(chat, content, id, note, arrived));
    const settled = mine
      .catch(() => undefined)
      .finally(() => {
        if (this.#busy.get(queue) === settled) this.#busy.delete(queue);
      });
    this.#busy.set(queue, settled);
    return mine;
  }

  async #sendNow(
    { jid, expires }: Chat,
    content: AnyMessageContent,
    id: string,
    note?: (id: string) => Promise<void>,
    arrived?: (at: string) => Promise<void>,
  ): Promise<Tried> {
    const { pace, wordMs, random, deadlines } = this.#deps;
    const line = await this.#deps.line();
    if (line === null) return again('stopped');
    const { socket, ended } = line;
    const gone = ended.then(() => {
      this.#bucket.forget();
      throw new Error('closed');
    });
    gone.catch(() => undefined);
    await note?.(id);
    try {
      if (pace > 0) {
        await Promise.race([wait(this.#bucket.take()), gone]);
        await Promise.race([socket.sendPresenceUpdate('composing', jid), gone]);
        await Promise.race([wait(pace * (1 + random())), gone]);
      }
      const answer = this.#wordOn(socket, id, arrived);
      const awaited = Promise.race([answer, ended])
        .catch(() => undefined)
        .finally(() => this.#awaited.delete(awaited));
      this.#awaited.add(awaited);
      const silence = new AbortController();
      const silent = wait(wordMs, undefined, { signal: silence.signal, ref: false });
      const word = Promise.race([answer, ended, silent]).catch(() => 'closed' as const);
      const sending = socket.sendMessage(jid, content, {
        messageId: id,
        ...(expires === 0 ? {} : { ephemeralExpiration: expires }),
      });
      await within(deadlines.bubble, () => Promise.race([sending, gone]));
      const said = await word;
      silence.abort();
      if (said === 'closed') return again('closed');
      if (said === undefined) return { kind: 'sent', at: null };
      await this.noted();
      if ('at' in said) {
        this.#deps.onTaken();
        return { kind: 'sent', at: said.at };
      }
      this.#bucket.refused();
      if (said.refusal === RESTRICTED) this.#deps.onRestricted();
      return never(said.refusal);
    } catch {
      return again('closed');
    }
  }

  /**
   * Stored at once, within `wordMs` or later: the next message on the line may answer a bubble that has arrived. It came when its
   * stanza came: the next one may be read before a promise of this one resolves.
   */
  async #wordOn(
    { ws, waitForMessage }: WASocket,
    id: string,
    arrived?: (at: string) => Promise<void>,
  ): Promise<Word | undefined> {
    let at = '';
    const look = () => (at = this.#deps.now().toISOString());
    ws.once(`TAG:${id}`, look);
    const ack = await waitForMessage<Ack>(id, LATE_MS).finally(() => ws.off(`TAG:${id}`, look));
    if (ack === undefined) return undefined;
    const refusal = ack.attrs?.['error'];
    if (refusal !== undefined) return { refusal };
    if (arrived === undefined) return { at };
    const noting = arrived(at)
      .catch(this.#deps.onFault)
      .finally(() => this.#noting.delete(noting));
    this.#noting.add(noting);
    return { at };
  }
}
