// Fetches and decrypts the file of a message. Not with the library's own stream: it takes no signal, checks no MAC,
// follows redirects, and ends the process if a transfer breaks off.

import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { getMediaKeys, getUrlFromDirectPath, type WAMessage } from '@whiskeysockets/baileys';
import { readUpTo } from '../../read-up-to.ts';
import { LARGEST_SOUND } from '../media/read-sound.ts';
import type { WhatsAppNetwork } from './open-socket.ts';
import { LARGEST_FILE, readMessage } from './read-message.ts';

/** As in the message. Its `url` is ignored: the writer of the message could lead us anywhere. */
interface Media {
  readonly mediaKey?: Uint8Array | null;
  readonly directPath?: string | null;
}

export interface Wanted {
  readonly media: Media;
  readonly type: 'document' | 'audio';
  /** Bytes. */
  readonly largest: number;
}

export interface Store {
  readonly network: WhatsAppNetwork;
  /** As the open socket knows it; default: WhatsApp's usual host. */
  readonly mediaHost: () => string | undefined;
  /** Asks our own phone to upload the file again; the message then has the new path. */
  readonly askFor: (message: WAMessage) => Promise<void>;
}

const MAC = 10;
const BLOCK = 16;

/**
 * `gone`: the server does not have it any more, but the phone can be asked for it; `broken`: larger than allowed, or
 * changed on the way.
 */
export type Downloaded = Uint8Array | 'gone' | 'broken' | 'failed';

/** Null if there is nothing to fetch. Recordings are not fetched if nobody could transcribe them. */
export function wantedIn(message: WAMessage, takesVoice: boolean): Wanted | null {
  const read = readMessage(message);
  if (read.kind === 'docx') return { media: read.document, type: 'document', largest: LARGEST_FILE };
  if (read.kind !== 'voice' || !takesVoice) return null;
  return { media: read.audio, type: 'audio', largest: LARGEST_SOUND };
}

/** @throws if `signal` ended it. */
export async function fetchFile(
  store: Store,
  message: WAMessage,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Downloaded> {
  const file = await download(store, wanted, signal);
  if (file !== 'gone') return file;
  try {
    await store.askFor(message);
  } catch {
    return 'gone';
  }
  return download(store, wantedIn(message, true) ?? wanted, signal);
}

async function download({ network, mediaHost }: Store, wanted: Wanted, signal: AbortSignal): Promise<Downloaded> {
  const { media, type, largest } = wanted;
  const url = addressOf(media.directPath, mediaHost());
  if (url === null || !media.mediaKey || media.mediaKey.length === 0) return 'broken';
  try {
    const response = await fetch(url, {
      signal,
      redirect: 'error',
      headers: { Origin: 'https://web.whatsapp.com' },
      ...(network.dispatcher === undefined ? {} : ({ dispatcher: network.dispatcher } as RequestInit)),
    });
    if (response.status === 404 || response.status === 410) return 'gone';
    if (!response.ok) return 'failed';
    const sealed = await readUpTo(response.body, largest + BLOCK + MAC);
    return (sealed === null ? null : await open(sealed, media.mediaKey, type)) ?? 'broken';
  } catch {
    signal.throwIfAborted();
    return 'failed';
  }
}

/** A path cannot lead to any other host. */
function addressOf(path: string | null | undefined, host: string | undefined): string | null {
  if (!path?.startsWith('/')) return null;
  const store = new URL(getUrlFromDirectPath('/', host));
  const url = URL.canParse(path, store.href) ? new URL(path, store) : null;
  return url?.origin === store.origin ? url.href : null;
}

async function open(sealed: Buffer, mediaKey: Uint8Array, type: Wanted['type']): Promise<Uint8Array | null> {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, type);
  if (macKey === undefined || sealed.length <= MAC) return null;
  const content = sealed.subarray(0, -MAC);
  const mac = createHmac('sha256', macKey).update(iv).update(content).digest().subarray(0, MAC);
  if (!timingSafeEqual(mac, sealed.subarray(-MAC))) return null;
  const cipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
  try {
    return Buffer.concat([cipher.update(content), cipher.final()]);
  } catch {
    return null;
  }
}
