// The second factor: a code of six digits that an app makes of a shared secret and the clock (RFC 6238).

import { Secret, TOTP } from 'otpauth';

/** RFC 4226 asks for 128 bits at least and recommends 160. */
const SECRET_BYTES = 20;
const PERIOD = 30;

/** Base32, as apps want it typed. */
export function newTotpSecret(randomBytes: (count: number) => Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(randomBytes(SECRET_BYTES)).buffer }).base32;
}

/** What the QR code holds. */
export function totpAddress(secret: string, issuer: string, label: string): string {
  return new TOTP({ issuer, label, secret, period: PERIOD }).toString();
}

/**
 * The step of the clock that this code belongs to, one before or after allowed; null where it is none. Each step may be used
 * once: the store remembers the last (`useTotpStep`).
 */
export function totpStep(secret: string, typed: string, now: Date): number | null {
  const token = typed.normalize('NFKC').replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = now.getTime();
  const delta = new TOTP({ secret, period: PERIOD }).validate({ token, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD) + delta;
}
