// Where exports are asked for, and what came back by mail is read: of one case, and what belongs to none.

import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Desk } from '../desk.ts';
import { csrfField, drawPage } from '../layout.ts';
import { momentIn } from '../moment.ts';
import { notice } from '../notice-page.ts';
import type { StaffEnv } from '../signed-in.ts';
import { mailsPart } from './mails-part.ts';

/** The lists, and the mails that belong to no case. */
export async function showExports(c: Context<StaffEnv>, desk: Desk) {
  const { staff } = c.var;
  const texts = desk.texts[staff.language].exports;
  await desk.audit.record({ staff, action: 'mail.file', detail: 'unmatched' });
  const mails = mailsPart({
    mails: await desk.store.mailsIn.unmatched(),
    none: texts.unmatchedNone,
    texts,
    moment: momentIn(staff.language, desk.timeZone),
    remove: ({ id }) =>
      html`<form method="post" action="/desk/export/mail/${id}">
        ${csrfField(c)}<button type="submit">${texts.remove}</button>
      </form>`,
  });
  return drawPage(c, desk, {
    title: texts.heading,
    main: html`<p><a href="/desk/export/list/open">${texts.listOpen}</a></p>
      <p><a href="/desk/export/list/done">${texts.listDone}</a></p>
      <h2>${texts.unmatched}</h2>
      ${mails}`,
  });
}

export async function showCaseExport(c: Context<StaffEnv>, desk: Desk) {
  const { staff } = c.var;
  const texts = desk.texts[staff.language].exports;
  const id = c.req.param('id') ?? '';
  const found = await desk.store.desk.case(id);
  if (found === null) return notice(c, desk, 404, 'notFound');
  const about = found.reference === null ? {} : { reference: found.reference };
  await desk.audit.record({ staff, action: 'mail.file', case: id, ...about });
  const references = new Set(found.contributions.flatMap(({ mails }) => mails.map(({ reference }) => reference)));
  const mails = await Promise.all([...references].map((reference) => desk.store.mailsIn.ofReference(reference)));
  return drawPage(c, desk, {
    title: texts.caseHeading,
    main: html`<p><a href="/desk/case/${id}">${found.reference ?? desk.texts[staff.language].desk.toDesk}</a></p>
      <p>
        <a class="button" href="/desk/export/case/${id}">${texts.zip}</a> <span class="quiet">${texts.masked}</span>
      </p>
      <h2>${texts.cameBack}</h2>
      ${mailsPart({
        mails: mails.flat(),
        none: texts.cameBackNone,
        texts,
        moment: momentIn(staff.language, desk.timeZone),
        remove: () => '',
      })}`,
  });
}

export async function removeMail(c: Context<StaffEnv>, desk: Desk) {
  await desk.audit.record({ staff: c.var.staff, action: 'mail.file', detail: 'remove' });
  await desk.store.mailsIn.removeUnmatched(c.req.param('id') ?? '');
  return c.redirect('/desk/export', 303);
}
