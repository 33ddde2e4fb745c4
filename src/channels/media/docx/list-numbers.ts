// The numbers of a file's lists, which stand in no text: each paragraph says only of which list and level it is.

import type { ListPlace } from './styles.ts';
import { scanXml } from './xml-scan.ts';

interface Level {
  readonly format: string;
  /** "%1.%2)": the numbers of the levels up to this one. */
  readonly text: string;
  readonly start: number;
}

type Levels = ReadonlyMap<number, Level>;

interface List {
  /** Lists of the same kind are counted together, unless one begins again. */
  readonly kind: string;
  readonly starts: ReadonlyMap<number, number>;
}

export interface Lists {
  readonly lists: ReadonlyMap<string, List>;
  readonly kinds: ReadonlyMap<string, Levels>;
}

const FIRST: Level = { format: 'decimal', text: '', start: 1 };

export function listsIn(xml: string): Lists {
  const lists = new Map<string, { kind: string; starts: Map<number, number> }>();
  const kinds = new Map<string, Map<number, Level>>();
  let [kind, list, at] = ['', '', 0];
  const change = (part: Partial<Level>): void => {
    const levels = kinds.get(kind);
    levels?.set(at, { ...(levels.get(at) ?? FIRST), ...part });
  };
  scanXml(xml, {
    opened({ name, attributes, parent }) {
      const value = attributes['w:val'] ?? '';
      const number = Number.parseInt(value, 10) || 0;
      if (name === 'w:abstractNum') kinds.set((kind = attributes['w:abstractNumId'] ?? ''), new Map());
      else if (name === 'w:num') lists.set((list = attributes['w:numId'] ?? ''), { kind: '', starts: new Map() });
      else if (name === 'w:lvl' || name === 'w:lvlOverride') at = Number.parseInt(attributes['w:ilvl'] ?? '0', 10) || 0;
      else if (name === 'w:abstractNumId') lists.set(list, { kind: value, starts: new Map() });
      else if (name === 'w:startOverride') lists.get(list)?.starts.set(at, number);
      else if (parent?.name !== 'w:lvl' || parent.parent?.name !== 'w:abstractNum') return;
      else if (name === 'w:numFmt') change({ format: value });
      else if (name === 'w:lvlText') change({ text: value });
      else if (name === 'w:start') change({ start: number });
    },
  });
  return { lists, kinds };
}

/** The text before a paragraph of a list; '' for a bullet, or if its number cannot be told. */
export class ListCounter {
  readonly #given: Lists;
  /** By the kind of the list, the last number of each level. */
  readonly #counted = new Map<string, number[]>();
  readonly #begun = new Set<string>();

  constructor(lists: Lists) {
    this.#given = lists;
  }

  next({ list: id, level }: ListPlace): string {
    const list = this.#given.lists.get(id);
    const levels = this.#given.kinds.get(list?.kind ?? '');
    const here = levels?.get(level);
    if (list === undefined || levels === undefined || here === undefined) return '';
    const counted = this.#counted.get(list.kind) ?? [];
    this.#counted.set(list.kind, counted);
    const anew = list.starts.get(level);
    if (anew !== undefined && !this.#begun.has(`${id} ${level}`)) counted[level] = anew - 1;
    this.#begun.add(`${id} ${level}`);
    for (let upper = 0; upper < level; upper++) counted[upper] ??= levels.get(upper)?.start ?? 1;
    counted[level] = (counted[level] ?? here.start - 1) + 1;
    counted.length = level + 1;
    if (here.format === 'bullet' || here.format === 'none') return '';
    return here.text.replaceAll(/%([1-9])/gu, (_, digit: string) => {
      const at = Number(digit) - 1;
      return numeral(counted[at] ?? 1, levels.get(at)?.format ?? 'decimal');
    });
  }
}

const ROMAN = [
  ...([
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
  ] as const),
  ...([
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ] as const),
] as const;

/** Formats of other scripts are written in digits. */
function numeral(number: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return letters(number);
    case 'upperLetter':
      return letters(number).toUpperCase();
    case 'lowerRoman':
      return roman(number);
    case 'upperRoman':
      return roman(number).toUpperCase();
    case 'decimalZero':
      return String(number).padStart(2, '0');
    default:
      return String(number);
  }
}

/** As Word counts: a … z, aa, bb … */
function letters(number: number): string {
  if (number < 1 || number > 26 * 9) return String(number);
  return String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26));
}

function roman(number: number): string {
  if (number < 1 || number > 3999) return String(number);
  let [rest, text] = [number, ''];
  for (const [value, sign] of ROMAN) {
    for (; rest >= value; rest -= value) text += sign;
  }
  return text;
}
