// The port to whatever takes a mail from us. It says what is known, and never more.

export interface MailEnvelope {
  readonly from: string;
  /** The sender to fall back to if the server allows no other, e.g. without the token behind a plus sign. Default: none. */
  readonly plainFrom?: string;
  readonly to: string;
  /** A constant and the reference, e.g. `GR-1234` or `GR-1234-withdrawal`; if a file is written, its name. */
  readonly name: string;
}

/** `server` is the host that we spoke with; `reason` holds codes only and may be logged; `reply` is the server's own text. */
export type TransportResult =
  /** No mail server is configured: the mail lies in a folder of this machine. */
  | { readonly kind: 'written'; readonly folder: string }
  /** A 250 after the final dot. */
  | { readonly kind: 'accepted'; readonly server: string }
  /** Certainly not taken; another attempt cannot make a second copy. */
  | { readonly kind: 'deferred'; readonly server: string; readonly reason: string }
  /** All bytes were handed over and no answer came: taken or not, nobody here knows. */
  | { readonly kind: 'uncertain'; readonly server: string; readonly reason: string }
  /** A 5xx about this mail: another attempt would get it again. */
  | { readonly kind: 'refused'; readonly server: string; readonly reply: string };

/** Of a mail that no other process may hand over meanwhile. */
export interface MailHold {
  /** Aborted: it may be another process's by now, and nothing more of it may leave. */
  readonly lost: AbortSignal;
  /** Asked right before the last piece. */
  isStillOurs(): Promise<boolean>;
}

export interface MailTransport {
  /** False for the outbox folder: nothing leaves this machine. */
  readonly leavesMachine: boolean;
  /** Never throws for what can be expected of a network. */
  deliver(bytes: Uint8Array, envelope: MailEnvelope, hold?: MailHold): Promise<TransportResult>;
}
