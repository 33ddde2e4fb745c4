// Words as the most pessimistic reader counts them. Nothing here knows of documents or dialogs.

const SPACED_SCRIPTS = (
  'Latin Greek Cyrillic Armenian Hebrew Arabic Syriac Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu ' +
  'Kannada Malayalam Sinhala Georgian Ethiopic Nko Adlam Tifinagh Vai'
).split(' ');

const SPACED = SPACED_SCRIPTS.map((script) => String.raw`\p{scx=${script}}`).join('');

/** Punctuation and apostrophes that scripts share; the hyphen is treated apart, the dashes end a word. */
const SHARED = String.raw`[[!-~]--[\-]][[\u00A1-\u00BF]&&\p{P}]\u02B9-\u02C1\u2010\u2011\u2016-\u2027\u2030-\u205E`;

/** What runs together into one word: letters, digits, marks and punctuation of scripts that set spaces. */
const RUNS = String.raw`[[[\p{L}\p{Nd}\p{P}]&&[${SPACED}]]\p{M}${SHARED}]`;

/** Counted one by one although their script would let them run: full-width forms, CJK punctuation, the Ethiopic word space. */
const NEVER_RUN = String.raw`[\u1361\u3000-\u303F\uFF00-\uFFEF]`;

const RUN = `(?:(?:(?!${NEVER_RUN})${RUNS})|-(?!-))+`;
const DASHES = String.raw`[–—]+`;
const PIECE = new RegExp(String.raw`(?<run>${RUN})|(?<hyphens>-{2,})|${DASHES}|(?<alone>[^–—])\p{M}*`, 'gv');

/** Breaks that a plain split on white space does not see: zero-width space and control characters. */
const HIDDEN_BREAK = /[\u200B\p{Cc}]+/v;
const PLAIN = /^(?!.*--)[!-~]+$/;

/**
 * The number of words in `text`: never below what Word, LibreOffice or a plain split on white space would say.
 *
 * White space ends a word, also no-break and zero-width space and controls; so do – and — and every `--`, which counts
 * one itself; a lone dash counts one. Characters of scripts without spaces (Han, kana, Hangul, Thai, Khmer …), emoji,
 * superscripts and format characters count one each. Adds up: `countWords(a + ' ' + b)` is the sum of both.
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
