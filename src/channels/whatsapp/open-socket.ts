// One Baileys socket with the settings that this channel needs; a new one for each attempt.

import {
  makeWASocket,
  proto,
  type AuthenticationState,
  type UserFacingSocketConfig,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { WhatsAppNetwork } from './network.ts';
import { isOnePerson } from './read-message.ts';

/** What the library would log holds numbers, texts and keys: it is given nothing to write with. */
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
  /** What we sent under this id, where a phone could not read it. */
  readonly sentText: (messageId: string) => Promise<string | null>;
}

export function openSocket({ auth, network, sentText }: SocketOptions): WASocket {
  return makeWASocket({
    auth,
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
}
