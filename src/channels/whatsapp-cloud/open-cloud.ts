// Builds the Cloud API's channel: what the conversation sends through, and the webhook that Meta calls.

import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { type Deadlines, DEADLINES } from '../../deadlines.ts';
import type { ChannelFacts } from '../../dialog/engine/world.ts';
import { inEvery } from '../../languages.ts';
import { loadCatalogue } from '../../texts/catalogues.ts';
import { type AccountsKept, Standing } from '../account-status.ts';
import type { Channel, Inbox } from '../channel.ts';
import { readDocx } from '../media/read-docx.ts';
import { checkPlace, type GraphPlace, META, openGraph, readRefusal } from './graph.ts';
import { Incoming } from './incoming.ts';
import { Outgoing } from './outgoing.ts';
import {
  type Aliases,
  type CloudTrouble,
  type Documents,
  KEPT_AS,
  type Kept,
  type SpeakOpus,
  WHATSAPP_CLOUD,
} from './ports.ts';
import type { Status, Webhook } from './read-webhook.ts';
import { buildCloudRoutes } from './routes.ts';

const CLOUD_PATH = '/whatsapp/webhook';

/** Milliseconds that an acknowledgement waits for the next message of a burst. */
const GATHERS = 2_500;

/** Events of Meta after which our account answers nobody, or fewer people. */
const RESTRICTED = /^(?:DISABLED_UPDATE|ACCOUNT_(?:RESTRICTION|VIOLATION|DELETED|OFFBOARDED))$/;

/** A Graph API on loopback, for tests. */
export interface CloudForTests {
  readonly place: GraphPlace;
  readonly gathers?: number;
}

export interface CloudOptions {
  /** The id of our number. */
  readonly number: string;
  readonly token: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly template: string | null;
  readonly store: Aliases & Documents & { readonly whatsapp: Kept & AccountsKept };
  readonly takesVoice: boolean;
  readonly speak: SpeakOpus | null;
  readonly now: () => Date;
  readonly newCode: () => string;
  readonly onFault: (error: unknown) => void;
  /** Tells staff; resolves to false if it could not be delivered. Null if there is nobody to tell. */
  readonly tellStaff: ((reason: string) => Promise<boolean>) | null;
  readonly log: Logger;
  readonly deadlines?: Deadlines;
  readonly forTests?: CloudForTests;
}

export interface Cloud {
  readonly channel: Channel;
  readonly facts: ChannelFacts;
  readonly routes: { readonly path: string; readonly app: Hono<{ readonly Bindings: Partial<HttpBindings> }> };
  /** Takes the messages that a former process left. */
  start(inbox: Inbox): Promise<void>;
  /** Another process is gone: takes what it left. */
  recover(): Promise<void>;
  /** For /health. */
  shown(): string;
  /** Resolves when no message is in progress. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws {HostRefusedError} */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { store, takesVoice, speak, now, newCode, onFault, log, forTests, deadlines = DEADLINES } = options;
  const place = forTests?.place ?? META;
  checkPlace(place, forTests !== undefined);
  const limits = { message: deadlines.connector, file: deadlines.bubble };
  const graph = openGraph({ place, number: options.number, token: options.token, limits });
  const standing = new Standing<CloudTrouble>({
    account: KEPT_AS,
    auth: store.whatsapp,
    tellStaff: options.tellStaff,
    onTrouble: (trouble) => log.error({ trouble }, 'the number on the Cloud API needs a person: docs/whatsapp.md'),
    onFault,
    now,
  });
  await standing.begin();
  const texts = loadCatalogue('whatsapp');
  const shared = { kept: store.whatsapp, aliases: store, documents: store, now };
  const outgoing = new Outgoing({
    ...shared,
    graph,
    speak,
    standing,
    open: inEvery((language) => texts[language].open),
    template: options.template,
  });
  let incoming: Incoming | null = null;

  async function noteStatus({ id, status, seconds, code }: Status): Promise<void> {
    const refusal = status === 'failed' ? readRefusal(400, code) : null;
    if (refusal?.is === 'account') standing.refused(refusal.trouble);
    await store.whatsapp.noteStatus({
      messageId: id,
      status,
      at: new Date(seconds * 1000).toISOString(),
      code,
      then: refusal === null ? 'nothing' : refusal.is === 'never' ? 'failed' : 'held',
    });
  }

  /** Statuses prove, and change little: if one cannot be stored, Meta sends the whole webhook again. */
  async function take({ messages, statuses, account }: Webhook): Promise<void> {
    if (account.some((event) => RESTRICTED.test(event))) standing.refused('cloud-restricted');
    if (incoming === null) throw new Error('not started');
    await incoming.take(messages);
    for (const status of statuses) await noteStatus(status);
  }

  /** So that a wrong token is known before the first person writes. */
  async function look(): Promise<void> {
    const answer = await graph.look();
    if (answer.kind === 'ok') return standing.wentThrough();
    if (answer.kind === 'unreachable') return log.warn('the Graph API could not be reached at the start');
    const refusal = readRefusal(answer.status, answer.code);
    standing.refused(refusal.is === 'account' ? refusal.trouble : 'cloud-token');
  }

  return {
    channel: {
      name: WHATSAPP_CLOUD,
      // The text contains the numbers even if there are buttons: not every phone draws them.
      capabilities: { buttons: false, bubble: 600, files: true, joins: true },
      parallel: true,
      gathers: forTests?.gathers ?? GATHERS,
      send: (to, reply, id) => outgoing.send(to, reply, id, 'text'),
      sendRest: (to, reply, id) => outgoing.send(to, reply, id, 'rest'),
    },
    facts: { seenBy: 'messenger', reads: true, takesFiles: true, takesVoice, speaks: speak !== null },
    routes: { path: CLOUD_PATH, app: buildCloudRoutes({ ...options, take }) },
    async start(inbox) {
      incoming = new Incoming({ ...shared, inbox, readDocx, takesVoice, graph, deadlines, newCode, onFault });
      await incoming.recover();
      void look().catch(onFault);
    },
    recover: async () => incoming?.recover(),
    shown: () => standing.restricted ?? 'ready',
    idle: async () => incoming?.idle(),
    async stop() {
      incoming?.stop();
      await incoming?.idle();
      await standing.end();
    },
  };
}
