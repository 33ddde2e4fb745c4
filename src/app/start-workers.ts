// The work that goes on in the background of the conversation: sending replies, delivering mails, reading answers,
// transcribing recordings, erasing expired data.

import type { Channel } from '../channels/channel.ts';
import { startReplyDelivery } from '../conversation/deliver-replies.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { recordErased, type Audit } from '../staff/audit/audit.ts';
import { startRetention } from '../store/erasure/purge.ts';
import type { Store } from '../store/open.ts';
import { startWorker, type Worker } from '../worker.ts';
import type { AppContext } from './app-context.ts';
import type { OpenCalls } from './open-calls.ts';
import type { OpenChannel } from './open-channels.ts';
import { openMailIn } from './open-mail-in.ts';
import { openMails, openReleaseClock } from './open-mails.ts';
import { openVoice } from './open-voice.ts';

export interface WorkersOptions extends Pick<OpenCalls, 'calls' | 'recipientOf'> {
  readonly channels: readonly OpenChannel[];
  readonly conversation: Conversation;
  readonly audit: Audit;
}

export interface Workers {
  /** By the names of their channels. They wait for a first kick. */
  readonly deliveries: ReadonlyMap<string, Worker>;
  /** Resolves when every turn was taken that somebody's inbox held an event for. */
  readonly settleInbox: () => Promise<void>;
  /** Resolves when every reply that is due now has been tried. */
  readonly settle: () => Promise<void>;
  /** The same after the clock of the reviews has struck, and every mail that is due now has been tried. */
  readonly settleMails: () => Promise<void>;
  /** For /health: the mailbox that answers come to. */
  readonly mailbox: () => Readonly<Record<string, string>>;
  /** Each ends one of them. */
  readonly stops: readonly (() => Promise<void>)[];
}

/** All begin at once, apart from the deliveries of replies. */
export function startWorkers(context: AppContext, options: WorkersOptions): Workers {
  const { config, store, now, onFault, log } = context;
  const { channels, calls, recipientOf, conversation, audit } = options;
  const deliveries = new Map(
    channels.map(({ channel }) => {
      const delivery = startReplyDelivery({ store, channel, now, onFault }, channel.gathers ?? 5_000);
      return [channel.name, delivery] as const;
    }),
  );
  const mails = openMails({ ...context, recipientOf });
  const mailIn = openMailIn({ ...context, recover: () => conversation.recover() });
  const reviews = openReleaseClock({ ...context, calls });
  const voice = openVoice(context);
  const inbox = wakeOnCommit(store, {
    ...{ conversation, mails, voice, onFault },
    deliveries: [...deliveries.values()],
    channels: channels.map(({ channel }) => channel),
  });
  const keep = { ...config, voiceDays: config.voice.keepDays };
  const retention = startRetention({ store, now, keep, onErased: recordErased(audit), onFault, log });

  const settle = async (): Promise<void> => {
    await voice?.settle();
    await inbox.settle();
    await conversation.said();
    for (const delivery of deliveries.values()) await delivery.settle();
  };
  const all = [retention, voice, reviews, mails, mailIn, inbox, ...deliveries.values()];
  return {
    deliveries,
    settleInbox: () => inbox.settle(),
    settle,
    async settleMails() {
      await reviews.settle();
      await mails.settle();
      await settle();
    },
    mailbox: () => mailIn.shown(),
    stops: [...all.flatMap((worker) => (worker === null ? [] : () => worker.stop())), () => conversation.said()],
  };
}

// Wakes workers after the store has committed (docs/decisions/0166-the-store-says-what-it-wrote.md).

const MINUTE = 60_000;

interface Woken {
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
function wakeOnCommit(store: Pick<Store, 'onCommit'>, woken: Woken): Worker {
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
