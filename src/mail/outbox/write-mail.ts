// Words a mail at the read-back, complete: its body becomes part of what is approved, its request lies in the outbox from
// SEND on. What could not be sent later is refused here, before anybody approves it.

import type { Draft } from '../../dialog/engine/draft.ts';
import type { Language } from '../../languages.ts';
import { mailBody } from './mail-body.ts';
import type { MailBodyInput, MailBodyTexts } from './mail-body.ts';
import { parseMailRequest } from './mail-request.ts';
import type { MailRequest, WithdrawalAsk } from './mail-request.ts';
import type { InEvery, MailTexts } from '../../texts/catalogues.ts';

export interface MailSender {
  /** The operator's name. */
  readonly fromName: string;
  readonly from: string;
  readonly mail: InEvery<MailTexts>;
  /** First lines, the same that head the documents. */
  readonly publication: Readonly<Record<Language, MailBodyTexts['publication']>>;
}

export interface MailMatter {
  readonly draft: Pick<Draft, 'callId' | 'language' | 'reference' | 'publication' | 'late' | 'replaces'>;
  readonly to: string;
  readonly subject: string;
  readonly callTitle: string;
  readonly issuer: string;
}

export interface WordedMail {
  readonly body: string;
  readonly request: MailRequest;
}

/** Both functions throw, naming the fields, where the mail could not be sent as it is. */
export function buildMailWriter(sender: MailSender) {
  const write = (input: MailBodyInput): WordedMail => {
    const texts = { mail: sender.mail[input.language], publication: sender.publication[input.language] };
    const parsed = parseMailRequest({ ...input, body: mailBody(input, texts) });
    if (!parsed.ok) throw new Error(`This mail could not be sent. Wrong: ${parsed.fields.join(', ')}`);
    return { body: parsed.request.body, request: parsed.request };
  };
  const common = ({ draft, ...call }: MailMatter) => ({
    callId: draft.callId,
    language: draft.language,
    reference: draft.reference,
    publication: draft.publication,
    late: draft.late,
    to: call.to,
    subject: call.subject,
    callTitle: call.callTitle,
    issuer: call.issuer,
    fromName: sender.fromName,
    from: sender.from,
  });
  return {
    /** A correction where the draft replaces an earlier submission. */
    submission(matter: MailMatter): WordedMail {
      const { replaces } = matter.draft;
      if (replaces === undefined) return write({ kind: 'submission', ...common(matter) });
      return write({ kind: 'correction', replaces, ...common(matter) });
    },
    /** `part`: of a joint submission, the number of the one contribution that is withdrawn. `also`: earlier versions. */
    withdrawal: (
      matter: MailMatter,
      ask: WithdrawalAsk,
      { part, also = [] }: { readonly part?: number | undefined; readonly also?: readonly string[] | undefined } = {},
    ): WordedMail =>
      write({
        ...{ kind: 'withdrawal', ask, ...common(matter) },
        ...(part === undefined ? {} : { part }),
        ...(also.length === 0 ? {} : { also }),
      }),
  };
}
