// The Worker of make-files.ts: model → files, one document after another. Its input is always a model of this program.

import { parentPort } from 'node:worker_threads';
import type { DocumentModel } from './document-model.ts';
import { writeDocx } from './docx/docx.ts';
import type { MadeFile, Wanted } from './make-files.ts';
import { pagesOf, unsupportedInPdf, writePdf } from './pdf/pdf.ts';

parentPort?.on('message', (wanted: Wanted) => {
  void make(wanted).then((made) => parentPort?.postMessage(made));
});

async function make({ model, formats, only }: Wanted): Promise<readonly MadeFile[]> {
  const files: MadeFile[] = [];
  for (const format of formats) files.push(await one(model, format, only));
  return files;
}

async function one(model: DocumentModel, format: MadeFile['format'], only: Wanted['only']): Promise<MadeFile> {
  if (only === 'pages') return { format, bytes: new Uint8Array(), pages: await pagesOf(model) };
  if (format === 'pdf') {
    const unsupported = await unsupportedInPdf(model);
    if (unsupported !== null) return { format, bytes: null, why: unsupported.why, characters: unsupported.characters };
  }
  if (only === 'check') return { format, bytes: new Uint8Array() };
  const bytes = format === 'docx' ? await writeDocx(model) : await writePdf(model);
  if (!(bytes instanceof Uint8Array)) throw new Error('a text was found fit for a PDF, and then was not');
  return { format, bytes };
}
