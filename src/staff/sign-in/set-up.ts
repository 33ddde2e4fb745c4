// /desk/set-up: with a one-time code from an administrator to a password, a second factor and recovery codes.

import { inGroups, makeCrockford, parseCrockford } from '../../crockford.ts';
import { acceptedLanguage, fieldOf } from '../../web/toolkit/request.ts';
import type { StaffAccount } from '../../store/staff/staff-accounts.ts';
import { foldEmail } from '../../store/staff/staff-sealed.ts';
import type { Desk, StaffDeps } from '../desk.ts';
import { newSession, sessionOf } from './guard.ts';
import { judgePassword } from './password.ts';
import {
  newTotpSecret,
  RECOVERY_CODES,
  RECOVERY_LENGTH,
  SET_UP_LENGTH,
  totpAddress,
  totpStep,
} from './second-factor.ts';
import { choosePasswordPage, codesPage, enrolPage, setUpPage } from './sign-in-page.ts';
import { asked, type SignInContext, drawSignIn, throttleKeys, tooMany } from './sign-in.ts';

// The one-time set-up: a code that an administrator gives over a safe channel, and a page to type it. The code is in no
// URL, so that no history, log or preview contains it.

const DAYS = 3;

export interface Invitation {
  /** In groups of four, to be read out. */
  readonly code: string;
  readonly page: string;
  /** ISO 8601, UTC. */
  readonly until: string;
}

/** Makes all factors of the account invalid and ends its sessions. */
export async function invite(
  { store, randomBytes, now, publicUrl }: Pick<StaffDeps, 'store' | 'randomBytes' | 'now' | 'publicUrl'>,
  account: string,
): Promise<Invitation> {
  const code = makeCrockford(SET_UP_LENGTH, randomBytes);
  const until = new Date(now().getTime() + DAYS * 24 * 60 * 60_000).toISOString();
  await store.staff.inviteAgain(account, code, until);
  return { code: inGroups(code), page: new URL('/desk/set-up', publicUrl).href, until };
}

export function askSetUp(c: SignInContext, desk: Desk) {
  return drawSignIn(c, desk, setUpPage(asked(c, desk, null), ''), acceptedLanguage(c.req.header('accept-language')));
}

export async function beginSetUp(c: SignInContext, desk: Desk): Promise<Response> {
  const email = (await fieldOf(c, 'email')).slice(0, 320);
  const code = parseCrockford(await fieldOf(c, 'code'), SET_UP_LENGTH);
  const again = (problem: string) => setUpPage(asked(c, desk, problem), email);
  const keys = throttleKeys(c, desk, ['set-up', foldEmail(email)], null);
  const wait = await desk.throttle.begin(keys);
  if (wait !== null) return tooMany(c, desk, wait.until, again);
  const at = desk.now().toISOString();
  const account = code === null ? null : await desk.store.staff.accountBySetUpCode(email, code, at);
  if (account === null) {
    await desk.audit.record({ staff: null, action: 'sign-in.fail', detail: 'set-up' });
    const language = acceptedLanguage(c.req.header('accept-language'));
    return drawSignIn(c, desk, again(desk.texts[language].signIn.setUp.wrong), language, 401);
  }
  await desk.throttle.succeeded(keys);
  await newSession(c, desk, account, 'set-up');
  return c.redirect(account.signInBy === 'password' ? '/desk/set-up/password' : '/desk/set-up/code', 303);
}

export async function askPassword(c: SignInContext, desk: Desk): Promise<Response> {
  const account = await settingUp(c, desk);
  if (account === null) return c.redirect('/desk/set-up', 303);
  return drawSignIn(
    c,
    desk,
    choosePasswordPage(asked(c, desk, null, account.language), account.email),
    account.language,
  );
}

