// The second factor: a passkey or a code, in the same form.

import { parseCrockford } from '../../crockford.ts';
import { fieldOf } from '../../web/toolkit/request.ts';
import type { Context } from 'hono';
import { html } from 'hono/html';
import { Secret, TOTP } from 'otpauth';
import type { Language } from '../../languages.ts';
import type { Desk } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { askForPasskey, isTheirPasskey } from '../passkey/challenge.ts';
import { passkeyField } from '../passkey/passkeys-page.ts';
import { tokenOf } from './guard.ts';

// A code of six digits that an app computes from a shared secret and the clock (RFC 6238).

/** RFC 4226 requires at least 128 bits and recommends 160. */
const SECRET_BYTES = 20;
const PERIOD = 30;

/** Base32, as people type it into apps. */
export function newTotpSecret(randomBytes: (count: number) => Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(randomBytes(SECRET_BYTES)).buffer }).base32;
}

/** The content of the QR code. */
export function totpAddress(secret: string, issuer: string, label: string): string {
  return new TOTP({ issuer, label, secret, period: PERIOD }).toString();
}

/**
 * The time step of this code, one before or after allowed; null if it is not valid. Each step can be used once: the
 * store remembers the last (`useTotpStep`).
 */
export function totpStep(secret: string, typed: string, now: Date): number | null {
  const token = typed.normalize('NFKC').replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = now.getTime();
  const delta = new TOTP({ secret, period: PERIOD }).validate({ token, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD) + delta;
}

/** 100 random bits: it opens a whole account. */
export const SET_UP_LENGTH = 20;
/** 60 random bits, asked after a password only. */
export const RECOVERY_LENGTH = 12;
export const RECOVERY_CODES = 8;

interface Account {
  readonly id: string;
  readonly language: Language;
}

export type SecondFactor =
  | { readonly by: 'passkey' | 'totp' | 'recovery' }
  /** The kind of the failed factor, and the message about it. */
  | { readonly by: null; readonly tried: 'passkey' | 'code'; readonly problem: string };

/** The factor that the form of `c` proves. Every code and every answer of a passkey counts once. */
export async function secondFactor(c: Context, desk: Desk, { id, language }: Account): Promise<SecondFactor> {
  const { passkeys, signIn } = desk.texts[language];
  const passkey = await fieldOf(c, 'passkey');
  if (passkey !== '') {
    if (await isTheirPasskey(desk, id, tokenOf(c, desk) ?? '', passkey)) return { by: 'passkey' };
    return { by: null, tried: 'passkey', problem: passkeys.wrong };
  }
  const by = await codeOf(desk, id, await fieldOf(c, 'code'));
  return by === null ? { by, tried: 'code', problem: signIn.code.wrong } : { by };
}

/** The button for a passkey, if the account has one that works at this host. */
export async function passkeyButton(c: Context, desk: Desk, { id, language }: Account): Promise<Html | null> {
  const options = await askForPasskey(desk, id, tokenOf(c, desk) ?? '');
  if (options === null) return null;
  const { use: button, useFailed: failed, orCode } = desk.texts[language].passkeys;
  return html`${passkeyField(desk, { kind: 'use', options, button, failed })}
    <p class="with-passkey" hidden>${orCode}</p>`;
}

/** The kind of code, each usable once: the app's or a recovery code. Null if it is neither. */
async function codeOf(desk: Desk, id: string, typed: string): Promise<'totp' | 'recovery' | null> {
  const { totp } = await desk.store.staff.secrets(id);
  const step = totp === null ? null : totpStep(totp, typed, desk.now());
  if (step !== null) return (await desk.store.staff.useTotpStep(id, step)) ? 'totp' : null;
  const code = parseCrockford(typed, RECOVERY_LENGTH);
  return code !== null && (await desk.store.staff.useRecoveryCode(id, code)) ? 'recovery' : null;
}
