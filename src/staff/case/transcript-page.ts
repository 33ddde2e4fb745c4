// The transcript, as it was written. Withheld words are hidden until somebody asks for them, which is recorded.

import { html } from 'hono/html';
import { type Language, LANGUAGES } from '../../languages.ts';
import type { DeskLine } from '../../store/desk/desk-case.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk, StaffContext } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { drawPage, momentIn, notice } from '../layout.ts';
import { channelName } from '../queue/queue-page.ts';
import { anchorOf, type Mask, maskOf, OPEN, traceBlocks } from './mask.ts';
import { readDocument, recordView } from './read-document.ts';

export interface TranscriptPage {
  readonly lines: readonly DeskLine[];
  readonly mask: Mask;
  /** Null for a person without a case. */
  readonly of: { readonly case: string; readonly contribution: string } | null;
  /** Anchors of messages that are in the document. */
  readonly inDocument: ReadonlySet<string>;
  readonly texts: StaffTexts['case'];
  readonly queue: StaffTexts['queue'];
  readonly language: Language;
  readonly moment: (iso: string) => string;
}

export function transcriptMain(page: TranscriptPage): Html {
  const { texts, of, mask } = page;
  const { transcript } = texts;
  const here = of === null ? '' : `/desk/case/${of.case}/transcript/${of.contribution}`;
  return html`${of !== null && html`<p><a href="/desk/case/${of.case}">${transcript.back}</a></p>`}
    <p class="quiet">${transcript.what}</p>
    ${of !== null && mask.kind === 'masked' && mask.hides && html`<p class="note">${transcript.masked} <a href="${here}?words=shown">${transcript.show}</a></p>`}
    ${of !== null && mask.kind === 'open' && html`<p class="note">${transcript.shown} <a href="${here}">${transcript.hide}</a></p>`}
    ${of !== null && mask.kind === 'unknown' && html`<p class="note">${transcript.unknown} <a href="${here}?words=shown">${transcript.show}</a></p>`}
    <ol class="transcript">
      ${page.lines.map((line) => said(line, page))}
    </ol>`;
}

function said(line: DeskLine, page: TranscriptPage): Html {
  const { texts, moment, of, mask } = page;
  const { transcript } = texts;
  const anchor = of === null || line.from === 'bot' || line.id === '' ? null : anchorOf(of.contribution, line.id);
  const language = languageOf(line.body);
  const about = [
    moment(line.at),
    ...(line.channel === null ? [] : [channelName(line.channel, page.queue)]),
    ...(language === null ? [] : [page.queue.languages[language]]),
  ];
  return html`<li class="${line.from}" ${anchor === null ? '' : html`id="${anchor}"`}>
    <p class="who">
      <b>${whoSaid(line, page)}</b>
      <span class="quiet">${about.join(' · ')}</span>
      ${line.edited && html`<span class="tag">${transcript.edited}</span>`}
      ${anchor !== null && of !== null && page.inDocument.has(anchor) && html`<a class="source" href="/desk/case/${of.case}#in-${anchor}">${transcript.inDocument}</a>`}
    </p>
    <p class="said" dir="auto" ${language !== null && html`lang="${language}"`}>
      ${line.text === null ? html`<em>${transcript.erased}</em>` : mask.apply(line.text)}
    </p>
  </li>`;
}

/** Words of staff are stored as replies with a marker. */
function whoSaid({ from, body }: DeskLine, { texts: { transcript } }: TranscriptPage): string {
  if (from === 'person') return transcript.person;
  const isOurs = typeof body === 'object' && body !== null && 'from' in body && body.from === 'staff';
  return isOurs ? transcript.staff : transcript.bot;
}

/** Of a rendered reply. */
function languageOf(body: unknown): Language | null {
  if (typeof body !== 'object' || body === null || !('language' in body)) return null;
  const { language } = body;
  return LANGUAGES.find((one) => one === language) ?? null;
}

export async function showTranscript(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const asksForWords = c.req.query('words') === 'shown';
  const detail = asksForWords ? { detail: 'withheld words' } : {};
  if (!(await recordView(desk, staff, { action: 'case.transcript', case: id, ...detail }))) {
    return notice(c, desk, 404, 'notFound');
  }
  const found = await desk.store.desk.case(id);
  const kept = found?.contributions.find((one) => one.id === c.req.param('contribution'));
  if (found === null || kept === undefined) return notice(c, desk, 404, 'notFound');
  const { case: texts, queue } = desk.texts[staff.language];
  const document = kept.document === null ? null : readDocument(kept.document);
  const { messages } = traceBlocks(document?.model.blocks ?? [], kept.parts, document?.model.aside);
  const main = transcriptMain({
    lines: await desk.store.desk.transcript(kept.id),
    mask: asksForWords ? OPEN : maskOf(kept.session, texts.transcript.withheld),
    of: { case: id, contribution: kept.id },
    inDocument: new Set(messages.flatMap((message) => (message === null ? [] : [anchorOf(kept.id, message)]))),
    texts,
    queue,
    language: staff.language,
    moment: momentIn(staff.language, desk.timeZone),
  });
  return drawPage(c, desk, { title: fill(texts.transcript.heading, { reference: found.reference ?? '' }), main });
}
