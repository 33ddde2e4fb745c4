// GET /desk and its parts: the queue, the search by reference, and the notice that something changed.

import { Hono } from 'hono';
import type { Language } from '../../languages.ts';
import { eventStream, HEARTBEAT, HEARTBEAT_MS } from '../../web/toolkit/event-stream.ts';
import { saidIn } from '../case/act.ts';
import { takeableNote } from '../case/release-window.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { typedReference } from '../reference-form.ts';
import { needs } from '../sign-in/guard.ts';
import { loadQueue, matches, parseFilter } from './order-queue.ts';
import { queueMain } from './queue-page.ts';

// GET /desk/live: server-sent events that only say "changed"; the page then offers to reload the list.

/** In milliseconds. Every process polls the database, so that changes by other processes also show. */
const POLL_MS = 3_000;
const HEARTBEAT_POLLS = Math.floor(HEARTBEAT_MS / POLL_MS);
/** In polls: then the browser connects again, and its permission is checked again. */
const POLLS = 100;
/** Most open pages; more would only hold sockets. */
const MOST_PAGES = 200;

export interface Live {
  (c: StaffContext): Response;
  /** Ends every stream, so that the server can close. */
  close(): void;
}

export function openLive(desk: Desk, pollEvery = POLL_MS): Live {
  const open = new Set<() => void>();
  const live = (c: StaffContext) => {
    // 204 tells the browser not to ask again.
    if (open.size >= MOST_PAGES) return c.body(null, 204);
    return eventStream(
      c,
      async ({ write, end, ended }) => {
        open.add(end);
        try {
          await write('retry: 5000\n\n');
          let known = await desk.store.desk.pulse();
          for (let polls = 1; polls <= POLLS; polls++) {
            if ((await Promise.race([ended, wait(pollEvery)])) !== 'waited') return;
            const pulse = await desk.store.desk.pulse();
            if (pulse !== known) await write('event: changed\ndata:\n\n');
            else if (polls % HEARTBEAT_POLLS === 0) await write(HEARTBEAT);
            known = pulse;
          }
        } finally {
          open.delete(end);
        }
      },
      desk.onFault,
    );
  };
  return Object.assign(live, {
    close() {
      for (const end of open) end();
    },
  });
}

function wait(milliseconds: number): Promise<'waited'> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve('waited');
    }, milliseconds).unref();
  });
}

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
  const [entries, accounts] = await Promise.all([loadQueue(desk, staff, filter.scope), desk.store.staff.accounts()]);
  const texts = desk.texts[staff.language];
  const main = queueMain({
    texts,
    language: staff.language,
    me: staff.id,
    entries: entries.filter((entry) => matches(entry, filter, staff.id)),
    filter,
    calls: callsIn(desk, staff.language, [...entries.map(({ row }) => row.callId), filter.call ?? '']),
    names: new Map(accounts.filter(({ state }) => state !== 'disabled').map(({ id, name }) => [id, name])),
    said: saidIn(c, texts.release),
    takeable: await takeableNote(c, desk),
    notFound,
    script: desk.script.href,
    mayExport: staff.role !== 'reader',
    unmatched: staff.role === 'reader' ? 0 : await desk.store.mailsIn.countUnmatched(),
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
