// Where exports are asked for: of the lists, and of one case.

import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { notice } from '../notice-page.ts';
import type { StaffEnv } from '../signed-in.ts';

export async function showExports(c: Context<StaffEnv>, desk: Desk) {
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

export async function showCaseExport(c: Context<StaffEnv>, desk: Desk) {
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
