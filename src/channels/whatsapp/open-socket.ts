// One Baileys socket with the settings of this channel; a new one for each attempt.
//
// The library sends a receipt as soon as a message is decrypted, but may hold the message itself back for long. So each
// message is stored inside its decryption: before that step of the ratchet is committed, and so before the receipt.

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

// The allowed hosts of the socket. The library does not check the server's certificates (Noise), so TLS to the right
// host is the only proof of who answers.

export interface WhatsAppNetwork {
  readonly url: string;
  /** For uploads; tests set it to loopback. */
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

// libsignal prints whole session objects, private keys included, with console.info and console.warn, bypassing any
// logger. Lines of libsignal and Baileys are dropped; all others are printed.

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;
const TALKATIVE = /[\\/]node_modules[\\/](?:libsignal|@whiskeysockets|whatsapp-rust-bridge)[\\/]/u;

let quiet = false;

/** Call before the first socket opens; a second call changes nothing. */
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

/** The library's log would contain numbers, texts and keys: this logger writes nothing. */
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
/** The chat history is refused; the messages that relate numbers and LIDs are needed. We store none of it. */
const HISTORY: readonly (number | null | undefined)[] = [
  HistorySyncType.INITIAL_BOOTSTRAP,
  HistorySyncType.PUSH_NAME,
  HistorySyncType.NON_BLOCKING_DATA,
];

export interface SocketOptions {
  readonly auth: AuthenticationState;
  readonly network: WhatsAppNetwork;
  /** The message that we sent under this id, for a phone that could not read it. */
  readonly sentText: (messageId: string) => Promise<string | null>;
  /** Absent: no messages are taken here, e.g. while a device is linked. */
  readonly taking?: Taking;
}

export interface Taking {
  /** Resolves when it is stored; no receipt is sent before. `written`: the latest possible time by `now`. */
  readonly keep: (message: WAMessage, written: Date) => Promise<void>;
  /** It was stored before, though the server does not know. Gets only the key of `message`. */
  readonly isKept: (message: WAMessage) => Promise<boolean>;
  readonly now: () => Date;
}

/** The content of an empty message: read as nothing, and receipted. */
const NOTHING_NEW = Uint8Array.of(1);

/** The async context of a transaction on keys ends with it; work caused by a message must not run in it. */
const outside = AsyncLocalStorage.snapshot();

export function openSocket({ auth, network, sentText, taking }: SocketOptions): WASocket {
  const stanzas = new WeakMap<object, { readonly stanza: BinaryNode; readonly written: Date }>();
  let over: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (over = () => reject(new Error('the line is closed'))));
  ended.catch(() => undefined);
  /** Key and time of the message that will be decrypted; null if it is not from one person. */
  const envelopeOf = (ciphertext: Uint8Array) => {
    const found = stanzas.get(ciphertext);
    const { me } = auth.creds;
    if (found === undefined || me === undefined) return null;
    const { fullMessage: message } = decodeMessageNode(found.stanza, me.id, me.lid ?? '');
    return { message, written: found.written, me };
  };
  const makeRepository: NonNullable<UserFacingSocketConfig['makeSignalRepository']> = (keys, ...more) => {
    const repository = committedBeforeSending(keys, DEFAULT_CONNECTION_CONFIG.makeSignalRepository(keys, ...more));
    const decryptMessage = repository.decryptMessage.bind(repository);
    if (taking === undefined) return repository;
    repository.decryptMessage = (options) => {
      const envelope = envelopeOf(options.ciphertext);
      if (envelope === null) return decryptMessage(options);
      const { message, written, me } = envelope;
      return within(keys, repository.jidToSignalProtocolAddress(options.jid), async () => {
        let padded: Uint8Array;
        try {
          padded = await decryptMessage(options);
        } catch (error) {
          cleanMessage(message, me.id, me.lid ?? '');
          // Sent again because the receipt was lost; a key opens one message only once.
          if (await outside(() => taking.isKept(message))) return NOTHING_NEW;
          throw error;
        }
        message.message = proto.Message.decode(unpadRandomMax16(padded));
        cleanMessage(message, me.id, me.lid ?? '');
        // A ratchet step that is committed late would undo the steps of the next line.
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
    // Dropped before decryption; the server itself has no user part.
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
    // Unencrypted words are not taken.
    if (stanza.content.some(({ tag }) => tag === 'plaintext')) return;
    const written = writtenAt(stanza, taking.now(), toOurs);
    for (const { tag, content } of stanza.content) {
      if (tag === 'enc' && content instanceof Uint8Array) stanzas.set(content, { stanza, written });
    }
  });
  // The library listens to this event and does nothing, and would so wait for ever.
  socket.ws.on('unexpected-response', () => void socket.end(new Error('refused at the upgrade')));
  socket.registerSocketEndHandler(() => {
    over();
    // Messages that are held back would be lost with the line.
    socket.ev.flush();
  });
  return socket;
}

type SignalRepository = ReturnType<NonNullable<UserFacingSocketConfig['makeSignalRepository']>>;

/**
 * The library encrypts a message in a transaction that is committed only after the message has left. A process that ends
 * in between has sent a ratchet step that it does not know, and cannot read the answer; a message that arrives meanwhile
 * advances the same session, and is undone by the commit. So each step is a separate transaction, one after the other
 * for each session, and is stored before it is used.
 */
function committedBeforeSending(auth: SignalAuthState, repository: SignalRepository): SignalRepository {
  const encryptMessage = repository.encryptMessage.bind(repository);
  const injectE2ESession = repository.injectE2ESession.bind(repository);
  const validateSession = repository.validateSession.bind(repository);
  const addressOf = (jid: string) => repository.jidToSignalProtocolAddress(jid);
  return Object.assign(repository, {
    encryptMessage: (options) => outside(() => within(auth, addressOf(options.jid), () => encryptMessage(options))),
    injectE2ESession: (options) => outside(() => within(auth, addressOf(options.jid), () => injectE2ESession(options))),
    validateSession: (jid) => outside(() => validateSession(jid)),
  } satisfies Partial<SignalRepository>);
}

/** Ids of unencrypted messages: the library takes them, we do not. */
export function bareMessages(socket: Pick<WASocket, 'ws'>): ReadonlySet<string> {
  const bare = new Set<string>();
  socket.ws.on('CB:message', ({ attrs, content }: BinaryNode) => {
    if (Array.isArray(content) && content.some(({ tag }) => tag === 'plaintext')) bare.add(attrs['id'] ?? '');
  });
  return bare;
}

function within<T>({ keys }: SignalAuthState, jid: string, work: () => Promise<T>): Promise<T> {
  return 'transaction' in keys ? keys.transaction(work, jid) : work();
}

/** Messages that waited at the server were written earlier; both server times are whole seconds, so one is subtracted. */
function writtenAt({ attrs }: BinaryNode, came: Date, toOurs: number): Date {
  const then = Number(attrs['t']) * 1000;
  if (attrs['offline'] === undefined || !(then > 0)) return came;
  return new Date(Math.min(came.getTime(), then + toOurs - 1000));
}
