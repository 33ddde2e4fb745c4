// The whole program with WhatsApp's Cloud API, in a folder of its own, against the stand-in of Meta's Graph API.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { openApp, type App, type AppOptions } from '../../src/app.ts';
import type { LoadedCalls } from '../../src/calls/load-calls.ts';
import type { GraphPlace } from '../../src/channels/whatsapp-cloud/graph.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Deadlines } from '../../src/deadlines.ts';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { APP_SECRET, NUMBER_ID, startGraphApi, TOKEN, VERIFY_TOKEN } from './graph-api/graph-api.ts';
import type { GraphApi } from './graph-api/graph-shapes.ts';
import { until } from './running-app.ts';
import { CloudPerson } from './graph-api/cloud-person.ts';

export const CLOUD_ENV = {
  WHATSAPP_CLOUD_NUMBER_ID: NUMBER_ID,
  WHATSAPP_CLOUD_TOKEN: TOKEN,
  WHATSAPP_CLOUD_APP_SECRET: APP_SECRET,
  WHATSAPP_CLOUD_VERIFY_TOKEN: VERIFY_TOKEN,
};

export interface CloudApp {
  readonly graph: GraphApi;
  readonly dir: string;
  /** All that was logged, at the loudest level. */
  readonly logged: readonly string[];
  app(): App;
  /** Invented; the same ones for the same `count`. */
  person(count: number): CloudPerson;
  /** By whichever address; null: nobody is known there. */
  personId(person: CloudPerson): Promise<string | null>;
  session(person: CloudPerson): Promise<Session>;
  /** What this person wrote, as it is in the transcript. */
  said(person: CloudPerson): Promise<readonly (string | null)[]>;
  /** Resolves when all that was stored is taken, and all that is due was tried. */
  settle(): Promise<void>;
  /** Lets both clocks run ahead by so many minutes. */
  pass(minutes: number): void;
  health(): Promise<unknown>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface CloudAppOptions {
  readonly deadlines?: Deadlines;
  readonly more?: Pick<AppOptions, 'whatsapp'>;
  /** In place of those in dialogs/. */
  readonly calls?: LoadedCalls;
  /** Milliseconds that an acknowledgement waits. */
  readonly gathers?: number;
}

export function placeOf({ base }: GraphApi): GraphPlace {
  return { base, isMedia: ({ origin }) => origin === base.origin };
}

export async function openCloudApp(
  environment: Readonly<Record<string, string>> = {},
  { deadlines, more, calls, gathers = 50 }: CloudAppOptions = {},
): Promise<CloudApp> {
  const dir = mkdtempSync(join(tmpdir(), 'griot-cloud-'));
  const graph = await startGraphApi();
  const logged: string[] = [];
  const { config, secrets } = readConfig({ PORT: '0', DATA_DIR: dir, ...CLOUD_ENV, ...environment });
  let running: { readonly app: App; readonly port: number } | null = null;
  const now = () => {
    if (running === null) throw new Error('not started');
    return running;
  };
  const cloud: CloudApp = {
    graph,
    dir,
    logged,
    app: () => now().app,
    person: (count) => new CloudPerson(graph, { user: `MX.${9_000 + count}`, number: `52155501000${10 + count}` }),
    async personId({ user, number }) {
      for (const address of [user, number]) {
        if (address === null) continue;
        const known = await now().app.store.personAt({ channel: 'whatsapp-cloud', account: 'default', address });
        if (known !== null) return known.person;
      }
      return null;
    },
    async session(person) {
      return parseSession(await now().app.store.session((await cloud.personId(person)) ?? ''));
    },
    async said(person) {
      const known = await cloud.personId(person);
      if (known === null) return [];
      await now().app.conversation.settle(known);
      const lines = await now().app.store.transcript(known, null);
      return lines.filter(({ from }) => from === 'person').map(({ text }) => text);
    },
    async settle() {
      const { store } = now().app;
      await until(async () => (await store.whatsapp.waitingRaw('whatsapp-cloud')).length === 0);
      await until(async () => (await store.peopleWaiting()).length === 0);
      await delay(gathers + 10);
      await now().app.settle();
    },
    pass: (minutes) => void (graph.ahead += minutes * 60_000),
    health: async () => (await fetch(`http://127.0.0.1:${now().port}/health`)).json(),
    async stop() {
      await running?.app.close();
      running = null;
      graph.webhook = null;
    },
    async start() {
      const app = await openApp({
        config,
        secrets,
        log: pino({ level: 'trace' }, { write: (line) => void logged.push(line) }),
        now: () => new Date(graph.now()),
        lookEvery: 100,
        cloud: { place: placeOf(graph), gathers },
        ...more,
        ...(deadlines === undefined ? {} : { deadlines }),
        ...(calls === undefined ? {} : { calls }),
      });
      const { port } = await app.listen();
      running = { app, port };
      graph.webhook = new URL(`http://127.0.0.1:${port}/whatsapp/webhook`);
    },
    async close() {
      await cloud.stop();
      await graph.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await cloud.start();
  return cloud;
}
