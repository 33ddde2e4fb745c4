// /desk/sign-in: the first factor makes a half session, the second a full one. Each step gives a new cookie.

import { acceptedLanguage, fieldOf, senderOf } from '../../web/toolkit/request.ts';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Language } from '../../languages.ts';
import type { StaffAccount } from '../../store/staff/staff-accounts.ts';
import { foldEmail } from '../../store/staff/staff-sealed.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import { layout, momentIn, notice, type Page, pathWithin } from '../layout.ts';
import { csrfOf, giveToken, isChange, isOurForm, knownBrowser, newSession, sessionOf, tokenOf } from './guard.ts';
import { passkeyButton, secondFactor } from './second-factor.ts';
import { secondPage, signInPage } from './sign-in-page.ts';
import type { ThrottleKeys } from './throttle.ts';

// The routes without a session share: a cookie from the first page on, a token in every form, and a throttle before
// anything is checked.

export interface SignInEnv {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: { token: string; csrf: string };
}

export type SignInContext = Context<SignInEnv>;

/** The first page sets the cookie; a form without it, or of another one, is refused. */
function atSignIn(desk: Desk): MiddlewareHandler<SignInEnv> {
  return async (c, next) => {
    const known = tokenOf(c, desk);
    if (isChange(c) && known === null) return notice(c, desk, 403, 'elsewhere');
    const token = known ?? giveToken(c, desk);
    c.set('token', token);
    c.set('csrf', csrfOf(token, desk));
    if (isChange(c) && !(await isOurForm(c, desk, c.var.csrf))) return notice(c, desk, 403, 'elsewhere');
    return next();
  };
}

export function newSignInRoutes(desk: Desk): Hono<SignInEnv> {
  const routes = new Hono<SignInEnv>();
  // By their paths: a middleware for all paths would also run before the routes inside.
  for (const path of ['/sign-in/*', '/set-up/*']) routes.use(path, atSignIn(desk));
  return routes;
}

/** `language`: of the account, once it is known; else the browser's. */
export function drawSignIn(
  c: SignInContext,
  desk: Desk,
  page: Page,
  language: Language,
  status: 200 | 401 | 422 | 429 | 503 = 200,
): Response | Promise<Response> {
  return c.html(layout(desk, language, page, null), status);
}

export function asked(
  c: SignInContext,
  desk: Desk,
  problem: string | null,
  language: Language = acceptedLanguage(c.req.header('accept-language')),
) {
  return { texts: desk.texts[language].signIn, csrf: c.var.csrf, problem };
}

export function askSignIn(c: SignInContext, desk: Desk, problem: string | null = null, email = '') {
  const page = signInPage(asked(c, desk, problem), { ...offered(c, desk), email });
  return drawSignIn(c, desk, page, acceptedLanguage(c.req.header('accept-language')), problem === null ? 200 : 401);
}

export async function signIn(c: SignInContext, desk: Desk): Promise<Response> {
  const email = (await fieldOf(c, 'email')).slice(0, 320);
  const password = (await fieldOf(c, 'password')).slice(0, 1_000);
  const { signIn: texts } = desk.texts[acceptedLanguage(c.req.header('accept-language'))];
  const account = await desk.store.staff.accountByEmail(email);
  const browser = await knownBrowser(c, desk, account?.id ?? null);
  const keys = throttleKeys(c, desk, ['password', foldEmail(email)], browser);
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return tooMany(c, desk, wait.until, signInAgain(c, desk, email));
  const { passwordHash } = account === null ? { passwordHash: null } : await desk.store.staff.secrets(account.id);
  const usable = account?.state === 'active' && account.signInBy === 'password' ? account : null;
  // If many unknown browsers are waiting, they are told to try later; a known browser waits for a second or two.
  if (browser === null && desk.passwords.isBusy()) return notice(c, desk, 503, 'tooMany');
  // An unknown or disabled account takes the same time and gets the same answer.
  const right = await desk.passwords.isRight(password, usable === null ? null : passwordHash);
  if (usable === null || !right || passwordHash === null) {
    await desk.audit.record({ staff: account, action: 'sign-in.fail', detail: 'password' });
    return askSignIn(c, desk, texts.wrong, email);
  }
  await desk.throttle.succeeded(keys);
  if (desk.passwords.isOutdated(passwordHash)) {
    await desk.store.staff.setPassword(usable.id, await desk.passwords.hash(password));
  }
  await beginHalf(c, desk, usable);
  return c.redirect(`/desk/sign-in/code?to=${encodeURIComponent(pathWithin(await fieldOf(c, 'to')))}`, 303);
}

