// A block of text, set: its lines with their heights, before it has a place on a page.

import type { Face, Faces } from './faces.ts';
import { evenLinesOf, type Line } from './set-lines.ts';
import { type Part, type Run, runsOf } from './runs.ts';

export interface SetLine extends Line {
  /** From its top to the baseline, and to the top of the next line. */
  readonly ascent: number;
  readonly height: number;
}

export interface SetText {
  readonly lines: readonly SetLine[];
  readonly rightToLeft: boolean;
  readonly size: number;
  readonly height: number;
}

export interface Setting {
  readonly size: number;
  readonly lineGap: number;
  readonly width: number;
  readonly isHeading: boolean;
  /** A part whose words are broken without a sign, so that they can be copied. */
  readonly isPlain: (part: number) => boolean;
}

/** At the end of each line of a word that is longer than a line. */
const BROKEN = '\u21A9';

export function setText(parts: readonly Part[], faces: Faces, language: string, setting: Setting): SetText {
  const { size, lineGap, width, isHeading, isPlain } = setting;
  const { runs, rightToLeft } = runsOf(parts, faces, language);
  const [sign] = runsOf([{ text: BROKEN, bold: parts[0]?.bold ?? false }], faces, language).runs;
  const mark = ({ part, level, language: own }: Run): Run | null =>
    sign === undefined || isPlain(part) ? null : { ...sign, part, level, language: own };
  const { ascent, descent } = faces.usual.regular;
  const lines = evenLinesOf(runs, { size, width, mark }, isHeading ? 'heading' : 'paragraph').map((line): SetLine => {
    const over = tallest(line, ({ ascent: own }) => own - ascent) * size;
    const under = tallest(line, ({ descent: own }) => own - descent) * size;
    // A part of the gap between lines is there for tall letters.
    const more = Math.max(0, over + under - lineGap);
    return {
      ...line,
      ascent: ascent * size + Math.min(over, more),
      height: (ascent + descent) * size + lineGap + more,
    };
  });
  return { lines, rightToLeft, size, height: lines.reduce((sum, line) => sum + line.height, 0) - lineGap };
}

/** Only letters count: a picture or a sign is no taller than its font says. */
function tallest({ runs }: Line, of: (face: Face) => number): number {
  return runs.reduce((most, { face, language }) => (language === null ? most : Math.max(most, of(face))), 0);
}
