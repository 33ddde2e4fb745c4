// What staff are sent of a case, before it is encrypted: the document as it will leave, and what was said as text, words to
// be withheld masked. Only of those who said that what they write may be kept.

import { strToU8, zipSync, type Zippable } from 'fflate';
import type { DeskContribution, DeskRows } from '../../store/desk/desk-port.ts';
import { maskOf } from '../case/mask.ts';
import { transcriptText } from '../export/transcript-text.ts';

const WITHHELD = '[name withheld]';
/** Local time, because zip dates are. The earliest date that zip knows. */
const ZIP_DATE = new Date(1980, 0, 1);

/** A zip; null where there is nothing to send: no such contribution, no yes to keeping, or nobody knows what to mask. */
export async function forwardedCase(
  desk: Pick<DeskRows, 'case' | 'transcript'>,
  { case: id, contribution }: { readonly case: string | null; readonly contribution: string | null },
): Promise<Uint8Array | null> {
  const found = id === null ? null : await desk.case(id);
  const kept = found?.contributions.find((one) => one.id === contribution);
  if (kept === undefined || !mayBeKept(kept)) return null;
  const mask = maskOf(kept.session, WITHHELD);
  if (mask.kind === 'unknown') return null;
  const lines = await desk.transcript(kept.id);
  const shown = lines.map((line) => ({ ...line, text: line.text === null ? null : mask.apply(line.text) }));
  const zip: Zippable = { 'transcript.txt': [strToU8(transcriptText(shown)), { mtime: ZIP_DATE }] };
  for (const { format, bytes } of kept.document?.files ?? []) zip[`document.${format}`] = [bytes, { mtime: ZIP_DATE }];
  return zipSync(zip);
}

function mayBeKept({ consents }: DeskContribution): boolean {
  return consents.findLast(({ purpose }) => purpose === 'keep')?.value === 'yes';
}
