// Tables of what came back to mails, and of what the staff were told. The words of tables.ts hold here too.

import type { Generated } from 'kysely';
import type { MailInKind } from '../mail/mails-in-port.ts';

/** What came back. Without a contribution nobody knows what it belongs to. */
interface MailsIn {
  arrival: Generated<number>;
  id: string;
  mark: string;
  person: string | null;
  contribution: string | null;
  /** The mail of ours. */
  outbox: string | null;
  reference: string | null;
  kind: MailInKind;
  at: string;
  /** Sender, subject, text, names of files. */
  sealed: Uint8Array;
  /** As it came. */
  bytes: Uint8Array;
  /** The account that put it under its contribution by hand. */
  moved_by: string | null;
  /** When it was last moved by hand, also back: it is kept among the unmatched for as long from then on. */
  moved_at: string | null;
}

/** When the staff were last told of this kind of thing; `subject`: a contribution, or a person before there is one. */
interface StaffNotices {
  subject: string;
  kind: string;
  person: string | null;
  at: string;
  /** 0: begun, and nobody knows whether it went. */
  sent: Generated<number>;
}

export interface MailsInTables {
  mails_in: MailsIn;
  staff_notices: StaffNotices;
}
