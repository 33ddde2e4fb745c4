// Cases whose data key only staff can open.

/** The server has no key of this contribution: it is in `age`, encrypted to the public keys of staff. */
interface SealedKeys {
  contribution: string;
  /** Words after the sealing belong to this contribution of the same case, which has another key. */
  goes_on: string;
  /** The data key as an age file. */
  age: Uint8Array;
  /** The public keys, separated by spaces. */
  recipients: string;
  /** The session as it was, and other rows that were under the person's key: under the key in `age`. */
  put_away: Uint8Array;
  /** The facts of the mails that a withdrawal needs: under the key of `goes_on`. */
  mails: Uint8Array;
  at: string;
}

export interface SealedTables {
  sealed_keys: SealedKeys;
}
