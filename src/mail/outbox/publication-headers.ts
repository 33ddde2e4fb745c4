// How the choice of publication is marked in headers that mail programs show or search by. Constants in English, never
// translated and never holding anything a person wrote; the sentence that people read is the first line of the body.
// Why these headers: docs/decisions/0020.

import type { Publication } from '../../dialog/engine/draft.ts';
import type { MailRequest } from './mail-request.ts';

type Headers = Readonly<Record<string, string>>;

const HEADERS: Readonly<Record<Publication, Headers>> = {
  'public-named': {},
  'public-unnamed': { Keywords: 'publish-without-names' },
  confidential: { Sensitivity: 'Company-Confidential', Keywords: 'confidential, do-not-publish' },
};

/** A withdrawal is confidential, whatever was chosen for the submission that it takes back. */
export function publicationHeaders(request: MailRequest): Headers {
  return HEADERS[request.kind === 'withdrawal' ? 'confidential' : request.publication];
}
