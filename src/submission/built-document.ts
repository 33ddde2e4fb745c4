import type { BuiltDocument } from '../dialog/engine/event.ts';
import type { DocumentModel } from './document-model.ts';

export type Built = Pick<
  BuiltDocument,
  'sha256' | 'recipient' | 'subject' | 'files' | 'missing' | 'forOthers' | 'unmade'
>;

/** What the dialog needs to know of a document. A preview has no `sha256`: nobody can approve it. */
export function builtDocument(model: DocumentModel, built: Built): BuiltDocument {
  const { words, wordsBySlot, sections, publicationLine, standing } = model;
  return { words, wordsBySlot, sections, publicationLine, standing, ...built };
}
