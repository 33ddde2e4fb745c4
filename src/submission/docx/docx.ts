// The Word document. A person's text goes in as runs of text, never as markup.

import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  Packer,
  PageNumber,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx';
import type { IRunOptions } from 'docx';
import type { Language } from '../../languages.ts';
import type { Block, Piece } from '../block.ts';
import { piecesOf } from '../block.ts';
import type { DocumentModel } from '../document-model.ts';
import { fileText } from '../document-text.ts';
import { BLUE, FOOT_TAB, PAGE, QUIET, STYLE_OF, stylesIn } from './docx-look.ts';
import { normaliseDocx } from './docx-normalise.ts';

/** Word's names for the languages of the text; the person's own country is not said. */
const LANG: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', pt: 'pt-BR' };

/** The same model is the same bytes, at any time and in any time zone. */
export async function writeDocx(model: DocumentModel): Promise<Uint8Array> {
  const document = new Document({
    styles: stylesIn(LANG[model.language]),
    features: { updateFields: false },
    sections: [
      {
        properties: { page: PAGE },
        footers: { default: footer(model.footer) },
        children: model.blocks.map(paragraph),
      },
    ],
  });
  return normaliseDocx(await Packer.toBuffer(document), {
    title: fileText(model.title),
    subject: model.reference,
    language: LANG[model.language],
    words: model.words,
  });
}

function paragraph(block: Block): Paragraph {
  const rightToLeft = beginsRightToLeft(block.text);
  return new Paragraph({
    style: STYLE_OF[block.kind],
    bidirectional: rightToLeft,
    children: piecesOf(block).flatMap((piece) => children(piece, rightToLeft)),
  });
}

function children({ text, mark }: Piece, rightToLeft: boolean): readonly (TextRun | ExternalHyperlink)[] {
  switch (mark?.kind) {
    case undefined:
      return runs(text, { rightToLeft });
    case 'label':
      return runs(text, { rightToLeft, color: QUIET });
    case 'link':
      return [new ExternalHyperlink({ link: mark.href, children: runs(text, { color: BLUE, underline: {} }) })];
  }
}

/** A line feed inside a run would be a space in Word: each line is a run, with a break before it. */
function runs(text: string, look: Pick<IRunOptions, 'rightToLeft' | 'color' | 'underline'>): readonly TextRun[] {
  return fileText(text)
    .split('\n')
    .map((line, index) => new TextRun({ ...look, text: line, break: index === 0 ? 0 : 1 }));
}

function footer(text: string): Footer {
  const run = { color: QUIET, size: 16 };
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.LEFT,
        tabStops: [{ type: TabStopType.RIGHT, position: FOOT_TAB }],
        spacing: { before: 0, after: 0 },
        children: [new TextRun({ ...run, text }), new TextRun({ ...run, children: ['\t', PageNumber.CURRENT] })],
      }),
    ],
  });
}

/** By its first letter, as the Unicode bidirectional algorithm has it (rules P2 and P3). */
function beginsRightToLeft(text: string): boolean {
  const [first = ''] = /\p{L}/u.exec(text) ?? [];
  return /[\p{scx=Hebrew}\p{scx=Arabic}\p{scx=Syriac}\p{scx=Thaana}\p{scx=Nko}\p{scx=Adlam}]/u.test(first);
}
