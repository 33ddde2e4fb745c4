// Nothing of the desk is seen before it: signed in with both factors, in an account that still stands, and every change
// from a form of ours. `needs` says from which role on, `freshly` asks for both factors again.

import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { type SessionKind, STAFF_ROLES, type StaffRole } from '../../store/schema/staff-columns.ts';
import type { StaffSession } from '../../store/staff/staff-port.ts';
import type { Desk } from '../desk.ts';
import { notice } from '../notice-page.ts';
import type { SignedIn, StaffEnv } from '../signed-in.ts';
import { fieldOf, isFromElsewhere } from './request.ts';
import { csrfOf, isCsrf, tokenOf } from './token.ts';

const MINUTE = 60_000;
/** OWASP ASVS 5.0, 7.3: half an hour without a request, twelve hours in all. */
export const IDLE = 30 * MINUTE;
export const ABSOLUTE = 12 * 60 * MINUTE;
/** How long one may take from the first factor to the second, or over the set-up. */
export const UNFINISHED: Readonly<Record<Exclude<SessionKind, 'full'>, number>> = {
  half: 10 * MINUTE,
  'set-up': 30 * MINUTE,
};
/** How long both factors count as just proved. */
export const FRESH = 10 * MINUTE;
/** A sign of life is written at most so often: a page with ten pictures is one. */
const SEEN_EVERY = MINUTE;

/** Which role a handler of `needs` asks for: the table of attackers (test/staff/attackers.test.ts) is made of it. */
const asked = new WeakMap<object, StaffRole>();

export function roleAsked(handler: object): StaffRole | undefined {
  return asked.get(handler);
}

export function runs(session: StaffSession, now: Date): boolean {
  const age = now.getTime() - Date.parse(session.begunAt);
  const { kind } = session;
  if (kind !== 'full') return age < UNFINISHED[kind];
  return age < ABSOLUTE && now.getTime() - Date.parse(session.seenAt) < IDLE;
}

/** Who is behind the cookie, as far as they have come; null where nobody is, or no longer. */
export async function sessionOf(
  c: Context,
  desk: Desk,
): Promise<{ readonly token: string; readonly session: StaffSession } | null> {
  const token = tokenOf(c, desk);
  const session = token === null ? null : await desk.store.staff.session(token);
  return token !== null && session !== null && runs(session, desk.now()) ? { token, session } : null;
}

export function guard(desk: Desk): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    const found = await sessionOf(c, desk);
    const staff = found?.session.kind === 'full' ? await signedIn(desk, found.session) : null;
    if (found === null || staff === null) {
      const to = found?.session.kind === 'half' ? '/desk/sign-in/code' : '/desk/sign-in';
      return isChange(c) ? notice(c, desk, 401, 'signedOut') : c.redirect(to, 303);
    }
    const csrf = csrfOf(found.token, desk);
    if (isChange(c) && !(await isOurForm(c, desk, csrf))) return notice(c, desk, 403, 'elsewhere');
    const now = desk.now();
    if (isSignOfLife(c) && now.getTime() - Date.parse(found.session.seenAt) > SEEN_EVERY) {
      await desk.store.staff.sawSession(found.token, now.toISOString());
    }
    c.set('staff', staff);
    c.set('csrf', csrf);
    return next();
  };
}

/** A page that looks for news by itself does not keep the session of somebody who has left open. */
function isSignOfLife(c: Context): boolean {
  return isChange(c) || c.req.header('sec-fetch-dest') !== 'empty';
}

export function isChange(c: Context): boolean {
  return c.req.method !== 'GET' && c.req.method !== 'HEAD';
}

/** Sent from our own page, with the token that this page was given. */
export async function isOurForm(c: Context, desk: Desk, csrf: string): Promise<boolean> {
  return !isFromElsewhere(c, desk) && isCsrf(await fieldOf(c, 'csrf'), csrf);
}

/** From this role on. Every route behind the guard has one. */
export function needs(desk: Desk, role: StaffRole): MiddlewareHandler<StaffEnv> {
  const handler: MiddlewareHandler<StaffEnv> = async (c, next) => {
    const { staff } = c.var;
    if (STAFF_ROLES.indexOf(staff.role) >= STAFF_ROLES.indexOf(role)) return next();
    // The route, not the address: what somebody typed into it does not belong here.
    await desk.audit.record({ staff, action: 'access.refuse', detail: `${c.req.method} ${routePath(c)}` });
    return notice(c, desk, 403, 'notAllowed');
  };
  asked.set(handler, role);
  return handler;
}

/**
 * Both factors were proved within the last ten minutes; else they are asked for, and the way leads on to here. What was sent
 * with a form is not kept meanwhile: `back` is the page that the form stands on.
 */
export function freshly(desk: Desk, back?: string): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    if (isFresh(desk, c.var.staff)) return next();
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`/desk/prove?to=${encodeURIComponent(back ?? pathname + search)}`, 303);
  };
}

export function isFresh(desk: Desk, { provedAt }: SignedIn): boolean {
  return desk.now().getTime() - Date.parse(provedAt) < FRESH;
}

async function signedIn(desk: Desk, { staff, provedAt }: StaffSession): Promise<SignedIn | null> {
  const account = await desk.store.staff.account(staff);
  if (account?.state !== 'active') return null;
  const { id, name, role, language } = account;
  return { id, name, role, language, provedAt };
}
