// Text to glyphs: HarfBuzz joins, reorders and stacks letters as their script does. Each cluster, a letter with all that
// belongs to it, becomes one glyph of the file, so that every reader copies exactly its text.

import { Buffer, BufferFlag, ClusterLevel, Direction, Feature, shape } from 'harfbuzzjs';
import type { Cluster } from './cluster.ts';
import type { Face } from './faces.ts';

/** "fi" is two letters for whoever searches. Scripts whose letters must be joined have other features for it. */
const NO_LIGATURES = [new Feature('liga', 0), new Feature('clig', 0)];
const JOINED = /[\p{sc=Arabic}\p{sc=Syriac}\p{sc=Tibetan}\p{sc=Mongolian}\p{sc=Adlam}]/u;

/** Here marks are glyphs of their own: some readers see no width in a letter with a mark, and put a space after it. */
const APART = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Gurmukhi}]/u;

const buffer = new Buffer();

/** In the order of the text. `text` is in one direction and one font. */
export function shaped(text: string, face: Face, rightToLeft: boolean, language: string): readonly Cluster[] {
  buffer.reset();
  buffer.addText(text);
  buffer.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
  buffer.setLanguage(language);
  buffer.guessSegmentProperties();
  buffer.setClusterLevel(APART.test(text) ? ClusterLevel.MONOTONE_CHARACTERS : ClusterLevel.MONOTONE_GRAPHEMES);
  buffer.setFlags(BufferFlag.DO_NOT_INSERT_DOTTED_CIRCLE);
  shape(face.font, buffer, JOINED.test(text) ? [] : NO_LIGATURES);
  const glyphs = buffer.getGlyphInfosAndPositions();
  if (rightToLeft) glyphs.reverse();
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))];
  const clusters: Cluster[] = [];
  let at = 0;
  starts.forEach((start, index) => {
    const own = text.slice(start, starts[index + 1] ?? text.length);
    const placed: (typeof glyphs)[number][] = [];
    for (let glyph = glyphs[at]; glyph?.cluster === start; glyph = glyphs[++at]) placed.push(glyph);
    // From left to right, as the pen moves.
    if (rightToLeft) placed.reverse();
    let pen = 0;
    const moved = placed.map(({ codepoint: id, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
      const x = pen + xOffset;
      pen += xAdvance;
      return { id, x, y: yOffset };
    });
    clusters.push({ text: rightToLeft ? asReadersTurn(own) : own, glyphs: moved, advance: pen });
  });
  return clusters;
}

/**
 * Readers turn a word from right to left around letter by letter, the marks on a letter too: so these stand before it. A
 * ligature of letters alone is turned around as one.
 */
function asReadersTurn(text: string): string {
  return /\p{M}/u.test(text) ? Array.from(text).reverse().join('') : text;
}
