// /desk/audit: the acts of staff, for administrators; and a button that checks the log.

import { Hono } from 'hono';
import { html } from 'hono/html';
import { typedReference } from '../typed-reference.ts';
import type { AuditFilter, AuditRow } from '../../store/staff/audit-rows.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { csrfField, drawPage, momentIn, type Page } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';
import { AUDIT_ACTIONS, type AuditProblem, READS } from './audit.ts';

/** Null if no check was requested. */
type Checked = readonly AuditProblem[] | null;

interface AuditShown {
  readonly rows: readonly AuditRow[];
  /** By the account's id. */
  readonly names: ReadonlyMap<string, string>;
  readonly filter: AuditFilter;
  /** Of the one case that is looked at; null: all. */
  readonly about: string | null;
  /** The number before which older rows begin; null if there are none. */
  readonly older: number | null;
  readonly checked: Checked;
}

function auditPage(c: StaffContext, desk: Desk, shown: AuditShown): Page {
  const { language } = c.var.staff;
  const texts = desk.texts[language].audit;
  const time = momentIn(language, desk.timeZone, 'second');
  const main = html`<p>${texts.what}</p>
    ${outcome(texts, shown.checked)}
    <form method="post" action="/desk/audit/check">${csrfField(c)}<button>${texts.check}</button></form>
    ${shown.about !== null && html`<p><b>${fill(texts.about, { reference: shown.about })}</b></p>`}
    ${filterForm(texts, shown)} ${shown.filter.actions !== undefined && lists(texts)}
    ${shown.rows.length === 0 ? html`<p>${texts.none}</p>` : table(texts, shown, time)}
    ${shown.older !== null && html`<p><a class="button" href="${olderThan(shown.filter, shown.older)}">${texts.older}</a></p>`}`;
  return { title: texts.heading, main };
}

function outcome(texts: StaffTexts['audit'], checked: Checked): Html | false {
  if (checked === null) return false;
  if (checked.length === 0) return html`<p class="note" role="status">${texts.whole}</p>`;
  return html`<div class="problem" role="alert">
    <p>${texts.broken}</p>
    <ul>
      ${checked.map((problem) => html`<li>${said(texts, problem)}</li>`)}
    </ul>
  </div>`;
}

function said(texts: StaffTexts['audit'], problem: AuditProblem): string {
  return fill(texts.problems[problem.kind], { number: 0, to: 0, ...problem });
}

/** A list shows that a case is there. */
function lists({ lists: what, actions }: StaffTexts['audit']): Html {
  return html`<p class="quiet">
    ${what} <a href="/desk/audit?action=queue.view">${actions['queue.view']}</a> ·
    <a href="/desk/audit?action=export.list">${actions['export.list']}</a>
  </p>`;
}

