// How the choice of publication is marked outside the text: in headers that mail programs show or search by, and in the
// names of the files. Constants in English, never translated and never holding anything a person wrote; the sentence
// that people read stands in locales/*/mail.json. Why these headers: docs/decisions/0020.

import type { Publication } from '../dialog/draft.ts';
import type { MailRequest } from './mail-request.ts';

export interface PublicationMark {
  readonly headers: Readonly<Record<string, string>>;
  /** Part of a file's name; null where the names may be published. */
  readonly file: string | null;
}

export const PUBLICATION_MARKS: Readonly<Record<Publication, PublicationMark>> = {
  'public-named': { headers: {}, file: null },
  'public-unnamed': { headers: { Keywords: 'publish-without-names' }, file: 'WITHOUT-NAMES' },
  confidential: {
    headers: { Sensitivity: 'Company-Confidential', Keywords: 'confidential, do-not-publish' },
    file: 'CONFIDENTIAL',
  },
};

/** A withdrawal is confidential, whatever was chosen for the submission that it takes back. */
export function markOf(request: MailRequest): PublicationMark {
  return PUBLICATION_MARKS[request.kind === 'withdrawal' ? 'confidential' : request.publication];
}

/** `submission-GR-1234-CONFIDENTIAL.docx`: constants and the reference, nothing of the person. */
export function attachmentName(request: MailRequest, format: 'docx' | 'pdf'): string {
  return `${['submission', request.reference, markOf(request).file].filter((part) => part !== null).join('-')}.${format}`;
}
