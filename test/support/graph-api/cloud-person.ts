// A person with WhatsApp, as a business sees them through the Cloud API.

import { randomBytes } from 'node:crypto';
import type { GraphApi, Phone, SentMessage, StoredFile } from './graph-shapes.ts';

/** At least one of them. */
export interface Identity {
  /** The business-scoped id; null: Meta does not send one. */
  readonly user: string | null;
  /** Digits; null: hidden. */
  readonly number: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsIn = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsIn) : []);

export class CloudPerson implements Phone {
  readonly user: string | null;
  readonly number: string | null;
  /** Given by themselves. */
  name = 'Somebody';
  readonly heard: SentMessage[] = [];
  /** Milliseconds since 1970. */
  wroteAt: number | null = null;
  readonly #api: GraphApi;
  #read = 0;

  constructor(api: GraphApi, { user, number }: Identity) {
    this.#api = api;
    this.user = user;
    this.number = number;
    api.people.push(this);
  }

  hear(message: SentMessage): void {
    this.heard.push(message);
  }

  /** The words of a message that was sent to this person. */
  static textOf({ message }: SentMessage): string {
    const words = fieldsIn(message['text'])['body'] ?? fieldsIn(fieldsIn(message['interactive'])['body'])['text'];
    return typeof words === 'string' ? words : '';
  }

  /** The next message that fits, after those that were waited for before. */
  async hears(pattern: RegExp, seconds = 110): Promise<SentMessage> {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const index = this.heard.findIndex((one, at) => at >= this.#read && pattern.test(CloudPerson.textOf(one)));
      const found = this.heard[index];
      if (found !== undefined) {
        this.#read = index + 1;
        return found;
      }
      if (performance.now() > end) {
        const all = this.heard.slice(this.#read).map((one) => CloudPerson.textOf(one));
        throw new Error(`${String(pattern)} was not heard, but: ${all.join(' | ')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** A message as it is in a webhook. */
  message(type: string, content: unknown, more: Fields = {}): Fields {
    const seconds = Math.floor(this.#api.now() / 1000);
    return {
      ...(this.number === null ? {} : { from: this.number }),
      ...(this.user === null ? {} : { from_user_id: this.user }),
      id: `wamid.${randomBytes(12).toString('base64url')}`,
      timestamp: String(seconds),
      type,
      ...(content === undefined ? {} : { [type]: content }),
      ...more,
    };
  }

  text(body: string, more: Fields = {}): Fields {
    return this.message('text', { body }, more);
  }

  /** One webhook with these messages. */
  webhook(...messages: readonly Fields[]): object {
    this.wroteAt = this.#api.now();
    const contact = {
      profile: { name: this.name },
      ...(this.number === null ? {} : { wa_id: this.number }),
      ...(this.user === null ? {} : { user_id: this.user }),
    };
    return this.#api.bodyOf({ contacts: [contact], messages });
  }

  /** Resolves when the webhook has taken it. The id of the message. */
  async sends(message: Fields): Promise<string> {
    await this.#api.deliver(this.webhook(message));
    return String(message['id']);
  }

  says(body: string, more: Fields = {}): Promise<string> {
    return this.sends(this.text(body, more));
  }

  /** Taps what stands at this place under the message, counted from 1. */
  taps(on: SentMessage, place: number): Promise<string> {
    const interactive = fieldsIn(on.message['interactive']);
    const { buttons, sections } = fieldsIn(interactive['action']);
    const replies = listIn(buttons).map(({ reply }) => fieldsIn(reply));
    const rows = listIn(sections).flatMap(({ rows: of }) => listIn(of));
    const kind = replies.length > 0 ? 'button_reply' : 'list_reply';
    const tapped = [...replies, ...rows][place - 1];
    if (tapped === undefined) throw new Error(`there is no ${place}. button`);
    return this.sends(this.message('interactive', { type: kind, [kind]: tapped }, { context: { id: on.id } }));
  }

  /** Uploads it, and sends a message about it. */
  sendsFile(
    type: 'document' | 'audio' | 'image',
    file: StoredFile,
    more: Fields = {},
    id = randomBytes(6).toString('hex'),
  ): Promise<string> {
    this.#api.files.set(id, file);
    return this.sends(this.message(type, { id, mime_type: file.type, ...more }));
  }
}
