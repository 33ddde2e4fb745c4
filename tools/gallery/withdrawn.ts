// The twelfth: a submission that its author takes back, as the body finds it in its inbox, under the mail that it answers.

import PostalMime from 'postal-mime';
import { addressesIn } from '../../src/mail/recipients.ts';
import { buildFrozenMail } from '../../src/mail/outbox/compose-mail.ts';
import { buildMailWriter } from '../../src/mail/outbox/write-mail.ts';
import type { Block } from '../../src/submission/block.ts';
import type { DocumentModel } from '../../src/submission/document-model.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import type { Shown } from './submissions.ts';

const ANSWERED = '<gr-8c5v2n.1@stories.example>';

export async function withdrawalOf({ draft, call }: Shown): Promise<Uint8Array> {
  const write = buildMailWriter({
    ...{ fromName: 'Maison des familles', from: 'stories@stories.example', phone: null },
    mail: loadCatalogue('mail'),
    document: loadCatalogue('document'),
  });
  const { request } = write.withdrawal(
    { draft, to: 'inputs@body.example', subject: `Re: ${call.title}`, callTitle: call.title, issuer: call.issuer },
    'withdraw',
  );
  return buildFrozenMail(request, [], {
    ...{ messageId: '<gr-8c5v2n.2@stories.example>', replyTo: 'stories+7k3q@stories.example', boundary: 'gallery' },
    ...{ date: new Date('2026-11-29T12:00:00Z'), answers: [ANSWERED] },
  });
}

/** A mail printed as it is read: the lines of its head, and its text. */
export async function asPrinted(mail: Uint8Array): Promise<DocumentModel> {
  const { from, to = [], subject = '', text = '', inReplyTo = '' } = await PostalMime.parse(mail);
  const head = [
    ['From:', `${from?.name ?? ''} <${from?.address ?? ''}>`],
    ['To:', to.flatMap(({ address = '' }) => addressesIn(address)).join(', ')],
    ['In-Reply-To:', inReplyTo],
  ] as const;
  const lines = head.map(([label, value]): Block => {
    return {
      kind: 'byline',
      text: `${label} ${value}`,
      marks: [{ kind: 'label', start: 0, end: label.length }],
    };
  });
  const paragraphs = text.trim().split(/\n{2,}/u);
  const blocks: readonly Block[] = [
    { kind: 'title', text: subject },
    ...lines,
    ...paragraphs.map((one): Block => ({ kind: 'paragraph', text: one })),
  ];
  return {
    ...{ language: 'fr', reference: '', publication: 'confidential', title: subject, blocks, footer: '' },
    ...{ words: 0, wordsBySlot: {}, sections: [], publicationLine: '', standing: [] },
  };
}
