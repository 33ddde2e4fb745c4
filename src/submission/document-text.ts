const BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const NOT_IN_A_FILE = /(?![\t\n])\p{Cc}|[\uFDD0-\uFDEF]|\p{Cs}|[\uFFFE\uFFFF]/gu;
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/**
 * Text as a file can hold it: no controls, lone surrogates or noncharacters, which break XML; every kind of line break
 * is a line feed, a tab is a space. The last fence before a file is made: all else is the person's and stays.
 */
export function fileText(text: string): string {
  return text.replace(BREAKS, '\n').replace(NOT_IN_A_FILE, '').replaceAll('\t', ' ');
}

/** The same, of a paragraph: without the white space around it. */
export function documentText(text: string): string {
  return fileText(text).trim();
}

/** A name on one line and without characters that turn the direction of what stands around it. */
export function documentName(name: string): string {
  return documentText(name).replace(BIDI, '').replace(/\s+/g, ' ').trim();
}
