// A browser in which somebody has signed in, in full, is known for that account: others' tries do not make it wait. It opens nothing:
// password and second factor are asked as ever, and its own wrong tries make it wait. docs/decisions/0152-known-browsers.md.

import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Desk } from '../desk.ts';

const ID_BYTES = 16;
/** How long a browser is known after its last sign-in, in seconds. */
const KNOWN = 90 * 24 * 60 * 60;
const VALUE = /^(?<id>[\w-]{22})\.(?<since>\d{13})\.(?<seal>[\w-]{20,100})$/;

/** One cookie for each account, so that colleagues can share a browser; the name tells nobody whose. */
function nameOf(desk: Desk, account: string): string {
  const whose = desk.fingerprint('staff-browser-name', account).replaceAll(/\W/g, '').slice(0, 12);
  return desk.publicUrl.protocol === 'https:' ? `__Host-griot-known-${whose}` : `griot-known-${whose}`;
}

function sealOf(desk: Desk, account: string, id: string, since: string): string {
  return desk.fingerprint('staff-browser', `${account}/${id}/${since}`).replaceAll(/[^\w-]/g, '');
}

/** With every sign-in in full: a new id, so that an old copy of the cookie does not share its count. */
export function rememberBrowser(c: Context, desk: Desk, account: string): void {
  const id = Buffer.from(desk.randomBytes(ID_BYTES)).toString('base64url');
  const since = String(desk.now().getTime());
  setCookie(c, nameOf(desk, account), `${id}.${since}.${sealOf(desk, account, id, since)}`, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: desk.publicUrl.protocol === 'https:',
    maxAge: KNOWN,
  });
}

/** The id of this browser, where it is known for this account and that was not ended since. */
export async function knownBrowser(c: Context, desk: Desk, account: string | null): Promise<string | null> {
  const value = account === null ? undefined : getCookie(c, nameOf(desk, account));
  const { id, since, seal } = VALUE.exec(value ?? '')?.groups ?? {};
  if (account === null || id === undefined || since === undefined || seal === undefined) return null;
  const [given, right] = [Buffer.from(seal), Buffer.from(sealOf(desk, account, id, since))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  if (desk.now().getTime() - Number(since) > KNOWN * 1_000) return null;
  const ended = await desk.store.staff.browsersSince(account);
  return ended === null || Number(since) >= Date.parse(ended) ? id : null;
}
