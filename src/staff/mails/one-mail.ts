// An incoming mail, as text: nothing in it is rendered, linked or loaded, and its files are only names until somebody
// saves one.

import { html } from 'hono/html';
import type { MailKind } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import { readFileOf } from '../../mail/inbound/read-mail.ts';
import { parseMailRequest } from '../../mail/outbox/mail-request.ts';
import type { FiledMail, ListedMail } from '../../store/mail/read-mails-in.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { numberFormat } from '../../texts/local-format.ts';
import { fill } from '../../texts/translate.ts';
import type { Mask } from '../case/mask.ts';
import type { Desk, StaffContext } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { notice } from '../layout.ts';

/** A case by the reference of our mail, as it is shown to the person who typed it: without its people's words. */
export interface CaseShownBack {
  readonly case: string;
  readonly reference: string;
  /** The call's name in each language; null for a call that no longer exists here. */
  readonly call: Readonly<Record<Language, string>> | null;
  readonly language: Language;
  readonly kind: MailKind;
  readonly queuedAt: string;
  /** The outcome of the last attempt; null before the first. */
  readonly outcome: string | null;
  readonly recipient: string | null;
  readonly steppedBack: readonly string[];
}

/** Null if none of our mails has this reference: nothing can be a reply to it. */
export async function caseOf(desk: Desk, reference: string): Promise<CaseShownBack | null> {
  const id = (await desk.store.mail(reference)).at(-1)?.case;
  const found = id === undefined ? null : await desk.store.desk.case(id);
  if (found === null) return null;
  for (const { language, mails } of found.contributions) {
    const mail = mails.findLast((one) => one.reference === reference);
    if (mail === undefined) continue;
    const request = parseMailRequest(mail.request);
    return {
      case: found.id,
      reference,
      call: desk.knows.callOf(found.callId)?.title ?? null,
      language,
      kind: mail.kind,
      queuedAt: mail.queuedAt,
      outcome: mail.attemptsMade.at(-1)?.outcome ?? null,
      recipient: request.ok ? request.request.to : null,
      steppedBack: found.steppedBack,
    };
  }
  return null;
}

// Files of a mail, to be saved and never opened here: no type that a browser renders, a fixed name, no executable
// ending. web/server.ts also sandboxes them.

/** Endings of document types; all others are saved as bytes. */
const ENDINGS = new Set(
  'pdf doc docx odt rtf txt csv xls xlsx ods ppt pptx odp eml ics png jpg jpeg gif tif tiff heic webp mp3 ogg m4a wav mp4 zip'.split(
    ' ',
  ),
);

/** `which`: "whole", or the file's number from 1. */
export async function sendMailFile(c: StaffContext, desk: Desk, mail: FiledMail, which: string) {
  const name = (mail.reference ?? 'mail').replaceAll(/[^A-Za-z0-9-]/g, '');
  if (which === 'whole') return save(c, `${name}.eml`, mail.bytes);
  const index = /^[1-9]\d?$/.test(which) ? Number(which) - 1 : -1;
  const file = mail.files[index];
  const bytes = file === undefined ? null : await readFileOf(mail.bytes, index);
  if (file === undefined || bytes === null) return notice(c, desk, 404, 'notFound');
  return save(c, `${name}-${which}.${endingOf(file.name)}`, bytes);
}

function endingOf(name: string): string {
  const ending = /\.(\w{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return ENDINGS.has(ending) ? ending : 'bin';
}

function save(c: StaffContext, name: string, bytes: Uint8Array) {
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
}

/** "1.4 MB"; of bytes. */
export function sizeIn(language: Language, bytes: number): string {
  if (bytes < 1_000) return inUnit(language, 'byte', bytes);
  return bytes < 1_000_000
    ? inUnit(language, 'kilobyte', bytes / 1_000)
    : inUnit(language, 'megabyte', bytes / 1_000_000);
}

function inUnit(language: Language, unit: string, count: number): string {
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return numberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 })(count);
}

export interface DrawnMail {
  readonly mail: ListedMail;
  /** Hides withheld words in subject and text. */
  readonly mask: Mask;
  /** Its URL path; its files are below it. */
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

/** The header itself if it is no date. */
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
