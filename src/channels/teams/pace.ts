// How fast one conversation may be written to: 7 messages in a second, 60 in 30 seconds, 1,800 in an hour
// (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).

const WINDOWS = [
  { most: 7, ms: 1_000 },
  { most: 60, ms: 30_000 },
  { most: 1_800, ms: 3_600_000 },
] as const;
const HOUR = 3_600_000;
/** Conversations remembered at most; the longest unused is forgotten first. */
const MOST_CONVERSATIONS = 10_000;

/** In memory only: after a restart Teams itself says when it is too much. */
export class Pace {
  readonly #sent = new Map<string, number[]>();

  /** Milliseconds until one more message may go there; 0 where it may now. */
  wait(conversation: string, now: number): number {
    const sent = this.#sent.get(conversation) ?? [];
    const waits = WINDOWS.map(({ most, ms }) => {
      const oldest = sent.at(-most);
      return oldest === undefined ? 0 : Math.max(0, oldest + ms - now);
    });
    return Math.max(...waits);
  }

  note(conversation: string, now: number): void {
    const sent = (this.#sent.get(conversation) ?? []).filter((at) => at > now - HOUR);
    sent.push(now);
    this.#sent.delete(conversation);
    this.#sent.set(conversation, sent);
    if (this.#sent.size > MOST_CONVERSATIONS) {
      const oldest = this.#sent.keys().next();
      if (oldest.done !== true) this.#sent.delete(oldest.value);
    }
  }
}
