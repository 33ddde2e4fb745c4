// What belongs to no case: one line each, oldest first.

import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ListedMail } from '../../store/mail/mails-in-port.ts';
import type { Desk } from '../desk.ts';
import { drawPage, type Html } from '../layout.ts';
import { momentIn } from '../moment.ts';
import type { StaffEnv } from '../signed-in.ts';
import { fill } from '../../texts/fill.ts';
import { mailSaid } from './said.ts';

export async function showMails(c: Context<StaffEnv>, desk: Desk) {
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
