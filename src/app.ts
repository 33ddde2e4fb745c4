// The composition root: makes every part with plain constructor calls and passes it to those that need it.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { deskDeps } from './app/desk-deps.ts';
import { deskKnowledge } from './app/desk-knowledge.ts';
import { loadTexts } from './app/load-texts.ts';
import { type OpenChannel, openChannels } from './app/open-channels.ts';
import { openConversation, warnOfMissingReviewers } from './app/open-conversation.ts';
import { openMailIn } from './app/open-mail-in.ts';
import { openAccountNotices, openMails, openReleaseClock, openTransport, staffMailDeps } from './app/open-mails.ts';
import { openNotices } from './app/open-notices.ts';
import { openConfiguredStore } from './app/open-store.ts';
import { openSpeaker, openVoice, voiceMeansOf } from './app/open-voice.ts';
import { buildPrinted } from './app/printed-words.ts';
import { wakeOnCommit } from './app/wake-on-commit.ts';
import { buildCallShelf } from './calls/call-registry.ts';
import type { TeamsNetwork } from './channels/teams/open-teams.ts';
import type { RunningWhatsApp, WhatsAppForTests } from './channels/whatsapp/for-app.ts';
import type { Config, Secrets } from './config/config.ts';
import type { Conversation } from './conversation/conversation.ts';
import { startReplyDelivery } from './conversation/deliver-replies.ts';
import { buildResumeHere } from './conversation/take-case.ts';
import { type Deadlines, DEADLINES, within } from './deadlines.ts';
import { commandIn } from './dialog/understanding/commands.ts';
import type { Command } from './dialog/understanding/lexicon.ts';
import { safeError } from './mail/safe-error.ts';
import { recordErased } from './staff/audit/audit.ts';
import { openDesk } from './staff/open-desk.ts';
import { startRetention } from './store/erasure/purge.ts';
import type { Store } from './store/open.ts';
import { buildWeb, type RunningWeb, startWeb } from './web/server.ts';
import type { Worker } from './worker.ts';

/** Commands that are never rate limited. */
const ALWAYS: readonly (Command | null)[] = ['stop', 'delete', 'help', 'pause'];

/** Recipient of a trial's mails, a domain that nobody can own (RFC 2606). They are written to the outbox folder. */
const TRIAL_ADDRESS = 'submissions@example.org';

