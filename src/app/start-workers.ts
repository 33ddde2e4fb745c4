// The work that goes on in the background of the conversation: sending replies, delivering mails, reading answers,
// transcribing recordings, erasing expired data.

import type { Changes } from '../channels/web-chat/ports.ts';
import { startReplyDelivery } from '../conversation/deliver-replies.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { recordErased, type Audit } from '../staff/audit/audit.ts';
import { startRetention } from '../store/erasure/purge.ts';
import type { Worker } from '../worker.ts';
import { sealCases } from './closed/seal-cases.ts';
import type { AppContext } from './app-context.ts';
import type { OpenCalls } from './open-calls.ts';
import type { OpenChannel } from './open-channels.ts';
import { openMailIn } from './open-mail-in.ts';
import { openMails, openReleaseClock } from './open-mails.ts';
import { openVoice } from './open-voice.ts';
import type { Membership } from './membership.ts';
import { wakeOnCommit } from './wake-ups.ts';
import type { Watched } from './watch.ts';

export interface WorkersOptions extends Pick<OpenCalls, 'calls' | 'recipientOf'> {
  readonly channels: readonly OpenChannel[];
  readonly conversation: Conversation;
  readonly audit: Audit;
  /** This process among others. */
  readonly self: Membership;
  /** Open pages. */
  readonly changes: Pick<Changes, 'people' | 'notify'>;
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
  /** Staff are told about these if they fail. */
  readonly watched: Watched;
  /** For /health: the mailbox that answers come to. */
  readonly mailbox: () => Readonly<Record<string, string>>;
  /** Each ends one of them. */
  readonly stops: readonly (() => Promise<void>)[];
}

/** All begin at once, apart from the deliveries of replies; only those that belong to the roles of this process. */
export function startWorkers(context: AppContext, options: WorkersOptions): Workers {
  const { config, store, now, onFault, log, deadlines } = context;
  const { channels, calls, recipientOf, conversation, audit, self, changes } = options;
  const { roles } = config;
  // WhatsApp's line sends by itself: whoever has it.
  const sends = (channel: string) => roles.has(channel === 'whatsapp' ? 'whatsapp' : 'delivery');
  const only = (lease: string) => () => self.isOurs(lease);
  const deliveries = new Map(
    channels.flatMap(({ channel }) => {
      if (!sends(channel.name)) return [];
      const delivering = { store, channel, now, onFault, self, restMs: deadlines.rest };
      const delivery = startReplyDelivery(delivering, channel.gathers ?? 5_000);
      return [[channel.name, delivery] as const];
    }),
  );
  const mails = roles.has('delivery') ? openMails({ ...context, recipientOf }) : null;
  const hasJobs = roles.has('jobs');
  const recover = () => conversation.recover();
  const mailIn = hasJobs ? openMailIn({ ...context, recover, mayRun: only('mailbox') }) : null;
  const reviews = hasJobs ? openReleaseClock({ ...context, calls, mayRun: only('release-clock') }) : null;
  const voice = hasJobs ? openVoice(context) : null;
  const inbox = wakeOnCommit(store, {
    ...{ conversation, mails, voice, onFault, changes, hasJobs },
    deliveries: [...deliveries.values()],
    channels: channels.map(({ channel }) => channel),
  });
  const keep = { ...config, voiceDays: config.voice.keepDays };
  const seal = () => sealCases({ closed: config.closed, store, calls, audit, now, log });
  const erasing = { store, now, keep, seal, onErased: recordErased(audit), onFault, log, mayRun: only('retention') };
  const retention = hasJobs ? startRetention(erasing) : null;

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
      await reviews?.settle();
      await mails?.settle();
      await settle();
    },
    watched: { mailbox: mailIn?.mailbox ?? null, retention, 'release-clock': reviews },
    mailbox: () => mailIn?.shown() ?? {},
    stops: [...all.flatMap((worker) => (worker === null ? [] : () => worker.stop())), () => conversation.said()],
  };
}
