// /desk/sign-in: the first factor makes a half session, the second a whole one. Each step gives a new cookie.

import type { StaffAccount } from '../../store/staff/staff-port.ts';
import { foldEmail } from '../../store/staff/staff-sealed.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import type { Page } from '../layout.ts';
import { staffLanguage, notice } from '../notice-page.ts';
import { secondPage, signInPage } from './sign-in-page.ts';
import { asked, clock, type DoorContext, drawDoor } from './sign-in-context.ts';
import { sessionOf } from './guard.ts';
import { knownBrowser } from './known-browser.ts';
import { newSession } from './new-session.ts';
import { hashPassword, isBusy, isOutdated, isPassword } from './password.ts';
import { fieldOf, pathWithin, senderOf } from './request.ts';
import { passkeyButton, secondFactor } from './second-factor.ts';
import type { ThrottleKeys } from './throttle.ts';

export function askSignIn(c: DoorContext, desk: Desk, problem: string | null = null, email = '') {
  const page = signInPage(asked(c, desk, problem), { ...offered(c, desk), email });
  return drawDoor(c, desk, page, staffLanguage(c), problem === null ? 200 : 401);
}

export async function signIn(c: DoorContext, desk: Desk): Promise<Response> {
  const email = (await fieldOf(c, 'email')).slice(0, 320);
  const password = (await fieldOf(c, 'password')).slice(0, 1_000);
  const { signIn: texts } = desk.texts[staffLanguage(c)];
  const account = await desk.store.staff.accountByEmail(email);
  const browser = await knownBrowser(c, desk, account?.id ?? null);
  const keys = throttleKeys(c, desk, ['password', foldEmail(email)], browser);
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return tooMany(c, desk, wait.until, signInAgain(c, desk, email));
  const { passwordHash } = account === null ? { passwordHash: null } : await desk.store.staff.secrets(account.id);
  const usable = account?.state === 'active' && account.signInBy === 'password' ? account : null;
  // Strangers that are many are told to come again; a known browser waits behind those that are inside, for a second or two.
  if (browser === null && isBusy()) return notice(c, desk, 503, 'tooMany');
  // An unknown account, or one that may not, costs the same time and gets the same answer.
  const right = await isPassword(password, usable === null ? null : passwordHash);
  if (usable === null || !right || passwordHash === null) {
    await desk.audit.record({ staff: account, action: 'sign-in.fail', detail: 'password' });
    return askSignIn(c, desk, texts.wrong, email);
  }
  await desk.throttle.succeeded(keys);
  if (isOutdated(passwordHash)) {
    await desk.store.staff.setPassword(usable.id, await hashPassword(password, desk.randomBytes));
  }
  await beginHalf(c, desk, usable);
  return c.redirect(`/desk/sign-in/code?to=${encodeURIComponent(pathWithin(await fieldOf(c, 'to')))}`, 303);
}

/** One factor is proved: a new cookie, good for the second factor only. */
export async function beginHalf(c: DoorContext, desk: Desk, account: StaffAccount): Promise<void> {
  await desk.audit.record({ staff: account, action: 'sign-in.half', detail: account.signInBy });
  await newSession(c, desk, account, 'half');
}

export async function askSecond(c: DoorContext, desk: Desk): Promise<Response> {
  const account = await halfSignedIn(c, desk);
  if (account === null) return c.redirect('/desk/sign-in', 303);
  return drawDoor(c, desk, await secondOf(c, desk, account, null, to(c)), account.language);
}

export async function proveSecond(c: DoorContext, desk: Desk): Promise<Response> {
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
    return drawDoor(c, desk, await again(proved.problem), account.language, 401);
  }
  await desk.throttle.succeeded(keys);
  await desk.audit.record({ staff: account, action: 'sign-in', detail: proved.by });
  await newSession(c, desk, account, 'full');
  // Who had to take one of the codes is shown how many are left.
  return c.redirect(proved.by === 'recovery' ? '/desk/account' : path, 303);
}

async function secondOf(c: DoorContext, desk: Desk, account: StaffAccount, problem: string | null, path: string) {
  return secondPage(asked(c, desk, problem, account.language), path, await passkeyButton(c, desk, account));
}

async function halfSignedIn(c: DoorContext, desk: Desk): Promise<StaffAccount | null> {
  const found = await sessionOf(c, desk);
  if (found?.session.kind !== 'half') return null;
  const account = await desk.store.staff.account(found.session.staff);
  return account?.state === 'active' ? account : null;
}

/** `of`: what is tried, and at whose account. `browser`: known-browser.ts. */
export function throttleKeys(
  c: DoorContext,
  desk: Desk,
  of: readonly [what: 'password' | 'second' | 'set-up', account: string],
  browser: string | null,
): ThrottleKeys {
  return { account: of.join('/'), sender: `sender/${senderOf(c, desk)}`, browser };
}

/** What strangers can try at an account: the keys under which it is counted. */
export function triedAt({ id, email }: Pick<StaffAccount, 'id' | 'email'>): readonly string[] {
  return [`password/${foldEmail(email)}`, `set-up/${foldEmail(email)}`, `second/${id}`];
}

export async function tooMany(
  c: DoorContext,
  desk: Desk,
  until: Date,
  page: (problem: string) => Page | Promise<Page>,
): Promise<Response> {
  const language = staffLanguage(c);
  const problem = fill(desk.texts[language].signIn.wait, { time: clock(desk, language, until) });
  c.header('Retry-After', String(Math.ceil((until.getTime() - desk.now().getTime()) / 1_000)));
  return drawDoor(c, desk, await page(problem), language, 429);
}

function signInAgain(c: DoorContext, desk: Desk, email: string) {
  return (problem: string) => signInPage(asked(c, desk, problem), { ...offered(c, desk), email });
}

function to(c: DoorContext): string {
  return pathWithin(c.req.query('to'));
}

function offered(c: DoorContext, desk: Desk) {
  return { org: desk.operatorName, to: to(c), organisation: desk.organisation !== null };
}
