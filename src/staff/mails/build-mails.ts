// Everything under /desk/mails: what came by mail and belongs to no case. Each view is recorded before it is shown.

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ListedMail } from '../../store/mail/mails-in-port.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import { drawPage, type Html, momentIn } from '../layout.ts';
import { notice } from '../notice-page.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import { fieldOf } from '../sign-in/request.ts';
import type { StaffContext, StaffEnv } from '../signed-in.ts';
import { caseOf } from './case-shown-back.ts';
import { mailSaid, sendUnmatchedFile, showUnmatched, typedReference, withMailSaid } from './unmatched-mail.ts';

// What is done with a mail that belongs to no case: put under one, or erased. Recorded before and after.

async function assignMail(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const mail = c.req.param('mail') ?? '';
  const reference = typedReference(await fieldOf(c, 'reference'));
  const found = reference === null ? null : await caseOf(desk, reference);
  const about = found === null ? {} : { case: found.case, reference: found.reference };
  await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: 'asked' });
  if (found === null) return c.redirect(withMailSaid(`/desk/mails/${mail}`, 'unknown'), 303);
  const refused = found.steppedBack.includes(staff.id)
    ? 'not-allowed'
    : (await fieldOf(c, 'sure')) === 'yes'
      ? null
      : 'unsure';
  if (refused !== null) {
    await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: refused });
    return c.redirect(withMailSaid(`/desk/mails/${mail}`, refused), 303);
  }
  const at = desk.now().toISOString();
  const came = await desk.store.mailsIn.assign(mail, { reference: found.reference, by: staff.id, at });
  await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: came });
  return c.redirect(
    came === 'assigned'
      ? withMailSaid(`/desk/case/${found.case}/mail/${mail}`, came)
      : withMailSaid('/desk/mails', came),
    303,
  );
}

/** For good: it stays only in the mailbox that it came from. */
async function removeMail(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const mail = c.req.param('mail') ?? '';
  const isSure = (await fieldOf(c, 'sure')) === 'yes';
  await desk.audit.record({ staff, action: 'mail.remove', detail: isSure ? 'asked' : 'unsure' });
  if (!isSure) return c.redirect(withMailSaid(`/desk/mails/${mail}`, 'unsure'), 303);
  if ((await desk.store.mailsIn.one(mail, null)) === null) return notice(c, desk, 404, 'notFound');
  const done = await desk.store.mailsIn.removeUnmatched(mail);
  await desk.audit.record({ staff, action: 'mail.remove', detail: done ? 'done' : 'gone' });
  return c.redirect(withMailSaid('/desk/mails', done ? 'removed' : 'gone'), 303);
}

// What belongs to no case: one line each, oldest first.

async function showMails(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const { mails: texts, queue, case: caseTexts } = desk.texts[staff.language];
  await desk.audit.record({ staff, action: 'mail.list' });
  const mails = await desk.store.mailsIn.unmatched();
  const moment = momentIn(staff.language, desk.timeZone);
  const said = mailSaid(c, texts);
  const line = (mail: ListedMail): Html => {
    const files = mail.files.length + mail.moreFiles;
    return html`<li>
      <a href="/desk/mails/${mail.id}">${mail.subject === '' ? texts.noSubject : mail.subject}</a>
      <span class="from">${mail.from === '' ? texts.noSender : mail.from}</span>
      <span class="quiet"
        >${caseTexts.mailIn[mail.kind]} · ${moment(mail.at)}
        ${files > 0 ? `· ${fill(texts.withFiles, { count: files })}` : ''}</span
      >
    </li>`;
  };
  const main = html`${said !== null && html`<p class="note said" role="status">${said}</p>`}
    <p><a href="/desk">${queue.showOpen}</a></p>
    <p class="hint">${texts.what}</p>
    ${
      mails.length === 0
        ? html`<p>${texts.none}</p>`
        : html`<ol class="mails">
            ${mails.map(line)}
          </ol>`
    }`;
  return drawPage(c, desk, { title: texts.heading, main });
}

export function buildMails(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  const decide = needs(desk, 'reviewer');
  room.get('/mails', decide, (c) => showMails(c, desk));
  room.get('/mails/:mail', decide, (c) => showUnmatched(c, desk));
  room.get('/mails/:mail/file/:file', decide, (c) => sendUnmatchedFile(c, desk));
  room.post('/mails/:mail/assign', decide, (c) => assignMail(c, desk));
  room.post('/mails/:mail/remove', decide, freshly(desk, '/desk/mails'), (c) => removeMail(c, desk));
  return room;
}
