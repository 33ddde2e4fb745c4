// Words wider than a line: a picture pasted as base64, an address without an end. Each is broken into lines here, once,
// so that the time to set a text grows with its length and not with the square of it.

interface Breaking {
  /** Of a line, in the unit of `widthOf`. */
  readonly width: number;
  readonly widthOf: (character: string) => number;
  /** Stands before each break; may be empty. */
  readonly mark: string;
}

/** Lines are filled to so much of their width: glyphs side by side can be wider than each alone. */
const FILLED = 0.98;

/**
 * The same text with `mark` and a line feed wherever a word leaves its line. Without both it is the text again. Nothing
 * else changes; a character is never broken, nor parted from the accents on it where these are fewer than a line can hold.
 */
export function breakLongWords(text: string, { width, widthOf, mark }: Breaking): string {
  const most = width * FILLED - Array.from(mark).reduce((sum, character) => sum + widthOf(character), 0);
  return text.replace(WORD, (word) => {
    const lines: string[] = [];
    let line = '';
    let [filled, marks] = [0, 0];
    for (const character of word) {
      marks = /\p{M}/u.test(character) ? marks + 1 : 0;
      const wide = widthOf(character);
      const isFull = filled + wide > most || marks > MARKS;
      if (isFull && line !== '' && (marks === 0 || marks > MARKS)) {
        lines.push(line);
        [line, filled, marks] = ['', 0, 0];
      }
      line += character;
      filled += wide;
    }
    return [...lines, line].join(`${mark}\n`);
  });
}

/** No-break spaces do not end it: the library breaks no line there. */
const WORD = /[^ \n\u200B]{20,}/gu;

/** Accents on one letter, from which on they are no writing. */
const MARKS = 60;
