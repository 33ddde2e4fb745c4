// /desk/sign-in: the first factor makes a half session, the second a whole one. Each step gives a new cookie.

import { fill } from '../texts.ts';
import { foldEmail } from '../../store/staff-email.ts';
import type { StaffAccount } from '../../store/staff-port.ts';
import type { Desk } from '../desk.ts';
import { guessLanguage, notice } from '../notice-page.ts';
import { secondPage, signInPage } from './door-page.ts';
import { asked, clock, drawDoor, type DoorContext } from './door.ts';
import { sessionOf } from './guard.ts';
import { newSession } from './new-session.ts';
import { parseOneTimeCode, RECOVERY_LENGTH } from './one-time-code.ts';
import { hashPassword, isBusy, isOutdated, isPassword } from './password.ts';
import { fieldOf, pathWithin, senderOf } from './request.ts';
import type { ThrottleKeys } from './throttle.ts';
import { totpStep } from './totp.ts';

export function askSignIn(c: DoorContext, desk: Desk, problem: string | null = null, email = '') {
  const page = signInPage(asked(c, desk, problem), { ...offered(c, desk), email });
  return drawDoor(c, desk, page, guessLanguage(c), problem === null ? 200 : 401);
}

export async function signIn(c: DoorContext, desk: Desk): Promise<Response> {
  const email = (await fieldOf(c, 'email')).slice(0, 320);
  const password = (await fieldOf(c, 'password')).slice(0, 1_000);
  const { signIn: texts } = desk.texts[guessLanguage(c)];
  const keys = throttleKeys(c, desk, 'password', foldEmail(email));
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return tooMany(c, desk, wait.until, signInAgain(c, desk, email));
  const account = await desk.store.staff.accountByEmail(email);
  const { passwordHash } = account === null ? { passwordHash: null } : await desk.store.staff.secrets(account.id);
  const usable = account?.state === 'active' && account.signInBy === 'password' ? account : null;
  if (isBusy()) return notice(c, desk, 503, 'tooMany');
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
  return drawDoor(c, desk, secondPage(asked(c, desk, null, account.language), to(c)), account.language);
}

export async function proveSecond(c: DoorContext, desk: Desk): Promise<Response> {
  const account = await halfSignedIn(c, desk);
  if (account === null) return c.redirect('/desk/sign-in', 303);
  const { language } = account;
  const path = pathWithin(await fieldOf(c, 'to'));
  const again = (problem: string) => secondPage(asked(c, desk, problem, language), path);
  const keys = throttleKeys(c, desk, 'second', account.id);
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return tooMany(c, desk, wait.until, again);
  const by = await proved(desk, account, await fieldOf(c, 'code'));
  if (by === null) {
    await desk.audit.record({ staff: account, action: 'sign-in.fail', detail: 'second' });
    return drawDoor(c, desk, again(desk.texts[language].signIn.code.wrong), language, 401);
  }
  await desk.throttle.succeeded(keys);
  await desk.audit.record({ staff: account, action: 'sign-in', detail: by });
  await newSession(c, desk, account, 'full');
  // Who had to take one of the codes is shown how many are left.
  return c.redirect(by === 'recovery' ? '/desk/account' : path, 303);
}

/** Which second factor this code is: of the app, each once, or a recovery code, each once. Null where it is none. */
export async function proved(desk: Desk, { id }: { id: string }, typed: string): Promise<'totp' | 'recovery' | null> {
  const { totp } = await desk.store.staff.secrets(id);
  const step = totp === null ? null : totpStep(totp, typed, desk.now());
  if (step !== null) return (await desk.store.staff.useTotpStep(id, step)) ? 'totp' : null;
  const code = parseOneTimeCode(typed, RECOVERY_LENGTH);
  return code !== null && (await desk.store.staff.useRecoveryCode(id, code)) ? 'recovery' : null;
}

async function halfSignedIn(c: DoorContext, desk: Desk): Promise<StaffAccount | null> {
  const found = await sessionOf(c, desk);
  if (found?.session.kind !== 'half') return null;
  const account = await desk.store.staff.account(found.session.staff);
  return account?.state === 'active' ? account : null;
}

export function throttleKeys(c: DoorContext, desk: Desk, what: string, account: string): ThrottleKeys {
  return { account: `${what}/${account}`, sender: `sender/${senderOf(c, desk)}` };
}

export function tooMany(
  c: DoorContext,
  desk: Desk,
  until: Date,
  page: (problem: string) => ReturnType<typeof signInPage>,
) {
  const language = guessLanguage(c);
  const problem = fill(desk.texts[language].signIn.wait, { time: clock(desk, language, until) });
  c.header('Retry-After', String(Math.ceil((until.getTime() - desk.now().getTime()) / 1_000)));
  return drawDoor(c, desk, page(problem), language, 429);
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
