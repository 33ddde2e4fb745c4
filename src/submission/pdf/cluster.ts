// A letter with all that belongs to it, as it is set.

/** A glyph of a font, moved from the place of its cluster, in the font's units. */
export interface PlacedGlyph {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

export interface Cluster {
  readonly text: string;
  readonly glyphs: readonly PlacedGlyph[];
  /** In the font's units. */
  readonly advance: number;
}
