// Microsoft's network that never answers, and one that takes no old token: over real HTTP, with the library as it is.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openAdapter, SendRefusedError } from '../../../src/channels/teams/adapter.ts';
import type { Reference } from '../../../src/channels/teams/address.ts';
import { uploadFile } from '../../../src/channels/teams/network-files.ts';
import { DEADLINES } from '../../../src/deadlines.ts';

const APP = { id: '11111111-2222-4333-8444-555555555555', tenant: 't', password: 'only-for-tests' };
const SHORT = { ...DEADLINES, connector: 300, signIn: 300 };

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
  const adapter = await openAdapter(APP, { issuer: origin, keysUrl: `${origin}/openid` }, SHORT);
  const hanging = Array.from({ length: 60 }, (_, i) => adapter.send(reference(origin, `hangs-${i}`), MESSAGE));
  await adapter.send(reference(origin, 'answers'), MESSAGE);
  for (const end of await Promise.allSettled(hanging)) {
    expect(end).toMatchObject({ status: 'rejected', reason: new SendRefusedError(null) });
  }
});

it('no harm 22: keys that never come refuse the request; Teams sends it again', async () => {
  const origin = await peer(() => undefined);
  const adapter = await openAdapter(APP, { issuer: origin, keysUrl: `${origin}/openid` }, SHORT);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: origin, aud: APP.id, exp: Math.floor(Date.now() / 1000) + 600, serviceurl: origin };
  const token = `${part({ alg: 'RS256', kid: 'k', typ: 'JWT' })}.${part(claims)}.c2ln`;
  const activity = {
    ...{ type: 'message', id: 'm1', channelId: 'msteams', serviceUrl: origin, text: 'oi' },
    from: { id: '29:lucia' },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:1', tenantId: 't' },
  };
  await expect(adapter.receive(`Bearer ${token}`, activity, () => Promise.resolve())).rejects.toThrow('longer than');
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
    seen.push(request.headers.authorization);
    if (request.headers.authorization === 'Bearer token-1') response.writeHead(401).end();
    else said(response);
  });
  const token = () => Promise.resolve(`token-${++made}`);
  const adapter = await openAdapter(APP, { issuer: origin, keysUrl: `${origin}/openid`, token }, SHORT);
  await adapter.send(reference(origin, 'a:1'), MESSAGE);
  expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
});
