// One paragraph of a document, for every file format.

import { OVERRIDES } from '../overrides.ts';

const BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const NOT_IN_A_FILE = /(?![\t\n])\p{Cc}|[\uFDD0-\uFDEF]|\p{Cs}|[\uFFFE\uFFFF]/gu;
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * Text as a file can hold it: without controls, lone surrogates or noncharacters, which break XML; every kind of line
 * break is a line feed, a tab is a space. No mark shows letters in another order than they have. Everything else is the person's
 * and stays.
 */
export function fileText(text: string): string {
  return text.replace(BREAKS, '\n').replace(NOT_IN_A_FILE, '').replace(OVERRIDES, '').replaceAll('\t', ' ');
}

/** The same for a paragraph: without the white space around it. */
export function documentText(text: string): string {
  return fileText(text).trim();
}

/** A name on one line, without characters that change the direction of the text around it. */
export function documentName(name: string): string {
  return documentText(name).replace(BIDI, '').replace(/\s+/g, ' ').trim();
}

export type BlockKind =
  | 'publication'
  | 'title'
  | 'subtitle'
  | 'byline'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'paragraph'
  | 'link'
  | 'cell';

/** The layout that a call prescribes; without it, ours. */
export interface Layout {
  /** By its name. A PDF can only hold the fonts that come with this program: one of the same kind then. */
  readonly font?: string;
  /** Of the text, in points. */
  readonly size?: number;
  /** Pages are counted: narrower margins and lines. */
  readonly compact?: true;
}

/** A place in a table; row 0 and column 0 hold the headings. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  /** The size of the table, headings included. */
  readonly rows: number;
  readonly columns: number;
}

export interface Block {
  readonly kind: BlockKind;
  /** Its whole text. A line feed is a line break. */
  readonly text: string;
  /** Stretches that are more than text, in order, without overlaps. */
  readonly marks?: readonly Mark[];
  /** The slot of the answer that this block belongs to. */
  readonly slot?: string;
  /** Of kind `cell`: a cell may have several blocks. */
  readonly cell?: Cell;
}

/** From `start` up to `end`, in UTF-16 units of the block's text. */
export type Mark =
  | { readonly kind: 'label'; readonly start: number; readonly end: number }
  /** http or https only. */
  | { readonly kind: 'link'; readonly start: number; readonly end: number; readonly href: string };

/** A stretch of a block; the pieces together are the block's text. */
export interface Piece {
  readonly text: string;
  readonly mark: Mark | null;
}

export function piecesOf({ text, marks = [] }: Block): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const mark of marks) {
    pieces.push({ text: text.slice(at, mark.start), mark: null }, { text: text.slice(mark.start, mark.end), mark });
    at = mark.end;
  }
  pieces.push({ text: text.slice(at), mark: null });
  return pieces.filter((piece) => piece.text !== '');
}
