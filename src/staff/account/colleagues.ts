// /desk/staff, for administrators: lists and ends accounts, and replaces a lost second factor, for which two different
// administrators must agree. The new set-up code is shown once, to the second.

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Language } from '../../languages.ts';
import type { StaffAccount } from '../../store/staff/staff-accounts.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { csrfField, drawPage, momentIn, notice, type Page } from '../layout.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import { type Invitation, invite } from '../sign-in/set-up.ts';
import { triedAt } from '../sign-in/sign-in.ts';

interface ColleaguesShown {
  readonly accounts: readonly StaffAccount[];
  /** Accounts whose second factor is to be replaced → the administrator who asked. */
  readonly asked: ReadonlyMap<string, string>;
  /** Failed tries from unknown browsers, by account. */
  readonly tries: ReadonlyMap<string, number>;
  readonly said: string | null;
}

function colleaguesPage(c: StaffContext, desk: Desk, { accounts, asked, tries, said }: ColleaguesShown): Page {
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

/** Below the row, so that it also fits a narrow screen. */
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

/** Shown once; to be given in person or by a call. */
function codePage(desk: Desk, language: Language, name: string, { code, page, until }: Invitation): Page {
  const { colleagues: texts } = desk.texts[language];
  const main = html`<p>${fill(texts.codeWhat, { name, until: momentIn(language, desk.timeZone)(until) })}</p>
    <p class="code">${code}</p>
    <p>${fill(texts.codePage, { page })}</p>
    <p><strong>${texts.codeOnce}</strong></p>
    <p><a class="button" href="/desk/staff">${texts.back}</a></p>`;
  return { title: texts.codeHeading, main };
}

/** In milliseconds: how long one administrator's request waits for the other's. */
const WAITS = 3 * 24 * 60 * 60_000;

export function buildColleagues(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  const administrators = needs(desk, 'administrator');
  const fresh = freshly(desk, '/desk/staff');
  routes.get('/staff', administrators, (c) => showColleagues(c, desk, null));
  routes.post('/staff/:id/recover', administrators, fresh, (c) => recover(c, desk, c.req.param('id')));
  routes.post('/staff/:id/sessions/end', administrators, fresh, (c) => endSessions(c, desk, c.req.param('id')));
  routes.post('/staff/:id/tries/end', administrators, fresh, (c) => endWait(c, desk, c.req.param('id')));
  routes.post('/staff/:id/disable', administrators, fresh, (c) => disable(c, desk, c.req.param('id')));
  return routes;
}

async function showColleagues(c: StaffContext, desk: Desk, said: string | null): Promise<Response> {
  const accounts = await desk.store.staff.accounts();
  const asked = await desk.store.staff.recoveriesAsked(notBefore(desk));
  const tries = await Promise.all(
    accounts.map(async (account) => [account.id, await desk.throttle.remembered(triedAt(account))] as const),
  );
  return drawPage(c, desk, colleaguesPage(c, desk, { accounts, asked, tries: new Map(tries), said }));
}

async function recover(c: StaffContext, desk: Desk, id: string): Promise<Response> {
  const account = await another(c, desk, id);
  if (account?.state !== 'active') return notice(c, desk, 404, 'notFound');
  const { staff } = c.var;
  const at = desk.now().toISOString();
  const agreed = await desk.store.staff.agreeToRecovery(id, staff.id, at, notBefore(desk));
  await desk.audit.record({ staff, action: 'account.recover', detail: `${agreed} ${id}` });
  if (agreed === 'first') return c.redirect('/desk/staff', 303);
  return drawPage(c, desk, codePage(desk, staff.language, account.name, await invite(desk, id)));
}

/** For a stolen phone: its owner signs in again, and nothing else of the account changes. */
async function endSessions(c: StaffContext, desk: Desk, id: string): Promise<Response> {
  const account = await another(c, desk, id);
  if (account?.state !== 'active') return notice(c, desk, 404, 'notFound');
  await desk.audit.record({ staff: c.var.staff, action: 'session.end', detail: id });
  await desk.store.staff.endSessions(id, null);
  const { sessionsEnded } = desk.texts[c.var.staff.language].colleagues;
  return showColleagues(c, desk, fill(sessionsEnded, { name: account.name }));
}

/** Ends the wait of a colleague in an unknown browser after many tries by strangers. */
async function endWait(c: StaffContext, desk: Desk, id: string): Promise<Response> {
  const account = await another(c, desk, id);
  if (account === null || account.state === 'disabled') return notice(c, desk, 404, 'notFound');
  await desk.audit.record({ staff: c.var.staff, action: 'account.unlock', detail: id });
  await desk.throttle.end(triedAt(account));
  return showColleagues(c, desk, fill(desk.texts[c.var.staff.language].colleagues.waitEnded, { name: account.name }));
}

async function disable(c: StaffContext, desk: Desk, id: string): Promise<Response> {
  const account = await another(c, desk, id);
  if (account === null || account.state === 'disabled') return notice(c, desk, 404, 'notFound');
  await desk.audit.record({ staff: c.var.staff, action: 'account.disable', detail: id });
  await desk.store.staff.disableAccount(id);
  return showColleagues(c, desk, fill(desk.texts[c.var.staff.language].colleagues.disabled, { name: account.name }));
}

/** Nobody can change their own account here. */
async function another(c: StaffContext, desk: Desk, id: string): Promise<StaffAccount | null> {
  return id === c.var.staff.id ? null : desk.store.staff.account(id);
}

function notBefore(desk: Desk): string {
  return new Date(desk.now().getTime() - WAITS).toISOString();
}
