// The real app behind a real port, for the browser: its clock runs, and can be put forward. Closed and opened again, it
// keeps its data and its port.

import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { openApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { MASTER_KEY, verifyAddress } from '../support/running-app.ts';

export interface WholeApp {
  readonly url: string;
  readonly app: App;
  /** Faults of ours that were logged; none is the rule. Reviewers are added after the start here, so its hint is not one. */
  readonly faults: readonly string[];
  /** Puts the clock forward. */
  later(minutes: number): void;
  stop(): Promise<void>;
  /** Opens again on the same data and the same port. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

export interface WholeOptions {
  /** Of this machine, which a configuration would refuse. */
  readonly leaveUrl?: string;
}

const NO_REVIEWERS_YET = 'RELEASE: nothing leaves before there are enough reviewers';

/** Must be closed. Without an operator in `env` it runs in trial mode. */
export async function openWhole(env: Record<string, string> = {}, { leaveUrl }: WholeOptions = {}): Promise<WholeApp> {
  const dir = await makeDataFolder('griot-whole-');
  const faults: string[] = [];
  let ahead = 0;
  let port = '0';
  const write = (line: string): void => {
    if (!line.includes(NO_REVIEWERS_YET)) faults.push(line);
  };
  const log = pino({ level: 'warn' }, { write });
  const start = async () => {
    const { config: read, secrets } = readConfig({ ...environment, PORT: port });
    const config = leaveUrl === undefined ? read : { ...read, leaveUrl: new URL(leaveUrl) };
    const app = await openApp({ config, secrets, log, now: () => new Date(Date.now() + ahead), lookEvery: 100 });
    port = String((await app.listen()).port);
    return app;
  };
  const environment = { DATA_DIR: dir, MASTER_KEY, HOST: '127.0.0.1', ...env };
  if (env['OPERATOR_NAME'] !== undefined) await verifyAddress({ ...environment, PORT: port });
  let app = await start();
  let running = true;
  const whole: WholeApp = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get app() {
      return app;
    },
    faults,
    later: (minutes) => void (ahead += minutes * 60_000),
    async stop() {
      if (running) await app.close();
      running = false;
    },
    async startAgain() {
      await whole.stop();
      app = await start();
      running = true;
    },
    async close() {
      await whole.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return whole;
}
