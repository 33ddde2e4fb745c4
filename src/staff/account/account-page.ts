import { html } from 'hono/html';
import { LANGUAGES } from '../../languages.ts';
import type { AuditRow } from '../../store/staff/audit-port.ts';
import type { Passkey } from '../../store/staff/passkeys-port.ts';
import type { StaffSession } from '../../store/staff/staff-port.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import { csrfField, type Page } from '../layout.ts';
import { passkeysPart } from '../passkey/passkeys-page.ts';
import { newPasswordFields } from '../sign-in/sign-in-page.ts';
import type { StaffContext } from '../signed-in.ts';
import { happenedPart } from './happened.ts';

export interface AccountShown {
  readonly email: string;
  readonly hasPassword: boolean;
  readonly sessions: readonly (StaffSession & { readonly mine: boolean })[];
  readonly codesLeft: number;
  readonly passkeys: readonly Passkey[];
  readonly happened: readonly AuditRow[];
  /** What has just been done; null where nothing was. */
  readonly said: string | null;
}

export function accountPage(c: StaffContext, desk: Desk, shown: AccountShown): Page {
  const { staff } = c.var;
  const { account: texts, desk: frame } = desk.texts[staff.language];
  const format = new Intl.DateTimeFormat(staff.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: desk.timeZone,
  });
  const time = (at: string) => format.format(new Date(at));
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
    ${passkeysPart(c, desk, shown.passkeys)} ${happenedPart(c, desk, shown.happened)}`;
  return { title: frame.menu.account, main };
}

export function passwordPage(c: StaffContext, desk: Desk, email: string, problem: string | null): Page {
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

export function codesAskedPage(c: StaffContext, desk: Desk): Page {
  const { account: texts, signIn } = desk.texts[c.var.staff.language];
  const main = html`<p>${texts.codesWhat}</p>
    <form method="post" action="/desk/account/codes">
      ${csrfField(c)}<button class="send">${texts.codesGo}</button>
    </form>`;
  return { title: signIn.codes.heading, main };
}
