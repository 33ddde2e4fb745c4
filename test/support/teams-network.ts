// As much of Microsoft's network as Teams needs, on loopback: the keys that sign tokens, the connector that takes our replies,
// people's files. And a person with Teams, who writes over real HTTP.

import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TeamsNetwork as Network } from '../../src/channels/teams/open-teams.ts';
import { APP_ID, type MicrosoftLogin, openLogin, TENANT_ID } from './microsoft-login.ts';

export const ISSUER = 'https://issuer.example';

/** One message of ours, as the connector got it. */
export interface SentActivity {
  readonly id: string;
  readonly conversation: string;
  readonly type: string;
  readonly text?: string;
  readonly textFormat?: string;
  readonly suggestedActions?: { readonly actions: readonly { readonly type: string; readonly value: string }[] };
  readonly attachments?: readonly { readonly contentType: string; readonly content: unknown; readonly name?: string }[];
}

export interface Upload {
  readonly range: string | undefined;
  readonly bytes: Buffer;
}

export interface TestNetwork {
  readonly origin: string;
  /** For AppOptions: believes the keys of this server, and fetches files from it. */
  readonly network: Network;
  readonly sent: SentActivity[];
  /** Messages of ours that were deleted. */
  readonly removed: { readonly conversation: string; readonly id: string }[];
  readonly uploads: Map<string, Upload>;
  /** What the connector answers next instead of 200; each is used once. */
  readonly refusals: { readonly status: number; readonly headers?: Record<string, string>; readonly code?: string }[];
  /** What is asked under these paths never gets an answer; with `half`, the half of one. */
  hangs: { readonly path: RegExp; readonly half?: boolean } | null;
  /** Resolves once so many requests hang, of all since the start. */
  hanging(count: number): Promise<void>;
  /** Gives tokens to whoever proves to be the app. */
  readonly login: MicrosoftLogin;
  /** GET /files/<name>. */
  readonly files: Map<string, (response: ServerResponse) => void>;
  /** How often each path was asked for. */
  readonly asked: Map<string, number>;
  token(claims?: Record<string, unknown>, how?: { kid?: string; alg?: string; key?: KeyObject }): string;
  close(): Promise<void>;
}

/** Made once a process: a pair takes longer than most tests. */
const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEYS = [newKeys(), newKeys()] as const;