export async function choosePassword(c: SignInContext, desk: Desk): Promise<Response> {
  const account = await settingUp(c, desk);
  if (account?.signInBy !== 'password') return c.redirect('/desk/set-up', 303);
  const chosen = await chosenPassword(c, desk, account);
  if (chosen.problem !== null) {
    const { language } = account;
    const problem = desk.texts[language].signIn.judged[chosen.problem];
    const page = choosePasswordPage(asked(c, desk, problem, language), account.email);
    return drawSignIn(c, desk, page, language, 422);
  }
  await desk.store.staff.setPassword(account.id, await desk.passwords.hash(chosen.password));
  return c.redirect('/desk/set-up/code', 303);
}

/** The password from the fields `new` and `again`, or what is wrong with it. */
export async function chosenPassword(c: Parameters<typeof fieldOf>[0], desk: Desk, account: StaffAccount) {
  const password = await fieldOf(c, 'new');
  if (password !== (await fieldOf(c, 'again'))) return { problem: 'differ' as const, password };
  const { title } = desk.texts[account.language].desk;
  return { problem: await judgePassword(password, [account.name, account.email, title, desk.operatorName]), password };
}

export async function askEnrol(c: SignInContext, desk: Desk): Promise<Response> {
  const account = await settingUp(c, desk);
  if (account === null) return c.redirect('/desk/set-up', 303);
  const { passwordHash } = await desk.store.staff.secrets(account.id);
  if (account.signInBy === 'password' && passwordHash === null) return c.redirect('/desk/set-up/password', 303);
  return drawEnrol(c, desk, account, null);
}

export async function enrol(c: SignInContext, desk: Desk): Promise<Response> {
  const account = await settingUp(c, desk);
  const found = await sessionOf(c, desk);
  const secret = found?.session.enrolling ?? null;
  if (account === null || secret === null) return c.redirect('/desk/set-up', 303);
  const { passwordHash } = await desk.store.staff.secrets(account.id);
  if (account.signInBy === 'password' && passwordHash === null) return c.redirect('/desk/set-up/password', 303);
  const step = totpStep(secret, await fieldOf(c, 'code'), desk.now());
  const { signIn: texts } = desk.texts[account.language];
  if (step === null) return drawEnrol(c, desk, account, texts.setUp.appWrong);
  const codes = newRecoveryCodes(desk);
  await desk.audit.record({ staff: account, action: 'account.set-up' });
  if (!(await desk.store.staff.finishSetUp(account.id, secret, step, codes))) return c.redirect('/desk/sign-in', 303);
  // With a password both factors have just been proved. Otherwise the organisation still has to confirm the identity.
  if (account.signInBy === 'password') {
    await desk.audit.record({ staff: account, action: 'sign-in', detail: 'set-up' });
    await newSession(c, desk, account, 'full');
  } else await desk.store.staff.endSession(c.var.token);
  return drawSignIn(
    c,
    desk,
    codesPage(
      texts,
      codes.map((code) => inGroups(code)),
    ),
    account.language,
  );
}

export function newRecoveryCodes({ randomBytes }: Desk): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => makeCrockford(RECOVERY_LENGTH, randomBytes));
}

/** One secret per set-up, so that a reloaded page shows the same. */
async function drawEnrol(
  c: SignInContext,
  desk: Desk,
  account: StaffAccount,
  problem: string | null,
): Promise<Response> {
  const found = await sessionOf(c, desk);
  if (found === null) return c.redirect('/desk/set-up', 303);
  const secret = found.session.enrolling ?? newTotpSecret(desk.randomBytes);
  if (found.session.enrolling === null) await desk.store.staff.enrolInSession(found.token, secret);
  const { language, email } = account;
  const address = totpAddress(secret, desk.texts[language].desk.title, email);
  const page = enrolPage(asked(c, desk, problem, language), secret, address);
  return drawSignIn(c, desk, page, language, problem === null ? 200 : 422);
}

async function settingUp(c: SignInContext, desk: Desk): Promise<StaffAccount | null> {
  const found = await sessionOf(c, desk);
  if (found?.session.kind !== 'set-up') return null;
  const account = await desk.store.staff.account(found.session.staff);
  return account?.state === 'invited' ? account : null;
}
