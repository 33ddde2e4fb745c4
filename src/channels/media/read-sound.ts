// Reads the kind and length of a recording from its bytes: names, types and lengths from outside are not trusted.

// The length of a WebM recording. Browsers write none; but each cluster has its begin, and each block its offset
// (https://www.matroska.org/technical/elements.html).

const CLUSTER = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);
const SCALE = Buffer.from([0x2a, 0xd7, 0xb1]);
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
/** Nanoseconds per tick, if the file does not say. */
const USUAL_SCALE = 1_000_000;

/** Returns null if no cluster can be read. */
export function secondsOfWebm(bytes: Buffer): number | null {
  const last = bytes.lastIndexOf(CLUSTER);
  if (last < 0) return null;
  const head = elementAt(bytes, last + CLUSTER.length - 1, CLUSTER.length);
  if (head === null) return null;
  let begins: number | null = null;
  let latest = 0;
  for (let at = head.content; at < bytes.length;) {
    const element = elementAt(bytes, at);
    if (element === null) break;
    const { id, content, size } = element;
    if (id === TIMESTAMP) begins = unsigned(bytes, content, size);
    if (id === SIMPLE_BLOCK || id === BLOCK) latest = Math.max(latest, ticksOfBlock(bytes, content));
    // A group is entered, since it contains the block.
    at = id === BLOCK_GROUP ? content : content + size;
  }
  return begins === null ? null : ((begins + latest) * scaleOf(bytes)) / 1e9;
}

interface Element {
  readonly id: number;
  readonly content: number;
  readonly size: number;
}

/** Ids of one byte, or of `skip` bytes that are known already and end at `at`. Null at the end, and for an invalid size. */
function elementAt(bytes: Buffer, at: number, skip = 1): Element | null {
  const id = bytes[at];
  const first = bytes[at + 1];
  if (id === undefined || first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + 1 + length > bytes.length) return null;
  let size = first & (0xff >> length);
  for (let index = 1; index < length; index++) size = size * 256 + (bytes[at + 1 + index] ?? 0);
  return { id: skip === 1 ? id : 0, content: at + 1 + length, size };
}

function unsigned(bytes: Buffer, at: number, size: number): number | null {
  return size < 1 || size > 6 || at + size > bytes.length ? null : bytes.readUIntBE(at, size);
}

/** After the number of its track, which is one byte up to 127. */
function ticksOfBlock(bytes: Buffer, at: number): number {
  return at + 3 > bytes.length ? 0 : bytes.readInt16BE(at + 1);
}

function scaleOf(bytes: Buffer): number {
  const at = bytes.indexOf(SCALE);
  const size = (bytes[at + 3] ?? 0x80) & 0x7f;
  const scale = at < 0 ? null : unsigned(bytes, at + 4, size);
  return scale === null || scale === 0 ? USUAL_SCALE : scale;
}

// The length of an MP4 recording: as its head says, or the begin of its last fragment, whichever is later (ISO/IEC
// 14496-12).

const CONTAINERS = ['moov', 'trak', 'mdia', 'moof', 'traf'];
/** Most boxes that are read, so that no file can make the search long. */
const MOST_BOXES = 20_000;

interface Times {
  /** Of the whole, in seconds. */
  whole: number;
  /** Ticks a second of the track. */
  ticks: number;
  /** The beginning of the last fragment, in ticks. */
  fragment: number;
  boxes: number;
}

/** Returns null if the file does not contain its length. */
export function secondsOfMp4(bytes: Buffer): number | null {
  const times: Times = { whole: 0, ticks: 0, fragment: 0, boxes: 0 };
  look(bytes, 0, bytes.length, times);
  const fragments = times.ticks === 0 ? 0 : times.fragment / times.ticks;
  const seconds = Math.max(times.whole, fragments);
  return seconds === 0 ? null : seconds;
}

function look(bytes: Buffer, from: number, to: number, times: Times): void {
  for (let at = from; at + 8 <= to && times.boxes < MOST_BOXES;) {
    times.boxes += 1;
    const name = bytes.toString('latin1', at + 4, at + 8);
    const small = bytes.readUInt32BE(at);
    const wide = small === 1 && at + 16 <= to;
    const size = small === 0 ? to - at : wide ? Number(bytes.readBigUInt64BE(at + 8)) : small;
    const head = wide ? 16 : 8;
    if (size < head) return;
    const end = Math.min(at + size, to);
    if (CONTAINERS.includes(name)) look(bytes, at + head, end, times);
    else read(bytes.subarray(at + head, end), name, times);
    at += size;
  }
}

function read(box: Buffer, name: string, times: Times): void {
  if (name === 'mvhd') {
    const [ticks, long] = durationOf(box);
    if (ticks > 0) times.whole = Math.max(times.whole, long / ticks);
  }
  if (name === 'mdhd') {
    const [ticks, long] = durationOf(box);
    times.ticks = ticks;
    if (ticks > 0) times.whole = Math.max(times.whole, long / ticks);
  }
  if (name === 'tfdt') times.fragment = Math.max(times.fragment, box[0] === 1 ? wideAt(box, 4) : narrowAt(box, 4));
}

/** Ticks per second, and number of ticks; 0 if the length is not known, which is all ones. */
function durationOf(box: Buffer): readonly [number, number] {
  if (box[0] === 1) return [narrowAt(box, 20), wideAt(box, 24)];
  const long = narrowAt(box, 16);
  return [narrowAt(box, 12), long === 0xffffffff ? 0 : long];
}

function narrowAt(box: Buffer, at: number): number {
  return at + 4 > box.length ? 0 : box.readUInt32BE(at);
}

function wideAt(box: Buffer, at: number): number {
  const long = at + 8 > box.length ? 0n : box.readBigUInt64BE(at);
  return long === 0xffffffffffffffffn ? 0 : Number(long);
}

/** Bytes of a recording at most; checked again while it streams. */
export const LARGEST_SOUND = 16 * 1024 * 1024;
/** Most seconds of a recording, if its container says them. */
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

/** In bytes: no container with sound is shorter. */
const SHORTEST = 32;

/** The beginning of the first page of a sound; a film's names Theora. */
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

/** Matroska names its codecs as text, near the beginning. */
function hasFilm(bytes: Buffer): boolean {
  return /V_(?:VP8|VP9|AV1|MPEG|THEORA)/u.test(bytes.subarray(0, 4096).toString('latin1'));
}

/** Null if the container does not contain it. */
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

/** The last page has the number of its last sample; Opus counts 48,000 per second (RFC 7845 § 4). 0 if there is none. */
export function secondsOfOpus(sound: Uint8Array): number {
  const bytes = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength);
  const last = bytes.lastIndexOf('OggS');
  return last < 0 || last + 14 > bytes.length ? 0 : Number(bytes.readBigInt64LE(last + 6)) / 48_000;
}
