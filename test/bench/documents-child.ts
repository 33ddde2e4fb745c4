// node documents-child.ts RUNS [FILE]: builds the files and the mail of one long submission, first cold, then warm; leaves the Word file
// in FILE. Prints milliseconds; `cold` includes
// reading the code and the fonts, as for the first person after a start.

import { writeFileSync } from 'node:fs';
import type { Draft } from '../../src/dialog/engine/draft.ts';
import { A_SUBMISSION } from '../delivery/a-request.ts';
import { DRAFTS, modelIn } from '../submission/samples.ts';
import { median } from './figure.ts';

const WORDS = 2_500;
const PARAGRAPH =
  'We went to the station on the second morning, and they sent us to the hospital, and the hospital sent us back. Nobody wrote anything down. '.repeat(
    4,
  );
const WARM_RUNS = Number(process.argv[2] ?? 10);

const sections: Draft['sections'][number][] = [{ slot: 'story', paragraphs: [] }];
let model = modelIn('en', { sections });
for (let paragraphs = 1; model.words < WORDS; paragraphs++) {
  const text = Array.from({ length: paragraphs }, () => PARAGRAPH.trim());
  const others = DRAFTS.en.sections.filter(({ slot }) => slot !== 'story');
  model = modelIn('en', { sections: [{ slot: 'story', paragraphs: text }, ...others] });
}

const start = performance.now();
const { writeDocx } = await import('../../src/submission/docx/docx.ts');
const { writePdf } = await import('../../src/submission/pdf/pdf.ts');
const { buildFrozenMail: freezeMail } = await import('../../src/mail/outbox/compose-mail.ts');

async function build() {
  const begun = performance.now();
  const docx = await writeDocx(model);
  const wordFile = performance.now();
  const pdf = await writePdf(model);
  if (!(pdf instanceof Uint8Array)) throw new Error(`no PDF: ${pdf.why}`);
  const pdfFile = performance.now();
  const files = [
    { format: 'docx', bytes: docx },
    { format: 'pdf', bytes: pdf },
  ] as const;
  const bytes = await freezeMail(A_SUBMISSION, files, {
    messageId: '<2f7d@maes-de-julho.org>',
    date: new Date(0),
    replyTo: 'griot+k3y@maes-de-julho.org',
    boundary: '2f7d',
  });
  const end = performance.now();
  return {
    docx: wordFile - begun,
    pdf: pdfFile - wordFile,
    mail: end - pdfFile,
    all: end - begun,
    bytes: bytes.length,
  };
}

const [, , , file] = process.argv;
if (file !== undefined) writeFileSync(file, await writeDocx(model));

const { bytes } = await build();
const cold = performance.now() - start;
const runs: Awaited<ReturnType<typeof build>>[] = [];
for (let run = 0; run < WARM_RUNS; run++) runs.push(await build());
const warm = (part: 'docx' | 'pdf' | 'mail' | 'all') => median(runs.map((run) => run[part]));
process.stdout.write(
  JSON.stringify({
    cold,
    warm: warm('all'),
    docx: warm('docx'),
    pdf: warm('pdf'),
    mail: warm('mail'),
    words: model.words,
    mailBytes: bytes,
  }),
);
