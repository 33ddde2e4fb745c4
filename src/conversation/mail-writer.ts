import type { Draft } from '../dialog/engine/draft.ts';

/** What a mail says besides the document, as far as it depends on the call and the draft. */
export interface MailFor {
  readonly draft: Pick<Draft, 'callId' | 'language' | 'reference' | 'publication' | 'late' | 'replaces'>;
  readonly to: string;
  readonly subject: string;
  readonly callTitle: string;
  readonly issuer: string;
}

/** A mail as it will be approved: `request` goes into the outbox as it is, `body` and the rest into the manifest. */
export interface WrittenMail {
  readonly body: string;
  readonly request: unknown;
}

/** What of a submission is withdrawn. */
export interface WithdrawalOf {
  /** Of a joint one: the number of the one contribution. */
  readonly part?: number | undefined;
  /** Earlier versions of it. */
  readonly also?: readonly string[] | undefined;
}

/** Words the mails (delivery/); handed in, because the conversation knows nothing of how mail leaves. */
export interface MailWriter {
  submission(mail: MailFor): WrittenMail;
  withdrawal(mail: MailFor, ask: 'withdraw' | 'not-publish', of?: WithdrawalOf): WrittenMail;
}
