// How a conversation goes on: elsewhere, by a code; and after a stop of the program.

import type { Address } from '../../channels/channel.ts';

/** What a code that was written into a chat led to. */
export type Arrived = 'came' | 'other-here' | 'unknown';

/** How a question stands on its way. */
export interface Asking {
  readonly waits: boolean;
  /** ISO; null: nobody has said that it arrived. */
  readonly arrivedAt: string | null;
}

export interface GoingOn {
  /**
   * The conversation of this code goes on at `to`. False for a code that nobody has; `since` (ISO): of those that work
   * once, older ones are over.
   */
  resumeAt(code: string, to: Address, since: string): Promise<boolean>;
  /** The same where the code was written into a chat. */
  resumeHere(code: string, from: Address, since: string): Promise<Arrived>;

  /** Two addresses turned out to be one person's. `code`: made anew, for a text that would else be out of reach. */
  mergeIdentities(meeting: { readonly lid: Address; readonly number: Address; readonly code: string }): Promise<void>;

  recordStart(boot: string): Promise<void>;
  recordStop(boot: string): Promise<void>;
  /** That start did not come to a clean stop. */
  endedUncleanly(boot: string): Promise<boolean>;
  /** The newest reply that was tried was refused for good: the person never saw it. */
  isUnheard(person: string): Promise<boolean>;
  /** The newest reply that asks this; null where there is none. */
  newestAsking(person: string, promptId: string): Promise<Asking | null>;
  /** The person's newest message; its text is null where it was taken out. */
  lastSaid(person: string): Promise<{ readonly at: string; readonly text: string | null } | null>;
}
