// One paragraph of a document, whatever the file format.

export type BlockKind =
  'publication' | 'title' | 'subtitle' | 'byline' | 'heading1' | 'heading2' | 'paragraph' | 'link';

export interface Block {
  readonly kind: BlockKind;
  /** All of its text. A line feed is a line break. */
  readonly text: string;
  /** Stretches that are more than text, in order, apart from each other. */
  readonly marks?: readonly Mark[];
  /** The answer that this block belongs to. */
  readonly slot?: string;
}

/** From `start` up to `end`, in UTF-16 units of the block's text. */
export type Mark =
  | { readonly kind: 'label'; readonly start: number; readonly end: number }
  /** http or https only. */
  | { readonly kind: 'link'; readonly start: number; readonly end: number; readonly href: string };

/** A stretch of a block; the texts of all pieces together are the block's. */
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
