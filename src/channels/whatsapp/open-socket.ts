// One Baileys socket with the settings that this channel needs; a new one for each attempt.
//
// The library sends a receipt as soon as a message is decrypted, and may hold the message itself back for long. So each
// message is kept inside its decryption: before that step of the ratchet is committed, and so before the receipt.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agent } from 'node:https';
import {
  type AuthenticationState,
  type BinaryNode,
  cleanMessage,
  decodeMessageNode,
  DEFAULT_CONNECTION_CONFIG,
  makeWASocket,
  proto,
  type SignalAuthState,
  unpadRandomMax16,
  type UserFacingSocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import { isOnePerson } from './read-message.ts';

// Where the socket may connect to. The library does not check the server's certificates (Noise), so TLS to the right
// host is the only proof of who answers.

export interface WhatsAppNetwork {
  readonly url: string;
  /** For uploads; tests lead it to loopback. */
  readonly agent?: Agent;
  /** For downloads, as `fetch` takes it. */
  readonly dispatcher?: object;
}

export const REAL_NETWORK: WhatsAppNetwork = { url: 'wss://web.whatsapp.com/ws/chat' };

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\])$/u;

class HostRefusedError extends Error {
  override readonly name = 'HostRefusedError';
}

/**
 * WhatsApp's own host over TLS; or a loopback address if `forTests` says so.
 * @throws {HostRefusedError}
 */
export function checkNetwork({ url }: WhatsAppNetwork, forTests: boolean): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'wss:' && hostname === 'web.whatsapp.com') return;
  if (forTests && LOOPBACK.test(hostname)) return;
  throw new HostRefusedError('Only WhatsApp itself may answer as WhatsApp; tests use a loopback address.');
}

// libsignal prints whole session objects, private keys included, with console.info and console.warn, past any logger.
// Lines that it and Baileys print are dropped; everybody else's words go on.

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;
const TALKATIVE = /[\\/]node_modules[\\/](?:libsignal|@whiskeysockets|whatsapp-rust-bridge)[\\/]/u;

let quiet = false;

/** Before the first socket opens; doing it twice changes nothing. */
export function quietConsole(target: Console = globalThis.console): void {
  if (quiet && target === globalThis.console) return;
  if (target === globalThis.console) quiet = true;
  for (const method of METHODS) {
    const print = target[method].bind(target) as (...words: readonly unknown[]) => void;
    target[method] = (...words: readonly unknown[]) => {
      if (TALKATIVE.test(new Error().stack ?? '')) return;
      print(...words);
    };
  }
}

