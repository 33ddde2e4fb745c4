// The direction of a paragraph and of its parts, by the Unicode bidirectional algorithm.

import bidiFactory from 'bidi-js';

const RIGHT_TO_LEFT =
  /[\p{scx=Hebrew}\p{scx=Arabic}\p{scx=Syriac}\p{scx=Thaana}\p{scx=Nko}\p{scx=Adlam}\p{scx=Samaritan}\p{scx=Mandaic}]/u;
const ASKS_FOR_IT = /[\u061C\u200F\u202B\u202E\u2067\u2068]/;

const bidi = bidiFactory();

/** By its first letter (rules P2 and P3). */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const [first = ''] = /\p{L}/u.exec(text) ?? [];
  return RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr';
}

/** One level for each UTF-16 unit of a paragraph, odd from right to left. Null if all of it goes from left to right. */
export function levelsOf(text: string): Uint8Array | null {
  if (!RIGHT_TO_LEFT.test(text) && !ASKS_FOR_IT.test(text)) return null;
  // A line feed is a break inside the paragraph here, not the end of it.
  return bidi.getEmbeddingLevels(text.replaceAll('\n', '\u2028'), directionOf(text)).levels;
}
