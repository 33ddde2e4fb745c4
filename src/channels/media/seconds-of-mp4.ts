// How long a recording in MP4 is: as its head says, or as the last of its fragments begins, whichever is later (ISO/IEC 14496-12).

const CONTAINERS = ['moov', 'trak', 'mdia', 'moof', 'traf'];
/** Boxes that are looked at; no recording has as many, and no file can make the search long. */
const MOST_BOXES = 20_000;

interface Times {
  /** Of the whole, in seconds. */
  whole: number;
  /** Ticks a second of the track. */
  ticks: number;
  /** In ticks, where the last fragment begins. */
  fragment: number;
  boxes: number;
}

/** Null where nothing in it tells. */
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

/** Ticks a second, and how many; 0 where the length is not known, which is all ones. */
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
