// The web server of this app: what its pages are given, and its end.

import { randomBytes } from 'node:crypto';
import type { Conversation } from '../conversation/conversation.ts';
import { isNeverLimited } from '../dialog/understanding/commands.ts';
import type { OpenDesk } from '../staff/open-desk.ts';
import type { Speak } from '../voice/speaker.ts';
import { buildWeb, type RunningWeb, startWeb, type WebDeps } from '../web/server.ts';
import type { AppContext } from './app-context.ts';
import type { Metrics } from './metrics.ts';
import type { OpenCalls } from './open-calls.ts';
import type { Channels } from './open-channels.ts';
import type { MessengerInbox } from './open-conversation.ts';
import { voiceMeansOf } from './open-voice.ts';
import { buildPrinted } from './printed-words.ts';

export interface WebOptions extends OpenCalls {
  readonly channels: Channels;
  readonly conversation: Conversation;
  /** For messengers that call this server. */
  readonly inbox: MessengerInbox;
  readonly desk: OpenDesk;
  readonly speak: Speak | null;
  /** For /health. */
  readonly mailbox: () => Readonly<Record<string, string>>;
  readonly metrics: Metrics;
}

export interface Web {
  /** Throws if the port is taken. */
  readonly listen: () => Promise<RunningWeb>;
  /** Ends open pages first, so that the server can close; also if it never listened. */
  readonly close: () => Promise<void>;
}

/** Nothing is built before it listens. */
export function openWeb(context: AppContext, options: WebOptions): Web {
  const { port, host } = context.config;
  let running: RunningWeb | null = null;
  let isReady = true;
  const build = () => buildWeb({ ...webDeps(context, options), isReady: () => isReady });
  return {
    listen: async () => (running = await startWeb(build(), { port, host })),
    async close() {
      isReady = false;
      options.channels.changes.close();
      options.desk.close();
      await running?.close();
    },
  };
}

function webDeps(context: AppContext, options: WebOptions): WebDeps {
  const { config, store, loaded, now, onFault } = context;
  const { calls, served, broken, conversation, inbox, desk, speak, mailbox } = options;
  const { changes, teams, whatsapp, cloud } = options.channels;
  const { roles } = config;
  const { metricsToken: token } = context.secrets;
  const { intake, lexicon, texts } = loaded;
  const operator = { ...config, ...config.operator };
  return {
    inbox: conversation,
    people: store,
    overview: (person) => conversation.overview(person),
    changes,
    shared: store.shared,
    texts: loaded.web,
    printed: buildPrinted(calls.current(served.first), operator, intake, texts.translate),
    callState: (id) => served.stateOf(id, now().toISOString()),
    now,
    randomBytes,
    publicUrl: config.publicUrl,
    codeDays: config.idleDays,
    leaveUrl: config.leaveUrl,
    takesVoice: voiceMeansOf(config) !== undefined,
    soundsKept: (person) => store.voice.keptOf(person),
    speak,
    trial: config.trial,
    trustProxy: config.trustProxy,
    isCommand: isNeverLimited.bind(null, lexicon),
    onFault,
    ping: () => store.ping(),
    lines: () => ({
      ...broken,
      ...(whatsapp === null ? {} : { whatsapp: whatsapp.shown() }),
      ...(cloud === null ? {} : { 'whatsapp-cloud': cloud.shown() }),
      ...(teams === null ? {} : { teams: teams.shown() }),
      ...mailbox(),
    }),
    sourceUrl: config.sourceUrl,
    pages: roles.has('web'),
    metrics: token === null ? null : { token, read: () => options.metrics.read() },
    routes: [
      ...(roles.has('web') ? [desk] : []),
      ...(teams === null || !roles.has('teams') ? [] : [teams.routes(inbox)]),
      ...(cloud === null || !roles.has('whatsapp') ? [] : [cloud.routes]),
    ],
  };
}
