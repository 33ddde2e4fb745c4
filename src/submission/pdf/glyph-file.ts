// Writes a TrueType font of finished glyphs: the outlines alone, which is all that a PDF needs.

export interface Outline {
  /** As HarfBuzz draws it: "M0,0L10,0Q15,5,10,10Z". */
  readonly paths: readonly { readonly path: string; readonly x: number; readonly y: number }[];
  readonly advance: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** The first glyph is the one for nothing; the others are numbered from 1. */
export function trueTypeOf(
  outlines: readonly Outline[],
  { unitsPerEm, ascent, descent }: { unitsPerEm: number; ascent: number; descent: number },
): Uint8Array {
  const all = [{ paths: [], advance: 0 }, ...outlines];
  const glyphs = all.map(({ paths }) => glyphOf(paths.flatMap((one) => contoursOf(one.path, one.x, one.y))));
  const boxes = glyphs.map(({ box }) => box);
  const bounds = ([0, 1, 2, 3] as const).map((side) =>
    edge(
      side < 2,
      boxes.map((box) => box[side]),
    ),
  ) as [number, number, number, number];
  const offsets: number[] = [0];
  for (const { bytes } of glyphs) offsets.push((offsets.at(-1) ?? 0) + bytes.length);
  return sfntOf({
    glyf: Buffer.concat(glyphs.map(({ bytes }) => bytes)),
    head: head(unitsPerEm, bounds),
    hhea: hhea(ascent * unitsPerEm, descent * unitsPerEm, Math.max(...all.map(({ advance }) => advance)), all.length),
    hmtx: bytesOf(all.flatMap(({ advance }, at) => [...u16(advance), ...u16(boxes[at]?.[0] ?? 0)])),
    loca: bytesOf(offsets.flatMap(u32)),
    maxp: maxp(glyphs),
  });
}

function edge(least: boolean, values: readonly number[]): number {
  return values.reduce((one, other) => (least ? Math.min(one, other) : Math.max(one, other)), 0);
}

const COMMAND = /([MLQCZ])([^MLQCZ]*)/g;

function contoursOf(path: string, dx: number, dy: number): readonly (readonly Point[])[] {
  const contours: Point[][] = [];
  for (const [, command = '', numbers = ''] of path.matchAll(COMMAND)) {
    const values = numbers === '' ? [] : numbers.split(/[ ,]+/).map(Number);
    const point = (at: number, on: boolean): Point => ({
      x: Math.round((values[at] ?? 0) + dx),
      y: Math.round((values[at + 1] ?? 0) + dy),
      on,
    });
    if (command === 'M') contours.push([point(0, true)]);
    else if (command === 'L') contours.at(-1)?.push(point(0, true));
    else if (command === 'Q') contours.at(-1)?.push(point(0, false), point(2, true));
    else if (command === 'C') throw new Error('this font has no TrueType outlines');
  }
  return contours.map(closed).filter((points) => points.length > 1);
}

/** A contour returns to its first point by itself. */
function closed(points: readonly Point[]): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  const returns = points.length > 1 && first?.x === last?.x && first?.y === last?.y && last?.on === true;
  return returns ? points.slice(0, -1) : points;
}

type Box = readonly [number, number, number, number];

interface Glyph {
  readonly bytes: Uint8Array;
  readonly box: Box;
  readonly points: number;
  readonly contours: number;
}

function glyphOf(contours: readonly (readonly Point[])[]): Glyph {
  const points = contours.flat();
  if (points.length === 0) return { bytes: new Uint8Array(), box: [0, 0, 0, 0], points: 0, contours: 0 };
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
  let end = -1;
  const ends = contours.map(({ length }) => (end += length));
  const deltas = (values: readonly number[]) => values.flatMap((value, at) => u16(value - (values[at - 1] ?? 0)));
  const bytes = [
    ...u16(contours.length),
    ...box.flatMap(u16),
    ...ends.flatMap(u16),
    ...u16(0),
    ...points.map(({ on }) => (on ? 1 : 0)),
    ...deltas(xs),
    ...deltas(ys),
  ];
  while (bytes.length % 4 !== 0) bytes.push(0);
  return { bytes: Uint8Array.from(bytes), box, points: points.length, contours: contours.length };
}

function head(unitsPerEm: number, box: Box): Uint8Array {
  return bytesOf([
    ...u32(0x00010000),
    ...u32(0x00010000),
    // The check sum, which PDF readers do not look at.
    ...u32(0),
    ...u32(0x5f0f3cf5),
    ...u16(0b11),
    ...u16(unitsPerEm),
    ...Array<number>(16).fill(0),
    ...box.flatMap(u16),
    ...u16(0),
    ...u16(8),
    ...u16(2),
    // Long offsets.
    ...u16(1),
    ...u16(0),
  ]);
}

function hhea(ascent: number, descent: number, advance: number, count: number): Uint8Array {
  return bytesOf([
    ...u32(0x00010000),
    ...[ascent, -descent, 0, advance, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0].flatMap(u16),
    ...u16(count),
  ]);
}

function maxp(glyphs: readonly Glyph[]): Uint8Array {
  const most = (count: (glyph: Glyph) => number) => glyphs.reduce((sum, glyph) => Math.max(sum, count(glyph)), 0);
  return bytesOf([
    ...u32(0x00010000),
    ...[glyphs.length, most(({ points }) => points), most(({ contours }) => contours), 0, 0, 2].flatMap(u16),
    ...Array<number>(16).fill(0),
  ]);
}

function sfntOf(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const names = Object.keys(tables).sort();
  const header = [...u32(0x00010000), ...u16(names.length), ...u16(64), ...u16(2), ...u16(names.length * 16 - 64)];
  const parts: Uint8Array[] = [];
  let at = 12 + 16 * names.length;
  for (const name of names) {
    const table = tables[name] ?? new Uint8Array();
    header.push(...Buffer.from(name, 'latin1'), ...u32(sumOf(table)), ...u32(at), ...u32(table.length));
    parts.push(table, new Uint8Array((4 - (table.length % 4)) % 4));
    at += Math.ceil(table.length / 4) * 4;
  }
  return Buffer.concat([bytesOf(header), ...parts]);
}

function sumOf(table: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < table.length; at++) sum = (sum + (table[at] ?? 0) * 2 ** (24 - 8 * (at % 4))) % 2 ** 32;
  return sum;
}

function bytesOf(numbers: readonly number[]): Uint8Array {
  return Uint8Array.from(numbers);
}

function u16(value: number): number[] {
  const whole = Math.round(value);
  return [(whole >> 8) & 255, whole & 255];
}

function u32(value: number): number[] {
  return [Math.floor(value / 2 ** 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
}
