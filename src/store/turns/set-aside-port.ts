// What becomes of a message whose turn cannot be taken (docs/decisions/0136-a-message-that-cannot-be-taken.md).

import type { Event } from '../../dialog/engine/event.ts';

export interface Aside {
  readonly person: string;
  readonly inboxId: string;
  /** Null where it could not be read. */
  readonly event: Event | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What the transcript keeps of it, sealed; null where nothing was said. */
  readonly said: string | null;
  /** The event stays in the inbox as it came, and waits for nothing. Else its words live on in `said`, or not at all. */
  readonly keep: boolean;
  /** The staff are told that there is one, without content. */
  readonly tell: boolean;
  /** Rendered; null: the person is told nothing. */
  readonly reply: { readonly body: unknown; readonly promptId: string | null } | null;
  /** Channels whose people draw the replies from the transcript. */
  readonly drawnOn: readonly string[];
}

export interface SettingAside {
  /** Durable before it resolves: a process that dies in this turn is known by it. False: it came back from it. */
  noteBegun(inboxId: string, begun: boolean): Promise<void>;
  /** The turn came to its end by an error, and is not the one a process died in. How often by now, in all starts; null where nothing waits. */
  noteFailed(
    person: string,
    inboxId: string | null,
  ): Promise<{ readonly inboxId: string; readonly times: number } | null>;
  /** Takes it out of the way, in one transaction that asks as little as possible of what may be broken. */
  setAside(aside: Aside): Promise<void>;
  /** Under what the newest reply asked; null where it did not. */
  lastAsked(person: string): Promise<string | null>;
  /** Cancels every mail of this person that has not begun to leave. How many, and whether any other has left or may have. */
  takeAllBack(person: string, at: string): Promise<{ readonly cancelled: number; readonly left: boolean }>;
}
