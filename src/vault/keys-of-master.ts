// The work of the master key itself: it wraps the data keys, and it makes the fingerprints by which things are looked
// up that must not stand in clear. Each use has a key of its own, derived with HKDF-SHA256 (RFC 5869).

import { createHmac, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { KEY_BYTES } from './master-key.ts';
import { open, seal, type SealContext } from './seal.ts';

const derived = new WeakMap<Buffer, Map<string, KeyObject>>();

/** A new random data key. */
export function newDataKey(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** Seals a data key for the table of keys; it opens for this owner only. */
export function wrapKey(master: Buffer, owner: string, key: KeyObject): Buffer {
  return seal(derive(master, 'wrap'), placeOf(owner), key.export());
}

/** @throws {SealBrokenError} when it was wrapped by another master key or for another owner. */
export function unwrapKey(master: Buffer, owner: string, wrapped: Uint8Array): KeyObject {
  return createSecretKey(open(derive(master, 'wrap'), placeOf(owner), wrapped));
}

/**
 * HMAC-SHA256, base64url. The same text has another fingerprint in every domain, and none can be guessed from the
 * text without the master key (telephone numbers are few enough to try them all).
 */
export function fingerprint(master: Buffer, domain: string, text: string): string {
  return createHmac('sha256', derive(master, `fingerprint/${domain}`))
    .update(text, 'utf8')
    .digest('base64url');
}

function derive(master: Buffer, purpose: string): KeyObject {
  let keys = derived.get(master);
  if (keys === undefined) derived.set(master, (keys = new Map<string, KeyObject>()));
  let key = keys.get(purpose);
  if (key === undefined) {
    const bytes = hkdfSync('sha256', master, Buffer.alloc(0), `griot/v1/${purpose}`, KEY_BYTES);
    key = createSecretKey(Buffer.from(bytes));
    keys.set(purpose, key);
  }
  return key;
}

function placeOf(owner: string): SealContext {
  return { table: 'keys', column: 'wrapped', owner, row: owner };
}
