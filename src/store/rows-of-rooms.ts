// What single rooms keep, each behind a port of its own.

import type { StaffNeeds } from './desk/staff-needs.ts';
import type { Reviews } from './reviews/reviews-port.ts';
import type { AuditRows } from './staff/audit-rows.ts';
import type { PasskeyRows } from './staff/passkey-rows.ts';
import type { StaffRows } from './staff/staff-codes.ts';
import type { StaffTries } from './staff/staff-tries.ts';
import type { WhatsAppRows } from './whatsapp/whatsapp-rows.ts';
import type { MailsIn } from './mail/mails-in.ts';
import type { VoiceRows } from './voice/voice-rows.ts';

export interface RowsOfRooms {
  /** What the channel of that name must keep. */
  readonly whatsapp: WhatsAppRows;
  readonly staff: StaffRows;
  readonly passkeys: PasskeyRows;
  readonly tries: StaffTries;
  readonly audit: AuditRows;
  /** What needs a person of the operator. */
  readonly staffNeeds: StaffNeeds;
  readonly voice: VoiceRows;
  /** What came back to mails of ours. */
  readonly mailsIn: MailsIn;
  /** What waits for a release, and the acts of the staff. */
  readonly reviews: Reviews;
}
