// Nothing of the desk is seen before it: signed in with both factors, in an account that still stands, and every change
// from a form of ours. `needs` says from which role on, `freshly` asks for both factors again.

import { fieldOf, sentFrom } from '../../web/toolkit/request.ts';
import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { routePath } from 'hono/route';
import { type SessionKind, STAFF_ROLES, type StaffRole } from '../../store/schema/staff-columns.ts';
import type { StaffAccount } from '../../store/staff/staff-accounts.ts';
import type { StaffSession } from '../../store/staff/staff-sessions.ts';
import type { Desk, SignedIn, StaffEnv } from '../desk.ts';
import { notice } from '../layout.ts';

// A browser in which somebody has signed in, in full, is known for that account: others' tries do not make it wait. It opens nothing:
// password and second factor are asked as ever, and its own wrong tries make it wait. docs/decisions/0152-known-browsers.md.

const ID_BYTES = 16;
/** How long a browser is known after its last sign-in, in seconds. */
const KNOWN = 90 * 24 * 60 * 60;
const VALUE = /^(?<id>[\w-]{22})\.(?<since>\d{13})\.(?<seal>[\w-]{20,100})$/;

/** One cookie for each account, so that colleagues can share a browser; the name tells nobody whose. */
function browserCookie(desk: Desk, account: string): string {
  const whose = desk.fingerprint('staff-browser-name', account).replaceAll(/\W/g, '').slice(0, 12);
  return desk.publicUrl.protocol === 'https:' ? `__Host-griot-known-${whose}` : `griot-known-${whose}`;
}

function browserSeal(desk: Desk, account: string, id: string, since: string): string {
  return desk.fingerprint('staff-browser', `${account}/${id}/${since}`).replaceAll(/[^\w-]/g, '');
}

/** With every sign-in in full: a new id, so that an old copy of the cookie does not share its count. */
export function rememberBrowser(c: Context, desk: Desk, account: string): void {
  const id = Buffer.from(desk.randomBytes(ID_BYTES)).toString('base64url');
  const since = String(desk.now().getTime());
  setCookie(c, browserCookie(desk, account), `${id}.${since}.${browserSeal(desk, account, id, since)}`, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: desk.publicUrl.protocol === 'https:',
    maxAge: KNOWN,
  });
}

/** The id of this browser, where it is known for this account and that was not ended since. */
export async function knownBrowser(c: Context, desk: Desk, account: string | null): Promise<string | null> {
  const value = account === null ? undefined : getCookie(c, browserCookie(desk, account));
  const { id, since, seal } = VALUE.exec(value ?? '')?.groups ?? {};
  if (account === null || id === undefined || since === undefined || seal === undefined) return null;
  const [given, right] = [Buffer.from(seal), Buffer.from(browserSeal(desk, account, id, since))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  if (desk.now().getTime() - Number(since) > KNOWN * 1_000) return null;
  const ended = await desk.store.staff.browsersSince(account);
  return ended === null || Number(since) >= Date.parse(ended) ? id : null;
}

// The cookie of the desk: 256 random bits, kept as a fingerprint. Before anybody has signed in it only ties a form to the
// browser that it was drawn for.

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

function isCsrf(given: unknown, expected: string): boolean {
  const [one, other] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const MINUTE = 60_000;
/** OWASP ASVS 5.0, 7.3: half an hour without a request, twelve hours in all. */
const IDLE = 30 * MINUTE;
const ABSOLUTE = 12 * 60 * MINUTE;
/** How long one may take from the first factor to the second, or over the set-up. */
const UNFINISHED: Readonly<Record<Exclude<SessionKind, 'full'>, number>> = {
  half: 10 * MINUTE,
  'set-up': 30 * MINUTE,
};
/** How long both factors count as just proved. */
const FRESH = 10 * MINUTE;
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
  return sentFrom(c, desk.publicUrl) !== 'elsewhere' && isCsrf(await fieldOf(c, 'csrf'), csrf);
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

function isFresh(desk: Desk, { provedAt }: SignedIn): boolean {
  return desk.now().getTime() - Date.parse(provedAt) < FRESH;
}

async function signedIn(desk: Desk, { staff, provedAt }: StaffSession): Promise<SignedIn | null> {
  const account = await desk.store.staff.account(staff);
  if (account?.state !== 'active') return null;
  const { id, name, role, language } = account;
  return { id, name, role, language, provedAt };
}

/** Every step gets a new cookie: what somebody planted or overheard before it is worth nothing after it. */
export async function newSession(c: Context, desk: Desk, account: StaffAccount, kind: SessionKind): Promise<void> {
  const now = desk.now().getTime();
  const at = new Date(now).toISOString();
  await desk.store.staff.dropSessions(new Date(now - ABSOLUTE).toISOString(), new Date(now - IDLE).toISOString());
  const before = tokenOf(c, desk);
  if (before !== null) await desk.store.staff.endSession(before);
  const token = giveToken(c, desk);
  await desk.store.staff.beginSession(token, { staff: account.id, kind, begunAt: at, provedAt: at, enrolling: null });
  if (kind === 'full') rememberBrowser(c, desk, account.id);
}
