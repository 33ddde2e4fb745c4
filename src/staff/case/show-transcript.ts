import type { Context } from 'hono';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { momentIn } from '../moment.ts';
import { notice } from '../notice-page.ts';
import type { StaffEnv } from '../signed-in.ts';
import { fill } from '../../texts/fill.ts';
import { maskOf, OPEN } from './mask.ts';
import { readDocument } from './read-document.ts';
import { recordView } from './record-view.ts';
import { anchorOf, traceBlocks } from './trace.ts';
import { transcriptMain } from './transcript-page.ts';

export async function showTranscript(c: Context<StaffEnv>, desk: Desk) {
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
  const { messages } = traceBlocks(document?.model.blocks ?? [], kept.parts);
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
