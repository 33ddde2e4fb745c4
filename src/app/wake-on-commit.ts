// Wakes workers after the store has committed (docs/decisions/0166-the-store-says-what-it-wrote.md).

import type { Channel } from '../channels/channel.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Store } from '../store/open.ts';
import { startWorker, type Worker } from '../worker.ts';

const MINUTE = 60_000;

export interface Woken {
  readonly conversation: Pick<Conversation, 'settle'>;
  readonly mails: Pick<Worker, 'kick'>;
  /** Null if nothing transcribes recordings. */
  readonly voice: Pick<Worker, 'kick'> | null;
  /** One for each channel. */
  readonly deliveries: readonly Pick<Worker, 'kick'>[];
  readonly channels: readonly Pick<Channel, 'notify'>[];
  readonly onFault: (error: unknown) => void;
}

/** A worker that takes the turns of people with a new internal event in their inbox. */
export function wakeOnCommit(store: Pick<Store, 'onCommit'>, woken: Woken): Worker {
  const { conversation, mails, voice, deliveries, channels, onFault } = woken;
  const posted = new Set<string>();
  const takePosted = async (): Promise<void> => {
    for (const person of posted) {
      posted.delete(person);
      // One person's broken row must not stop the others.
      await conversation.settle(person).catch(onFault);
    }
  };
  const inbox = startWorker(takePosted, { everyMs: MINUTE, waits: true, onFault });
  store.onCommit((what, people) => {
    switch (what) {
      case 'inbox':
        for (const person of people) posted.add(person);
        return inbox.kick();
      case 'outbox':
        return mails.kick();
      case 'recordings':
        return voice?.kick();
      case 'replies':
        return deliveries.forEach((delivery) => delivery.kick());
      case 'transcript':
        for (const person of people) for (const channel of channels) channel.notify?.(person);
        return;
      default:
        return what satisfies never;
    }
  });
  return inbox;
}
