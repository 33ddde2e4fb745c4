import { html } from 'hono/html';
import type { Language } from '../../languages.ts';
import type { StaffAccount } from '../../store/staff/staff-port.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import { csrfField, type Html, type Page } from '../layout.ts';
import type { Invitation } from '../sign-in/set-up.ts';
import type { StaffContext } from '../signed-in.ts';

export interface ColleaguesShown {
  readonly accounts: readonly StaffAccount[];
  /** Whose second factor is to be replaced → which administrator asked. */
  readonly asked: ReadonlyMap<string, string>;
  /** Tries of strangers that are remembered, by account. */
  readonly tries: ReadonlyMap<string, number>;
  readonly said: string | null;
}

export function colleaguesPage(c: StaffContext, desk: Desk, { accounts, asked, tries, said }: ColleaguesShown): Page {
  const { colleagues: texts, desk: frame } = desk.texts[c.var.staff.language];
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const row = (account: StaffAccount) =>
    html`<tr>
        <td>${account.name}<br /><span class="quiet">${account.email}</span></td>
        <td>${frame.roles[account.role]}</td>
        <td>${texts.states[account.state]} ${account.id === c.var.staff.id && texts.you}</td>
      </tr>
      ${actsRow(c, desk, account, { askedBy: asked.get(account.id), tries: tries.get(account.id) ?? 0 }, names)}`;
  const main = html`${said !== null && html`<p class="note" role="status">${said}</p>`}
    <p>${texts.what}</p>
    <p>${texts.recoverWhat}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="${texts.heading}">
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.name}</th>
            <th scope="col">${texts.role}</th>
            <th scope="col">${texts.state}</th>
          </tr>
        </thead>
        <tbody>
          ${accounts.map(row)}
        </tbody>
      </table>
    </div>`;
  return { title: texts.heading, main };
}

/** Below the row, so that a narrow screen shows it too. */
function actsRow(...of: Parameters<typeof acts>): Html | false {
  const [c, , { id }] = of;
  const found = id === c.var.staff.id ? false : acts(...of);
  return found === false
    ? false
    : html`<tr class="acts">
        <td colspan="3">${found}</td>
      </tr>`;
}

function acts(
  c: StaffContext,
  desk: Desk,
  { id, state, name }: StaffAccount,
  { askedBy, tries }: { readonly askedBy: string | undefined; readonly tries: number },
  names: ReadonlyMap<string, string>,
): Html | false {
  const { colleagues: texts } = desk.texts[c.var.staff.language];
  if (state === 'disabled') return false;
  const mine = askedBy === c.var.staff.id;
  const button = askedBy === undefined ? texts.recover : texts.agree;
  const asked =
    askedBy !== undefined &&
    html`<p>${mine ? texts.askedByYou : fill(texts.asked, { name: names.get(askedBy) ?? askedBy })}</p>`;
  const recover = html`<form method="post" action="/desk/staff/${id}/recover">
    ${csrfField(c)}<button aria-label="${button}: ${name}">${button}</button>
  </form>`;
  const end = html`<form method="post" action="/desk/staff/${id}/sessions/end">
    ${csrfField(c)}<button class="plain" aria-label="${texts.endSessions}: ${name}">${texts.endSessions}</button>
  </form>`;
  const wait =
    tries > 0 &&
    html`<p>${fill(texts.tries, { count: String(tries) })}</p>
      <form method="post" action="/desk/staff/${id}/tries/end">
        ${csrfField(c)}<button class="plain" aria-label="${texts.endWait}: ${name}">${texts.endWait}</button>
      </form>`;
  return html`${asked} ${wait} ${state === 'active' && !mine && recover} ${state === 'active' && end}
    <form method="post" action="/desk/staff/${id}/disable">
      ${csrfField(c)}<button class="plain" aria-label="${texts.disable}: ${name}">${texts.disable}</button>
    </form>`;
}

/** Shown once. It is handed over in person or by a call. */
export function codePage(desk: Desk, language: Language, name: string, { code, page, until }: Invitation): Page {
  const { colleagues: texts } = desk.texts[language];
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: desk.timeZone });
  const main = html`<p>${fill(texts.codeWhat, { name, until: time.format(new Date(until)) })}</p>
    <p class="code">${code}</p>
    <p>${fill(texts.codePage, { page })}</p>
    <p><strong>${texts.codeOnce}</strong></p>
    <p><a class="button" href="/desk/staff">${texts.back}</a></p>`;
  return { title: texts.codeHeading, main };
}
