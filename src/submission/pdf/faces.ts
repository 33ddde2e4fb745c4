// Reads fonts and finds the one that can show a character. What is kept between documents is the fonts alone: nothing in
// it comes from a text.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Blob, Face as HarfBuzzFace, Font, Variation } from 'harfbuzzjs';
import decompress from 'woff2-encoder/decompress';
import type { Layout } from '../block.ts';
import type { Cluster } from './cluster.ts';
import { FAMILIES, type Family, PICTURE, WHOLE } from './font-catalogue.ts';

/** One weight of one font file. */
export interface Face {
  readonly name: string;
  readonly font: Font;
  readonly unitsPerEm: number;
  /** Over and under the baseline, as shares of the size; `descent` is positive. */
  readonly ascent: number;
  readonly descent: number;
  readonly characters: ReadonlySet<number>;
}

interface Pair {
  readonly regular: Face;
  readonly bold: Face;
}

const require = createRequire(import.meta.url);
const loaded = new Map<string, Pair>();

/** Names of fonts without serifs, as calls prescribe them. */
const SANS = /arial|helvetica|calibri|verdana|tahoma|segoe|aptos|univers|roboto|sans/i;

/** Needs no glyph. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

type Files = readonly (Family & { readonly pair: Pair })[];

export class Faces {
  /** The font of everything that it can show. */
  readonly usual: Pair;
  /** The words of this document that are shaped already. */
  readonly shapes = new Map<string, readonly Cluster[]>();
  readonly #others: readonly Pair[];
  readonly #files: Files;
  readonly #chosen = new Map<string, Pair | null>();

  private constructor(usual: Pair, others: readonly Pair[], files: Files) {
    this.usual = usual;
    this.#others = others;
    this.#files = files;
  }

  /** With every font that `text` needs. Throws if a package is missing. */
  static async of(text: string, { font = '' }: Layout = {}): Promise<Faces> {
    const usual = whole(SANS.test(font) ? 'sans' : 'serif');
    const foreign = [...new Set(text)].map(codeOf).filter((code) => !usual.regular.characters.has(code));
    const files: (Family & { readonly pair: Pair })[] = [];
    for (const family of foreign.length === 0 ? [] : FAMILIES) {
      for (const slice of slicesOf(family.package)) {
        if (foreign.some(slice.holds)) files.push({ ...family, pair: await sliced(family, slice.name) });
      }
    }
    const others = PICTURE.test(text) || foreign.length > 0 ? [whole('sans'), whole('serif'), whole('emoji')] : [];
    return new Faces(usual, others, files);
  }

  /** For a character with its accents; null if no font can show it. A sign that many scripts share goes with the text before it. */
  for(cluster: string, bold: boolean, before: Face | null): Face | null {
    const weight = bold ? 'bold' : 'regular';
    let pair = this.#chosen.get(cluster);
    if (pair === undefined) {
      pair = this.#choose(cluster);
      this.#chosen.set(cluster, pair);
    }
    if (pair !== this.usual && before !== null && IS_SHARED.test(cluster) && shows(before, cluster)) return before;
    return pair?.[weight] ?? null;
  }

  #choose(cluster: string): Pair | null {
    const own = this.#files.filter(({ script }) => script?.test(cluster) === true).map(({ pair }) => pair);
    const pictures = PICTURE.test(cluster) ? this.#others.slice(-1) : [];
    const any = [
      this.usual,
      ...this.#others.slice(0, -1),
      ...this.#files.map(({ pair }) => pair),
      ...this.#others.slice(-1),
    ];
    return [...pictures, ...own, ...any].find((pair) => has(pair, cluster)) ?? null;
  }
}

const IS_SHARED = /^[\p{sc=Common}\p{sc=Inherited}]/u;

function has({ regular, bold }: Pair, cluster: string): boolean {
  return shows(regular, cluster) && shows(bold, cluster);
}

function shows({ characters }: Face, cluster: string): boolean {
  return Array.from(cluster).every((one) => characters.has(codeOf(one)) || INVISIBLE.test(one));
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function whole(kind: keyof typeof WHOLE): Pair {
  const kept = loaded.get(kind);
  if (kept !== undefined) return kept;
  const [regular, bold] = WHOLE[kind].map((file) => faceOf(readFileSync(require.resolve(file)), nameOf(file), null));
  if (regular === undefined || bold === undefined) throw new Error(`the font ${kind} has no two weights`);
  const pair = { regular, bold };
  loaded.set(kind, pair);
  return pair;
}

async function sliced(family: Family, slice: string): Promise<Pair> {
  const slug = family.package.replace(/^.*\//, '');
  const weights = family.weights === 'variable' ? 'wght' : '400';
  const file = `${family.package}/files/${slug}-${slice}-${weights}-normal.woff2`;
  const kept = loaded.get(file);
  if (kept !== undefined) return kept;
  const bytes = await decompress(readFileSync(require.resolve(file)));
  const name = nameOf(`${slug}-${slice}`);
  const { larger } = family;
  const regular = faceOf(bytes, name, family.weights === 'variable' ? 400 : null, larger);
  const bold = family.weights === 'variable' ? faceOf(bytes, `${name}Bold`, 700, larger) : regular;
  const pair = { regular, bold };
  loaded.set(file, pair);
  return pair;
}

function faceOf(bytes: Uint8Array, name: string, weight: number | null, larger = 1): Face {
  const face = new HarfBuzzFace(new Blob(bytes));
  const font = new Font(face);
  if (weight !== null) font.setVariations([new Variation('wght', weight)]);
  const { ascender, descender } = font.hExtents();
  const unitsPerEm = Math.round(face.upem / larger);
  return {
    name,
    font,
    unitsPerEm,
    ascent: ascender / unitsPerEm,
    descent: -descender / unitsPerEm,
    characters: new Set(face.collectUnicodes()),
  };
}

/** As a PDF may call a font. */
function nameOf(file: string): string {
  return file
    .replace(/^.*\//, '')
    .replace(/\.ttf$/, '')
    .replace(/[^A-Za-z0-9]/g, '');
}

interface Slice {
  readonly name: string;
  readonly holds: (code: number) => boolean;
}

const slices = new Map<string, readonly Slice[]>();

/** From the list of ranges that comes with the package: "U+1780-17FF,U+25CC". */
function slicesOf(name: string): readonly Slice[] {
  const kept = slices.get(name);
  if (kept !== undefined) return kept;
  const listed = JSON.parse(readFileSync(require.resolve(`${name}/unicode.json`), 'utf8')) as Record<string, string>;
  const all = Object.entries(listed)
    .map(([key, ranges]) => ({ name: key.replace(/[[\]]/g, ''), ranges: rangesOf(ranges) }))
    .filter(({ name: slice }) => !LATIN.has(slice))
    .map(({ name: slice, ranges }) => ({
      name: slice,
      holds: (code: number) => ranges.some(([first, last]) => code >= first && code <= last),
    }));
  slices.set(name, all);
  return all;
}

/** Our usual font holds these. */
const LATIN: ReadonlySet<string> = new Set(['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'cyrillic-ext', 'greek']);

function rangesOf(listed: string): readonly (readonly [number, number])[] {
  return listed.split(',').map((range) => {
    const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}
