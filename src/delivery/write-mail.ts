import type { Language } from '../dialog/language.ts';
import type { Publication } from '../dialog/draft.ts';
import { mailBody, type MailBodyInput } from './mail-body.ts';
import type { WithdrawalAsk } from './mail-request.ts';
import type { MailCatalogues } from './mail-texts.ts';

/** What a mail says besides the document, as the conversation knows it. */
export interface MailMatter {
  readonly draft: {
    readonly callId: string;
    readonly language: Language;
    readonly reference: string;
    readonly publication: Publication;
    readonly late: boolean;
    readonly replaces?: string;
  };
  readonly to: string;
  readonly subject: string;
  readonly callTitle: string;
  readonly issuer: string;
}

export interface MailWriterDeps {
  readonly fromName: string;
  readonly from: string;
  readonly mail: MailCatalogues;
  /** The first lines, by language, that head the documents. */
  readonly publication: Readonly<Record<Language, Readonly<Record<Publication, string>>>>;
}

/** Writes the mails of a submission: the body that is approved, and the request that lies in the outbox. */
export function buildMailWriter({ fromName, from, mail, publication }: MailWriterDeps) {
  const write = (input: MailBodyInput) => {
    const { language } = input;
    const body = mailBody(input, { mail: mail[language], publication: publication[language] });
    return { body, request: { ...input, body } };
  };
  const every = ({ draft, to, subject, callTitle, issuer }: MailMatter) => {
    const { callId, language, reference, publication: chosen, late } = draft;
    return { callId, language, reference, publication: chosen, late, to, subject, callTitle, issuer, fromName, from };
  };
  return {
    submission(matter: MailMatter) {
      const { replaces } = matter.draft;
      return replaces === undefined
        ? write({ kind: 'submission', ...every(matter) })
        : write({ kind: 'correction', replaces, ...every(matter) });
    },
    withdrawal: (matter: MailMatter, ask: WithdrawalAsk) => write({ kind: 'withdrawal', ask, ...every(matter) }),
  };
}