function filterForm(texts: StaffTexts['audit'], { names, filter }: AuditShown): Html {
  const option = (value: string, label: string, chosen: string | undefined) =>
    html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${label}</option>`;
  return html`<form method="get" action="/desk/audit" class="filter">
    <label for="reference">${texts.reference}</label>
    <input id="reference" name="reference" value="${filter.reference ?? ''}" autocomplete="off" />
    <label for="staff">${texts.staff}</label>
    <select id="staff" name="staff">
      ${option('', texts.any, filter.staff)} ${[...names].map(([id, name]) => option(id, name, filter.staff))}
    </select>
    <label for="action">${texts.action}</label>
    <select id="action" name="action">
      ${option('', texts.any, filter.action)}
      ${AUDIT_ACTIONS.map((action) => option(action, texts.actions[action], filter.action))}
    </select>
    <p class="check">
      <input type="checkbox" id="reads" name="reads" value="1" ${filter.actions === undefined ? '' : 'checked'} />
      <label for="reads">${texts.reads}</label>
    </p>
    ${filter.case !== undefined && html`<input type="hidden" name="case" value="${filter.case}" />`}
    <button class="send">${texts.show}</button>
  </form>`;
}

function table(texts: StaffTexts['audit'], { rows, names }: AuditShown, time: (at: string) => string): Html {
  const labels: ReadonlyMap<string, string> = new Map(Object.entries(texts.actions));
  const details: ReadonlyMap<string, string> = new Map(Object.entries(texts.details));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${texts.heading}">
    <table>
      <thead>
        <tr>
          ${[texts.number, texts.at, texts.who, texts.action, texts.reference, texts.detail].map(
            (head) => html`<th scope="col">${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ number, at, staff, action, reference, detail }) =>
            html`<tr>
              <td>${number}</td>
              <td><time datetime="${at}">${time(at)}</time></td>
              <td>${staff === null ? texts.nobody : (names.get(staff) ?? staff)}</td>
              <td>${labels.get(action) ?? action}</td>
              <td>${reference ?? ''}</td>
              <td>${details.get(detail ?? '') ?? namedIn(detail ?? '', names)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function olderThan({ reference, staff, action, ...of }: AuditFilter, before: number): string {
  const query = new URLSearchParams({
    ...(reference === undefined ? {} : { reference }),
    ...(staff === undefined ? {} : { staff }),
    ...(action === undefined ? {} : { action }),
    ...(of.case === undefined ? {} : { case: of.case }),
    ...(of.actions === undefined ? {} : { reads: '1' }),
    before: String(before),
  });
  return `/desk/audit?${query.toString()}`;
}

/** Replaces an account's id in a detail by the name. */
function namedIn(detail: string, names: ReadonlyMap<string, string>): string {
  return detail
    .split(' ')
    .map((word) => names.get(word) ?? word)
    .join(' ');
}

const AT_ONCE = 100;

export function buildAuditRoutes(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.get('/audit', needs(desk, 'administrator'), async (c) => {
    await desk.audit.record({ staff: c.var.staff, action: 'audit.view' });
    return draw(c, desk, null);
  });
  routes.post('/audit/check', needs(desk, 'administrator'), async (c) => {
    const problems = await desk.audit.check();
    const found = [...new Set(problems.map(({ kind }) => kind))].join(' ');
    await desk.audit.record({ staff: c.var.staff, action: 'audit.verify', detail: found === '' ? 'whole' : found });
    return draw(c, desk, problems);
  });
  return routes;
}

async function draw(c: StaffContext, desk: Desk, checked: Checked): Promise<Response> {
  const filter = await filterOf(c, desk);
  const rows = await desk.store.audit.find(filter, AT_ONCE);
  const names = new Map((await desk.store.staff.accounts()).map(({ id, name }) => [id, name]));
  const older = rows.length < AT_ONCE ? null : (rows.at(-1)?.number ?? null);
  const { noReference } = desk.texts[c.var.staff.language].audit;
  const found = filter.case === undefined ? null : await desk.store.desk.named(filter.case);
  const about = found === null ? null : (found.reference ?? noReference);
  return drawPage(c, desk, auditPage(c, desk, { rows, names, filter, about, older, checked }));
}

/** Ignores invalid values. A reference also finds the rows that have only the id of its case. */
async function filterOf(c: StaffContext, desk: Desk): Promise<AuditFilter> {
  const [given, staff, of] = [c.req.query('reference')?.trim(), c.req.query('staff'), c.req.query('case')];
  const reference = typedReference(given) ?? given;
  const known = given === undefined || given === '' ? null : await desk.store.desk.find(reference ?? '');
  const action = AUDIT_ACTIONS.find((one) => one === c.req.query('action'));
  const before = Number(c.req.query('before'));
  return {
    ...(reference ? { reference } : {}),
    ...(known === null ? {} : { orCase: known }),
    ...(of ? { case: of } : {}),
    ...(staff ? { staff } : {}),
    ...(action === undefined ? {} : { action }),
    ...(c.req.query('reads') === '1' ? { actions: READS } : {}),
    ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
  };
}
