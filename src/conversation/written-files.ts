// The files of a document: every format that the body takes, those that cannot be made, and how long it is.

import type { ShelvedCall } from '../calls/call-registry.ts';
import { acceptedFormats } from '../calls/call.ts';
import type { BuiltDocument, Unmade } from '../dialog/engine/event.ts';
import type { DocumentToSave } from '../store/turns/turn-work.ts';
import type { DocumentModel } from '../submission/document-model.ts';
import { makeFiles } from '../submission/make-files.ts';
import { limitsPages } from './document-call.ts';

/** Every format that the body takes, and those that cannot be made of this text. */
export async function writeFiles(
  model: DocumentModel,
  { call }: ShelvedCall,
  nameOf: (format: 'docx' | 'pdf') => string,
): Promise<Written> {
  const files: DocumentToSave['files'][number][] = [];
  const unmade: Unmade[] = [];
  for (const made of await makeFiles(model, acceptedFormats(call))) {
    if (made.bytes === null) unmade.push({ format: made.format, why: made.why, characters: made.characters });
    else files.push({ format: made.format, name: nameOf(made.format), bytes: made.bytes });
  }
  return { files, unmade };
}

interface Written {
  readonly files: DocumentToSave['files'];
  readonly unmade: readonly Unmade[];
}

/** Letters that the PDF fonts certainly have: most texts need no check. */
const IN_EVERY_PDF = /^[\n\u0020-\u007E\u00A0-\u024F\u2010-\u2026]*$/u;

/** The formats that cannot be made, before any file is made. */
export async function unmadeOf(model: DocumentModel, { call }: ShelvedCall): Promise<readonly Unmade[]> {
  if (!acceptedFormats(call).includes('pdf')) return [];
  if (model.blocks.every(({ text }) => IN_EVERY_PDF.test(text))) return [];
  const made = await makeFiles(model, ['pdf'], 'check');
  return made.flatMap((one) =>
    one.bytes === null ? [{ format: one.format, why: one.why, characters: one.characters }] : [],
  );
}

/** Pages are measured in the PDF, whatever files the call takes: how a Word file breaks depends on who opens it. */
export async function lengthOf(model: DocumentModel, { call }: ShelvedCall): Promise<Pick<BuiltDocument, 'pages'>> {
  if (!limitsPages(call)) return {};
  const [made] = await makeFiles(model, ['pdf'], 'pages');
  return made === undefined || made.bytes === null || made.pages === undefined ? {} : { pages: made.pages };
}
