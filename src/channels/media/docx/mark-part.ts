// Prepares a part of a Word file for mammoth, which keeps struck-out and hidden words, loses the numbers of lists and the
// results of fields, and does not name the paragraph of a loss. Words that their author took out are removed, each
// paragraph begins with its index and its number, and what cannot be text is noted with the paragraph that it stood in.

import type { LeftOut } from '../../../dialog/engine/event.ts';
import type { ListCounter } from './list-numbers.ts';
import { HIDING, type Hiding, hidingOf, type ListPlace, listPlaceOf, styleOf, type Styles } from './styles.ts';
import { type Edit, edited, type Element, scanXml } from './xml-scan.ts';

/** Around the index of a paragraph: characters that no text contains. */
const MARK = { begin: '\uFDD0', end: '\uFDD1' } as const;

/** Elements around words that mammoth would drop with their words. */
const WRAPPERS = new Set(['w:fldSimple', 'w:dir', 'w:bdo', 'w:ruby', 'w:rubyBase']);
const LOST: Readonly<Record<string, LeftOut['what']>> = {
  'a:blip': 'picture',
  'v:imagedata': 'picture',
  'm:oMath': 'formula',
  'o:OLEObject': 'object',
  'c:chart': 'object',
  'dgm:relIds': 'object',
};
/** Their text is noise: the reading of a sign, what a field asks for. */
const NOT_TEXT = new Set(['w:rt', 'w:instrText']);

export interface Marked {
  readonly xml: string;
  /** Paragraphs by the names of the elements in them; a sign by its font and character. */
  readonly places: ReadonlyMap<string, ReadonlySet<number>>;
  readonly left: ReadonlyMap<LeftOut['what'], ReadonlySet<number>>;
}

export interface MarkOptions {
  readonly styles: Styles;
  /** Null: nothing is numbered, and no paragraph gets an index (footnotes). */
  readonly numbers: ListCounter | null;
  /** Before a paragraph of a list, instead of its number. */
  readonly bullet: string | null;
}

interface Paragraph extends Hiding {
  readonly index: number;
  readonly style: string | undefined;
  readonly list: Partial<ListPlace>;
  readonly at: number;
}

interface Run extends Hiding {
  readonly style: string | undefined;
}

export function markPart(xml: string, options: MarkOptions): Marked {
  const marker = new Marker(options);
  scanXml(xml, marker);
  return { xml: edited(xml, marker.edits), places: marker.places, left: marker.left };
}

class Marker {
  readonly edits: Edit[] = [];
  readonly places = new Map<string, Set<number>>();
  readonly left = new Map<LeftOut['what'], Set<number>>();
  readonly #options: MarkOptions;
  readonly #paragraphs: Paragraph[] = [];
  readonly #runs: (Run & { hasText?: boolean })[] = [];
  /** The newer form of something that is in the file twice, or a former state: not read. */
  #skipping = 0;
  #deleted = 0;
  #count = 0;
  /** Drawings around the present place: mammoth reads no words in them. */
  #drawings = 0;
  /** Of each thing in two forms: whether there are words in the newer one, and whether there is an older one. */
  readonly #forms: { hasText: boolean; hasOlder: boolean }[] = [];

  constructor(options: MarkOptions) {
    this.#options = options;
  }

