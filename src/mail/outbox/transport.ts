// The port to a mail transport. Results never claim more than is known.

export interface MailEnvelope {
  readonly from: string;
  /** The sender to fall back to if the server allows no other, e.g. without the token after a plus sign. Default: none. */
  readonly plainFrom?: string;
  /** At least one. */
  readonly to: readonly string[];
  /** A constant and the reference, e.g. `GR-1234` or `GR-1234-withdrawal`; if a file is written, its name. */
  readonly name: string;
}

/** `server` is the host that answered; `reason` contains codes only and may be logged; `reply` is the server's own text. */
export type TransportResult =
  /** No mail server is configured: the mail is in a folder of this machine. */
  | { readonly kind: 'written'; readonly folder: string }
  /** A 250 after the final dot. `refusedTo`: the addresses that the server did not take, with its words; absent if there is none. */
  | { readonly kind: 'accepted'; readonly server: string; readonly refusedTo?: string }
  /** Certainly not accepted; another attempt cannot make a second copy. */
  | {
      readonly kind: 'deferred';
      readonly server: string;
      readonly reason: string;
      /** Our own server refused us, in these words, before any other server could see the mail. */
      readonly ours?: string;
    }
  /** All bytes were transmitted and no answer came: accepted or not is not known. */
  | { readonly kind: 'uncertain'; readonly server: string; readonly reason: string }
  /** A 5xx about this mail: another attempt would get it again. */
  | { readonly kind: 'refused'; readonly server: string; readonly reply: string };

/** The lease of a mail: no other process may send it meanwhile. */
export interface MailHold {
  /** Aborted if another process may have it by now: nothing more of it may be sent. */
  readonly lost: AbortSignal;
  /** Checked right before the last piece. */
  isStillOurs(): Promise<boolean>;
}

export interface MailTransport {
  /** False for the outbox folder: nothing leaves this machine. */
  readonly leavesMachine: boolean;
  /**
   * Asks the server, without sending a mail, whether it takes this address as sender and recipient. `unknown`: it could
   * not be asked now. Absent for the outbox folder.
   */
  readonly checkAddress?: (address: string) => Promise<'takes' | 'refuses' | 'unknown'>;
  /** Never throws for network failures. */
  deliver(bytes: Uint8Array, envelope: MailEnvelope, hold?: MailHold): Promise<TransportResult>;
}
