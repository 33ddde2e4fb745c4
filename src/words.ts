// Counts words so that no common reader counts more. Independent of documents and dialogs.

const SPACED_SCRIPTS = (
  'Latin Greek Cyrillic Armenian Hebrew Arabic Syriac Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu ' +
  'Kannada Malayalam Sinhala Georgian Ethiopic Nko Adlam Tifinagh Vai'
).split(' ');

const SPACED = SPACED_SCRIPTS.map((script) => String.raw`\p{scx=${script}}`).join('');

/** Punctuation and apostrophes shared by scripts; hyphens are handled separately, dashes end a word. */
const SHARED = String.raw`[[!-~]--[\-]][[\u00A1-\u00BF]&&\p{P}]\u02B9-\u02C1\u2010\u2011\u2016-\u2027\u2030-\u205E`;

/** Characters that join into one word: letters, digits, marks and punctuation of scripts with spaces. */
const RUNS = String.raw`[[[\p{L}\p{Nd}\p{P}]&&[${SPACED}]]\p{M}${SHARED}]`;

/** Counted one by one although their script would join them: full-width forms, CJK punctuation, the Ethiopic word space. */
const NEVER_RUN = String.raw`[\u1361\u3000-\u303F\uFF00-\uFFEF]`;

const RUN = `(?:(?:(?!${NEVER_RUN})${RUNS})|-(?!-))+`;
const DASHES = String.raw`[–—]+`;
const PIECE = new RegExp(String.raw`(?<run>${RUN})|(?<hyphens>-{2,})|${DASHES}|(?<alone>[^–—])\p{M}*`, 'gv');

/** Breaks that a split on white space does not see: zero-width space and control characters. */
const HIDDEN_BREAK = /[\u200B\p{Cc}]+/v;
const PLAIN = /^(?!.*--)[!-~]+$/;

/**
 * The number of words in `text`: never fewer than Word, LibreOffice or a split on white space count.
 *
 * White space ends a word, including no-break and zero-width space and controls; so do – and — and every `--`, which
 * counts as one itself; a lone dash counts as one. Characters of scripts without spaces (Han, kana, Hangul, Thai, Khmer
 * …), emoji, superscripts and format characters count as one each. Additive: `countWords(a + ' ' + b)` is the sum of
 * both.
 */
export function countWords(text: string): number {
  let words = 0;
  for (const token of text.split(/\s+/)) {
    if (token !== '') words += PLAIN.test(token) ? 1 : Math.max(1, countToken(token));
  }
  return words;
}

function countToken(token: string): number {
  let words = 0;
  for (const part of token.split(HIDDEN_BREAK)) {
    if (part !== '') words += Math.max(1, countPieces(part));
  }
  return words;
}

function countPieces(part: string): number {
  let words = 0;
  for (const { groups } of part.matchAll(PIECE)) {
    if (groups?.['hyphens'] !== undefined) words += Math.floor(groups['hyphens'].length / 2);
    else if (groups?.['run'] !== undefined || groups?.['alone'] !== undefined) words += 1;
  }
  return words;
}