/** One factor is proved: a new cookie, valid for the second factor only. */
export async function beginHalf(c: SignInContext, desk: Desk, account: StaffAccount): Promise<void> {
  await desk.audit.record({ staff: account, action: 'sign-in.half', detail: account.signInBy });
  await newSession(c, desk, account, 'half');
}

export async function askSecond(c: SignInContext, desk: Desk): Promise<Response> {
  const account = await halfSignedIn(c, desk);
  if (account === null) return c.redirect('/desk/sign-in', 303);
  return drawSignIn(c, desk, await secondOf(c, desk, account, null, to(c)), account.language);
}

export async function proveSecond(c: SignInContext, desk: Desk): Promise<Response> {
  const account = await halfSignedIn(c, desk);
  if (account === null) return c.redirect('/desk/sign-in', 303);
  const path = pathWithin(await fieldOf(c, 'to'));
  const again = (problem: string) => secondOf(c, desk, account, problem, path);
  const browser = await knownBrowser(c, desk, account.id);
  const keys = { ...throttleKeys(c, desk, ['second', account.id], browser), guessable: true };
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return tooMany(c, desk, wait.until, again);
  const proved = await secondFactor(c, desk, account);
  if (proved.by === null) {
    await desk.audit.record({ staff: account, action: 'sign-in.fail', detail: proved.tried });
    return drawSignIn(c, desk, await again(proved.problem), account.language, 401);
  }
  await desk.throttle.succeeded(keys);
  await desk.audit.record({ staff: account, action: 'sign-in', detail: proved.by });
  await newSession(c, desk, account, 'full');
  // After a recovery code the page shows how many are left.
  return c.redirect(proved.by === 'recovery' ? '/desk/account' : path, 303);
}

async function secondOf(c: SignInContext, desk: Desk, account: StaffAccount, problem: string | null, path: string) {
  return secondPage(asked(c, desk, problem, account.language), path, await passkeyButton(c, desk, account));
}

async function halfSignedIn(c: SignInContext, desk: Desk): Promise<StaffAccount | null> {
  const found = await sessionOf(c, desk);
  if (found?.session.kind !== 'half') return null;
  const account = await desk.store.staff.account(found.session.staff);
  return account?.state === 'active' ? account : null;
}

/** `of`: what is tried, and on which account. `browser`: the result of `knownBrowser`. */
export function throttleKeys(
  c: SignInContext,
  desk: Desk,
  of: readonly [what: 'password' | 'second' | 'set-up', account: string],
  browser: string | null,
): ThrottleKeys {
  return { account: of.join('/'), sender: `sender/${senderOf(c, desk)}`, browser };
}

/** The keys under which tries of strangers at an account are counted. */
export function triedAt({ id, email }: Pick<StaffAccount, 'id' | 'email'>): readonly string[] {
  return [`password/${foldEmail(email)}`, `set-up/${foldEmail(email)}`, `second/${id}`];
}

export async function tooMany(
  c: SignInContext,
  desk: Desk,
  until: Date,
  page: (problem: string) => Page | Promise<Page>,
): Promise<Response> {
  const language = acceptedLanguage(c.req.header('accept-language'));
  const problem = fill(desk.texts[language].signIn.wait, {
    time: momentIn(language, desk.timeZone, 'clock')(until.toISOString()),
  });
  c.header('Retry-After', String(Math.ceil((until.getTime() - desk.now().getTime()) / 1_000)));
  return drawSignIn(c, desk, await page(problem), language, 429);
}

function signInAgain(c: SignInContext, desk: Desk, email: string) {
  return (problem: string) => signInPage(asked(c, desk, problem), { ...offered(c, desk), email });
}

function to(c: SignInContext): string {
  return pathWithin(c.req.query('to'));
}

function offered(c: SignInContext, desk: Desk) {
  return { org: desk.operatorName, to: to(c), organisation: desk.organisation !== null };
}
