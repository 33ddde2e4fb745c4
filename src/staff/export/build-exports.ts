// The exports: for reviewers and administrators who have just proved who they are. What is asked for is recorded before
// it is gathered; it is saved under a name of ours, never shown in the browser.

import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Desk } from '../desk.ts';
import { notice } from '../notice-page.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import type { StaffEnv } from '../signed-in.ts';
import { exportCase } from './case-export.ts';
import { showCaseExport, showExports } from './export-pages.ts';
import { listCsv } from './list-csv.ts';

/** Behind the guard: the pages; `/export/case/ID` (zip) and `/export/list/open` or `/export/list/done` (CSV). */
export function buildExports(desk: Desk): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/export', needs(desk, 'reviewer'), (c) => showExports(c, desk));
  app.get('/export/of/:id', needs(desk, 'reviewer'), (c) => showCaseExport(c, desk));
  app.get('/export/case/:id', needs(desk, 'reviewer'), freshly(desk), (c) => sendCase(c, desk));
  app.get('/export/list/:scope', needs(desk, 'reviewer'), freshly(desk), (c) => sendList(c, desk));
  return app;
}

async function sendCase(c: Context<StaffEnv>, desk: Desk) {
  const { store, audit } = desk;
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const found = await store.desk.case(id);
  // An address that somebody made up is no case; it must not fill the log with what they like.
  if (found === null) return notice(c, desk, 404, 'notFound');
  const about = found.reference === null ? {} : { reference: found.reference };
  await audit.record({ staff, action: 'export.case', case: id, ...about });
  const made = await exportCase(store, id, { by: staff.id, at: desk.now().toISOString() });
  if (made === null) return notice(c, desk, 404, 'notFound');
  return save(c, `griot-${made.name}.zip`, 'application/zip', made.bytes);
}

async function sendList(c: Context<StaffEnv>, desk: Desk) {
  const { store, audit } = desk;
  const scope = c.req.param('scope');
  if (scope !== 'open' && scope !== 'done') return notice(c, desk, 404, 'notFound');
  await audit.record({ staff: c.var.staff, action: 'export.list', detail: scope });
  const rows = await store.desk.queue(scope);
  const names = new Map<string, string>();
  for (const id of new Set(rows.flatMap(({ assignedTo }) => assignedTo ?? []))) {
    names.set(id, (await store.staff.account(id))?.name ?? id);
  }
  const csv = listCsv(rows, (id) => names.get(id) ?? id);
  return save(c, `griot-${scope}.csv`, 'text/csv; charset=utf-8', Buffer.from(csv, 'utf8'));
}

function save(c: Context<StaffEnv>, name: string, type: string, bytes: Uint8Array) {
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
}
