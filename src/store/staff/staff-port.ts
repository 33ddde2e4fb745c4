// What is kept of the operator's staff; staff-accounts.ts and staff-sessions.ts keep it. Names, e-mail addresses, password
// hashes and secrets lie sealed under a key of each account. Tokens and codes come in open and are kept as fingerprints.

import type { Language } from '../../languages.ts';
import type { SessionKind, SignInBy, StaffRole } from '../schema/staff-columns.ts';

export interface StaffAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly language: Language;
  /** `invited`: the one-time set-up has not been done (again) yet. */
  readonly state: 'invited' | 'active' | 'disabled';
  readonly signInBy: SignInBy;
  readonly createdAt: string;
}

export type NewStaffAccount = Pick<StaffAccount, 'name' | 'email' | 'role' | 'language' | 'signInBy'>;

export interface StaffSecrets {
  /** Encoded, with its parameters and salt; null while none is chosen. */
  readonly passwordHash: string | null;
  /** Base32; null while none is enrolled. */
  readonly totp: string | null;
}

export interface StaffSession {
  readonly staff: string;
  readonly kind: SessionKind;
  readonly begunAt: string;
  readonly seenAt: string;
  readonly provedAt: string;
  /** The secret that is being enrolled; null outside the set-up. */
  readonly enrolling: string | null;
}

export interface StaffRows {
  /** Null where the e-mail address is taken; capitals do not make it another one. */
  addAccount(account: NewStaffAccount): Promise<string | null>;
  account(id: string): Promise<StaffAccount | null>;
  accountByEmail(email: string): Promise<StaffAccount | null>;
  /** Bound at the first sign-in there; from then on the address alone is not enough. */
  accountBySubject(issuer: string, subject: string): Promise<StaffAccount | null>;
  /** False where the account is bound to another subject, or the subject to another account. */
  bindSubject(id: string, issuer: string, subject: string): Promise<boolean>;
  /** Oldest first. */
  accounts(): Promise<readonly StaffAccount[]>;
  setLanguage(id: string, language: Language): Promise<void>;
  /** Ends every session, and destroys password, second factors and codes. */
  disableAccount(id: string): Promise<void>;

  secrets(id: string): Promise<StaffSecrets>;
  setPassword(id: string, passwordHash: string): Promise<void>;
  /** Compare and set: false where this step, or a later one, was used before. */
  useTotpStep(id: string, step: number): Promise<boolean>;

  /** Makes the account `invited`: no session, second factor or code of before is worth anything any more. */
  inviteAgain(id: string, code: string, until: string): Promise<void>;
  /** The account that this code sets up, or null where it is wrong, over or used. */
  accountBySetUpCode(email: string, code: string, at: string): Promise<StaffAccount | null>;
  /** Ends the set-up: the code is used, the secret is theirs, the account active. False where that was done already. */
  finishSetUp(id: string, totp: string, step: number, recoveryCodes: readonly string[]): Promise<boolean>;
  replaceRecoveryCodes(id: string, codes: readonly string[]): Promise<void>;
  /** True once for each code. */
  useRecoveryCode(id: string, code: string): Promise<boolean>;
  countRecoveryCodes(id: string): Promise<number>;

  /** `first`: this administrator asked, another must agree. `agreed`: two different ones have, and it is used up. */
  agreeToRecovery(id: string, administrator: string, at: string, notBefore: string): Promise<'first' | 'agreed'>;
  /** Who has asked for it since then, by account. */
  recoveriesAsked(notBefore: string): Promise<ReadonlyMap<string, string>>;

  beginSession(token: string, session: Omit<StaffSession, 'seenAt'>): Promise<void>;
  session(token: string): Promise<StaffSession | null>;
  sawSession(token: string, at: string): Promise<void>;
  enrolInSession(token: string, totp: string): Promise<void>;
  provedAgain(token: string, at: string): Promise<void>;
  endSession(token: string): Promise<void>;
  /** All of an account's; but the one given. */
  endSessions(staff: string, but: string | null): Promise<void>;
  /** Browsers of this account that were known before this (ISO) are strange again; null where they never were forgotten. */
  browsersSince(staff: string): Promise<string | null>;
  /** Newest first, with whether it is the one given. */
  sessionsOf(staff: string, token: string): Promise<readonly (StaffSession & { readonly mine: boolean })[]>;
  /** Those that were begun or seen too long ago. */
  dropSessions(begunBefore: string, seenBefore: string): Promise<void>;
}
