// Codes that people write down and type once, in Crockford's base32 (https://www.crockford.com/base32.html): no I, L,
// O, U; five bits per character.

import { inLatinDigits } from './digits.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Of a resume code, made by the web chat, the bot or the desk: all of them accept it. 60 random bits. */
export const RESUME_LENGTH = 12;

/** Makes a code of capitals and digits only. `randomBytes` must be cryptographically random. */
export function makeCrockford(length: number, randomBytes: (count: number) => Uint8Array): string {
  return [...randomBytes(length)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** As shown: XXXX-XXXX-XXXX. The last group may be shorter. */
export function inGroups(code: string, size = 4): string {
  return (code.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join('-');
}

/**
 * Accepts small letters, spaces, dashes, marks of direction, Arabic digits, and O, I, L for 0, 1, 1. Returns null if the rest is no code, or of another
 * length. `length`: default any.
 */
export function parseCrockford(typed: string, length?: number): string | null {
  const code = inLatinDigits(typed)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}\p{Cf}.·_]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1');
  return /^[0-9A-HJKMNP-TV-Z]+$/u.test(code) && code.length === (length ?? code.length) ? code : null;
}
