// The whole program with Teams, in a folder of its own, against a network on loopback.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openApp, type App } from '../../src/app.ts';
import type { LoadedCalls } from '../../src/calls/load-calls.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Deadlines } from '../../src/deadlines.ts';
import { APP_ID, SECRET, TENANT_ID } from './microsoft-login.ts';
import { startTeamsNetwork, type TestNetwork } from './teams-network.ts';

export interface TeamsApp {
  readonly app: App;
  readonly net: TestNetwork;
  readonly port: number;
  /** All that was logged, at the loudest level. */
  readonly logged: readonly string[];
  /** Where the program keeps its data. */
  readonly dir: string;
  /** Lets the program's clock run ahead by so many minutes. */
  pass(minutes: number): void;
  close(): Promise<void>;
}

export const TEAMS_SETTINGS = {
  PORT: '0',
  OPERATOR_NAME: 'Casa Exemplo',
  OPERATOR_PHONE: '+00 000 0100',
  MAIL_FROM: 'textos@casa.example',
  TEAMS_APP_ID: APP_ID,
  TEAMS_APP_PASSWORD: SECRET,
  TEAMS_TENANT_ID: TENANT_ID,
};

export interface TeamsAppOptions {
  readonly deadlines?: Deadlines;
  /** In place of those in dialogs/. */
  readonly calls?: LoadedCalls;
  /** Default: a network in plain HTTP. */
  readonly net?: TestNetwork;
}

export async function openTeamsApp(
  environment: Record<string, string> = {},
  { deadlines, calls, net: given }: TeamsAppOptions = {},
): Promise<TeamsApp> {
  const dir = mkdtempSync(join(tmpdir(), 'griot-teams-'));
  const net = given ?? (await startTeamsNetwork());
  const logged: string[] = [];
  const { config, secrets } = readConfig({
    ...TEAMS_SETTINGS,
    DATA_DIR: dir,
    LATE_ACCEPTED_BY: 'an invented officer',
    LOG_LEVEL: 'silent',
    ...environment,
  });
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  net.login.now = now;
  const app = await openApp({
    config,
    secrets,
    log: pino({ level: 'trace' }, { write: (line) => void logged.push(line) }),
    now,
    lookEvery: 100,
    teamsNetwork: net.network,
    ...(deadlines === undefined ? {} : { deadlines }),
    ...(calls === undefined ? {} : { calls }),
  });
  const { port } = await app.listen();
  return {
    app,
    net,
    port,
    logged,
    dir,
    pass: (minutes) => void (ahead += minutes * 60_000),
    async close() {
      await app.close();
      await net.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Waits until `look` says something else than false, at most so long (milliseconds). */
export async function until<T>(look: () => T | false | undefined | null, limit = 10_000): Promise<T> {
  for (const end = Date.now() + limit; ;) {
    const seen = look();
    if (seen !== false && seen !== undefined && seen !== null) return seen;
    if (Date.now() > end) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
