// AES-256-GCM over one value in one place. Keys are KeyObjects: they do not print, and node:crypto takes a raw buffer
// four times slower. The place is authenticated with it, so a sealed value that is moved to
// another row, column or owner does not open.

import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** The place of a sealed value; all of it is in the authenticated data. */
export interface SealContext {
  readonly table: string;
  readonly column: string;
  /** The owner of the key that seals it: a person's or a contribution's id. */
  readonly owner: string;
  readonly row: string;
}

/** The value was changed, moved, or sealed under another key. Says where, never what. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
  constructor(place: SealContext, options?: ErrorOptions) {
    super(`What is sealed in ${place.table}.${place.column} does not open.`, options);
  }
}

/** Layout: version (1 byte), nonce (12, random), tag (16), ciphertext. */
export function seal(key: KeyObject, place: SealContext, plain: string | Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  // Without authTagLength node:crypto accepts tags cut down to 4 bytes when it opens.
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(place));
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** @throws {SealBrokenError} */
export function open(key: KeyObject, place: SealContext, sealed: Uint8Array): Buffer {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) throw new SealBrokenError(place);
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticated(place));
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES));
  const body = decipher.update(sealed.subarray(HEAD_BYTES));
  try {
    decipher.final();
  } catch (error) {
    throw new SealBrokenError(place, { cause: error });
  }
  return body;
}

function authenticated({ table, column, owner, row }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([VERSION, table, column, owner, row]), 'utf8');
}
