// A mail of the kind that families send, with every field set. Fictitious.

import { type Language, LANGUAGES } from '../../src/languages.ts';
import type { MailRequest } from '../../src/mail/outbox/mail-request.ts';
import { mailBody, type MailBodyInput, type MailBodyTexts } from '../../src/mail/outbox/write-mail.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';

export const REFERENCE = 'GR-7K3Q9X';

const fields = {
  callId: 'emler-2024',
  language: 'en',
  reference: REFERENCE,
  publication: 'confidential',
  to: 'emler@un-body.int',
  subject: 'EMLER 2024 Report',
  fromName: 'Mães de Julho',
  from: 'griot@maes-de-julho.org',
  late: false,
  callTitle: 'Call for inputs: justice and equality in law enforcement',
  issuer: 'International Independent Expert Mechanism',
} as const;

export const A_SUBMISSION: MailRequest = {
  kind: 'submission',
  ...fields,
  body: 'CONFIDENTIAL: please.\n\nAttached.\n',
};
export const A_WITHDRAWAL: MailRequest = { ...A_SUBMISSION, kind: 'withdrawal', ask: 'withdraw', body: 'WITHDRAWN.\n' };

/** The same, with a body as the catalogues of its language write it. */
export function withBody(input: MailBodyInput): MailRequest {
  return { ...input, body: mailBody(input, BODY_TEXTS[input.language]) };
}

export const BODY_TEXTS = Object.fromEntries(LANGUAGES.map((language) => [language, textsOf(language)])) as Record<
  Language,
  MailBodyTexts
>;

function textsOf(language: Language): MailBodyTexts {
  return { mail: loadCatalogue('mail')[language], publication: loadCatalogue('document')[language].publication };
}
