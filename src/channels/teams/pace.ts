// Limits per conversation: 7 messages in a second, 60 in 30 seconds, 1,800 in an hour
// (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).

const WINDOWS = [
  { most: 7, ms: 1_000 },
  { most: 60, ms: 30_000 },
  { most: 1_800, ms: 3_600_000 },
] as const;
const HOUR = 3_600_000;
/** Most conversations remembered; the longest unused is forgotten first. */
const MOST_CONVERSATIONS = 10_000;

/** In memory only: after a restart Teams itself reports an excess. */
export class Pace {
  readonly #sent = new Map<string, number[]>();
  readonly #held = new Map<string, number>();

  /** Milliseconds until another message may be sent there; 0 if it may be now. */
  wait(conversation: string, now: number): number {
    const sent = this.#sent.get(conversation) ?? [];
    const waits = WINDOWS.map(({ most, ms }) => {
      const oldest = sent.at(-most);
      return oldest === undefined ? 0 : Math.max(0, oldest + ms - now);
    });
    return Math.max(...waits);
  }

  /** Teams asked for a pause in this conversation. */
  hold(conversation: string, until: number): void {
    this.#held.delete(conversation);
    this.#held.set(conversation, until);
    forgetOldest(this.#held);
  }

  /** Milliseconds of that pause that are left. */
  heldFor(conversation: string, now: number): number {
    const left = (this.#held.get(conversation) ?? 0) - now;
    if (left <= 0) this.#held.delete(conversation);
    return Math.max(0, left);
  }

  note(conversation: string, now: number): void {
    const sent = (this.#sent.get(conversation) ?? []).filter((at) => at > now - HOUR);
    sent.push(now);
    this.#sent.delete(conversation);
    this.#sent.set(conversation, sent);
    forgetOldest(this.#sent);
  }
}

function forgetOldest(conversations: Map<string, unknown>): void {
  const [oldest] = conversations.keys();
  if (conversations.size > MOST_CONVERSATIONS && oldest !== undefined) conversations.delete(oldest);
}
