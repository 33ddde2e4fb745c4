// What POST /api/messages answers, row by row, over HTTP, against keys of our own, with each of the means to sign in to a network
// behind TLS. It knows nothing of the library behind the route, so that it also guards the move to another one (docs/decisions/0209).

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl, makeCertificate, makeIssued } from '../../delivery/certificates.ts';
import { IDENTITY_HEADER, IDENTITY_ID, IDENTITY_PATH, TENANT_ID } from '../../support/microsoft-login.ts';
import { openTeamsApp, until, type TeamsApp } from '../../support/teams-app.ts';
import { startTeamsNetwork, strangersKey, teamsPerson, type TestNetwork } from '../../support/teams-network.ts';

let teams: TeamsApp;

const keptOf = (name: string) =>
  teams.app.store.personAt({ channel: 'teams', account: TENANT_ID, address: `29:${name}` });

async function kept(name: string): Promise<readonly (string | null)[]> {
  const known = await keptOf(name);
  if (known === null) return [];
  await teams.app.conversation.settle(known.person);
  const lines = await teams.app.store.transcript(known.person, null);
  return lines.filter(({ from }) => from === 'person').map(({ text }) => text);
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const seconds = () => Math.floor(Date.now() / 1000);

const REFUSED: readonly (readonly [string, () => Record<string, string>])[] = [
  ['none', () => ({ authorization: '' })],
  ['garbage', () => ({ authorization: 'Bearer garbage' })],
  ['garbage in three parts', () => ({ authorization: 'Bearer e30.e30.e30' })],
  ['another scheme', () => ({ authorization: `Basic ${teams.net.token()}` })],
  ['for another audience', () => bearer(teams.net.token({ aud: 'another-bot' }))],
  ['of another issuer', () => bearer(teams.net.token({ iss: 'https://api.botframework.com' }))],
  [
    'of the issuer of emulators',
    () => bearer(teams.net.token({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' })),
  ],
  ['signed with an unknown key', () => bearer(teams.net.token({}, { kid: 'nobody', key: strangersKey() }))],
  ['without a key', () => bearer(teams.net.token({}, { kid: '' }))],
  ['alg: none', () => bearer(teams.net.token({}, { alg: 'none' }))],
  ['alg: HS256', () => bearer(teams.net.token({}, { alg: 'HS256' }))],
  ['with a bad signature', () => bearer(teams.net.token({}, { key: strangersKey() }))],
  ['expired ten minutes ago', () => bearer(teams.net.token({ exp: seconds() - 600 }))],
  ['not yet valid', () => bearer(teams.net.token({ nbf: seconds() + 900, exp: seconds() + 1800 }))],
  ['for another service', () => bearer(teams.net.token({ serviceurl: 'https://elsewhere.example/' }))],
  ['without a service', () => bearer(teams.net.token({ serviceurl: undefined }))],
  ['of a key that does not vouch for this channel', () => bearer(teams.net.token({}, { kid: 'elsewhere' }))],
];

/** What each of the means needs of this machine and of the registration; its files are in `dir`. */
const MEANS: readonly {
  readonly proof: string;
  readonly settings: (net: TestNetwork, dir: string) => Promise<Record<string, string>> | Record<string, string>;
}[] = [
  { proof: 'secret', settings: () => ({}) },
  {
    proof: 'certificate',
    settings: ({ login }, dir) => {
      const { key, cert } = makeCertificate('griot');
      login.certificate = cert;
      const files = { TEAMS_CERTIFICATE_FILE: join(dir, 'cert.pem'), TEAMS_CERTIFICATE_KEY_FILE: join(dir, 'key.pem') };
      writeFileSync(files.TEAMS_CERTIFICATE_FILE, cert);
      writeFileSync(files.TEAMS_CERTIFICATE_KEY_FILE, key);
      return { TEAMS_SIGN_IN: 'certificate', ...files };
    },
  },
  {
    proof: 'managed-identity',
    settings: ({ origin }) => ({
      TEAMS_SIGN_IN: 'managed-identity',
      IDENTITY_ENDPOINT: `${origin}${IDENTITY_PATH}`,
      IDENTITY_HEADER,
    }),
  },
  {
    proof: 'vouching-identity',
    settings: ({ origin }) => ({
      TEAMS_SIGN_IN: 'federated',
      TEAMS_MANAGED_IDENTITY_ID: IDENTITY_ID,
      IDENTITY_ENDPOINT: `${origin}${IDENTITY_PATH}`,
      IDENTITY_HEADER,
    }),
  },
  {
    proof: 'token-file',
    settings: async ({ login }, dir) => {
      const file = join(dir, 'token');
      writeFileSync(file, `${await login.tokenElsewhere()}\n`);
      return { TEAMS_SIGN_IN: 'federated', AZURE_FEDERATED_TOKEN_FILE: file };
    },
  },
];

const trusted = getCACertificates('default');
const issued = hasOpenssl() ? makeIssued('localhost') : null;
beforeAll(() => {
  if (issued !== null) setDefaultCACertificates([...trusted, issued.authority]);
});
afterAll(() => setDefaultCACertificates(trusted));

// Without the openssl program there is the secret, in plain HTTP.
describe.each(issued === null ? MEANS.slice(0, 1) : MEANS)('signed in by $proof', ({ proof, settings }) => {
  const dir = mkdtempSync(join(tmpdir(), 'griot-sign-in-'));
  beforeAll(async () => {
    const net = await startTeamsNetwork(issued);
    const more = await settings(net, dir);
    teams = await openTeamsApp({ ...(proof === 'secret' ? {} : { TEAMS_APP_PASSWORD: '' }), ...more }, { net });
  });
  afterAll(async () => {
    await teams.close();
    rmSync(dir, { recursive: true });
  });

  describe('a valid token', () => {
    it('is answered with 200, the turn runs, and its reply is taken', async () => {
      expect(await teamsPerson(teams.net, teams.port, 'valida').says('Olá')).toBe(200);
      expect(await kept('valida')).toEqual(['Olá']);
      await until(() => teams.net.sent.some(({ conversation }) => conversation === 'a:valida'));
      expect(new Set(teams.net.login.proofs)).toEqual(new Set([proof]));
    });

    it('is one that ended a minute ago, too: clocks differ', async () => {
      const person = teamsPerson(teams.net, teams.port, 'relogio');
      const token = teams.net.token({ exp: seconds() - 60 });
      expect(await person.post(person.activity({ text: 'Olá' }), bearer(token))).toBe(200);
    });
  });

  describe('a token', () => {
    it.each(REFUSED)('%s: 401, and nothing runs', async (what, headers) => {
      const name = `recusada-${what.replaceAll(/\W/g, '-')}`;
      const person = teamsPerson(teams.net, teams.port, name);
      expect(await person.post(person.activity({ text: 'Olá' }), headers())).toBe(401);
      expect(await keptOf(name)).toBeNull();
    });

    it('for another channel: 401, and nothing runs', async () => {
      const person = teamsPerson(teams.net, teams.port, 'canal');
      for (const channelId of ['directline', 'webchat', 'emulator', 'AseChannel', 'skill']) {
        for (const kid of ['teams', 'elsewhere']) {
          const activity = person.activity({ text: 'Olá', channelId });
          expect(await person.post(activity, bearer(teams.net.token({}, { kid }))), channelId).toBe(401);
        }
      }
      expect(await keptOf('canal')).toBeNull();
    });
  });

  describe('a body', () => {
    const raw = async (body: string, type = 'application/json') => {
      const answer = await fetch(`http://127.0.0.1:${teams.port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': type, ...bearer(teams.net.token()) },
        body,
      });
      expect(await answer.text()).toBe('');
      return answer.status;
    };

    it.each(['{}', '', 'not JSON', '[]', 'null', '"text"', '[[[[', '{"type":"message"}'])('%s: 400', async (body) => {
      expect(await raw(body)).toBe(400);
    });

    it.each([
      ['no service', { serviceUrl: undefined }],
      ['an empty service', { serviceUrl: '' }],
      ['a service that is a file', { serviceUrl: 'file:///etc/passwd' }],
      ['a type that is a number', { type: 5 }],
      ['no type', { type: undefined }],
      ['no sender', { from: undefined }],
      ['a sender without an id', { from: {} }],
      ['no id', { id: undefined }],
      ['an id of 2,000 characters', { id: 'x'.repeat(2000) }],
      ['a text that is an object', { text: { a: 1 } }],
      ['attachments that are none', { attachments: 'x' }],
      ['a hundred attachments', { attachments: Array.from({ length: 100 }, () => ({ contentType: 'x' })) }],
      ['a conversation that is a text', { conversation: 'x' }],
    ])('with %s: 400, and nothing runs', async (_, wrong) => {
      const person = teamsPerson(teams.net, teams.port, 'corpo');
      expect(await person.post(person.activity({ text: 'Olá', ...wrong }))).toBe(400);
      expect(await keptOf('corpo')).toBeNull();
    });

    it('of another type, as a page elsewhere could send it: 400', async () => {
      const person = teamsPerson(teams.net, teams.port, 'formulario');
      expect(await raw(JSON.stringify(person.activity({ text: 'Olá' })), 'text/plain')).toBe(400);
      expect(await keptOf('formulario')).toBeNull();
    });

    it('over the limit: 413, and nothing runs', async () => {
      const person = teamsPerson(teams.net, teams.port, 'grande');
      expect(await person.says('x'.repeat(1024 * 1024))).toBe(413);
      expect(await keptOf('grande')).toBeNull();
    });

    it('of nested brackets without end harms nobody', async () => {
      expect(await raw(`{"type":"message","value":${'['.repeat(50_000)}`)).toBe(400);
    });
  });

  describe('the same activity', () => {
    it('twice, at once and later: 200 each time, and one turn', async () => {
      const person = teamsPerson(teams.net, teams.port, 'eco');
      const activity = person.activity({ text: 'Olá' });
      const atOnce = await Promise.all(Array.from({ length: 20 }, () => person.post(activity)));
      expect(new Set(atOnce)).toEqual(new Set([200]));
      expect(await kept('eco')).toEqual(['Olá']);
      expect(await person.post(activity)).toBe(200);
      expect(await kept('eco')).toEqual(['Olá']);
    });
  });
});

describe('keys that cannot be had', () => {
  it('are our trouble, not the caller’s: 503, so that Teams sends again', async () => {
    const broken = await openTeamsApp();
    try {
      const person = teamsPerson(broken.net, broken.port, 'chaves');
      const token = broken.net.token();
      await broken.net.close();
      expect(await person.post(person.activity({ text: 'Olá' }), bearer(token))).toBe(503);
    } finally {
      await broken.close().catch(() => undefined);
    }
  });
});
