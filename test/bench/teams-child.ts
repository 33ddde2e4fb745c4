// node teams-child.ts ORIGIN: the program with Teams, whose keys, tokens and replies are at ORIGIN. Says over IPC on which port it listens.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { TEAMS_SETTINGS } from '../support/teams-app.ts';
import { ISSUER } from '../support/teams-network.ts';

const [, , origin] = process.argv;
if (origin === undefined) throw new Error('needs an origin');

const dir = mkdtempSync(join(tmpdir(), 'griot-bench-teams-'));
const { config, secrets } = readConfig({ ...TEAMS_SETTINGS, DATA_DIR: dir });
const app = await openApp({
  config,
  secrets,
  log: pino({ level: 'error' }, process.stderr),
  teamsNetwork: { cloud: { issuer: ISSUER, keysUrl: `${origin}/openid`, login: origin } },
});
process.send?.({ port: (await app.listen()).port });
process.once('disconnect', () => {
  void app.close().finally(() => {
    rmSync(dir, { recursive: true, force: true });
    process.exit();
  });
});
