// /desk/account: the person's own sessions, password, recovery codes and language.

import { inGroups } from '../../crockford.ts';
import { fieldOf, senderOf } from '../../web/toolkit/request.ts';
import { html } from 'hono/html';
import { LANGUAGES } from '../../languages.ts';
import type { AuditRow } from '../../store/staff/audit-rows.ts';
import type { Passkey } from '../../store/staff/passkey-rows.ts';
import type { StaffSession } from '../../store/staff/staff-sessions.ts';
import { fill } from '../../texts/translate.ts';
import type { AuditAction } from '../audit/audit.ts';
import type { Desk, StaffContext } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { csrfField, drawPage, momentIn, notice, type Page } from '../layout.ts';
import { passkeysPartial } from '../passkey/passkeys-page.ts';
import { newSession, rememberBrowser, runs, tokenOf } from '../sign-in/guard.ts';
import { chosenPassword, newRecoveryCodes } from '../sign-in/set-up.ts';
import { codesPage, newPasswordFields } from '../sign-in/sign-in-page.ts';

/**
 * Events of the person's own account, so that they notice those that were not theirs: sign-ins, wrong tries, changed
 * factors.
 */
const SHOWN: readonly AuditAction[] = [
  'sign-in',
  'sign-in.fail',
  'prove.fail',
  'password.change',
  'codes.renew',
  'passkey.add',
  'passkey.remove',
  'account.set-up',
];
const MOST = 12;
/** Per action; only the newest of all are shown. */
const OF_EACH = MOST;

/** Newest first. */
async function happenedTo({ store }: Desk, staff: string): Promise<readonly AuditRow[]> {
  const found = await Promise.all(SHOWN.map((action) => store.audit.find({ staff, action }, OF_EACH)));
  return found
    .flat()
    .sort((one, other) => other.number - one.number)
    .slice(0, MOST);
}

function happenedPartial(c: StaffContext, desk: Desk, rows: readonly AuditRow[]): Html {
  const { language } = c.var.staff;
  const { account: texts, audit } = desk.texts[language];
  const time = momentIn(language, desk.timeZone);
  const labels: ReadonlyMap<string, string> = new Map(Object.entries(audit.actions));
  const line = ({ at, action }: AuditRow) => fill(texts.happened, { at: time(at), what: labels.get(action) ?? action });
  return html`<h2>${texts.happenedHeading}</h2>
    <ul>
      ${rows.map((row) => html`<li>${line(row)}</li>`)}
    </ul>
    <p>${texts.happenedWhat}</p>`;
}

interface AccountShown {
  readonly email: string;
  readonly hasPassword: boolean;
  readonly sessions: readonly (StaffSession & { readonly mine: boolean })[];
  readonly codesLeft: number;
  readonly passkeys: readonly Passkey[];
  readonly happened: readonly AuditRow[];
  /** Result of the last action; null if there was none. */
  readonly said: string | null;
}

function accountPage(c: StaffContext, desk: Desk, shown: AccountShown): Page {
  const { staff } = c.var;
  const { account: texts, desk: frame } = desk.texts[staff.language];
  const time = momentIn(staff.language, desk.timeZone);
  const password = html`<p><a class="button" href="/desk/account/password">${texts.passwordLink}</a></p>`;
  const main = html`${shown.said !== null && html`<p class="note" role="status">${shown.said}</p>`}
    <p>${staff.name} · ${shown.email}<br />${texts.role}: ${frame.roles[staff.role]}</p>
    <form method="post" action="/desk/account/language">
      ${csrfField(c)}
      <label for="language">${texts.language}</label>
      <select id="language" name="language">
        ${LANGUAGES.map(
          (one) =>
            html`<option value="${one}" lang="${one}" ${one === staff.language ? 'selected' : ''}>
              ${texts.languages[one]}
            </option>`,
        )}
      </select>
      <button class="send">${texts.save}</button>
    </form>
    <h2>${texts.sessionsHeading}</h2>
    <ul>
      ${shown.sessions.map(
        ({ begunAt, seenAt, mine }) =>
          html`<li>${fill(texts.session, { begun: time(begunAt), seen: time(seenAt) })} ${mine && texts.thisOne}</li>`,
      )}
    </ul>
    <form method="post" action="/desk/account/sessions/end">${csrfField(c)}<button>${texts.end}</button></form>
    <h2>${texts.passwordHeading}</h2>
    ${shown.hasPassword && password}
    <p>${fill(texts.codesLeft, { count: shown.codesLeft })}</p>
    <p><a class="button" href="/desk/account/codes">${texts.codesLink}</a></p>
    ${passkeysPartial(c, desk, shown.passkeys)} ${happenedPartial(c, desk, shown.happened)}`;
  return { title: frame.menu.account, main };
}

function passwordPage(c: StaffContext, desk: Desk, email: string, problem: string | null): Page {
  const { account: texts, signIn } = desk.texts[c.var.staff.language];
  const main = html`<p>${signIn.setUp.passwordWhat}</p>
    <p>${texts.passwordChanged}</p>
    ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    <form method="post" action="/desk/account/password">
      ${csrfField(c)}
      <input type="hidden" name="username" value="${email}" autocomplete="username" />
      <label for="now">${texts.passwordNow}</label>
      <input id="now" name="now" type="password" autocomplete="current-password" required />
      ${newPasswordFields(signIn)}
      <button class="send">${texts.passwordGo}</button>
    </form>`;
  return { title: texts.passwordLink, main };
}

function codesAskedPage(c: StaffContext, desk: Desk): Page {
  const { account: texts, signIn } = desk.texts[c.var.staff.language];
  const main = html`<p>${texts.codesWhat}</p>
    <form method="post" action="/desk/account/codes">
      ${csrfField(c)}<button class="send">${texts.codesGo}</button>
    </form>`;
  return { title: signIn.codes.heading, main };
}

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

/** All but the present one. */
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

/** Ends every other session; the present one continues with a new cookie. */
export async function changePassword(c: StaffContext, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const account = await desk.store.staff.account(staff.id);
  if (account?.signInBy !== 'password') return notice(c, desk, 404, 'notFound');
  const keys = { account: `prove/${staff.id}`, sender: `sender/${senderOf(c, desk)}`, browser: null, guessable: true };
  if ((await desk.throttle.begin(keys)) !== null) return notice(c, desk, 429, 'tooMany');
  const { passwordHash } = await desk.store.staff.secrets(staff.id);
  if (!(await desk.passwords.isRight(await fieldOf(c, 'now'), passwordHash))) {
    await desk.audit.record({ staff, action: 'prove.fail', detail: 'password' });
    return askNewPassword(c, desk, desk.texts[staff.language].account.passwordNowWrong);
  }
  await desk.throttle.succeeded(keys);
  const { password, problem } = await chosenPassword(c, desk, account);
  const wrong = problem ?? ((await desk.passwords.isRight(password, passwordHash)) ? 'same' : null);
  if (wrong !== null) return askNewPassword(c, desk, desk.texts[staff.language].signIn.judged[wrong]);
  await desk.audit.record({ staff, action: 'password.change' });
  await desk.store.staff.setPassword(staff.id, await desk.passwords.hash(password));
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
  return drawPage(
    c,
    desk,
    codesPage(
      desk.texts[staff.language].signIn,
      codes.map((code) => inGroups(code)),
    ),
  );
}
