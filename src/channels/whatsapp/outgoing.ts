// What leaves: one bubble after the other for the whole account, at a person's pace, under ids that another try keeps.
// Chats take turns bubble by bubble: whoever is read a long text to keeps nobody waiting for more than one.

import { setTimeout as wait } from 'node:timers/promises';
import type { AnyMessageContent, WASocket } from '@whiskeysockets/baileys';
import { within } from '../../deadlines.ts';
import { aloudText } from '../aloud-text.ts';
import type { Address, Rendered, SendOutcome } from '../channel.ts';
import { secondsOfOpus } from '../read-sound/read-sound.ts';
import { messageId } from './message-id.ts';
import type { WhatsAppDeps } from './ports.ts';

/** Milliseconds in which the server says yes or no; its silence is no reason to send again. */
const WORD_MS = 10_000;
const RESTRICTED = '463';

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.docx$/u, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/\.pdf$/u, 'application/pdf'],
];

export interface OpenLine {
  readonly socket: WASocket;
  /** Resolves when it is over; the library leaves whoever waits for an answer waiting. */
  readonly ended: Promise<'closed'>;
}

type Deps = Pick<
  WhatsAppDeps,
  'account' | 'kept' | 'aliases' | 'documents' | 'deadlines' | 'pace' | 'random' | 'speak'
> & {
  /** Resolves with the open line; null when the account is stopped. */
  readonly line: () => Promise<OpenLine | null>;
  /** The server took a message. */
  readonly onTaken: () => void;
  /** 463: this account may not write to this person now. */
  readonly onRestricted: () => void;
};

const again = (error: string): SendOutcome => ({ kind: 'failed', error, retryable: true });
const never = (error: string): SendOutcome => ({ kind: 'failed', error, retryable: false });

export class Outgoing {
  readonly #deps: Deps;
  /** Seconds after which messages vanish, by chat. */
  readonly #expiry = new Map<string, number>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Only a change is kept, so that the map stays small. */
  setExpiry(address: string, seconds: number): void {
    if (seconds > 0) this.#expiry.set(address, seconds);
    else this.#expiry.delete(address);
  }

  async send(to: Address, reply: Rendered, id: string): Promise<SendOutcome> {
    if (reply.expires !== undefined && this.#expiry.get(to.address) !== reply.expires) {
      this.setExpiry(to.address, reply.expires);
      const outcome = await this.#sendOne(
        to.address,
        { disappearingMessagesInChat: reply.expires },
        messageId(id, -2, ''),
      );
      if (outcome.kind === 'failed') {
        this.setExpiry(to.address, 0);
        return outcome;
      }
    }
    for (const [bubble, { text }] of reply.bubbles.entries()) {
      const outcome = await this.#sendOne(
        to.address,
        { text, linkPreview: null },
        messageId(id, bubble, text),
        async (known) => {
          await this.#deps.kept.noteSent(known, id, bubble);
        },
      );
      if (outcome.kind === 'failed') return outcome;
    }
    const sound = reply.aloud === true ? await this.#deps.speak?.(aloudText(reply), reply.language) : null;
    if (sound) {
      const seconds = Math.max(1, Math.round(secondsOfOpus(sound)));
      const content = { audio: Buffer.from(sound), ptt: true, mimetype: 'audio/ogg; codecs=opus', seconds };
      const outcome = await this.#sendOne(to.address, content, messageId(id, -3, 'aloud'));
      if (outcome.kind === 'failed') return outcome;
    }
    for (const file of await this.#files(to, reply)) {
      const mimetype = TYPES.find(([name]) => name.test(file.name))?.[1] ?? 'application/octet-stream';
      const content = { document: Buffer.from(file.bytes), mimetype, fileName: file.name };
      const outcome = await this.#sendOne(to.address, content, messageId(id, -1, file.name));
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
    jid: string,
    content: AnyMessageContent,
    id: string,
    note?: (id: string) => Promise<void>,
  ): Promise<SendOutcome> {
    const mine = this.#tail.then(() => this.#sendNow(jid, content, id, note));
    this.#tail = mine.catch(() => undefined);
    return mine;
  }

  async #sendNow(
    jid: string,
    content: AnyMessageContent,
    id: string,
    note?: (id: string) => Promise<void>,
  ): Promise<SendOutcome> {
    const { pace, random, deadlines } = this.#deps;
    const line = await this.#deps.line();
    if (line === null) return again('stopped');
    const { socket, ended } = line;
    const gone = ended.then(() => Promise.reject(new Error('closed')));
    gone.catch(() => undefined);
    await note?.(id);
    try {
      if (pace > 0) {
        await Promise.race([socket.sendPresenceUpdate('composing', jid), gone]);
        await wait(pace * (1 + random()));
      }
      const answer = socket.waitForMessage<{ attrs?: Record<string, string> }>(id, WORD_MS);
      const word = Promise.race([answer, ended]).catch(() => 'closed' as const);
      const ephemeral = this.#expiry.get(jid);
      const sending = socket.sendMessage(jid, content, {
        messageId: id,
        ...(ephemeral === undefined ? {} : { ephemeralExpiration: ephemeral }),
      });
      await within(deadlines.bubble, () => Promise.race([sending, gone]));
      const said = await word;
      if (said === 'closed') return again('closed');
      const refusal = said?.attrs?.['error'];
      if (said !== undefined && refusal === undefined) this.#deps.onTaken();
      if (refusal === undefined) return { kind: 'sent' };
      if (refusal === RESTRICTED) this.#deps.onRestricted();
      return never(refusal);
    } catch {
      return again('closed');
    }
  }
}
