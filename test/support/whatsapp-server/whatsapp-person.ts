// A person with a phone: a second, unmodified Baileys socket, with small words for what people do.

import {
  BufferJSON,
  initAuthCreds,
  makeWASocket,
  normalizeMessageContent,
  downloadMediaMessage,
  proto,
  type AnyMessageContent,
  type AuthenticationState,
  type UserFacingSocketConfig,
  type SignalDataTypeMap,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import { lidJid, numberJid, type Account } from './account.ts';
import type { WhatsAppServer } from './whatsapp-server.ts';

export const silent: NonNullable<UserFacingSocketConfig['logger']> = {
  level: 'silent',
  child: () => silent,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface Heard {
  readonly id: string;
  readonly text: string;
  readonly message: WAMessage;
}

export interface WhatsAppPerson {
  readonly account: Account;
  /** All that reached the phone, oldest first. */
  readonly heard: readonly Heard[];
  /** Taken back or changed by the other side is not followed: what was heard stays heard. Gives the message's id. */
  says(text: string, options?: { readonly as?: 'lid' | 'number' }): Promise<string>;
  sends(content: AnyMessageContent): Promise<string>;
  edits(id: string, text: string): Promise<void>;
  deletes(id: string): Promise<void>;
  /** The next bubble from here on that matches; fails after `seconds` (default 110) with what was heard instead. */
  hears(pattern: RegExp, seconds?: number): Promise<Heard>;
  /** Everything not yet looked at by hears(). */
  unheard(): readonly Heard[];
  /** A file as it arrived. */
  bytesOf(heard: Heard): Promise<Buffer>;
  readonly socket: () => WASocket;
  close(): void;
}

/** Links a new device of `account` and opens its chat with `other`. */
export async function openPerson(server: WhatsAppServer, account: Account, other: Account): Promise<WhatsAppPerson> {
  const auth = memoryAuth();
  const heard: Heard[] = [];
  let looked = 0;
  let closed = false;
  let wake: () => void = () => undefined;
  const { media } = server;
  const connect = (): Promise<WASocket> =>
    new Promise((resolve) => {
      const socket = makeWASocket({
        waWebSocketUrl: server.url,
        auth,
        logger: silent,
        syncFullHistory: false,
        shouldSyncHistoryMessage: ({ syncType }) => syncType === proto.Message.HistorySyncType.PUSH_NAME,
        fetchAgent: media.agent,
        options: { dispatcher: media.dispatcher as never },
        markOnlineOnConnect: false,
        getMessage: () => Promise.resolve(undefined),
      });
      socket.ev.on('creds.update', () => undefined);
      socket.ev.on('connection.update', ({ qr, connection }) => {
        if (qr !== undefined) server.scan(account, qr);
        if (connection === 'open') resolve(socket);
        if (connection === 'close' && !closed) void connect().then(resolve);
      });
      socket.ev.on('messages.upsert', ({ messages }) => {
        for (const message of messages) {
          if (message.key.fromMe === true) continue;
          const content = normalizeMessageContent(message.message);
          const text = content?.conversation ?? content?.extendedTextMessage?.text ?? content?.documentMessage?.caption;
          heard.push({ id: message.key.id ?? '', text: text ?? '', message });
        }
        wake();
      });
      current = socket;
    });
  let current: WASocket | null = null;
  await connect();
  const socket = () => {
    if (current === null) throw new Error('not connected');
    return current;
  };
  const to = numberJid(other);
  const sends = async (content: AnyMessageContent, jid = to) => {
    const sent = await socket().sendMessage(jid, content);
    return sent?.key.id ?? '';
  };
  const key = (id: string) => ({ remoteJid: to, fromMe: true, id });
  return {
    account,
    heard,
    sends: (content) => sends(content),
    says: (text, options) => sends({ text }, options?.as === 'lid' ? lidJid(other) : to),
    async edits(id, text) {
      await sends({ text, edit: key(id) });
    },
    async deletes(id) {
      await sends({ delete: key(id) });
    },
    async hears(pattern, seconds = 110) {
      const end = Date.now() + seconds * 1000;
      for (;;) {
        while (looked < heard.length) {
          const one = heard[looked++];
          if (one !== undefined && pattern.test(one.text)) return one;
        }
        const left = end - Date.now();
        if (left <= 0) {
          const last = heard.slice(-4).map(({ text }) => text);
          throw new Error(`${String(pattern)} was not heard; last: ${JSON.stringify(last, null, 1)}`);
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    unheard: () => heard.slice(looked),
    bytesOf: (one) =>
      downloadMediaMessage(one.message, 'buffer', { options: { dispatcher: media.dispatcher as never } }),
    socket,
    close() {
      closed = true;
      void current?.end(undefined);
    },
  };
}

/** Keys in memory, copied in and out like from a disk. */
export function memoryAuth(): AuthenticationState {
  const rows = new Map<string, string>();
  return {
    creds: initAuthCreds(),
    keys: {
      get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
        const found: Record<string, SignalDataTypeMap[T]> = {};
        for (const id of ids) {
          const row = rows.get(`${type}/${id}`);
          if (row !== undefined) found[id] = JSON.parse(row, BufferJSON.reviver) as SignalDataTypeMap[T];
        }
        return found;
      },
      set(data) {
        for (const [type, values] of Object.entries(data)) {
          for (const [id, value] of Object.entries(values)) {
            if (value === null) rows.delete(`${type}/${id}`);
            else rows.set(`${type}/${id}`, JSON.stringify(value, BufferJSON.replacer));
          }
        }
      },
    },
  };
}
