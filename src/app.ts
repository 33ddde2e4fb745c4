// The composition root: makes every part with plain constructor calls and passes it to those that need it.

import { randomUUID } from 'node:crypto';
import { type AppContext, type ContextOptions, openContext } from './app/app-context.ts';
import { deskDeps } from './app/desk-deps.ts';
import { openMetrics } from './app/metrics.ts';
import { openCalls } from './app/open-calls.ts';
import { type MoreChannels, openChannels } from './app/open-channels.ts';
import { openConversation, openMessengerInbox, warnOfMissingReviewers } from './app/open-conversation.ts';
import { openConfiguredDesk, openNotices } from './app/open-staff.ts';
import { joinProcesses, type Membership } from './app/membership.ts';
import { openSpeaker } from './app/open-voice.ts';
import { openWeb } from './app/open-web.ts';
import { startWorkers } from './app/start-workers.ts';
import { openWatch } from './app/watch.ts';
import type { RunningWhatsApp } from './channels/whatsapp/for-app.ts';
import type { Conversation } from './conversation/conversation.ts';
import { within } from './deadlines.ts';
import type { Store } from './store/open.ts';
import type { RunningWeb } from './web/server.ts';

export interface AppOptions extends ContextOptions, MoreChannels {}

export interface App {
  readonly store: Store;
  readonly conversation: Conversation;
  /** True at the very first start: the master key was created and must be backed up. */
  readonly madeKey: boolean;
  /** Null if it is not configured. */
  readonly whatsapp: RunningWhatsApp | null;
  listen(): Promise<RunningWeb>;
  /** Resolves when every reply that is due now has been tried. Mails are separate: a server may be silent for minutes. */
  settle(): Promise<void>;
  /** Resolves when deadlines of reviews were handled, and every due mail was tried and its outcome told. */
  settleMails(): Promise<void>;
  /** Accepts nothing more, ends running work, closes the store. */
  close(): Promise<void>;
}

/** Opens the store and all other parts. Throws an error for operators if something cannot be used. */
export async function openApp(options: AppOptions): Promise<App> {
  const context = await openContext(options);
  const { config, store, madeKey, log } = context;
  tellGaps(context.loaded.gaps, log);
  const calls = await openCalls(context);
  const speak = openSpeaker(context);
  const boot = randomUUID();
  await store.recordStart(boot);

  const changed: { gone: () => void } = { gone: () => undefined };
  const self = await joinProcesses({ store, boot, log, onGone: () => changed.gone() });

  const channels = await openChannels({ ...context, speak, more: options });
  const { all, teams, whatsapp, cloud } = channels;
  const conversation = openConversation(context, { ...calls, boot, channels: all });
  const metrics = openMetrics(store, conversation.turns, context.now);
  const inbox = openMessengerInbox(context, conversation);
  const staff = deskDeps(context);
  const { audit } = staff;
  const { changes } = channels;
  const workers = startWorkers(context, { ...calls, channels: all, conversation, audit, self, changes });
  const { deliveries, settle, settleMails, settleInbox, mailbox } = workers;

  await warnOfMissingReviewers(store, config.release, log);
  await conversation.recover(true);
  if (config.roles.has('whatsapp')) {
    await cloud?.start(inbox);
    await whatsapp?.start({ inbox, onOpen: () => deliveries.get('whatsapp')?.kick() });
  }
  changed.gone = () => {
    void cloud?.recover().catch(context.onFault);
    for (const delivery of deliveries.values()) delivery.kick();
  };
  for (const delivery of deliveries.values()) delivery.kick();

  const desk = openConfiguredDesk(context, { ...calls, staff, afterAct: settleInbox });
  const mayRun = () => self.isOurs('notices');
  const notices = config.roles.has('jobs') ? await openNotices({ ...context, audit, mayRun }) : null;
  const { watched } = workers;
  const watch = config.roles.has('jobs') ? openWatch(context, { workers: watched, isOurs: mayRun }) : null;
  const web = openWeb(context, { ...calls, channels, conversation, inbox, desk, speak, mailbox, metrics });
  const ends = [
    web.close,
    () => teams?.settle(),
    () => whatsapp?.stop(),
    () => cloud?.stop(),
    () => notices?.stop(),
    () => watch?.stop(),
    () => Promise.resolve(metrics.close()),
    ...workers.stops,
  ];
  const close = closeOnce(context, self, boot, ends);
  return { store, conversation, madeKey, whatsapp, listen: web.listen, settle, settleMails, close };
}

/**
 * Returns what closes the app: `ends`, each of which ends one part, then the store, in which the run that `recordStart` was given
 * (`boot`) is recorded as ended cleanly, and all that this process holds is handed over. Closing twice is allowed.
 */
function closeOnce(
  { store, deadlines, onFault }: AppContext,
  self: Membership,
  boot: string,
  ends: readonly (() => Promise<unknown> | undefined)[],
): () => Promise<void> {
  const close = async (): Promise<void> => {
    // All are stopped at once, so that one that hangs (a silent peer) does not delay the others. Interrupted work
    // continues at the next start, as after a kill.
    const ended = Promise.all(ends.map(async (end) => end()));
    await within(deadlines.stop, () => ended).catch(onFault);
    await within(deadlines.closing, async () => {
      await store.recordStop(boot);
      await self.leave();
    }).catch(onFault);
    await store.close();
  };
  let closing: Promise<void> | null = null;
  return () => (closing ??= close());
}

/** A language may lack texts, and the operator is told which. */
function tellGaps(gaps: AppContext['loaded']['gaps'], log: AppContext['log']): void {
  for (const language of new Set(gaps.map((gap) => gap.language))) {
    const own = gaps.filter((gap) => gap.language === language);
    const missing = own.reduce((sum, gap) => sum + gap.missing.length, 0);
    log.info(
      { language, missing, shownIn: own[0]?.fallback },
      'texts of a language are missing: npm run -s griot -- languages',
    );
  }
}
