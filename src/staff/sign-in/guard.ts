// The guard of the desk: requires both factors, an active account, and for every change a form of our own. `needs`
// requires a role, `freshly` a new proof of both factors.

import { fieldOf, sentFrom } from '../../web/toolkit/request.ts';
import { isSameSecret } from '../../web/toolkit/same-secret.ts';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { routePath } from 'hono/route';
import { type SessionKind, STAFF_ROLES, type StaffRole } from '../../store/schema/staff-columns.ts';
import type { StaffAccount } from '../../store/staff/staff-accounts.ts';
import type { StaffSession } from '../../store/staff/staff-sessions.ts';
import type { Desk, SignedIn, StaffEnv } from '../desk.ts';
import { notice } from '../layout.ts';

// A browser with a complete sign-in is known for that account: others' tries do not make it wait. It gives no access:
// both factors are still asked, and its own wrong tries make it wait. docs/decisions/0152-known-browsers.md.

const ID_BYTES = 16;
/** Seconds for which a browser is known after its last sign-in. */
const KNOWN = 90 * 24 * 60 * 60;
const VALUE = /^(?<id>[\w-]{22})\.(?<since>\d{13})\.(?<seal>[\w-]{20,100})$/;

/** One cookie per account, so that colleagues can share a browser; its name does not reveal the account. */
function browserCookie(desk: Desk, account: string): string {
  const whose = desk.fingerprint('staff-browser-name', account).replaceAll(/\W/g, '').slice(0, 12);
  return desk.publicUrl.protocol === 'https:' ? `__Host-griot-known-${whose}` : `griot-known-${whose}`;
}

function browserSeal(desk: Desk, account: string, id: string, since: string): string {
  return desk.fingerprint('staff-browser', `${account}/${id}/${since}`).replaceAll(/[^\w-]/g, '');
}

/** Called at every complete sign-in. A new id each time, so that an old copy of the cookie has a separate count. */
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

/** The id of this browser, if it is known for this account and that was not ended since. */
export async function knownBrowser(c: Context, desk: Desk, account: string | null): Promise<string | null> {
  const value = account === null ? undefined : getCookie(c, browserCookie(desk, account));
  const { id, since, seal } = VALUE.exec(value ?? '')?.groups ?? {};
  if (account === null || id === undefined || since === undefined || seal === undefined) return null;
  if (!isSameSecret(seal, browserSeal(desk, account, id, since))) return null;
  if (desk.now().getTime() - Number(since) > KNOWN * 1_000) return null;
  const ended = await desk.store.staff.browsersSince(account);
  return ended === null || Number(since) >= Date.parse(ended) ? id : null;
}

// The cookie of the desk: 256 random bits, stored as a hash. Before a sign-in it only binds a form to its browser.

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

/** A session cookie: the browser drops it when it closes. */
export function giveToken(c: Context, desk: Desk): string {
  const token = Buffer.from(desk.randomBytes(TOKEN_BYTES)).toString('base64url');
  setCookie(c, nameOf(desk), token, optionsOf(desk));
  return token;
}

export function takeToken(c: Context, desk: Desk): void {
  deleteCookie(c, nameOf(desk), optionsOf(desk));
}

/** The CSRF token of a form, which only our own pages know. */
export function csrfOf(token: string, desk: Desk): string {
  return desk.fingerprint('staff-csrf', token);
}

function isCsrf(given: unknown, expected: string): boolean {
  return typeof given === 'string' && isSameSecret(given, expected);
}

const MINUTE = 60_000;
/** OWASP ASVS 5.0, 7.3: half an hour without a request, twelve hours in total. */
const IDLE = 30 * MINUTE;
const ABSOLUTE = 12 * 60 * MINUTE;
/** Time from the first factor to the second, and for the set-up. */
const UNFINISHED: Readonly<Record<Exclude<SessionKind, 'full'>, number>> = {
  half: 10 * MINUTE,
  'set-up': 30 * MINUTE,
};
/** How long a proof of both factors counts as recent. */
const FRESH = 10 * MINUTE;
/** The last request is stored at most this often: a page with ten pictures counts once. */
const SEEN_EVERY = MINUTE;

/** The role of each `needs` handler: test/staff/attackers.test.ts builds its table from it. */
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

/** The session of the cookie, perhaps half done; null if there is none, or it has expired. */
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

/** A page that polls does not prolong the session of a person who has left. */
function isSignOfLife(c: Context): boolean {
  return isChange(c) || c.req.header('sec-fetch-dest') !== 'empty';
}

export function isChange(c: Context): boolean {
  return c.req.method !== 'GET' && c.req.method !== 'HEAD';
}

/** True if it was sent from our own page, with the token of that page. */
export async function isOurForm(c: Context, desk: Desk, csrf: string): Promise<boolean> {
  return sentFrom(c, desk.publicUrl) !== 'elsewhere' && isCsrf(await fieldOf(c, 'csrf'), csrf);
}

/** Requires this role or a higher one. Every route behind the guard has one. */
export function needs(desk: Desk, role: StaffRole): MiddlewareHandler<StaffEnv> {
  const handler: MiddlewareHandler<StaffEnv> = async (c, next) => {
    const { staff } = c.var;
    if (STAFF_ROLES.indexOf(staff.role) >= STAFF_ROLES.indexOf(role)) return next();
    // The route, not the URL: what somebody typed into it must not get into the log.
    await desk.audit.record({ staff, action: 'access.refuse', detail: `${c.req.method} ${routePath(c)}` });
    return notice(c, desk, 403, 'notAllowed');
  };
  asked.set(handler, role);
  return handler;
}

/**
 * Requires a proof of both factors within the last ten minutes; else asks for them and returns here. The contents of a
 * form are lost meanwhile: `back` is the page of the form.
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

/** Every step gets a new cookie: one that was planted or intercepted before is useless afterwards. */
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