  readonly opened = (element: Element): void => {
    const { name, attributes, parent } = element;
    if (isSkipped(name)) this.#skipping++;
    if (this.#skipping > 0) return;
    if (name === 'w:drawing') this.#drawings++;
    const forms = this.#forms.at(-1);
    if (name === 'mc:AlternateContent') this.#forms.push({ hasText: false, hasOlder: false });
    else if (name === 'mc:Fallback' && forms !== undefined) forms.hasOlder = true;
    if (name === 'w:del' && parent?.name !== 'w:rPr') this.#deleted++;
    if (name === 'w:p') this.#begin(element);
    else if (name === 'w:r') this.#runs.push({ style: undefined });
    else if (name === 'w:rStyle') this.#setRun({ style: attributes['w:val'] });
    else if (name in HIDING && parent?.name === 'w:rPr' && parent.parent?.name === 'w:r')
      this.#setRun(hidingOf(element));
    else if (parent?.name === 'w:pPr' && name === 'w:pStyle') this.#setParagraph({ style: attributes['w:val'] });
    else if (parent?.name === 'w:numPr') {
      this.#setParagraph({ list: { ...this.#paragraphs.at(-1)?.list, ...listPlaceOf(element) } });
    } else this.#note(element);
  };

  readonly closed = (element: Element, before: number, end: number): void => {
    const { name, parent } = element;
    if (isSkipped(name)) {
      this.#skipping--;
      return;
    }
    if (this.#skipping > 0) return;
    if (name === 'w:drawing') this.#drawings--;
    if (name === 'mc:AlternateContent') {
      const { hasText = false, hasOlder = false } = this.#forms.pop() ?? {};
      if (hasText && !hasOlder) this.#leave('box');
    }
    if (name === 'w:del' && parent?.name !== 'w:rPr') this.#deleted--;
    if (name === 'w:pPr' && parent?.name === 'w:p') this.#setParagraph({ at: end });
    else if (name === 'w:p') this.#end(element);
    else if (name === 'w:r') this.#endRun(element, end);
    else if (name === 'w:rt') this.edits.push({ from: element.start, to: end, put: '' });
    else if (WRAPPERS.has(name) && !element.isEmpty) {
      this.edits.push({ from: element.start, to: element.inside, put: '' }, { from: before, to: end, put: '' });
    } else if (name === 'w:cr' || name === 'w:ptab') {
      this.edits.push({
        from: element.start,
        to: end,
        put: `<${prefixOf(element)}${name === 'w:cr' ? 'br' : 'tab'}/>`,
      });
    }
  };

  readonly text = (text: string, { name }: Element): void => {
    if (NOT_TEXT.has(name) || text.trim() === '') return;
    const forms = this.#forms.at(-1);
    if (this.#skipping > 0) {
      if (forms !== undefined && name === 'w:t') forms.hasText = true;
      return;
    }
    if (this.#drawings > 0 && name === 'w:t') this.#leave('box');
    const run = this.#runs.at(-1);
    if (this.#deleted > 0 && name === 'w:delText') this.#leave('deleted');
    else if (run !== undefined) run.hasText = true;
  };

  #begin({ inside }: Element): void {
    this.#paragraphs.push({ index: this.#count++, style: undefined, list: {}, at: inside });
  }

  #end(element: Element): void {
    const paragraph = this.#paragraphs.pop();
    const { numbers, bullet, styles } = this.#options;
    if (paragraph === undefined || numbers === null || element.isEmpty) return;
    const { list: id = '0', level = 0 } = { ...styleOf(styles, paragraph.style).list, ...paragraph.list };
    const isListed = id !== '0';
    const label = isListed ? (bullet ?? numbers.next({ list: id, level })) : '';
    const prefix = prefixOf(element);
    const text = `${MARK.begin}${paragraph.index}${MARK.end}${label === '' ? '' : `${escaped(label)} `}`;
    const put = `<${prefix}r><${prefix}t xml:space="preserve">${text}</${prefix}t></${prefix}r>`;
    this.edits.push({ from: paragraph.at, to: paragraph.at, put });
  }

  #endRun({ start }: Element, end: number): void {
    const run = this.#runs.pop();
    if (run === undefined) return;
    const { styles } = this.#options;
    const set = { ...styleOf(styles, this.#paragraphs.at(-1)?.style), ...styleOf(styles, run.style), ...run };
    const why = set.hidden === true ? 'hidden' : set.struck === true ? 'struck' : null;
    if (why === null) return;
    this.edits.push({ from: start, to: end, put: '' });
    if (run.hasText === true && this.#deleted === 0) this.#leave(why);
  }

  #setRun(part: Partial<Run>): void {
    const last = this.#runs.at(-1);
    if (last !== undefined) Object.assign(last, part);
  }

  #setParagraph(part: Partial<Paragraph>): void {
    const last = this.#paragraphs.pop();
    if (last !== undefined) this.#paragraphs.push({ ...last, ...part });
  }

  /** For what cannot be text, and for what mammoth reports by its name. */
  #note({ name, attributes }: Element): void {
    const what = LOST[name];
    if (what !== undefined) this.#leave(what);
    const key = name === 'w:sym' ? signKey(attributes['w:char'] ?? '', attributes['w:font'] ?? '') : name;
    if (name.startsWith('w:') && !name.endsWith('Pr') && name !== 'w:t') this.#add(this.places, key);
    else if (!name.startsWith('w:')) this.#add(this.places, key);
  }

  #leave(what: LeftOut['what']): void {
    this.#add(this.left, what);
  }

  #add<Key>(to: Map<Key, Set<number>>, key: Key): void {
    const index = this.#paragraphs.at(-1)?.index;
    const known = to.get(key) ?? new Set();
    to.set(key, known);
    if (index !== undefined && this.#options.numbers !== null) known.add(index);
  }
}

/** Of something that is in a file in two forms, mammoth reads the older one. */
function isSkipped(name: string): boolean {
  return name === 'mc:Choice' || name === 'w:rPrChange' || name === 'w:pPrChange' || name === 'w:moveFrom';
}

/** As mammoth names a sign that it does not know. */
export function signKey(char: string, font: string): string {
  return `w:sym ${char} ${font}`;
}

function prefixOf({ written }: Element): string {
  return written.includes(':') ? `${written.split(':')[0] ?? ''}:` : '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
