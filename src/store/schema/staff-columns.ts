// The tables of staff. Sealed: name, e-mail address, password hash, secrets. `*_mark`: hashes.

import type { Generated } from 'kysely';
import type { Language } from '../../languages.ts';

/** Each includes the rights of the one before it. */
export const STAFF_ROLES = ['reader', 'reviewer', 'administrator'] as const;

export type StaffRole = (typeof STAFF_ROLES)[number];

/** `organisation`: the first factor is proved to the organisation's own sign-in service; there is no password here. */
export type SignInBy = 'password' | 'organisation';

/** `half`: one factor is proved. `set-up`: the one-time code was given. Neither may see anything of the desk. */
export type SessionKind = 'half' | 'set-up' | 'full';

interface StaffAccounts {
  id: string;
  email_mark: string;
  /** Of issuer and subject at the organisation's sign-in service. */
  subject_mark: string | null;
  sealed: Uint8Array;
  role: StaffRole;
  language: Language;
  state: 'invited' | 'active' | 'disabled';
  sign_in_by: SignInBy;
  password: Uint8Array | null;
  totp: Uint8Array | null;
  /** The time step of the last used code. */
  totp_step: Generated<number>;
  set_up_mark: string | null;
  set_up_until: string | null;
  /** The administrator who asked for a new second factor, and when. */
  recovery_by: string | null;
  recovery_at: string | null;
  created_at: string;
}

interface StaffRecoveryCodes {
  mark: string;
  staff: string;
}

interface StaffSessions {
  mark: string;
  staff: string;
  kind: SessionKind;
  begun_at: string;
  seen_at: string;
  proved_at: string;
  enrolling: Uint8Array | null;
}

interface StaffPasskeys {
  id: string;
  staff: string;
  /** Of the credential's id: one passkey belongs to one account. */
  mark: string;
  /** Name, host, credential id, public key, transports. */
  sealed: Uint8Array;
  counter: number;
  added_at: string;
  used_at: string | null;
}

/** A challenge that a passkey must sign; the row is deleted when it is used. */
interface StaffChallenges {
  mark: string;
  staff: string;
  until: string;
}

interface StaffTries {
  mark: string;
  count: number;
  at: string;
}

interface Audit {
  number: number;
  at: string;
  staff: string | null;
  action: string;
  reference: string | null;
  case_id: string | null;
  detail: string | null;
  previous: string;
  hash: string;
}

export interface StaffTables {
  staff_accounts: StaffAccounts;
  staff_recovery_codes: StaffRecoveryCodes;
  staff_sessions: StaffSessions;
  staff_passkeys: StaffPasskeys;
  staff_challenges: StaffChallenges;
  staff_tries: StaffTries;
  audit: Audit;
}
