// JSON in, sealed bytes out, and back.

import type { KeyObject } from 'node:crypto';
import { open, seal, type Place } from '../../vault/seal.ts';

export function sealValue(key: KeyObject, place: Place, value: unknown): Buffer {
  return seal(key, place, JSON.stringify(value ?? null));
}

/**
 * The type is the caller's word: the seal proves that this store wrote the value into exactly this place. A stored shape
 * that changes needs a migration.
 * @throws {SealBroken}
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function openValue<T>(key: KeyObject, place: Place, sealed: Uint8Array): T {
  return JSON.parse(open(key, place, sealed).toString('utf8')) as T;
}
