// A mail that came, as text: nothing in it is drawn, linked or loaded, and its files are names until somebody saves one.

import { html } from 'hono/html';
import type { ListedMail } from '../../store/mail/mails-in-port.ts';
import type { Mask } from '../case/mask.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/fill.ts';
import type { Html } from '../layout.ts';
import { sizeIn } from './size.ts';
import type { Language } from '../../languages.ts';

export interface DrawnMail {
  readonly mail: ListedMail;
  /** Hides what is to be withheld, in subject and text. */
  readonly mask: Mask;
  /** Where it stands; its files lie below it. */
  readonly path: string;
  readonly texts: StaffTexts['mails'];
  readonly kinds: StaffTexts['case']['mailIn'];
  readonly language: Language;
  readonly moment: (iso: string) => string;
}

export function oneMail(drawn: DrawnMail): Html {
  const { mail, mask, texts, kinds, moment } = drawn;
  return html`<dl class="facts">
      <dt>${texts.kind}</dt>
      <dd>${kinds[mail.kind]}</dd>
      <dt>${texts.from}</dt>
      <dd>${mail.from === '' ? texts.noSender : mail.from}</dd>
      <dt>${texts.subject}</dt>
      <dd>${mail.subject === '' ? texts.noSubject : mask.apply(mail.subject)}</dd>
      <dt>${texts.date}</dt>
      <dd>${mail.date === null ? '–' : written(mail.date, moment)}</dd>
      <dt>${texts.read}</dt>
      <dd>${moment(mail.at)}</dd>
    </dl>
    ${mail.state !== 'whole' && html`<p class="note">${mail.state === 'cut' ? texts.cut : texts.broken}</p>`}
    <article class="sheet mail">
      ${mail.text.trim() === '' ? html`<p class="quiet">${texts.noText}</p>` : html`<p class="body">${mask.apply(mail.text)}</p>`}
    </article>
    ${filesOf(drawn)}`;
}

/** What stood there, where it is no date. */
function written(date: string, moment: (iso: string) => string): string {
  return Number.isNaN(Date.parse(date)) ? date : moment(new Date(date).toISOString());
}

function filesOf({ mail: { files, moreFiles }, path, texts, language }: DrawnMail): Html {
  return html`<section aria-labelledby="files">
    <h2 id="files">${texts.filesHeading}</h2>
    <p class="hint">${texts.filesWhat}</p>
    ${
      files.length > 0 &&
      html`<ul class="files">
        ${files.map(
          ({ name, type, size }, index) =>
            html`<li>
              <span class="name">${name === '' ? texts.noName : name}</span>
              <span class="quiet">${type} · ${sizeIn(language, size)}</span>
              <a href="${path}/file/${index + 1}" download>${texts.save}<span class="unseen"> ${name}</span></a>
            </li>`,
        )}
      </ul>`
    }
    ${moreFiles > 0 && html`<p>${fill(texts.moreFiles, { count: moreFiles })}</p>`}
    <p><a href="${path}/file/whole" download>${texts.whole}</a></p>
  </section>`;
}
