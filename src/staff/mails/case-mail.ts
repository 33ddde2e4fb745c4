// A mail of a case on a separate page, whose views are recorded; a mail that was filed by hand can be taken out.

import { html } from 'hono/html';
import type { FiledMail } from '../../store/mail/read-mails-in.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import { type Mask, maskOf, OPEN } from '../case/mask.ts';
import { recordView } from '../case/read-document.ts';
import type { Desk, StaffContext } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { csrfField, drawPage, momentIn, notice } from '../layout.ts';
import { mailSaid, withMailSaid } from './build-mails.ts';
import { oneMail, sendMailFile } from './one-mail.ts';

export async function showCaseMail(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const asksForWords = c.req.query('words') === 'shown';
  const { id, mail } = await viewed(c, desk, 'mail.view', asksForWords ? 'withheld words' : null);
  if (mail === null) return notice(c, desk, 404, 'notFound');
  const { mails: texts, case: caseTexts } = desk.texts[staff.language];
  const { transcript } = caseTexts;
  const mask = asksForWords ? OPEN : await maskFor(desk, id, mail, transcript.withheld);
  const path = `/desk/case/${id}/mail/${mail.id}`;
  const said = mailSaid(c, texts);
  const main = html`${said !== null && html`<p class="note said" role="status">${said}</p>`}
    <p><a href="/desk/case/${id}">${texts.backCase}</a></p>
    ${mask.kind === 'masked' && mask.hides && html`<p class="note">${transcript.masked} <a href="${path}?words=shown">${transcript.show}</a></p>`}
    ${mask.kind === 'unknown' && html`<p class="note">${transcript.unknown} <a href="${path}?words=shown">${transcript.show}</a></p>`}
    ${mask.kind === 'open' && html`<p class="note">${transcript.shown} <a href="${path}">${transcript.hide}</a></p>`}
    ${oneMail({
      mail,
      mask,
      path,
      texts,
      kinds: caseTexts.mailIn,
      language: staff.language,
      moment: momentIn(staff.language, desk.timeZone),
    })}
    ${mail.byHand !== null && byHand({ name: await nameOf(desk, mail.byHand), path, texts, c })}`;
  return drawPage(c, desk, { title: fill(texts.headingCase, { reference: mail.reference ?? '' }), main });
}

export async function sendCaseMailFile(c: StaffContext, desk: Desk) {
  const { mail } = await viewed(c, desk, 'mail.attachment');
  return mail === null ? notice(c, desk, 404, 'notFound') : sendMailFile(c, desk, mail, c.req.param('file') ?? '');
}

/** Back to the unmatched mails. */
export async function takeOut(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const { id, mail } = await viewed(c, desk, 'mail.unassign');
  if (mail === null) return notice(c, desk, 404, 'notFound');
  const done = await desk.store.mailsIn.unassign(mail.id, { case: id, at: desk.now().toISOString() });
  const about = mail.reference === null ? {} : { reference: mail.reference };
  await desk.audit.record({ staff, action: 'mail.unassign', case: id, ...about, detail: done ? 'done' : 'gone' });
  const path = done ? `/desk/mails/${mail.id}` : `/desk/case/${id}/mail/${mail.id}`;
  return c.redirect(withMailSaid(path, done ? 'undone' : 'gone'), 303);
}

/** Records the view first; the mail is null if it does not belong to this case. */
async function viewed(
  c: StaffContext,
  desk: Desk,
  action: 'mail.view' | 'mail.attachment' | 'mail.unassign',
  detail: string | null = null,
): Promise<{ readonly id: string; readonly mail: FiledMail | null }> {
  const id = c.req.param('id') ?? '';
  const isThere = await recordView(desk, c.var.staff, { action, case: id, ...(detail !== null && { detail }) });
  return { id, mail: isThere ? await desk.store.mailsIn.one(c.req.param('mail') ?? '', { case: id }) : null };
}

/** The mask of the person to whose mail it is a reply. */
async function maskFor(desk: Desk, id: string, { reference }: FiledMail, label: string): Promise<Mask> {
  const found = await desk.store.desk.case(id);
  const whose = found?.contributions.find(({ mails }) => mails.some((one) => one.reference === reference));
  return maskOf(whose?.session ?? null, label);
}

async function nameOf(desk: Desk, account: string): Promise<string> {
  return (await desk.store.staff.account(account))?.name ?? account;
}

function byHand({
  name,
  path,
  texts,
  c,
}: {
  readonly name: string;
  readonly path: string;
  readonly texts: StaffTexts['mails'];
  readonly c: StaffContext;
}): Html {
  return html`<p class="note">${fill(texts.byHand, { name })}</p>
    ${
      c.var.staff.role !== 'reader' &&
      html`<details class="act">
        <summary>${texts.undoHeading}</summary>
        <form method="post" action="${path}/undo">
          ${csrfField(c)}
          <p class="hint">${texts.undoWhat}</p>
          <button>${texts.undo}</button>
        </form>
      </details>`
    }`;
}
