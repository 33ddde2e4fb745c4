import { draftFrom } from '../dialog/draft-from.ts';
import type { Effect, Part } from '../dialog/effect.ts';
import type { Session } from '../dialog/session.ts';
import type { MailToQueue, Store } from '../store/store.ts';
import { sha256 } from '../submission/manifest.ts';
import { mailFor, type DocumentBuilder } from './build-document.ts';
import type { ShelvedCall } from './call-shelf.ts';

interface Deps {
  readonly store: Pick<Store, 'mail'>;
  readonly documents: DocumentBuilder;
  readonly now: () => Date;
}

interface Approved {
  readonly session: Session;
  readonly effects: readonly Effect[];
  readonly shelved: ShelvedCall;
  readonly parts: readonly Part[];
}

/** What was approved, and what is to be withdrawn, as rows of the outbox. */
export async function mailsToQueue(
  { store, documents, now }: Deps,
  { session, effects, shelved, parts }: Approved,
): Promise<readonly MailToQueue[]> {
  const mails: MailToQueue[] = [];
  for (const effect of effects) {
    if (effect.kind !== 'approve' && effect.kind !== 'withdraw') continue;
    const { reference } = effect;
    const to = await documents.recipientOf(shelved.call.id);
    if (to === null) throw new Error('a mail was approved for a call without a verified address');
    const about = mailFor(shelved, { ...draftFrom(session, parts, shelved.call), reference }, to);
    if (effect.kind === 'approve') {
      const { mail: kind, sha256: approved, notBefore, review } = effect;
      const { request } = documents.mail.submission(about);
      const mail = { kind, reference, sha256: approved, notBefore, request };
      if (review === undefined) mails.push(mail);
      else {
        const { needed, ifUnreachable, fallback } = review;
        const confidential = { ...about, draft: { ...about.draft, publication: 'confidential' as const } };
        const other = fallback === null ? null : documents.mail.submission(confidential).request;
        const terms = {
          needed,
          ifUnreachable,
          fallback: fallback === null ? null : { sha256: fallback, request: other },
        };
        mails.push({ ...mail, review: terms });
      }
    } else {
      if ((await store.mail(reference)).length === 0) throw new Error('there is nothing to withdraw');
      const { body, request } = documents.mail.withdrawal(about, effect.ask, { part: effect.part, also: effect.also });
      mails.push({ kind: 'withdrawal', reference, sha256: sha256(body), notBefore: now().toISOString(), request });
    }
  }
  return mails;
}
