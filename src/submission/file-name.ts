import type { Publication } from '../dialog/engine/draft.ts';
import type { BuiltDocument } from '../dialog/engine/event.ts';
import type { DocumentModel } from './document-model.ts';
import { inMessages } from './in-messages.ts';

type Built = Pick<
  BuiltDocument,
  'sha256' | 'recipient' | 'subject' | 'files' | 'missing' | 'forOthers' | 'unmade' | 'pages'
>;

/** The facts about a document for the dialog. A preview has no `sha256`: it cannot be approved. */
export function builtDocument(model: DocumentModel, built: Built): BuiltDocument {
  const { counted, words, wordsBySlot, sections, blocks, footer, publicationLine, standing } = model;
  const shown = inMessages(blocks, footer);
  return { words: counted ?? words, wordsBySlot, sections, shown, publicationLine, standing, ...built };
}

/** Shows in the file name what may be done with the file. English: it is for the body that receives it. */
const MARKS: Readonly<Record<Publication, string>> = {
  'public-named': '',
  'public-unnamed': '-without-names',
  confidential: '-confidential',
};

export interface FileOf {
  readonly reference: string;
  readonly publication: Publication;
}

/**
 * "submission-GR-7K3Q9X-confidential.docx": constants and the reference, no personal data. Throws on another kind of
 * reference.
 */
export function fileName({ reference, publication }: FileOf, format: 'docx' | 'pdf'): string {
  if (!/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/.test(reference))
    throw new Error('A reference holds capitals, digits and hyphens only.');
  return `submission-${reference}${MARKS[publication]}.${format}`;
}

/** Neutral, since others may hold the phone. */
export function previewFileName(format: 'docx' | 'pdf'): string {
  return `text.${format}`;
}
