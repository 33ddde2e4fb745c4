import { runChild } from './child.ts';
import { figure, median, type Figure } from './figure.ts';
import { officePdfMs } from './office.ts';

/** Word file, PDF and frozen mail of a submission as long as the call allows. `office`: PDFs that a warm LibreOffice makes; 0 for none. */
export async function documents({
  times,
  runs,
  office,
}: {
  times: number;
  runs: number;
  office: number;
}): Promise<readonly Figure[]> {
  const found: Readonly<Record<string, number>>[] = [];
  const theirs: number[] = [];
  for (let time = 0; time < times; time++) {
    found.push(await runChild('./documents-child.ts', [String(runs)]));
    const ms = office === 0 ? null : await officePdfMs(office);
    if (ms !== null) theirs.push(ms);
  }
  const of = (name: string) => median(found.map((one) => one[name] ?? NaN));
  const beside = { words: of('words'), mailBytes: of('mailBytes') };
  /** Of each time by itself, then the middle one. */
  const over = (name: string) => median(theirs.map((ms, time) => (found[time]?.[name] ?? NaN) / ms));
  return [
    figure('docx, pdf and mail, cold', of('cold'), 'ms', null, beside),
    figure('docx, pdf and mail, warm', of('warm'), 'ms', null, {
      docxMs: of('docx'),
      pdfMs: of('pdf'),
      mailMs: of('mail'),
    }),
    ...(theirs.length === 0
      ? []
      : [
          figure(
            'docx, pdf and mail, warm, over the PDF of a warm LibreOffice',
            over('warm'),
            'ratio',
            { at: 'most', value: 0.6 },
            { officeMs: median(theirs), pdfOverOffice: over('pdf') },
          ),
        ]),
  ];
}
