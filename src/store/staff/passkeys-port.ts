// What is kept of passkeys; passkey-rows.ts keeps it. Of a passkey only its public half is ever here.

export interface NewPasskey {
  /** What its owner calls it. */
  readonly name: string;
  /** The host name that it was made for; it works nowhere else. */
  readonly host: string;
  /** Base64url, as the browser gives it. */
  readonly credential: string;
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** How the browser may reach it ("usb", "internal", …). */
  readonly transports: readonly string[];
  /** What it last said how often it was used; 0 for one that does not count. */
  readonly counter: number;
}

export interface Passkey extends NewPasskey {
  readonly id: string;
  readonly addedAt: string;
  /** Null where it was never used. */
  readonly usedAt: string | null;
}

export interface PasskeyRows {
  /** False where this passkey is known already. */
  add(staff: string, passkey: NewPasskey): Promise<boolean>;
  /** Oldest first. */
  of(staff: string): Promise<readonly Passkey[]>;
  /** Compare and set: false where it is gone, or counted as far before. */
  use(staff: string, id: string, counter: number): Promise<boolean>;
  /** False where the account has no such passkey. */
  remove(staff: string, id: string): Promise<boolean>;
  /** Keeps the fingerprint of what a passkey is asked to sign. */
  ask(staff: string, challenge: string, until: string): Promise<void>;
  /** True once for each that was asked of this account and is not over. */
  answered(staff: string, challenge: string): Promise<boolean>;
}
