// What a recording is, by its bytes: no name, no type and no length that somebody says is believed.

import { secondsOfMp4 } from './seconds-of-mp4.ts';
import { secondsOfWebm } from './seconds-of-webm.ts';

/** Bytes of a recording at most; checked again while it streams. */
export const LARGEST_SOUND = 16 * 1024 * 1024;
/** Seconds of a recording at most, where its wrapping tells. */
export const LONGEST_SOUND = 10 * 60;
/** Phones round up, and stop a little late. */
const SPARE_SECONDS = 5;

export type SoundRead =
  | { readonly ok: true; readonly type: string }
  /** `broken`: empty, or cut short. `other`: a film, a picture, a text. */
  | { readonly ok: false; readonly why: 'voice-too-long' | 'voice-broken' | 'other' };

export function readSound(bytes: Uint8Array): SoundRead {
  if (bytes.length > LARGEST_SOUND) return { ok: false, why: 'voice-too-long' };
  if (bytes.length < SHORTEST) return { ok: false, why: 'voice-broken' };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = typeOf(buffer);
  if (type === null) return { ok: false, why: 'other' };
  const seconds = secondsOf(buffer, type);
  return seconds !== null && seconds > LONGEST_SOUND + SPARE_SECONDS
    ? { ok: false, why: 'voice-too-long' }
    : { ok: true, type };
}

/** No wrapping with a sound in it is shorter. */
const SHORTEST = 32;

/** How the first page of a sound begins; a film's names Theora. */
const IN_OGG = ['OpusHead', 'vorbis', 'Speex   ', 'FLAC'];

function typeOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 64).toString('latin1');
  if (head.startsWith('OggS')) return IN_OGG.some((codec) => head.includes(codec)) ? 'audio/ogg' : null;
  if (head.startsWith('\u001aE\u00df\u00a3')) return hasFilm(bytes) ? null : 'audio/webm';
  if (head.slice(4, 8) === 'ftyp') return bytes.includes('vmhd') ? null : 'audio/mp4';
  if (head.startsWith('RIFF')) return head.slice(8, 12) === 'WAVE' ? 'audio/wav' : null;
  if (head.startsWith('ID3')) return 'audio/mpeg';
  if (head.startsWith('fLaC')) return 'audio/flac';
  if (head.startsWith('#!AMR')) return 'audio/amr';
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && (second & 0xf6) === 0xf0) return 'audio/aac';
  return first === 0xff && (second & 0xe6) === 0xe2 ? 'audio/mpeg' : null;
}

/** Matroska names its codecs in clear, near the beginning. */
function hasFilm(bytes: Buffer): boolean {
  return /V_(?:VP8|VP9|AV1|MPEG|THEORA)/u.test(bytes.subarray(0, 4096).toString('latin1'));
}

/** Null where the wrapping does not tell. */
function secondsOf(bytes: Buffer, type: string): number | null {
  if (type === 'audio/wav' && bytes.length >= 32) {
    const perSecond = bytes.readUInt32LE(28);
    return perSecond === 0 ? null : bytes.length / perSecond;
  }
  if (type === 'audio/webm') return secondsOfWebm(bytes);
  if (type === 'audio/mp4') return secondsOfMp4(bytes);
  if (type !== 'audio/ogg' || !bytes.subarray(0, 64).includes('OpusHead')) return null;
  return secondsOfOpus(bytes);
}

/** The last page tells at which sample it ends; Opus counts 48,000 a second (RFC 7845 § 4). 0 where there is none. */
export function secondsOfOpus(sound: Uint8Array): number {
  const bytes = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength);
  const last = bytes.lastIndexOf('OggS');
  return last < 0 || last + 14 > bytes.length ? 0 : Number(bytes.readBigInt64LE(last + 6)) / 48_000;
}
