// How fast the account as a whole may write: one bucket over all chats, besides the human pace in each (outgoing.ts). The reasons
// for its figures: docs/decisions/0238-a-bucket-for-the-account.md.

/** Messages that may leave at once after a rest, and the milliseconds in which one more may. */
const USUAL = { atOnce: 20, every: 250 };
/** After WhatsApp has refused a message: about the pace of one person who writes. */
const CAREFUL = { atOnce: 1, every: 1_500 };
const CAREFUL_MS = 10 * 60_000;

export interface Bucket {
  /** Takes a place in the order of the calls: milliseconds until its message may leave. */
  take(): number;
  /** WhatsApp refused a message. */
  refused(): void;
  /** The line was closed: nobody waits for a place any more. */
  forget(): void;
}

/** `now`: milliseconds, which only grow. */
export function openBucket(now: () => number): Bucket {
  /** When the bucket is full again, if nothing more is taken. */
  let full = 0;
  let carefulUntil = 0;
  return {
    take() {
      const at = now();
      const { atOnce, every } = at < carefulUntil ? CAREFUL : USUAL;
      full = Math.max(full, at) + every;
      return Math.max(0, full - at - atOnce * every);
    },
    refused: () => void (carefulUntil = now() + CAREFUL_MS),
    forget: () => void (full = Math.min(full, now())),
  };
}
