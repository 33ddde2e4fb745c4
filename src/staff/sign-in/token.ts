// The cookie of the desk: 256 random bits, kept as a fingerprint. Before anybody has signed in it only ties a form to the
// browser that it was drawn for.

import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Desk } from '../desk.ts';

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** `__Host-` binds the cookie to this host over https; browsers refuse the prefix on plain loopback. */
function nameOf({ publicUrl }: Desk): string {
  return publicUrl.protocol === 'https:' ? '__Host-griot-desk' : 'griot-desk';
}

function optionsOf({ publicUrl }: Desk) {
  return { httpOnly: true, sameSite: 'Strict', path: '/', secure: publicUrl.protocol === 'https:' } as const;
}

export function tokenOf(c: Context, desk: Desk): string | null {
  const token = getCookie(c, nameOf(desk));
  return token !== undefined && TOKEN.test(token) ? token : null;
}

/** A session cookie: it goes when the browser closes. */
export function giveToken(c: Context, desk: Desk): string {
  const token = Buffer.from(desk.randomBytes(TOKEN_BYTES)).toString('base64url');
  setCookie(c, nameOf(desk), token, optionsOf(desk));
  return token;
}

export function takeToken(c: Context, desk: Desk): void {
  deleteCookie(c, nameOf(desk), optionsOf(desk));
}

/** What every form of the desk carries, and only a page of ours can know. */
export function csrfOf(token: string, desk: Desk): string {
  return desk.fingerprint('staff-csrf', token);
}

export function isCsrf(given: unknown, expected: string): boolean {
  const [one, other] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
