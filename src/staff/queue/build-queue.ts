// GET /desk and what leads from it: the queue, the search by reference, and the line that says that something changed.

import { Hono } from 'hono';
import type { Context } from 'hono';
import { saidIn } from '../case/said.ts';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';
import type { StaffEnv } from '../signed-in.ts';
import type { Live } from './live.ts';
import { loadQueue } from './load-queue.ts';
import { matches, parseFilter } from './queue-filter.ts';
import { queueMain } from './queue-page.ts';

export function buildQueue(desk: Desk, live: Live): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  room.get('/', needs(desk, 'reader'), (c) => showQueue(c, desk, null));
  room.get('/find', needs(desk, 'reader'), (c) => find(c, desk));
  room.get('/live', needs(desk, 'reader'), async (c) => {
    await desk.audit.record({ staff: c.var.staff, action: 'queue.view', detail: 'live' });
    return live(c);
  });
  return room;
}

async function showQueue(c: Context<StaffEnv>, desk: Desk, notFound: string | null) {
  const { staff } = c.var;
  await desk.audit.record({ staff, action: 'queue.view' });
  const filter = parseFilter(c.req.query());
  const [entries, accounts] = await Promise.all([loadQueue(desk, staff, filter.scope), desk.store.staff.accounts()]);
  const texts = desk.texts[staff.language];
  const main = queueMain({
    texts,
    language: staff.language,
    me: staff.id,
    entries: entries.filter((entry) => matches(entry, filter, staff.id)),
    filter,
    names: new Map(accounts.filter(({ state }) => state !== 'disabled').map(({ id, name }) => [id, name])),
    said: saidIn(c, texts.release),
    notFound,
    script: desk.script.href,
    mayExport: staff.role !== 'reader',
    unmatched: staff.role === 'reader' ? 0 : await desk.store.mailsIn.countUnmatched(),
  });
  return drawPage(c, desk, { title: texts.queue.heading, main }, notFound === null ? 200 : 404);
}

/** By the exact reference only: what people wrote lies sealed and is searched by nobody. */
async function find(c: Context<StaffEnv>, desk: Desk) {
  const typed = (c.req.query('reference') ?? '').trim().toUpperCase().slice(0, 40);
  const isReference = /^[A-Z0-9-]+$/.test(typed);
  await desk.audit.record({
    staff: c.var.staff,
    action: 'case.look-up',
    ...(isReference ? { reference: typed } : {}),
  });
  const found = isReference ? await desk.store.desk.find(typed) : null;
  return found === null ? showQueue(c, desk, typed) : c.redirect(`/desk/case/${found}`, 303);
}