/** `tls`: a certificate for localhost that the process trusts; without it, plain HTTP. */
export async function startTeamsNetwork(
  tls: { readonly key: string; readonly cert: string } | null = null,
): Promise<TestNetwork> {
  const [endorsed, elsewhere] = KEYS;
  const sent: SentActivity[] = [];
  const removed: TestNetwork['removed'] = [];
  const uploads = new Map<string, Upload>();
  const refusals: TestNetwork['refusals'] = [];
  const files: TestNetwork['files'] = new Map();
  const asked = new Map<string, number>();
  const login = openLogin();
  let [hung, wake]: [number, () => void] = [0, () => undefined];

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    if (net.hangs?.path.test(path) === true) {
      request.resume();
      if (net.hangs.half === true) response.writeHead(200, { 'content-length': '1000' }).write('{"id": "ha');
      hung += 1;
      return wake();
    }
    const json = (value: unknown) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(value));
    };
    if (path === '/openid') return json({ issuer: ISSUER, jwks_uri: `${origin}/keys` });
    if (path === '/keys') {
      return json({
        keys: [
          { ...endorsed.publicKey.export({ format: 'jwk' }), kid: 'teams', endorsements: ['msteams'] },
          { ...elsewhere.publicKey.export({ format: 'jwk' }), kid: 'elsewhere', endorsements: ['directline'] },
        ],
      });
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const signedIn = await login.answer(request, body.toString(), origin);
    if (signedIn !== null) {
      response.statusCode = signedIn.status;
      return json(signedIn.json);
    }
    const [, conversation, ours] = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?/.exec(path) ?? [];
    if (conversation !== undefined) {
      const { authorization } = request.headers;
      // Without sign-in there is no token at all.
      const isGood = authorization === undefined || login.accepts(authorization.replace('Bearer ', ''));
      const refusal = isGood ? refusals.shift() : { status: 401 };
      if (refusal !== undefined) {
        const { status, code, headers }: TestNetwork['refusals'][number] = refusal;
        const body = code === undefined ? undefined : JSON.stringify({ error: { code, message: '' } });
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
        return;
      }
      if (request.method === 'DELETE') {
        removed.push({ conversation: decodeURIComponent(conversation), id: decodeURIComponent(ours ?? '') });
        return json({});
      }
      const activity = JSON.parse(body.toString('utf8')) as Omit<SentActivity, 'conversation' | 'id'>;
      const to = decodeURIComponent(conversation);
      // Teams counts in each conversation.
      const id = String(sent.filter((one) => one.conversation === to).length + 1);
      sent.push({ ...activity, id, conversation: to });
      return json({ id });
    }
    if (path.startsWith('/upload/') && request.method === 'PUT') {
      uploads.set(path.slice('/upload/'.length), { range: request.headers['content-range'], bytes: body });
      return json({});
    }
    const file = files.get(path.slice('/files/'.length).split('?')[0] ?? '');
    if (file === undefined) response.writeHead(404).end();
    else file(response);
  };

  const listener = (request: IncomingMessage, response: ServerResponse) => void answer(request, response);
  const server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const origin = tls === null ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;

  const net: TestNetwork = {
    origin,
    hangs: null,
    async hanging(count) {
      while (hung < count) await new Promise<void>((resolve) => (wake = resolve));
    },
    login,
    network: {
      cloud: { issuer: ISSUER, keysUrl: `${origin}/openid`, login: origin },
      isAllowed: (url) => url.origin === origin,
    },
    sent,
    removed,
    uploads,
    refusals,
    files,
    asked,
    token(claims = {}, { kid = 'teams', alg = 'RS256', key } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const usual = { iss: ISSUER, aud: APP_ID, nbf: now - 60, exp: now + 600, serviceurl: origin };
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signed = `${part({ alg, typ: 'JWT', kid })}.${part({ ...usual, ...claims })}`;
      if (alg === 'none') return `${signed}.`;
      const own = kid === 'elsewhere' ? elsewhere.privateKey : endorsed.privateKey;
      return `${signed}.${sign('sha256', Buffer.from(signed), key ?? own).toString('base64url')}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
  return net;
}

/** A key that nobody has published. */
export function strangersKey(): KeyObject {
  return createPrivateKey(
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey,
  );
}

export interface TeamsPerson {
  /** The status of our answer. */
  post(activity: Record<string, unknown>, headers?: Record<string, string>): Promise<number>;
  says(text: string, more?: Record<string, unknown>): Promise<number>;
  activity(more: Record<string, unknown>): Record<string, unknown>;
  /** What the person has been sent, oldest first. */
  readonly got: () => readonly SentActivity[];
  readonly lastId: () => string;
}

/** `port`: of the program. The same name is the same person. */
export function teamsPerson(net: TestNetwork, port: number, name: string, locale = 'pt-BR'): TeamsPerson {
  const conversation = `a:${name}`;
  let count = 0;
  const activity = (more: Record<string, unknown>) => {
    count += 1;
    return {
      type: 'message',
      id: `${name}-${count}`,
      channelId: 'msteams',
      serviceUrl: net.origin,
      timestamp: new Date().toISOString(),
      from: { id: `29:${name}`, name: `${name} Exemplo`, aadObjectId: `aad-${name}` },
      recipient: { id: `28:${APP_ID}`, name: 'Griot' },
      conversation: { id: conversation, conversationType: 'personal', tenantId: TENANT_ID },
      channelData: { tenant: { id: TENANT_ID } },
      locale,
      ...more,
    };
  };
  const post = async (body: Record<string, unknown>, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${net.token()}`, ...headers },
      body: JSON.stringify(body),
    });
    await answer.text();
    return answer.status;
  };
  return {
    post,
    activity,
    says: (text, more = {}) =>
      post(
        activity({
          text,
          textFormat: 'plain',
          attachments: [{ contentType: 'text/html', content: `<p>${text}</p>` }],
          ...more,
        }),
      ),
    got: () => net.sent.filter((one) => one.conversation === conversation),
    lastId: () => `${name}-${count}`,
  };
}
