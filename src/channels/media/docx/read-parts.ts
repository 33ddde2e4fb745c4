// The parts of a .docx → its words, and things that could not be taken, with their paragraphs.

import type { LeftOut } from '../../../dialog/engine/event.ts';
import { ListCounter, listsIn } from './list-numbers.ts';
import { type Marked, markPart, signKey } from './mark-part.ts';
import { stylesIn } from './styles.ts';
import { wordsOf } from './words-of.ts';
import { scanXml } from './xml-scan.ts';

/** By their names in the archive. */
export type Parts = Readonly<Record<string, Uint8Array>>;

export interface ReadParts {
  readonly text: string;
  readonly left: readonly LeftOut[];
  /** Footnotes stand in the text, below their paragraphs. */
  readonly footnotes: boolean;
}

type TreeOf = (parts: Parts) => Promise<{ readonly tree: unknown; readonly warnings: readonly string[] }>;

/** Some programs count it. */
export const DOCUMENT = /^word\/document\d*\.xml$/u;
const NOTES = /^word\/(?:foot|end)notes\.xml$/u;

/** `forCall`: the page of a call, line by line; its links are not taken, and a bullet is before each item of a list. */
export async function readParts(parts: Parts, forCall: boolean, treeOf: TreeOf): Promise<ReadParts> {
  const styles = stylesIn(xmlOf(parts, 'word/styles.xml'));
  const numbers = new ListCounter(listsIn(xmlOf(parts, 'word/numbering.xml')));
  const bullet = forCall ? '•' : null;
  const document = Object.keys(parts).find((name) => DOCUMENT.test(name)) ?? '';
  const main = markPart(xmlOf(parts, document), { styles, numbers, bullet });
  const notes = Object.keys(parts)
    .filter((name) => NOTES.test(name))
    .map((name) => [name, markPart(xmlOf(parts, name), { styles, numbers: null, bullet })] as const);
  const changed = [[document, main] as const, ...notes].map(([name, { xml }]) => [name, Buffer.from(xml)] as const);
  const { tree, warnings } = await treeOf({ ...parts, ...Object.fromEntries(changed) });
  const words = wordsOf(tree, { addresses: !forCall });
  const found = new Found(words.numbers);
  for (const { left } of [main, ...notes.map(([, one]) => one)]) {
    for (const [what, where] of left) found.add(what, where);
  }
  for (const warning of warnings) found.warn(warning, main);
  for (const [what, names] of BESIDE) {
    if (Object.keys(parts).some((name) => names.test(name) && hasWords(xmlOf(parts, name)))) found.add(what, []);
  }
  const text = words.paragraphs.join(forCall ? '\n' : '\n\n');
  return { text, left: found.all(), footnotes: words.notes > 0 };
}

/** Parts with words that are not the text. */
const BESIDE = [
  ['comments', /^word\/comments\.xml$/u],
  ['margins', /^word\/(?:header|footer)\d*\.xml$/u],
] as const;

/** More than a page number. */
function hasWords(xml: string): boolean {
  let letters = 0;
  scanXml(xml, {
    text(text, { name }) {
      if (name === 'w:t') letters += text.match(/\p{L}/gu)?.length ?? 0;
    },
  });
  return letters >= 10;
}

function xmlOf(parts: Parts, name: string): string {
  const bytes = parts[name];
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

/** Other files inside this one. */
const INSERTED = new Set(['w:altChunk', 'w:subDoc']);
const WITHOUT_WORDS =
  /^w:(?:(?:continuationS|s)eparator|perm(?:Start|End)|pgNum|(?:day|month|year)(?:Short|Long)|customXml\w+Range(?:Start|End)|numberingChange)$/u;

const ORDER = [
  ...(['deleted', 'struck', 'hidden', 'comments', 'margins', 'box', 'picture', 'formula', 'object'] as const),
  ...(['inserted', 'sign', 'other'] as const),
] as const satisfies readonly LeftOut['what'][];

class Found {
  readonly #numbers: ReadonlyMap<number, number>;
  readonly #left = new Map<LeftOut['what'], Set<number>>();

  constructor(numbers: ReadonlyMap<number, number>) {
    this.#numbers = numbers;
  }

  /** `indexes`: of paragraphs in the file. */
  add(what: LeftOut['what'], indexes: Iterable<number>): void {
    const at = this.#left.get(what) ?? new Set();
    this.#left.set(what, at);
    for (const index of indexes) at.add(this.#numberOf(index));
  }

  /** Most of mammoth's warnings are about looks. */
  warn(warning: string, { places }: Marked): void {
    const [, uri, name = ''] = /^An unrecognised element was ignored: (?:\{([^}]*)\})?(\S+)$/u.exec(warning) ?? [];
    if (uri === undefined && name.startsWith('w:') && !WITHOUT_WORDS.test(name)) {
      this.add(INSERTED.has(name) ? 'inserted' : 'other', places.get(name) ?? []);
    }
    const [, char = '', font = ''] = /unsupported character was ignored: char (\S+) in font (.*)$/u.exec(warning) ?? [];
    if (char !== '') this.add('sign', places.get(signKey(char, font)) ?? []);
  }

  all(): readonly LeftOut[] {
    return ORDER.flatMap((what): LeftOut[] => {
      const at = this.#left.get(what);
      return at === undefined ? [] : [{ what, at: [...at].toSorted((a, b) => a - b) }];
    });
  }

  /** A paragraph that became none stood before the next one. */
  #numberOf(index: number): number {
    for (let at = index; at >= 0; at--) {
      const number = this.#numbers.get(at);
      if (number !== undefined) return number;
    }
    return 1;
  }
}