export interface AppOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Logger;
  /** For tests: a local server, without a pause between bubbles. */
  readonly whatsapp?: WhatsAppForTests;
  /** In addition to the configured ones. */
  readonly channels?: readonly OpenChannel[];
  readonly now?: () => Date;
  /** Replaces Microsoft's network in tests. */
  readonly teamsNetwork?: TeamsNetwork;
  /** Shorter ones, for tests. */
  readonly deadlines?: Deadlines;
  /** Milliseconds between two looks for due mails. Default 5 000. */
  readonly lookEvery?: number;
}

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
export async function openApp({
  config,
  secrets,
  log,
  whatsapp: forTests,
  channels = [],
  now = () => new Date(),
  lookEvery = 5_000,
  teamsNetwork,
  deadlines = DEADLINES,
}: AppOptions): Promise<App> {
  const loaded = loadTexts(config.timeZone);
  const { texts, lexicon, intake } = loaded;
  const transport = openTransport(config, secrets, deadlines);
  const mailing = { config, transport, texts: loaded.mail, now, deadlines };
  const onFault = (error: unknown) => log.error(safeError(error), 'a fault in the program');

  const { store, masterKey } = await openConfiguredStore(config, secrets, now, deadlines);
  const calls = buildCallShelf(
    loaded.calls,
    (hash) => store.archivedCall(hash),
    ({ hash, catalogues }) => {
      if (!texts.hasCall(hash)) texts.addCall(hash, catalogues);
    },
  );
  const callId = config.call ?? intake.call;
  const current = calls.current(callId);
  if (config.trial && (await store.callAddress(current.call.id)) === null) {
    const verifiedAt = now().toISOString();
    await store.setCallAddress({ callId, address: TRIAL_ADDRESS, source: 'trial', verifiedBy: 'trial', verifiedAt });
  }

  const speak = openSpeaker(config, now, onFault, deadlines);
  const boot = randomUUID();
  await store.recordStart(boot);
  const resumeHere = buildResumeHere({
    store,
    on: new Set(['whatsapp', 'teams']),
    days: config.idleDays,
    now,
  });
  const { all, changes, teams, whatsapp } = await openChannels({
    speak,
    config,
    secrets,
    store,
    // Late bound: the conversation needs its channels first.
    inbox: { take: async (incoming) => conversation.take(await resumeHere(incoming)) },
    more: channels,
    now,
    onWhatsAppOpen: () => deliveries.get('whatsapp')?.kick(),
    onFault,
    tellStaff: openAccountNotices(mailing),
    log,
    deadlines,
    ...(teamsNetwork === undefined ? {} : { teamsNetwork }),
    ...(forTests === undefined ? {} : { whatsapp: forTests }),
  });
  const deliveries: ReadonlyMap<string, Worker> = new Map(
    all.map(
      ({ channel }) =>
        [channel.name, startReplyDelivery({ store, channel, now, onFault }, channel.gathers ?? 5_000)] as const,
    ),
  );

  const conversation: Conversation = openConversation({
    config,
    store,
    loaded,
    calls,
    callId,
    channels: new Map(all.map((one) => [one.channel.name, one])),
    key: masterKey.key,
    boot,
    now,
    onFault,
  });

  const mails = openMails({ ...mailing, store, log, lookEvery });
  const mailIn = openMailIn({ config, secrets, store, now, recover: () => conversation.recover(), log, deadlines });
  const reviews = openReleaseClock({ ...mailing, store, calls, log, lookEvery });
  const voice = openVoice({ config, secrets, store, now, onFault, log, deadlines, lookEvery });
  const inbox = wakeOnCommit(store, {
    ...{ conversation, mails, voice, onFault },
    deliveries: [...deliveries.values()],
    channels: all.map(({ channel }) => channel),
  });
  const staffDeps = deskDeps({
    config,
    secrets,
    store,
    master: masterKey.key,
    texts: loaded.staff,
    now,
    onFault,
    deadlines,
  });
  const keep = { ...config, voiceDays: config.voice.keepDays };
  const onErased = recordErased(staffDeps.audit);
  const retention = startRetention({ store, now, keep, onErased, onFault, log });
  await warnOfMissingReviewers(store, config.release, log);
  await conversation.recover(true);
  await whatsapp?.start();
  for (const delivery of deliveries.values()) delivery.kick();

  const { bot, document } = loaded;
  const operator = { org: config.operator.name, idle: config.idleDays, closed: config.closedDays };
  const desk = openDesk({
    ...staffDeps,
    release: config.release,
    codeDays: config.idleDays,
    knows: deskKnowledge({ calls, lexicon, translate: texts.translate, bot, operator, document }),
    afterAct: () => inbox.settle(),
  });
  const notices = await openNotices({ config, mail: staffMailDeps(mailing), desk: staffDeps, log, lookEvery });
  let running: RunningWeb | null = null;
  let open = true;
  const settle = async (): Promise<void> => {
    await voice?.settle();
    await inbox.settle();
    await conversation.said();
    for (const delivery of deliveries.values()) await delivery.settle();
  };
  return {
    store,
    conversation,
    madeKey: masterKey.made,
    whatsapp,
    async listen() {
      const deps = {
        inbox: conversation,
        people: store,
        changes,
        texts: loaded.web,
        printed: buildPrinted(current, { ...config, ...config.operator }, intake, texts.translate),
        now,
        randomBytes,
        publicUrl: config.publicUrl,
        codeDays: config.idleDays,
        leaveUrl: config.leaveUrl,
        takesVoice: voiceMeansOf(config) !== undefined,
        soundsKept: (person: string) => store.voice.keptOf(person),
        speak,
        trial: config.trial,
        trustProxy: config.trustProxy,
        isCommand: (text: string) => ALWAYS.includes(commandIn(lexicon, text)),
        onFault,
        ping: () => store.ping(),
        lines: () => ({
          ...(whatsapp === null ? {} : { whatsapp: whatsapp.shown() }),
          ...(teams === null ? {} : { teams: teams.shown() }),
          ...mailIn.shown(),
        }),
        sourceUrl: config.sourceUrl,
        routes: [
          desk,
          ...(teams === null
            ? []
            : [
                teams.routes({
                  receive: async (incoming) => store.receive(await resumeHere(incoming)),
                  settle: (person) => conversation.settle(person),
                }),
              ]),
        ],
      };
      running = await startWeb(buildWeb(deps), { port: config.port, host: config.host });
      return running;
    },
    settle,
    async settleMails() {
      await reviews.settle();
      await mails.settle();
      await settle();
    },
    async close() {
      changes.close();
      desk.close();
      const ends = [
        () => running?.close(),
        () => teams?.settle(),
        () => whatsapp?.stop(),
        () => retention.stop(),
        () => voice?.stop(),
        () => reviews.stop(),
        () => mails.stop(),
        () => mailIn.stop(),
        () => notices.stop(),
        () => inbox.stop(),
        () => conversation.said(),
        ...[...deliveries.values()].map((delivery) => () => delivery.stop()),
      ];
      // All are stopped at once, so that one that hangs (a silent peer) does not delay the others. Interrupted work
      // continues at the next start, as after a kill.
      const ended = Promise.all(ends.map(async (end) => end()));
      await within(deadlines.stop, () => ended).catch(onFault);
      // Closing twice is allowed; the store is open once.
      if (open) await within(deadlines.closing, () => store.recordStop(boot)).catch(onFault);
      open = false;
      await store.close();
    },
  };
}
