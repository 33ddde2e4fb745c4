// Codes that people write down and type once, in Crockford's base32 (https://www.crockford.com/base32.html): no I, L, O, U; five bits a
// character.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Of a resume code, whether the web chat, the bot or the desk makes it: what reads one reads the other. 60 random bits. */
export const RESUME_LENGTH = 12;

/** Makes a code of capitals and digits only. `randomBytes` must be cryptographically random. */
export function makeCrockford(length: number, randomBytes: (count: number) => Uint8Array): string {
  return [...randomBytes(length)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** As it is shown: XXXX-XXXX-XXXX. The last group may be shorter. */
export function inGroups(code: string, size = 4): string {
  return (code.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join('-');
}

/**
 * Forgives small letters, spaces, dashes, and O, I, L for 0, 1, 1. Returns null if that leaves no code, or one of another length.
 * `length`: any if it is not given.
 */
export function parseCrockford(typed: string, length?: number): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}.·_]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1');
  return /^[0-9A-HJKMNP-TV-Z]+$/u.test(code) && code.length === (length ?? code.length) ? code : null;
}
