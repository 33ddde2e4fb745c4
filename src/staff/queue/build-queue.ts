// GET /desk and its parts: the queue, the search by reference, and the notice that something changed.

import { Hono } from 'hono';
import type { Language } from '../../languages.ts';
import { typedReference } from '../typed-reference.ts';
import { saidIn } from '../case/act.ts';
import { takeableNote } from '../case/release-window.ts';
import { countdowns } from '../kept/kept-page.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { csrfField, drawPage, momentIn } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';
import type { Live } from './live.ts';
import { loadPage } from './load-queue.ts';
import { parseFilter } from './order-queue.ts';
import { queueMain } from './queue-page.ts';

export function buildQueue(desk: Desk, live: Live): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.get('/', needs(desk, 'reader'), (c) => showQueue(c, desk, null));
  routes.get('/find', needs(desk, 'reader'), (c) => find(c, desk));
  routes.get('/live', needs(desk, 'reader'), async (c) => {
    await desk.audit.record({ staff: c.var.staff, action: 'queue.view', detail: 'live' });
    return live(c);
  });
  return routes;
}

async function showQueue(c: StaffContext, desk: Desk, notFound: string | null) {
  const { staff } = c.var;
  await desk.audit.record({ staff, action: 'queue.view' });
  const filter = parseFilter(c.req.query());
  const [loaded, accounts, views] = await Promise.all([
    loadPage(desk, staff, filter),
    desk.store.staff.accounts(),
    desk.store.desk.viewsOf(staff.id),
  ]);
  const texts = desk.texts[staff.language];
  const main = queueMain({
    ...{ texts, filter, notFound, loaded, views },
    language: staff.language,
    me: staff.id,
    now: desk.now(),
    calls: callsIn(desk, staff.language, [...loaded.calls, filter.call ?? '']),
    names: new Map(accounts.filter(({ state }) => state !== 'disabled').map(({ id, name }) => [id, name])),
    colleagues: accounts
      .filter(({ state, role }) => state === 'active' && role !== 'reader')
      .map(({ id, name }) => [id, name]),
    moment: momentIn(staff.language, desk.timeZone),
    clock: momentIn(staff.language, desk.timeZone, 'hour'),
    said: saidIn(c, texts.release),
    takeable: await takeableNote(c, desk),
    erased: filter.scope === 'done' ? await countdowns(desk, staff) : new Map(),
    script: desk.script.href,
    csrf: csrfField(c),
    mayAct: staff.role !== 'reader',
  });
  return drawPage(c, desk, { title: texts.queue.heading, main }, notFound === null ? 200 : 404);
}

/** Title by id, in the order of the titles; the id of a call that is not known here any more. */
function callsIn({ knows }: Desk, language: Language, ids: readonly string[]): ReadonlyMap<string, string> {
  const known = new Set(ids.filter((id) => id !== ''));
  const titled = [...known].map((id): [string, string] => [id, knows.callOf(id)?.title[language] ?? id]);
  return new Map(titled.sort(([, one], [, other]) => one.localeCompare(other, language)));
}

/** Only by the exact reference: people's words are sealed and cannot be searched. */
async function find(c: StaffContext, desk: Desk) {
  const given = c.req.query('reference');
  const reference = typedReference(given);
  await desk.audit.record({
    staff: c.var.staff,
    action: 'case.look-up',
    ...(reference === null ? {} : { reference }),
  });
  const found = reference === null ? null : await desk.store.desk.find(reference);
  return found === null
    ? showQueue(c, desk, (given ?? '').trim().toUpperCase().slice(0, 40))
    : c.redirect(`/desk/case/${found}`, 303);
}
