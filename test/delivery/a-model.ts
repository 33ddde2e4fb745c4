import type { MailRequest } from '../../src/mail/outbox/mail-request.ts';
import type { DocumentModel } from '../../src/submission/document-model.ts';

/** A document's model, as small as one can be. */
export function modelOf({ language, reference, publication, callTitle }: MailRequest): DocumentModel {
  return {
    language,
    reference,
    publication,
    title: callTitle,
    blocks: [{ kind: 'paragraph', text: 'Ninguém nos disse nada.' }],
    footer: reference,
    words: 5,
    wordsBySlot: { story: 5 },
    sections: [{ slot: 'story', heading: 'O que aconteceu', paragraphs: ['Ninguém nos disse nada.'] }],
    publicationLine: '',
    standing: [],
  };
}
