// /desk/staff, for administrators: who has an account; ending one; and helping back in who lost their second factor, which
// takes two different administrators. The code for the new set-up is shown once, to the second.

import { Hono } from 'hono';
import type { StaffAccount } from '../../store/staff/staff-port.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { notice } from '../notice-page.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import { invite } from '../sign-in/set-up.ts';
import { triedAt } from '../sign-in/sign-in.ts';
import type { StaffContext, StaffEnv } from '../signed-in.ts';
import { codePage, colleaguesPage } from './colleagues-page.ts';

/** So long one administrator's word waits for another's, in milliseconds. */
const WAITS = 3 * 24 * 60 * 60_000;

export function buildColleagues(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  const administrators = needs(desk, 'administrator');
  const fresh = freshly(desk, '/desk/staff');
  room.get('/staff', administrators, (c) => showColleagues(c, desk, null));
  room.post('/staff/:id/recover', administrators, fresh, (c) => recover(c, desk, c.req.param('id')));
  room.post('/staff/:id/sessions/end', administrators, fresh, (c) => endSessions(c, desk, c.req.param('id')));
  room.post('/staff/:id/tries/end', administrators, fresh, (c) => endWait(c, desk, c.req.param('id')));
  room.post('/staff/:id/disable', administrators, fresh, (c) => disable(c, desk, c.req.param('id')));
  return room;
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

/** A stolen telephone: its owner signs in again, and nothing else of the account changes. */
async function endSessions(c: StaffContext, desk: Desk, id: string): Promise<Response> {
  const account = await another(c, desk, id);
  if (account?.state !== 'active') return notice(c, desk, 404, 'notFound');
  await desk.audit.record({ staff: c.var.staff, action: 'session.end', detail: id });
  await desk.store.staff.endSessions(id, null);
  const { sessionsEnded } = desk.texts[c.var.staff.language].colleagues;
  return showColleagues(c, desk, fill(sessionsEnded, { name: account.name }));
}

/** Strangers have tried so often that a colleague waits in a browser that is not known yet. */
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

/** Nobody decides about their own account here. */
async function another(c: StaffContext, desk: Desk, id: string): Promise<StaffAccount | null> {
  return id === c.var.staff.id ? null : desk.store.staff.account(id);
}

function notBefore(desk: Desk): string {
  return new Date(desk.now().getTime() - WAITS).toISOString();
}
