// The words of a document, from the tree that mammoth reads: each paragraph is one, a row of a table is one with a line
// for each cell, and a footnote follows the paragraph that it belongs to, under its number.

/** The part of mammoth's tree that is read. */
interface Node {
  readonly type: string;
  readonly children?: readonly unknown[];
  readonly value?: string;
  readonly href?: string;
  readonly checked?: boolean;
  readonly notes?: { resolve(reference: unknown): unknown };
  readonly body?: readonly unknown[];
}

export interface WordsOptions {
  /** The addresses of links stand behind their words. */
  readonly addresses: boolean;
}

export interface Words {
  readonly paragraphs: readonly string[];
  /** By the index of a paragraph in the file, its number among `paragraphs`, from 1. */
  readonly numbers: ReadonlyMap<number, number>;
  /** Footnotes and endnotes. */
  readonly notes: number;
}

export function wordsOf(document: unknown, options: WordsOptions): Words {
  return isNode(document) ? new Reader(document, options).read() : { paragraphs: [], numbers: new Map(), notes: 0 };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const nodesIn = (list: readonly unknown[] = []): readonly Node[] => list.filter(isNode);

interface Piece {
  readonly text: string;
  readonly href: string | null;
}

class Reader {
  readonly #document: Node;
  readonly #options: WordsOptions;
  readonly #paragraphs: string[] = [];
  readonly #numbers = new Map<number, number>();
  /** Of the paragraph or row that is being read. */
  #below: string[] = [];
  #notes = 0;
  #inNote = false;

  constructor(document: Node, options: WordsOptions) {
    this.#document = document;
    this.#options = options;
  }

  read(): Words {
    for (const block of nodesIn(this.#document.children)) {
      if (block.type !== 'table') this.#put(this.#lines(block));
      else for (const row of nodesIn(block.children)) this.#put(this.#lines(row));
    }
    return { paragraphs: this.#paragraphs, numbers: this.#numbers, notes: this.#notes };
  }

  /** An empty line inside a paragraph ends it. */
  #put(lines: readonly string[]): void {
    const indexes: number[] = [];
    const text = [...lines, ...this.#below.splice(0)].join('\n').replaceAll(MARKS, (_, index: string) => {
      indexes.push(Number(index));
      return '';
    });
    const first = this.#paragraphs.length + 1;
    for (const one of text.split(/\n(?:[^\S\n]*\n)+/u)) {
      const trimmed = one.replaceAll(/(?<![ \t])[ \t]+(?=\n|$)/gu, '').trim();
      if (trimmed !== '') this.#paragraphs.push(trimmed);
    }
    for (const index of indexes) this.#numbers.set(index, Math.max(1, Math.min(first, this.#paragraphs.length)));
  }

  /** Of a paragraph, a row, a cell, a table in a cell. */
  #lines(node: Node): readonly string[] {
    if (node.type === 'paragraph') return [this.#inline(node)];
    return nodesIn(node.children)
      .flatMap((one) => this.#lines(one))
      .filter((line) => line.replaceAll(MARKS, '').trim() !== '' || line !== '');
  }

  #inline(node: Node): string {
    const pieces: Piece[] = [];
    this.#collect(node, null, pieces);
    let [text, at] = ['', 0];
    for (let next = pieces[at]; next !== undefined; next = pieces[at]) {
      const { href } = next;
      let shown = '';
      for (; next?.href === href; next = pieces[++at]) shown += next.text;
      text += href === null || !this.#options.addresses ? shown : withAddress(shown, href);
    }
    return text;
  }

  #collect({ type, children, value = '', href, checked, ...node }: Node, link: string | null, to: Piece[]): void {
    const put = (text: string): void => void to.push({ text, href: link });
    switch (type) {
      case 'text':
        return put(value);
      case 'tab':
        return put(' ');
      case 'break':
        return put('\n');
      case 'checkbox':
        return put(checked === true ? '☒' : '☐');
      case 'noteReference':
        return put(this.#note({ type, ...node }));
      case 'hyperlink':
        for (const child of nodesIn(children)) this.#collect(child, addressOf(href) ?? link, to);
        return;
      default:
        for (const child of nodesIn(children)) this.#collect(child, link, to);
    }
  }

  /** The sign of a note; its words wait until their paragraph ends. */
  #note(reference: Node): string {
    const note = this.#document.notes?.resolve(reference);
    if (this.#inNote || !isNode(note)) return '';
    const sign = `[${++this.#notes}]`;
    this.#inNote = true;
    const words = nodesIn(note.body).flatMap((one) => this.#lines(one));
    this.#inNote = false;
    this.#below.push(
      `${sign} ${words
        .map((line) => line.trim())
        .filter(Boolean)
        .join('\n')}`,
    );
    return sign;
  }
}

/** As mark-part.ts puts them. */
const MARKS = /\uFDD0(\d{1,9})\uFDD1/gu;

/** Null for a place in the file, a file, or a program. */
function addressOf(href: string | undefined): string | null {
  const address = href?.trim() ?? '';
  if (/^https?:\/\//iu.test(address)) return address;
  return /^mailto:/iu.test(address) ? address.slice('mailto:'.length).replace(/\?.*$/su, '') : null;
}

function withAddress(shown: string, address: string): string {
  const bare = (text: string) =>
    text
      .trim()
      .replace(/^(?:https?:\/\/)?(?:www\.)?/iu, '')
      .replace(/\/$/u, '');
  if (shown.trim() === '' || bare(shown) === bare(address)) return shown;
  const end = shown.trimEnd().length;
  return `${shown.slice(0, end)} (${address})${shown.slice(end)}`;
}
