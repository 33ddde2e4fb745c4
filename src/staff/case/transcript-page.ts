// The transcript, as it was written. Withheld words are hidden until somebody asks for them, which is recorded.

import { html } from 'hono/html';
import { type Language, LANGUAGES } from '../../languages.ts';
import type { DeskLine } from '../../store/desk/desk-case.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk, StaffContext } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { drawPage, momentIn, notice } from '../layout.ts';
import { channelName } from '../queue/row-words.ts';
import { anchorOf, type Mask, maskOf, OPEN, traceBlocks } from './mask.ts';
import { readDocument, recordView } from './read-document.ts';

export interface TranscriptPage {
  readonly lines: readonly DeskLine[];
  readonly mask: Mask;
  /** Null for a person without a case. */
  readonly of: { readonly case: string; readonly contribution: string } | null;
  /** The path of this page. */
  readonly here: string;
  /** Shows what the program said, too; without it only the words of people. */
  readonly withProgram: boolean;
  /** Anchors of messages that are in the document. */
  readonly inDocument: ReadonlySet<string>;
  readonly texts: StaffTexts['case'];
  readonly queue: StaffTexts['queue'];
  readonly language: Language;
  readonly moment: (iso: string) => string;
}

/** The same page with the program's words or without, and with the withheld words or without. */
function pageWith({ here }: TranscriptPage, shown: { readonly program: boolean; readonly words: boolean }): string {
  const query = new URLSearchParams({
    ...(shown.program && { with: 'program' }),
    ...(shown.words && { words: 'shown' }),
  }).toString();
  return query === '' ? here : `${here}?${query}`;
}

export function transcriptMain(page: TranscriptPage): Html {
  const { texts, of, mask, withProgram } = page;
  const { transcript } = texts;
  const words = of !== null && mask.kind === 'open';
  const [shown, hidden] = [true, false].map((one) => pageWith(page, { program: withProgram, words: one }));
  const lines = page.lines.filter(({ from }) => withProgram || from !== 'bot');
  return html`${of !== null && html`<p><a href="/desk/case/${of.case}">${transcript.back}</a></p>`}
    <p class="quiet">${transcript.what}</p>
    ${of !== null && mask.kind === 'masked' && mask.hides && html`<p class="note">${transcript.masked} <a href="${shown}">${transcript.show}</a></p>`}
    ${words && html`<p class="note">${transcript.shown} <a href="${hidden}">${transcript.hide}</a></p>`}
    ${of !== null && mask.kind === 'unknown' && html`<p class="note">${transcript.unknown} <a href="${shown}">${transcript.show}</a></p>`}
    <p>
      ${withProgram ? transcript.withProgram : transcript.onlyPerson}
      <a href="${pageWith(page, { program: !withProgram, words })}"
        >${withProgram ? transcript.showPerson : transcript.showProgram}</a
      >
    </p>
    <ol class="transcript">
      ${lines.map((line, index) => said(line, lines[index - 1] ?? null, page))}
    </ol>`;
}

function said(line: DeskLine, before: DeskLine | null, page: TranscriptPage): Html {
  const { texts, of, inDocument } = page;
  const { transcript } = texts;
  const anchor = of === null || line.from === 'bot' || line.id === '' ? null : anchorOf(of.contribution, line.id);
  const language = languageOf(line.body);
  const [who, about] = [whoSaid(line, page), aboutOf(line, page)];
  // Messages of the same minute have one heading.
  const goesOn = before !== null && whoSaid(before, page) === who && aboutOf(before, page) === about;
  return html`<li class="${line.from} ${goesOn ? 'on' : ''}" ${anchor === null ? '' : html`id="${anchor}"`}>
    <p class="${goesOn ? 'who unseen' : 'who'}"><b>${who}</b> <span class="quiet">${about}</span></p>
    ${line.from === 'bot' ? folded(line, language, page) : words(line, language, page)}
    ${line.edited && html`<span class="tag">${transcript.edited}</span>`}
    ${anchor !== null && of !== null && inDocument.has(anchor) && html`<a class="source" href="/desk/case/${of.case}#in-${anchor}">${transcript.inDocument}</a>`}
  </li>`;
}

function aboutOf(line: DeskLine, { moment, queue }: TranscriptPage): string {
  const language = languageOf(line.body);
  return [
    moment(line.at),
    ...(line.channel === null ? [] : [channelName(line.channel, queue)]),
    ...(language === null ? [] : [queue.languages[language]]),
  ].join(' · ');
}

function words(line: DeskLine, language: Language | null, page: TranscriptPage, text = shownText(line, page)): Html {
  const lang = language === null ? '' : html`lang="${language}"`;
  return html`<p class="said" dir="auto" ${lang}>${text ?? html`<em>${page.texts.transcript.erased}</em>`}</p>`;
}

function shownText({ text }: DeskLine, { mask }: TranscriptPage): string | null {
  return text === null ? null : mask.apply(text);
}

/** Most characters of the program's words that are not folded up. */
const SHORT = 90;

/** Its first line; the rest on a click: the questions are known, and would take most of the page. */
function folded(line: DeskLine, language: Language | null, page: TranscriptPage): Html {
  const text = shownText(line, page);
  const first = text?.split('\n')[0] ?? '';
  if (text === null || text.length <= SHORT) return words(line, language, page, text);
  const lang = language === null ? '' : html`lang="${language}"`;
  return html`<details>
    <summary ${lang}>${first.length > SHORT ? `${first.slice(0, SHORT)}…` : first}</summary>
    ${words(line, language, page, text)}
  </details>`;
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
    here: `/desk/case/${id}/transcript/${kept.id}`,
    withProgram: c.req.query('with') === 'program',
    inDocument: new Set(messages.flatMap((message) => (message === null ? [] : [anchorOf(kept.id, message)]))),
    texts,
    queue,
    language: staff.language,
    moment: momentIn(staff.language, desk.timeZone),
  });
  return drawPage(c, desk, { title: fill(texts.transcript.heading, { reference: found.reference ?? '' }), main });
}
