// Goes through the XML of a part of a Word file, element by element, with the place of each in the text. Nothing is
// resolved or fetched; names are those of the format, whatever prefix the file uses for them.

import { Parser } from 'htmlparser2';

const PREFIXES: Readonly<Record<string, string>> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://schemas.openxmlformats.org/drawingml/2006/chart': 'c',
  'http://schemas.openxmlformats.org/drawingml/2006/diagram': 'dgm',
  'urn:schemas-microsoft-com:vml': 'v',
  'urn:schemas-microsoft-com:office:office': 'o',
};

export interface Element {
  /** With the usual prefix: `w:p`. */
  readonly name: string;
  /** As the file writes it. */
  readonly written: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Offsets of the beginning and the end of its first tag. */
  readonly start: number;
  readonly inside: number;
  /** Without contents: `<w:p/>`. */
  readonly isEmpty: boolean;
  readonly parent: Element | null;
}

export interface Scan {
  readonly opened?: (element: Element) => void;
  /** `before` and `end`: offsets of the beginning and the end of its last tag. */
  readonly closed?: (element: Element, before: number, end: number) => void;
  readonly text?: (text: string, inside: Element) => void;
}

export function scanXml(xml: string, { opened, closed, text }: Scan): void {
  const prefixes = new Map<string, string>();
  const usual = (name: string): string => {
    const [prefix = '', local] = name.split(':');
    return local === undefined ? name : `${prefixes.get(prefix) ?? prefix}:${local}`;
  };
  let current: Element | null = null;
  const parser: Parser = new Parser(
    {
      onopentag(written, given) {
        for (const [key, value] of Object.entries(given)) {
          const known = PREFIXES[value];
          if (known !== undefined && key.startsWith('xmlns:')) prefixes.set(key.slice('xmlns:'.length), known);
        }
        const attributes = Object.fromEntries(Object.entries(given).map(([key, value]) => [usual(key), value]));
        const { startIndex: start, endIndex } = parser;
        const isEmpty = xml.charAt(endIndex - 1) === '/';
        current = {
          ...{ name: usual(written), written, attributes, start, inside: endIndex + 1, isEmpty },
          parent: current,
        };
        opened?.(current);
      },
      onclosetag() {
        if (current === null) return;
        closed?.(current, parser.startIndex, parser.endIndex + 1);
        current = current.parent;
      },
      ontext(piece) {
        if (current !== null) text?.(piece, current);
      },
    },
    { xmlMode: true },
  );
  parser.write(xml);
  parser.end();
}

/** `<w:b/>` is on, `<w:b w:val="0"/>` is off. */
export function isOn({ attributes }: Element): boolean {
  return !['0', 'false', 'off', 'none'].includes(attributes['w:val'] ?? '');
}

export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** Edits in any order; one inside another is dropped. */
export function edited(xml: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, put } of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < at) continue;
    pieces.push(xml.slice(at, from), put);
    at = to;
  }
  pieces.push(xml.slice(at));
  return pieces.join('');
}
