// Griot itself, as an operator runs it, linked to an account of the server for tests.

import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { openApp, type App, type AppOptions } from '../../../src/app.ts';
import { ACCOUNT, type WhatsAppForTests } from '../../../src/channels/whatsapp/for-app.ts';
import { linkDevice } from '../../../src/channels/whatsapp/link-device.ts';
import { readConfig } from '../../../src/config/config.ts';
import { openConfiguredStore } from '../../../src/app/open-store.ts';
import type { Account } from '../../support/whatsapp-server/account.ts';
import { openPerson, type WhatsAppPerson } from '../../support/whatsapp-server/whatsapp-person.ts';
import { WhatsAppServer } from '../../support/whatsapp-server/whatsapp-server.ts';

export interface Griot {
  readonly dir: string;
  readonly server: WhatsAppServer;
  /** The account that people write to. */
  readonly account: Account;
  /** Everything logged, at trace level. */
  readonly logged: readonly string[];
  app(): App;
  start(): Promise<App>;
  stop(): Promise<void>;
  /** A person with a number and a LID of their own, whose chat with us is open. */
  person(name: keyof typeof PEOPLE): Promise<WhatsAppPerson>;
  close(): Promise<void>;
}

/** A line that ends is opened again at once. */
const SOON = { first: 20, longest: 100 };

/** Milliseconds that closing may take. */
const PATIENCE_MS = 10_000;

/** Invented people, with numbers that belong to nobody. */
const PEOPLE = {
  ana: ['15550100011', '900000000011'],
  rosa: ['15550100012', '900000000012'],
  tomas: ['15550100013', '900000000013'],
} as const;

/** The same with an operator who sends by that mail server of this machine, to an address that was verified. */
export async function openGriotThatMails(
  smtpPort: number,
  more: Readonly<Record<string, string>> = {},
): Promise<Griot> {
  const griot = await openGriot({
    OPERATOR_NAME: 'Casa Ejemplo',
    OPERATOR_PHONE: '+00 555 0100',
    LATE_ACCEPTED_BY: 'an invented officer of the mechanism',
    MAIL_FROM: 'texts@casa-ejemplo.internal',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    SEND_WINDOW_MINUTES: '0',
    ...more,
  });
  await griot.app().store.recordCallAddresses([
    {
      callId: 'emler-2024',
      address: 'submissions@mechanism.internal',
      source: 'invented',
      verifiedBy: 'a test',
      verifiedAt: '2026-11-01T00:00:00.000Z',
      withdrawnAt: null,
    },
  ]);
  return griot;
}

export interface GriotOptions
  extends Partial<WhatsAppForTests>, Pick<AppOptions, 'now' | 'cloud' | 'teamsNetwork' | 'calls'> {}

/** Linked already, and started; `environment`: beside what a trial needs; `pace`: milliseconds between two bubbles. */
export async function openGriot(
  environment: Readonly<Record<string, string>> = {},
  pace = 0,
  { now, cloud, teamsNetwork, calls, ...more }: GriotOptions = {},
): Promise<Griot> {
  const dir = mkdtempSync(join(tmpdir(), 'griot-whatsapp-'));
  const server = await WhatsAppServer.start();
  const account = server.account('15550100000', '900000000000');
  const logged: string[] = [];
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) });
  const settings = readConfig({ DATA_DIR: dir, WHATSAPP: 'true', PORT: '0', ...environment });
  const network = networkOf(server);
  await link(server, account, settings);
  const people: WhatsAppPerson[] = [];
  let app: App | null = null;
  const griot: Griot = {
    dir,
    server,
    account,
    logged,
    app() {
      if (app === null) throw new Error('not started');
      return app;
    },
    async start() {
      app = await openApp({
        ...settings,
        log,
        whatsapp: { network, pace, gathers: 300, backOff: SOON, ...more },
        lookEvery: 100,
        ...(now === undefined ? {} : { now }),
        ...(cloud === undefined ? {} : { cloud }),
        ...(teamsNetwork === undefined ? {} : { teamsNetwork }),
        ...(calls === undefined ? {} : { calls }),
      });
      await until(() => app?.whatsapp?.health() !== 'connecting');
      return app;
    },
    async stop() {
      await app?.close();
      app = null;
    },
    async person(name) {
      const [number, lid] = PEOPLE[name];
      const person = await openPerson(server, server.account(number, lid), account);
      people.push(person);
      return person;
    },
    async close() {
      for (const person of people) person.close();
      // People's sockets of a killed process can keep a connection half open: the end of the test does not wait for it.
      await Promise.race([griot.stop().then(() => server.close()), delay(PATIENCE_MS, undefined, { ref: false })]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await griot.start();
  return griot;
}

export function networkOf({ url, media }: WhatsAppServer) {
  return { url, agent: media.agent, dispatcher: media.dispatcher };
}

/** As `npm run -s griot -- whatsapp link` does, and the account's owner scans at once. */
async function link(
  server: WhatsAppServer,
  account: Account,
  { config, secrets }: ReturnType<typeof readConfig>,
): Promise<void> {
  const now = () => new Date();
  const { store } = await openConfiguredStore(config, secrets, now);
  try {
    const linked = await linkDevice({
      auth: store.whatsapp,
      account: ACCOUNT,
      owner: randomUUID(),
      network: networkOf(server),
      now,
      number: null,
      showQr: (qr) => server.scan(account, qr),
      showCode: () => undefined,
    });
    if (linked.kind !== 'linked') throw new Error(linked.why);
  } finally {
    await store.close();
  }
}

/** Says these one after the other, each when all that answers the one before has arrived. */
export async function saysInTurn(griot: Griot, person: WhatsAppPerson, texts: readonly string[]): Promise<void> {
  const { store, conversation } = griot.app();
  const address = { channel: 'whatsapp', account: ACCOUNT, address: `${person.account.lid}@lid` };
  for (const text of texts) {
    const said = await person.says(text);
    for (;;) {
      const known = (await store.personAt(address))?.person ?? '';
      await conversation.settle(known);
      if ((await store.transcript(known, null)).some(({ id }) => id === said)) break;
      await delay(20);
    }
    await griot.app().settle();
  }
}

/** From the first word to where a story can be told. */
export async function toStory(person: WhatsAppPerson): Promise<void> {
  for (const [says, hears] of [
    ['hola', /Salir y borrar/u],
    ['1', /Mensajes que desaparecen/u],
    ['1', /¿Podemos guardar/u],
    ['1', /\*1\*/u],
    ['soy la mamá', /./u],
  ] as const) {
    // Who answers before we know that the question arrived is asked again, and answers again.
    const early = /^Quizás escribió esto antes/u;
    let heard: string;
    do {
      await person.says(says);
      ({ text: heard } = await person.hears(new RegExp(`${early.source}|${hears.source}`, 'u')));
    } while (heard.startsWith('Quizás escribió esto antes'));
  }
}

/** The line of the account ends as `how` says, and is open again: another one. */
export async function isBackAfter(griot: Griot, how: () => void): Promise<void> {
  const line = () => griot.account.devices[0]?.online;
  const before = line();
  how();
  await until(() => ![before, null].includes(line()) && griot.app().whatsapp?.health() === 'open');
}

export async function until(isSo: () => boolean, seconds = 110): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** As a process that was killed leaves it a minute later. */
export async function freeLease({ dir }: Pick<Griot, 'dir'>): Promise<void> {
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(`${dir}/griot.db`);
  db.exec("pragma busy_timeout = 60000; update whatsapp_accounts set lease_until = '2000-01-01T00:00:00.000Z'");
  db.close();
}
