// /desk/account: one's own sessions, password, recovery codes and language.

import { LANGUAGES } from '../../languages.ts';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { notice } from '../notice-page.ts';
import { codesPage } from '../sign-in/sign-in-page.ts';
import { runs } from '../sign-in/guard.ts';
import { rememberBrowser } from '../sign-in/known-browser.ts';
import { newSession } from '../sign-in/new-session.ts';
import { hashPassword, isPassword } from '../sign-in/password.ts';
import { fieldOf, senderOf } from '../sign-in/request.ts';
import { showOneTimeCode } from '../sign-in/second-factor.ts';
import { chosenPassword, newRecoveryCodes } from '../sign-in/set-up.ts';
import { tokenOf } from '../sign-in/token.ts';
import type { StaffContext } from '../signed-in.ts';
import { accountPage, codesAskedPage, passwordPage } from './account-page.ts';
import { happenedTo } from './happened.ts';

export async function showAccount(c: StaffContext, desk: Desk, said: string | null = null): Promise<Response> {
  const { staff } = c.var;
  const now = desk.now();
  const sessions = await desk.store.staff.sessionsOf(staff.id, tokenOf(c, desk) ?? '');
  const account = await desk.store.staff.account(staff.id);
  const page = accountPage(c, desk, {
    email: account?.email ?? '',
    hasPassword: account?.signInBy === 'password',
    sessions: sessions.filter((session) => runs(session, now)),
    codesLeft: await desk.store.staff.countRecoveryCodes(staff.id),
    passkeys: await desk.store.passkeys.of(staff.id),
    happened: await happenedTo(desk, staff.id),
    said,
  });
  return drawPage(c, desk, page);
}

export async function changeLanguage(c: StaffContext, desk: Desk): Promise<Response> {
  const chosen = await fieldOf(c, 'language');
  const language = LANGUAGES.find((one) => one === chosen);
  if (language !== undefined) {
    await desk.audit.record({ staff: c.var.staff, action: 'account.language', detail: language });
    await desk.store.staff.setLanguage(c.var.staff.id, language);
  }
  return c.redirect('/desk/account', 303);
}

/** All but this one. */
export async function endOtherSessions(c: StaffContext, desk: Desk): Promise<Response> {
  await desk.audit.record({ staff: c.var.staff, action: 'session.end' });
  await desk.store.staff.endSessions(c.var.staff.id, tokenOf(c, desk));
  rememberBrowser(c, desk, c.var.staff.id);
  return showAccount(c, desk, desk.texts[c.var.staff.language].account.ended);
}

export async function askNewPassword(c: StaffContext, desk: Desk, problem: string | null = null): Promise<Response> {
  const account = await desk.store.staff.account(c.var.staff.id);
  if (account?.signInBy !== 'password') return notice(c, desk, 404, 'notFound');
  return drawPage(c, desk, passwordPage(c, desk, account.email, problem), problem === null ? 200 : 422);
}

/** Every other session is over, and this one goes on under a new cookie. */
export async function changePassword(c: StaffContext, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const account = await desk.store.staff.account(staff.id);
  if (account?.signInBy !== 'password') return notice(c, desk, 404, 'notFound');
  const keys = { account: `prove/${staff.id}`, sender: `sender/${senderOf(c, desk)}`, browser: null, guessable: true };
  if ((await desk.throttle.begin(keys)) !== null) return notice(c, desk, 429, 'tooMany');
  const { passwordHash } = await desk.store.staff.secrets(staff.id);
  if (!(await isPassword(await fieldOf(c, 'now'), passwordHash))) {
    await desk.audit.record({ staff, action: 'prove.fail', detail: 'password' });
    return askNewPassword(c, desk, desk.texts[staff.language].account.passwordNowWrong);
  }
  await desk.throttle.succeeded(keys);
  const { password, problem } = await chosenPassword(c, desk, account);
  const wrong = problem ?? ((await isPassword(password, passwordHash)) ? 'same' : null);
  if (wrong !== null) return askNewPassword(c, desk, desk.texts[staff.language].signIn.judged[wrong]);
  await desk.audit.record({ staff, action: 'password.change' });
  await desk.store.staff.setPassword(staff.id, await hashPassword(password, desk.randomBytes));
  await desk.store.staff.endSessions(staff.id, null);
  await newSession(c, desk, account, 'full');
  return c.redirect('/desk/account', 303);
}

export function askNewCodes(c: StaffContext, desk: Desk) {
  return drawPage(c, desk, codesAskedPage(c, desk));
}

export async function renewCodes(c: StaffContext, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const codes = newRecoveryCodes(desk);
  await desk.audit.record({ staff, action: 'codes.renew' });
  await desk.store.staff.replaceRecoveryCodes(staff.id, codes);
  return drawPage(c, desk, codesPage(desk.texts[staff.language].signIn, codes.map(showOneTimeCode)));
}
