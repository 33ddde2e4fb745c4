// The vault's cryptography. Sealing is AES-256-GCM over one value in one place: the place is authenticated, so a sealed
// value that is moved to another row, column or owner cannot be opened. Keys are KeyObjects: they do not print, and raw
// buffers are four times slower in node:crypto.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { KEY_BYTES } from './master-key.ts';
import { CARRIED, type Domain, type Purpose, type SecretPurpose } from './purposes.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** The place of a sealed value; all of it is authenticated. */
export interface SealContext {
  readonly table: string;
  readonly column: string;
  /** The owner of the key: a person's or a contribution's id. */
  readonly owner: string;
  readonly row: string;
}

/** The value was changed, moved, or sealed with another key. The message contains the place, never the value. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
  constructor(place: SealContext, options?: ErrorOptions) {
    super(`The sealed value in ${place.table}.${place.column} cannot be opened.`, options);
  }
}

/** Layout: version (1 byte), nonce (12, random), tag (16), ciphertext. */
export function seal(key: KeyObject, place: SealContext, plain: string | Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  // Without authTagLength node:crypto accepts truncated tags of 4 bytes.
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

// — values are stored as sealed JSON —

/** The context of a value of this type: opening returns the type that was sealed. */
export interface ValueContext<T> extends SealContext {
  /** For the compiler only; no context has it. */
  readonly holds?: T;
}

export function sealValue<T>(key: KeyObject, context: ValueContext<T>, value: NoInfer<T>): Buffer {
  return seal(key, context, JSON.stringify(value ?? null));
}

/**
 * The seal proves that this store wrote the value in exactly this context. Changing a stored shape needs a migration.
 * @throws {SealBrokenError}
 */
export function openValue<T>(key: KeyObject, context: ValueContext<T>, sealed: Uint8Array): NoInfer<T> {
  return JSON.parse(open(key, context, sealed).toString('utf8')) as NoInfer<T>;
}

/** A row with one sealed value; null if it was redacted. */
export interface SealedRow<T> {
  readonly context: ValueContext<T>;
  readonly sealed: Uint8Array | null;
}

/**
 * The rows with their values; null if there is none, or its owner has no key any more.
 * @throws {SealBrokenError}
 */
export function openValues<T, R extends SealedRow<T>>(
  keys: ReadonlyMap<string, KeyObject>,
  rows: readonly (R & SealedRow<T>)[],
): readonly (R & { readonly value: T | null })[] {
  return rows.map((row) => {
    const key = keys.get(row.context.owner);
    const value = key === undefined || row.sealed === null ? null : openValue<T>(key, row.context, row.sealed);
    return { ...row, value };
  });
}

function authenticated({ table, column, owner, row }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([VERSION, table, column, owner, row]), 'utf8');
}

// The master key wraps the data keys, and makes look-up hashes of values that must not be stored unencrypted. Each use
// has a separate key, derived with HKDF-SHA256 (RFC 5869).

export interface MasterKeys {
  of(purpose: Purpose): KeyObject;
  /** Keys of a former master key are in use. */
  readonly hasCarried: boolean;
}

/** `carried`: as `carriedOf()` gave it under a former master key. */
export function keysOfMaster(master: Buffer, carried: ReadonlyMap<string, KeyObject> | null = null): MasterKeys {
  const derived = new Map<Purpose, KeyObject>();
  return {
    hasCarried: carried !== null,
    of(purpose) {
      const key = carried?.get(purpose) ?? derived.get(purpose) ?? derive(master, purpose);
      derived.set(purpose, key);
      return key;
    },
  };
}

/** The keys that a new master key goes on with. */
export function carriedOf(keys: MasterKeys): ReadonlyMap<string, KeyObject> {
  return new Map(CARRIED.map((purpose) => [purpose, keys.of(purpose)]));
}

function derive(master: Buffer, purpose: Purpose): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `griot/v1/${purpose}`, KEY_BYTES)));
}

/** A new random data key. */
export function newDataKey(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** Seals a data key for the table of keys; it can be opened for this owner only. */
export function wrapKey(master: MasterKeys, owner: string, key: KeyObject): Buffer {
  return seal(master.of('wrap'), placeOf(owner), key.export());
}

/** @throws {SealBrokenError} if it was wrapped with another master key or for another owner. */
export function unwrapKey(master: MasterKeys, owner: string, wrapped: Uint8Array): KeyObject {
  return createSecretKey(open(master.of('wrap'), placeOf(owner), wrapped));
}

/** The data keys of these rows, by their owners. */
export function unwrapKeys(
  master: MasterKeys,
  rows: readonly { readonly owner: string; readonly wrapped: Uint8Array }[],
): ReadonlyMap<string, KeyObject> {
  return new Map(rows.map(({ owner, wrapped }) => [owner, unwrapKey(master, owner, wrapped)]));
}

/**
 * HMAC-SHA256, base64url. The same text has another hash in every domain, and none can be computed without the master
 * key (phone numbers are few enough to try them all).
 */
export function fingerprint(master: MasterKeys, domain: Domain, text: string): string {
  return createHmac('sha256', master.of(`fingerprint/${domain}`))
    .update(text, 'utf8')
    .digest('base64url');
}

/** A key that only the master key and this secret give together; it is stored nowhere. */
export function keyFromSecret(master: MasterKeys, purpose: SecretPurpose, secret: string): KeyObject {
  return createSecretKey(
    createHmac('sha256', master.of(`secret/${purpose}`))
      .update(secret, 'utf8')
      .digest(),
  );
}

function placeOf(owner: string): SealContext {
  return { table: 'keys', column: 'wrapped', owner, row: owner };
}