/** The library's log would hold numbers, texts and keys: it is given nothing to write with. */
const silent: NonNullable<UserFacingSocketConfig['logger']> = {
  level: 'silent',
  child: () => silent,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const { HistorySyncType } = proto.HistorySync;
/** Chats of before are refused; what names numbers and LIDs of the same people must come. Nothing of it is stored by us. */
const HISTORY: readonly (number | null | undefined)[] = [
  HistorySyncType.INITIAL_BOOTSTRAP,
  HistorySyncType.PUSH_NAME,
  HistorySyncType.NON_BLOCKING_DATA,
];

export interface SocketOptions {
  readonly auth: AuthenticationState;
  readonly network: WhatsAppNetwork;
  /** The message that we sent under this id, if a phone could not read it. */
  readonly sentText: (messageId: string) => Promise<string | null>;
  /** Not given: nothing that people write is taken here, as while a device is linked. */
  readonly taking?: Taking;
}

export interface Taking {
  /** Resolves when it is durable; no receipt leaves before. `written`: then at the latest, as `now` says. */
  readonly keep: (message: WAMessage, written: Date) => Promise<void>;
  /** It was kept before, though the server does not know. Only the key of `message` is given. */
  readonly isKept: (message: WAMessage) => Promise<boolean>;
  readonly now: () => Date;
}

/** The content of an empty message: read as nothing, and receipted. */
const NOTHING_NEW = Uint8Array.of(1);

/** The context that holds a transaction on keys ends with it, and what a message sets off must not run within. */
const outside = AsyncLocalStorage.snapshot();

export function openSocket({ auth, network, sentText, taking }: SocketOptions): WASocket {
  const stanzas = new WeakMap<object, { readonly stanza: BinaryNode; readonly written: Date }>();
  let over: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (over = () => reject(new Error('the line is closed'))));
  ended.catch(() => undefined);
  /** Key and time of what is about to be decrypted; null for what is not one person's. */
  const envelopeOf = (ciphertext: Uint8Array) => {
    const found = stanzas.get(ciphertext);
    const { me } = auth.creds;
    if (found === undefined || me === undefined) return null;
    const { fullMessage: message } = decodeMessageNode(found.stanza, me.id, me.lid ?? '');
    return { message, written: found.written, me };
  };
  const makeRepository: NonNullable<UserFacingSocketConfig['makeSignalRepository']> = (keys, ...more) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(keys, ...more);
    const decryptMessage = repository.decryptMessage.bind(repository);
    if (taking === undefined) return repository;
    repository.decryptMessage = (options) => {
      const envelope = envelopeOf(options.ciphertext);
      if (envelope === null) return decryptMessage(options);
      const { message, written, me } = envelope;
      return within(keys, options.jid, async () => {
        let padded: Uint8Array;
        try {
          padded = await decryptMessage(options);
        } catch (error) {
          cleanMessage(message, me.id, me.lid ?? '');
          // Sent again because the receipt was lost; a key opens one message once.
          if (await outside(() => taking.isKept(message))) return NOTHING_NEW;
          throw error;
        }
        message.message = proto.Message.decode(unpadRandomMax16(padded));
        cleanMessage(message, me.id, me.lid ?? '');
        // A step of the ratchet that is committed behind the back of the next line would undo that line's steps.
        await Promise.race([outside(() => taking.keep(message, written)), ended]);
        return padded;
      });
    };
    return repository;
  };
  const socket = makeWASocket({
    auth,
    makeSignalRepository: makeRepository,
    waWebSocketUrl: network.url,
    logger: silent,
    browser: ['Griot', 'Chrome', '1.0'],
    markOnlineOnConnect: false,
    syncFullHistory: false,
    shouldSyncHistoryMessage: ({ syncType }) => HISTORY.includes(syncType),
    // Dropped before anything is decrypted; the server itself has no user part.
    shouldIgnoreJid: (jid) => jid.includes('@') && !isOnePerson(jid) && !jid.startsWith('@'),
    generateHighQualityLinkPreview: false,
    ...(network.agent === undefined ? {} : { fetchAgent: network.agent }),
    ...(network.dispatcher === undefined ? {} : { options: { dispatcher: network.dispatcher } as RequestInit }),
    async getMessage({ id }) {
      const text = typeof id !== 'string' ? null : await sentText(id);
      return text === null ? undefined : { extendedTextMessage: { text } };
    },
  });
  /** Milliseconds from the server's clock to ours. */
  let toOurs = 0;
  socket.ws.prependListener('CB:success', ({ attrs }: BinaryNode) => {
    const then = Number(attrs['t']) * 1000;
    if (taking !== undefined && then > 0) toOurs = taking.now().getTime() - then;
  });
  socket.ws.prependListener('CB:message', (stanza: BinaryNode) => {
    if (taking === undefined || !Array.isArray(stanza.content)) return;
    // Words that came without encryption are not taken.
    if (stanza.content.some(({ tag }) => tag === 'plaintext')) return;
    const written = writtenAt(stanza, taking.now(), toOurs);
    for (const { tag, content } of stanza.content) {
      if (tag === 'enc' && content instanceof Uint8Array) stanzas.set(content, { stanza, written });
    }
  });
  // The library listens to this, does nothing, and would so wait for ever.
  socket.ws.on('unexpected-response', () => void socket.end(new Error('refused at the upgrade')));
  socket.registerSocketEndHandler(() => {
    over();
    // Messages that are held back would be gone with the line.
    socket.ev.flush();
  });
  return socket;
}

function within<T>({ keys }: SignalAuthState, jid: string, work: () => Promise<T>): Promise<T> {
  return 'transaction' in keys ? keys.transaction(work, jid) : work();
}

/** Messages that waited at the server were written before they came; both of the server's times are whole seconds, so one is taken off. */
function writtenAt({ attrs }: BinaryNode, came: Date, toOurs: number): Date {
  const then = Number(attrs['t']) * 1000;
  if (attrs['offline'] === undefined || !(then > 0)) return came;
  return new Date(Math.min(came.getTime(), then + toOurs - 1000));
}
