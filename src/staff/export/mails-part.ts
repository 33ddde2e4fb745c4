// What came back by mail, as text: nothing in it is drawn, linked or loaded.

import { html } from 'hono/html';
import type { FiledMail } from '../../store/mails-in-port.ts';
import type { Html } from '../layout.ts';
import { fill } from '../texts.ts';
import type { ExportTexts } from './texts.ts';

export interface MailsPart {
  readonly mails: readonly FiledMail[];
  readonly none: string;
  readonly texts: ExportTexts;
  readonly moment: (iso: string) => string;
  /** A form that takes one away; nothing where none is. */
  readonly remove: (mail: FiledMail) => Html | '';
}

export function mailsPart(part: MailsPart): Html {
  const { mails, none, texts } = part;
  return html`<p class="quiet">${texts.cameBackWhat}</p>
    ${mails.length === 0 && html`<p>${none}</p>`} ${mails.map((mail) => oneMail(mail, part))}`;
}

function oneMail(mail: FiledMail, { texts, moment, remove }: MailsPart): Html {
  const files = mail.files.length + mail.moreFiles;
  return html`<article>
    <h3>${texts.kind[mail.kind]}</h3>
    <p class="quiet">${moment(mail.at)}</p>
    <dl class="facts">
      <dt>${texts.from}</dt>
      <dd>${mail.from}</dd>
      <dt>${texts.subject}</dt>
      <dd>${mail.subject}</dd>
    </dl>
    ${mail.state !== 'whole' && html`<p class="note">${mail.state === 'cut' ? texts.cut : texts.broken}</p>`}
    ${mail.text.split('\n\n').map((paragraph) => html`<p class="body">${paragraph}</p>`)}
    ${files > 0 && html`<p>${fill(texts.files, { count: files })}</p>`} ${remove(mail)}
  </article>`;
}
