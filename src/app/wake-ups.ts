// Wakes workers after the store has committed (docs/decisions/0166-the-store-says-what-it-wrote.md), in this process or in another one;
// and looks regularly for what nobody was woken for.

import type { Channel } from '../channels/channel.ts';
import type { Changes } from '../channels/web-chat/ports.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { CommitListener } from '../store/db/database.ts';
import type { Store } from '../store/open.ts';
import { startWorker, type Worker } from '../worker.ts';

const MINUTE = 60_000;
/** Milliseconds between two looks for what another process may have left, or told nobody. */
const LOOK_MS = 5_000;

export interface Woken {
  readonly conversation: Pick<Conversation, 'settle'>;
  /** Null: another process sends them. */
  readonly mails: Pick<Worker, 'kick'> | null;
  /** Null if nothing transcribes recordings here. */
  readonly voice: Pick<Worker, 'kick'> | null;
  /** One for each channel. */
  readonly deliveries: readonly Pick<Worker, 'kick'>[];
  readonly channels: readonly Pick<Channel, 'notify'>[];
  readonly changes: Pick<Changes, 'people' | 'notify'>;
  /** Takes the turns of events that other processes wrote. */
  readonly hasJobs: boolean;
  readonly onFault: (error: unknown) => void;
}

/** A worker that takes the turns of people with a new internal event in their inbox. */
export function wakeOnCommit(
  store: Pick<Store, 'onCommit' | 'onCommitElsewhere' | 'peopleWaiting' | 'shared'>,
  woken: Woken,
): Worker {
  const { conversation, mails, voice, deliveries, channels, hasJobs, onFault } = woken;
  const posted = new Set<string>();
  const takePosted = async (): Promise<void> => {
    for (const person of posted) {
      posted.delete(person);
      // One person's broken row must not stop the others.
      await conversation.settle(person).catch(onFault);
    }
  };
  const inbox = startWorker(takePosted, { everyMs: MINUTE, waits: true, onFault });
  const wake: CommitListener = (what, people) => {
    switch (what) {
      case 'inbox':
        for (const person of people) posted.add(person);
        return inbox.kick();
      case 'outbox':
        return mails?.kick();
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
  };
  store.onCommit(wake);
  if (store.shared === null) return inbox;
  store.onCommitElsewhere((what, people) => {
    if (what !== 'inbox' || hasJobs) wake(what, people);
  });
  const looks = [lookForWaiting(store, posted, inbox, onFault), lookAtPages(store.shared, woken)];
  return {
    ...inbox,
    async stop() {
      for (const look of looks) await look.stop();
      await inbox.stop();
    },
  };
}

/** People with an event that waits at two looks in a row: the process that received it has died, or is frozen. */
function lookForWaiting(
  store: Pick<Store, 'peopleWaiting'>,
  posted: Set<string>,
  inbox: Pick<Worker, 'kick'>,
  onFault: (error: unknown) => void,
): Worker {
  let before: ReadonlySet<string> = new Set();
  const look = async (): Promise<void> => {
    const waiting = await store.peopleWaiting();
    for (const person of waiting) if (before.has(person)) posted.add(person);
    before = new Set(waiting);
    if (posted.size > 0) inbox.kick();
  };
  return startWorker(look, { everyMs: LOOK_MS, waits: true, onFault });
}

/** Pages are told of turns that another process took, even if that one could not say so. */
function lookAtPages(shared: NonNullable<Store['shared']>, { changes, onFault }: Woken): Worker {
  let before: ReadonlyMap<string, number> = new Map();
  const look = async (): Promise<void> => {
    const versions = await shared.versions(changes.people());
    for (const [person, version] of versions) if (before.get(person) !== version) changes.notify(person);
    before = versions;
  };
  return startWorker(look, { everyMs: LOOK_MS, waits: true, onFault });
}
