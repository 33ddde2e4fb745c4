// Codes that are written down and typed once: Crockford's base32 (https://www.crockford.com/base32.html: no I, L, O, U).

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;
/** 100 random bits: it opens a whole account. */
export const SET_UP_LENGTH = 20;
/** 60 random bits, asked after a password only. */
export const RECOVERY_LENGTH = 12;
export const RECOVERY_CODES = 8;

/** `randomBytes` must be cryptographically random. */
export function makeOneTimeCode(randomBytes: (count: number) => Uint8Array, length: number): string {
  return [...randomBytes(length)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** In groups of four. */
export function showOneTimeCode(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? code;
}

/** Forgives small letters, spaces, dashes, and O, I, L for 0, 1, 1. Null where it cannot be one of this length. */
export function parseOneTimeCode(typed: string, length: number): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}.·_]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return code.length === length && new RegExp(`^[${ALPHABET}]+$`).test(code) ? code : null;
}
