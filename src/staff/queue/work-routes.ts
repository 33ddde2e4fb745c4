// Taking the next case, assigning several at once, and saved views. Deliberately missing: releasing several at once.

import { Hono } from 'hono';
import { formOf } from '../../web/toolkit/request.ts';
import { withSaid } from '../case/act.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { notice } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';
import { ROWS } from './load-queue.ts';
import { parseFilter, queryOf } from './order-queue.ts';
import { PICK } from './page-data.ts';
import { takeNext } from './take-next.ts';

const MOST_NAME = 60;

async function next(c: StaffContext, desk: Desk) {
  await desk.audit.record({ staff: c.var.staff, action: 'queue.view', detail: 'next' });
  const path = await takeNext(desk, c.var.staff);
  return c.redirect(path ?? withSaid('/desk', 'nothing-next', ''), 303);
}

async function assignMany(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const form = await formOf(c);
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  const picked = Object.keys(form)
    .filter((name) => name.startsWith(PICK))
    .map((name) => name.slice(PICK.length))
    .slice(0, ROWS);
  const back = `/desk?${queryOf(parseFilter(Object.fromEntries(new URLSearchParams(text('back')))))}`;
  await desk.audit.record({ staff, action: 'case.assign', detail: `asked, ${picked.length} at once` });
  const to = text('to') === '' ? null : text('to');
  const account = to === null ? null : await desk.store.staff.account(to);
  const isFit = to === null || (account?.state === 'active' && account.role !== 'reader');
  if (!isFit || picked.length === 0) return c.redirect(backWith(back, isFit ? 'none-picked' : 'unknown'), 303);
  const at = desk.now().toISOString();
  for (const id of picked) {
    const [row] = await desk.store.desk.facts(id);
    // A made-up id must not get into the log.
    if (row === undefined || !(await desk.store.desk.assign(id, to, at))) continue;
    const about = row.reference === null ? {} : { reference: row.reference };
    await desk.audit.record({ staff, action: 'case.assign', case: id, ...about, detail: 'assigned' });
  }
  return c.redirect(backWith(back, 'assigned-many'), 303);
}

function backWith(path: string, said: Parameters<typeof withSaid>[1]): string {
  const [, query = ''] = path.split('?');
  return `/desk?${new URLSearchParams([...new URLSearchParams(query), ['said', said]]).toString()}`;
}

async function saveView(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const form = await formOf(c);
  const name = typeof form['name'] === 'string' ? form['name'].replaceAll(/\s+/gu, ' ').trim().slice(0, MOST_NAME) : '';
  const given = typeof form['query'] === 'string' ? form['query'] : '';
  const query = queryOf(parseFilter(Object.fromEntries(new URLSearchParams(given))), 1);
  await desk.audit.record({ staff, action: 'view.save', detail: name === '' ? 'empty' : 'asked' });
  if (name === '') return c.redirect(backWith(`/desk?${query}`, 'empty'), 303);
  const kept = await desk.store.desk.saveView(staff.id, { name, query, at: desk.now().toISOString() });
  return c.redirect(backWith(`/desk?${query}`, kept ? 'view-saved' : 'view-full'), 303);
}

async function removeView(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  await desk.audit.record({ staff, action: 'view.remove' });
  const gone = await desk.store.desk.removeView(staff.id, c.req.param('view') ?? '');
  return gone ? c.redirect(withSaid('/desk', 'view-removed', ''), 303) : notice(c, desk, 404, 'notFound');
}

export function buildWork(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.post('/next', needs(desk, 'reviewer'), (c) => next(c, desk));
  routes.post('/assign', needs(desk, 'reviewer'), (c) => assignMany(c, desk));
  routes.post('/views', needs(desk, 'reader'), (c) => saveView(c, desk));
  routes.post('/views/:view/remove', needs(desk, 'reader'), (c) => removeView(c, desk));
  return routes;
}
