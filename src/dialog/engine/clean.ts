/** Between files, groups, records and units, as old programs set them. */
const SEPARATORS = '\u001c\u001d\u001e\u001f';

/**
 * The well-formed copy of what a person wrote: NFC, every line break and separator a line feed, no lone surrogates, no other
 * control characters but tabs, no U+FFFE/U+FFFF. Nothing else is touched: right-to-left marks, emoji and odd spelling stay.
 */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, (found) => (SEPARATORS.includes(found) ? '\n' : ''))
    .normalize('NFC')
    .trim();
}

/** A name on one line, without characters that turn the direction of the text around it. At most 120 characters. */
export function cleanName(text: string): string {
  return clean(text)
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 120);
}
