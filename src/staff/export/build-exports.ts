// The exports, for reviewers and administrators who have just proved both factors. The request is recorded before data
// is collected; the file is saved under a fixed name, never shown in the browser.

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { QueueRow } from '../../store/desk/queue-row.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { drawPage, notice } from '../layout.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import { exportCase } from './case-export.ts';

// The queue as a table for a spreadsheet: unencrypted columns only, nothing that a person wrote. Pure.

type Cell = string | number | boolean | null | readonly string[];

const COLUMNS: readonly (readonly [string, (row: QueueRow) => Cell])[] = [
  ['reference', (row) => row.reference],
  ['call', (row) => row.callId],
  ['channel', (row) => row.channel],
  ['language', (row) => row.language],
  ['opened', (row) => row.openedAt],
  ['last message', (row) => row.lastAt],
  ['contributions', (row) => row.contributions],
  ['words', (row) => row.words],
  ['publication', (row) => row.publication],
  ['flags', (row) => row.flags.map(({ flag }) => flag)],
  ['changed since approval', (row) => row.changed],
  ['staff wrote', (row) => row.answeredAt],
  ['mail', (row) => row.mail?.kind ?? null],
  ['mail state', (row) => row.mail?.state ?? null],
  ['mail outcome', (row) => row.mail?.outcome ?? null],
  ['mail queued', (row) => row.mail?.queuedAt ?? null],
  ['mail ended', (row) => row.mail?.endedAt ?? null],
  ['assigned to', (row) => row.assignedTo],
];

/** RFC 4180, UTF-8 with a byte order mark, which spreadsheets need. `nameOf`: an account's name. */
function listCsv(rows: readonly QueueRow[], nameOf: (staff: string) => string): string {
  const named = rows.map((row) => ({ ...row, assignedTo: row.assignedTo === null ? null : nameOf(row.assignedTo) }));
  const lines = [COLUMNS.map(([name]) => name), ...named.map((row) => COLUMNS.map(([, value]) => textOf(value(row))))];
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

function textOf(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(' ') : String(value);
}

/** Spreadsheets take these for the beginning of a formula (OWASP, "CSV Injection"), even after spaces. */
const FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

export function cell(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** The page for exports of the lists, and of one case. */
async function showExports(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const { exports: texts, desk: frame } = desk.texts[staff.language];
  await desk.audit.record({ staff, action: 'export.list', detail: 'page' });
  return drawPage(c, desk, {
    title: texts.heading,
    main: html`<p><a href="/desk">${frame.toDesk}</a></p>
      <p class="hint">${texts.what}</p>
      <ul class="links">
        <li><a href="/desk/export/list/open">${texts.listOpen}</a></li>
        <li><a href="/desk/export/list/done">${texts.listDone}</a></li>
      </ul>
      <p class="quiet">${texts.ofCase}</p>`,
  });
}

async function showCaseExport(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const texts = desk.texts[staff.language].exports;
  const id = c.req.param('id') ?? '';
  const found = await desk.store.desk.case(id);
  if (found === null) return notice(c, desk, 404, 'notFound');
  const about = found.reference === null ? {} : { reference: found.reference };
  await desk.audit.record({ staff, action: 'case.view', case: id, ...about, detail: 'export' });
  return drawPage(c, desk, {
    title: texts.caseHeading,
    main: html`<p><a href="/desk/case/${id}">${found.reference ?? desk.texts[staff.language].desk.toDesk}</a></p>
      <p class="hint">${texts.caseWhat} ${texts.masked}</p>
      <p class="hint">${texts.what}</p>
      <p><a class="button go" href="/desk/export/case/${id}">${texts.zip}</a></p>`,
  });
}

/** Behind the guard: the pages; `/export/case/ID` (zip) and `/export/list/open` or `/export/list/done` (CSV). */
export function buildExports(desk: Desk): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/export', needs(desk, 'reviewer'), (c) => showExports(c, desk));
  app.get('/export/of/:id', needs(desk, 'reviewer'), (c) => showCaseExport(c, desk));
  app.get('/export/case/:id', needs(desk, 'reviewer'), freshly(desk), (c) => sendCase(c, desk));
  app.get('/export/list/:scope', needs(desk, 'reviewer'), freshly(desk), (c) => sendList(c, desk));
  return app;
}

async function sendCase(c: StaffContext, desk: Desk) {
  const { store, audit } = desk;
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const found = await store.desk.case(id);
  // A made-up id must not get into the log.
  if (found === null) return notice(c, desk, 404, 'notFound');
  const about = found.reference === null ? {} : { reference: found.reference };
  await audit.record({ staff, action: 'export.case', case: id, ...about });
  const made = await exportCase(store, id, { by: staff.id, at: desk.now().toISOString() });
  if (made === null) return notice(c, desk, 404, 'notFound');
  return save(c, `griot-${made.name}.zip`, 'application/zip', made.bytes);
}

async function sendList(c: StaffContext, desk: Desk) {
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

function save(c: StaffContext, name: string, type: string, bytes: Uint8Array) {
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
}
