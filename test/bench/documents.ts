import { runChild } from './child.ts';
import { figure, median, type Figure } from './figure.ts';

/** Word file, PDF and frozen mail of a submission as long as the call allows. */
export async function documents({ times, runs }: { times: number; runs: number }): Promise<readonly Figure[]> {
  const found: Readonly<Record<string, number>>[] = [];
  for (let time = 0; time < times; time++) found.push(await runChild('./documents-child.ts', [String(runs)]));
  const of = (name: string) => median(found.map((one) => one[name] ?? NaN));
  const beside = { words: of('words'), mailBytes: of('mailBytes') };
  return [
    figure('docx, pdf and mail, cold', of('cold'), 'ms', null, beside),
    figure('docx, pdf and mail, warm', of('warm'), 'ms', null, {
      docxMs: of('docx'),
      pdfMs: of('pdf'),
      mailMs: of('mail'),
    }),
  ];
}
