// The sealed columns of an account: under its own key, which is stored with the other keys.

import type { KeyObject } from 'node:crypto';
import { fingerprint, open, seal } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keyOf } from '../encryption/keys.ts';

/** Normalises case, width and combining accents, for the hash and for the throttle. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

const ownerOf = (id: string) => `staff/${id}`;

const TABLES = {
  sealed: 'staff_accounts',
  password: 'staff_accounts',
  totp: 'staff_accounts',
  enrolling: 'staff_sessions',
  passkey: 'staff_passkeys',
  view: 'desk_views',
} as const;

export function staffContextOf(column: keyof typeof TABLES, id: string, row = id) {
  return { table: TABLES[column], column, owner: ownerOf(id), row };
}

export const staffKeyOwner = ownerOf;

/** @throws {KeyGoneError} */
export function staffKey(context: Context, db: Queries, id: string): Promise<KeyObject> {
  return keyOf(context, db, ownerOf(id));
}

export function sealText(key: KeyObject, place: ReturnType<typeof staffContextOf>, text: string): Buffer {
  return seal(key, place, text);
}

export function openText(key: KeyObject, place: ReturnType<typeof staffContextOf>, sealed: Uint8Array): string {
  return open(key, place, sealed).toString('utf8');
}

/** A hash in a domain of staff only. */
export function staffMark(
  context: Context,
  domain: 'email' | 'subject' | 'code' | 'session' | 'passkey' | 'challenge' | 'tries',
  text: string,
): string {
  return fingerprint(context.master, `staff-${domain}`, text);
}

export function emailMark(context: Context, email: string): string {
  return staffMark(context, 'email', foldEmail(email));
}
