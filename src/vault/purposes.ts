// The purposes that the master key gives a key for, and which of them outlive a change of it:
// docs/decisions/0231-change-of-the-master-key.md.

/**
 * Purposes whose results are stored, in the database, the ledger or the anchor, without the text that they were computed
 * from. They are carried over.
 */
export const CARRIED = [
  // People and their messages.
  'fingerprint/address',
  'fingerprint/received',
  'fingerprint/event',
  'fingerprint/message',
  'fingerprint/code',
  'fingerprint/code-begins',
  'fingerprint/own-word',
  'fingerprint/whatsapp',
  // The draft of a page, under a key that also needs the browser's cookie.
  'secret/web-session',
  // Mails.
  'fingerprint/message-id',
  'fingerprint/mail-in',
  'fingerprint/mailbox',
  // The ledger of erasures, the audit log and its anchor.
  'fingerprint/ledger/erased',
  'fingerprint/ledger/mail',
  'fingerprint/audit',
  'fingerprint/audit-anchor',
  // Accounts of staff.
  'fingerprint/staff-email',
  'fingerprint/staff-subject',
  'fingerprint/staff-code',
  'fingerprint/staff-passkey',
  'fingerprint/staff-passkey-user',
  'fingerprint/staff-tries',
] as const;

/** Purposes that begin again with a new master key: staff sign in, and rates are counted from nothing. */
type Renewed =
  | 'wrap'
  | 'carry'
  | 'fingerprint/master'
  | 'fingerprint/rate'
  | 'fingerprint/closed-key'
  | 'fingerprint/staff-session'
  | 'fingerprint/staff-challenge'
  | 'fingerprint/staff-csrf'
  | 'fingerprint/staff-browser'
  | 'fingerprint/staff-browser-name';

export type Purpose = (typeof CARRIED)[number] | Renewed;
type After<P, Prefix extends string> = P extends `${Prefix}${infer Rest}` ? Rest : never;
/** The purposes of `fingerprint()`. */
export type Domain = After<Purpose, 'fingerprint/'>;
/** The purposes of `keyFromSecret()`. */
export type SecretPurpose = After<Purpose, 'secret/'>;
