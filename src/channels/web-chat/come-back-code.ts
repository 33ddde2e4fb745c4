// The code with which a person finds the way back after the browser has forgotten them.
// 12 characters of Crockford's base32 (https://www.crockford.com/base32.html: no I, L, O, U) are 60 random bits.

import type { Address } from '../channel.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** Makes a code, normalised. `randomBytes` must be cryptographically random. */
export function makeComeBackCode(randomBytes: (count: number) => Uint8Array): string {
  return [...randomBytes(LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/** XXXX-XXXX-XXXX, as it is shown and written down. */
export function showComeBackCode(code: string): string {
  return [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join('-');
}

/** Forgives small letters, spaces, dashes, and O, I, L for 0, 1, 1. Null where it cannot be a code. */
export function parseComeBackCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}.·_]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return CODE.test(code) ? code : null;
}

/** Codes are addresses of a channel of their own, on which nothing is ever sent. */
export function codeAddress(code: string): Address {
  return { channel: 'code', account: 'default', address: code };
}
