// The two icons that Teams asks for, drawn here: a speech bubble on a background (192 × 192) and as an outline (32 ×
// 32).

import { crc32, deflateSync } from 'node:zlib';

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

const GROUND: Pixel = [0x2b, 0x5b, 0x84, 0xff];
const WHITE: Pixel = [0xff, 0xff, 0xff, 0xff];
const NOTHING: Pixel = [0xff, 0xff, 0xff, 0];

/** 192 × 192, no transparency. */
export function colorIcon(): Uint8Array {
  return writePng(192, (x, y) => (inBubble(x, y, 0) ? WHITE : GROUND));
}

/** 32 × 32, white lines on transparent, as Teams requires. */
export function outlineIcon(): Uint8Array {
  return writePng(32, (x, y) => (inBubble(x, y, 0) && !inBubble(x, y, 0.07) ? WHITE : NOTHING));
}

/** A rounded box with a tail, in coordinates from 0 to 1; `inset`: the same, smaller by so much. */
function inBubble(x: number, y: number, inset: number): boolean {
  const [left, right, top, bottom, radius] = [0.2 + inset, 0.8 - inset, 0.22 + inset, 0.66 - inset, 0.12 - inset / 2];
  const nearX = Math.min(Math.max(x, left + radius), right - radius);
  const nearY = Math.min(Math.max(y, top + radius), bottom - radius);
  const box = (x - nearX) ** 2 + (y - nearY) ** 2 <= radius ** 2;
  const tail = y >= bottom - inset && y <= 0.82 - inset * 2 && x >= 0.32 + inset && x - 0.32 <= 0.82 - inset * 2 - y;
  return box || tail;
}

/** A square PNG, 8 bits RGBA (https://www.w3.org/TR/png-3/). */
function writePng(size: number, pixelAt: (x: number, y: number) => Pixel): Uint8Array {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      rows.set(pixelAt((x + 0.5) / size, (y + 0.5) / size), y * (size * 4 + 1) + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
