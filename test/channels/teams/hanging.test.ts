// Microsoft's network that never answers, and one that takes no old token: over real HTTP.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Reference } from '../../../src/channels/teams/address.ts';
import { openConnector, SendRefusedError } from '../../../src/channels/teams/connector.ts';
import { uploadFile } from '../../../src/channels/teams/network-files.ts';
import { openTokenCheck } from '../../../src/channels/teams/token-check.ts';
import { openTokens } from '../../../src/channels/teams/sign-in/tokens.ts';

const APP_ID = '11111111-2222-4333-8444-555555555555';
const SHORT = 300;
/** Where an answer comes, however slow the machine is. */
const LONG = 120_000;
const tokensOf = (login: string) =>
  openTokens({
    ...{ appId: APP_ID, tenant: 't', login, resource: 'https://connector.example', deadline: LONG },
    proof: () => Promise.resolve({ client_secret: 'only-for-tests' }),
  });

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function peer(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const made = createServer(answer);
  server = made;
  await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

function reference(serviceUrl: string, id: string): Reference {
  return {
    channelId: 'msteams',
    serviceUrl,
    conversation: { id, tenantId: 't' },
    bot: { id: '28:bot' },
    user: { id: '29:lucia' },
  };
}
const MESSAGE = { type: 'message', text: 'Guardado.' };
const said = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'sent' }));

it('no harm 22: a connector that never answers ends one message, and no other', async () => {
  const origin = await peer((request, response) => {
    if (request.url?.includes('hangs') !== true) said(response);
  });
  const adapter = await openConnector(null, SHORT);
  // Again if a slow machine did not answer in time: an answer that never comes while others hang is what fails.
  for (let answered = false; !answered;) {
    const hanging = Array.from({ length: 60 }, (_, i) => adapter.send(reference(origin, `hangs-${i}`), MESSAGE));
    const ends = Promise.allSettled(hanging);
    const [other] = await Promise.allSettled([adapter.send(reference(origin, 'answers'), MESSAGE)]);
    answered = other.status === 'fulfilled';
    for (const end of await ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: new SendRefusedError(null) });
    }
  }
});

it('no harm 22: keys that never come refuse the request; Teams sends it again', async () => {
  const origin = await peer(() => undefined);
  const cloud = { issuer: origin, keysUrl: `${origin}/openid` };
  const check = openTokenCheck({ cloud, audience: APP_ID, deadline: SHORT, now: () => new Date() });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: origin, aud: APP_ID, exp: Math.floor(Date.now() / 1000) + 600, serviceurl: origin };
  const token = `${part({ alg: 'RS256', kid: 'k', typ: 'JWT' })}.${part(claims)}.c2ln`;
  const activity = { channelId: 'msteams', serviceUrl: origin };
  await expect(check(`Bearer ${token}`, activity)).rejects.toMatchObject({ name: 'TimeoutError' });
});

it.each([false, true])(
  'no harm 22: a drive that takes no document ends the upload (half an answer: %s)',
  async (half) => {
    const origin = await peer((_, response) => {
      if (half) response.writeHead(201, { 'content-length': '1000' }).write('{"id');
    });
    // What is taken counts by its status: the rest of that answer is not waited for.
    expect(await uploadFile(`${origin}/upload`, new Uint8Array(10), () => true, 200)).toBe(half);
  },
);

it('no harm 23: a 401 is asked again with a new token, and the reply arrives', async () => {
  let made = 0;
  const seen: (string | undefined)[] = [];
  const origin = await peer((request, response) => {
    if (request.url?.includes('oauth2') === true) {
      return void response.end(JSON.stringify({ access_token: `token-${++made}`, expires_in: 3600 }));
    }
    seen.push(request.headers.authorization);
    if (request.headers.authorization === 'Bearer token-1') response.writeHead(401).end();
    else said(response);
  });
  const adapter = await openConnector(tokensOf(origin), LONG);
  await adapter.send(reference(origin, 'a:1'), MESSAGE);
  expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
});
