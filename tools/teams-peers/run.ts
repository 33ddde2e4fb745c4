// npm run -s teams:peers -- [--folder DIR]: what Microsoft's three libraries answer to the requests that our own route is tested with.
// Installs them in a folder of their own, which stays if it was named, and asks nobody outside this machine afterwards.

import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { APP_ID, TENANT_ID } from '../../test/support/microsoft-login.ts';
import { startTeamsNetwork, type TestNetwork } from '../../test/support/teams-network.ts';
import { type Peer, PEERS, preload } from './programs.ts';
import { ROWS, type Row, SERVICE } from './rows.ts';

const PATIENCE = 60_000;

const { values } = parseArgs({ options: { folder: { type: 'string' } } });
const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), 'griot-peers-')) : resolve(values.folder);
const net = await startTeamsNetwork();
const login = await startLogin();
try {
  const answers = new Map<Peer, readonly string[]>();
  for (const peer of PEERS) {
    process.stderr.write(`${peer.library} ${peer.version} …\n`);
    answers.set(peer, await ask(peer, net));
  }
  process.stdout.write(table(answers));
} finally {
  login.close();
  await net.close();
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}

/** Gives a token to everybody, as Microsoft's sign-in service would to the app: what is looked at is what comes in. */
async function startLogin() {
  const server = createServer((request, response) => {
    const base = `https://login.microsoftonline.com/${TENANT_ID}`;
    const isToken = request.url?.includes('/token') === true;
    const found = isToken
      ? { token_type: 'Bearer', expires_in: 3600, access_token: 'x' }
      : {
          issuer: `${base}/v2.0`,
          token_endpoint: `${base}/oauth2/v2.0/token`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
          tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`,
          metadata: [],
        };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function install({ library, version, more, program }: Peer): string {
  const dir = join(folder, library.replaceAll(/\W+/gu, '-'));
  mkdirSync(dir, { recursive: true });
  if (!existsSync(join(dir, 'node_modules'))) {
    writeFileSync(join(dir, 'package.json'), '{"private":true,"type":"commonjs"}');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${library}@${version}`, ...more], {
      cwd: dir,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  writeFileSync(join(dir, 'preload.cjs'), preload(net.origin, login.origin));
  writeFileSync(join(dir, 'bot.cjs'), program);
  return dir;
}

async function ask(peer: Peer, net: TestNetwork): Promise<readonly string[]> {
  const dir = install(peer);
  const turns: string[] = [];
  const child = fork(join(dir, 'bot.cjs'), [APP_ID, TENANT_ID], {
    cwd: dir,
    execArgv: ['--require', join(dir, 'preload.cjs')],
    silent: true,
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  try {
    const port = await listening(child, turns, errors);
    const answers: string[] = [];
    for (const [index, row] of ROWS.entries()) answers.push(await answer(row, `m${index}`, port, net, turns));
    return answers;
  } finally {
    child.kill('SIGKILL');
  }
}

function listening(child: ChildProcess, turns: string[], errors: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`it does not listen\n${errors.join('')}`)), PATIENCE);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}\n${errors.join('')}`)));
    child.on('message', (message: { readonly port?: number; readonly turn?: string }) => {
      if (message.turn !== undefined) turns.push(message.turn);
      if (message.port === undefined) return;
      clearTimeout(late);
      resolve(message.port);
    });
  });
}

async function answer(row: Row, id: string, port: number, net: TestNetwork, turns: readonly string[]): Promise<string> {
  const token = row.token(net);
  const activity = {
    ...{ type: 'message', id, channelId: 'msteams', serviceUrl: SERVICE, text: 'oi' },
    timestamp: new Date().toISOString(),
    from: { id: '29:lucia' },
    recipient: { id: `28:${APP_ID}` },
    conversation: { id: `a:${id}`, conversationType: 'personal', tenantId: TENANT_ID },
    channelData: { tenant: { id: TENANT_ID } },
  };
  const send = async (): Promise<number | string> => {
    try {
      const headers = {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      };
      const init = { method: 'POST', headers, body: row.body(activity), signal: AbortSignal.timeout(15_000) };
      return (await fetch(`http://127.0.0.1:${port}/api/messages`, init)).status;
    } catch {
      return 'none';
    }
  };
  const before = turns.length;
  const statuses = [await send(), ...(row.twice === true ? [await send()] : [])];
  // Turns that go on after the answer.
  await new Promise((wake) => setTimeout(wake, 200));
  const ran = turns.length - before;
  const isRight = statuses.every((status) => status === row.must) && ran === (row.runs ? 1 : 0);
  const turn = ran === 0 ? '' : ran === 1 ? ', runs' : `, runs ${ran} times`;
  return `${[...new Set(statuses)].join('/')}${turn}${isRight ? '' : ' (!)'}`;
}

function table(answers: ReadonlyMap<Peer, readonly string[]>): string {
  const head = ['request', 'must get', ...[...answers.keys()].map(({ library, version }) => `${library} ${version}`)];
  const rows = ROWS.map(({ name, must, runs }, index) => [
    name,
    `${must}${runs ? ', runs' : ''}`,
    ...[...answers.values()].map((one) => one[index] ?? ''),
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}
