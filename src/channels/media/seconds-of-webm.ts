// How long a recording in WebM is. Browsers write no length into what they record; but each cluster says when it begins, and
// each block how long after that (https://www.matroska.org/technical/elements.html).

const CLUSTER = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);
const SCALE = Buffer.from([0x2a, 0xd7, 0xb1]);
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
/** Nanoseconds of one tick, where nothing else is said. */
const USUAL_SCALE = 1_000_000;

/** Null where no cluster can be read. */
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
    // A group is entered: its block stands in it.
    at = id === BLOCK_GROUP ? content : content + size;
  }
  return begins === null ? null : ((begins + latest) * scaleOf(bytes)) / 1e9;
}

interface Element {
  readonly id: number;
  readonly content: number;
  readonly size: number;
}

/** Ids of one byte, or of `skip` bytes that are known already and end at `at`. Null at the end, and for a size that is not one. */
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

/** After the number of its track, which is one byte for the first 127. */
function ticksOfBlock(bytes: Buffer, at: number): number {
  return at + 3 > bytes.length ? 0 : bytes.readInt16BE(at + 1);
}

function scaleOf(bytes: Buffer): number {
  const at = bytes.indexOf(SCALE);
  const size = (bytes[at + 3] ?? 0x80) & 0x7f;
  const scale = at < 0 ? null : unsigned(bytes, at + 4, size);
  return scale === null || scale === 0 ? USUAL_SCALE : scale;
}
