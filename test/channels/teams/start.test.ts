// Without sign-in Teams is for one machine only; with it, only when all of it is there.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CLOUDS } from '../../../src/channels/teams/cloud.ts';
import { openTeams } from '../../../src/channels/teams/open-teams.ts';
import { IMDS, identityToken } from '../../../src/channels/teams/sign-in/managed-identity.ts';
import { NoTokenError } from '../../../src/channels/teams/sign-in/tokens.ts';
import { readConfig } from '../../../src/config/config.ts';
import { hasOpenssl, makeCertificate } from '../../delivery/certificates.ts';
import { APP_ID, TENANT_ID } from '../../support/microsoft-login.ts';
import { openTeamsApp, until } from '../../support/teams-app.ts';
import { startTeamsNetwork, teamsPerson } from '../../support/teams-network.ts';

const OPERATOR = { OPERATOR_NAME: 'Casa', OPERATOR_PHONE: '1', MAIL_FROM: 'a@casa.example' };
const LOCAL = { TEAMS_LOCAL_WITHOUT_SIGN_IN: 'true' };

describe('the settings', () => {
  it('are off where nothing is set', () => {
    expect(readConfig({}).config.teams).toBeNull();
    expect(readConfig({ TEAMS_APP_ID: '', TEAMS_APP_PASSWORD: '' }).config.teams).toBeNull();
  });

  it('hold no password', () => {
    const { config, secrets } = readConfig({
      TEAMS_APP_ID: APP_ID,
      TEAMS_APP_PASSWORD: 'canary',
      TEAMS_TENANT_ID: TENANT_ID,
    });
    expect(config.teams).toEqual({
      app: { id: APP_ID, tenant: TENANT_ID, means: { kind: 'secret', ends: null } },
      cloud: 'public',
    });
    expect(JSON.stringify(config)).not.toContain('canary');
    expect(secrets.teamsPassword).toBe('canary');
  });

  it('name one cloud, whose hosts are all its own', () => {
    const hosts = Object.values(CLOUDS).map(({ issuer, keysUrl, login, resource }) =>
      [issuer, keysUrl, login, resource].map((url) => new URL(url).hostname.split('.').at(-1)).join(' '),
    );
    expect(hosts).toEqual(['com com com com', 'us us us us', 'us us us us', 'cn cn cn cn']);
    for (const name of Object.keys(CLOUDS)) {
      const given = { TEAMS_APP_ID: APP_ID, TEAMS_APP_PASSWORD: 'x', TEAMS_TENANT_ID: TENANT_ID, TEAMS_CLOUD: name };
      expect(readConfig(given).config.teams?.cloud).toBe(name);
    }
  });

  const IDS = { TEAMS_APP_ID: APP_ID, TEAMS_TENANT_ID: TENANT_ID };
  const SERVICE = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/msi/token', IDENTITY_HEADER: 'canary' };

  it.each<[string, Record<string, string>, object]>([
    ['secret', { TEAMS_APP_PASSWORD: 'x', TEAMS_SECRET_ENDS: '2027-11-30' }, { kind: 'secret', ends: '2027-11-30' }],
    [
      'certificate',
      { TEAMS_CERTIFICATE_FILE: '/a.pem', TEAMS_CERTIFICATE_KEY_FILE: '/b.pem' },
      { kind: 'certificate', certificateFile: '/a.pem', keyFile: '/b.pem' },
    ],
    ['managed-identity', {}, { kind: 'managed-identity', endpoint: null }],
    ['managed-identity', SERVICE, { kind: 'managed-identity', endpoint: SERVICE.IDENTITY_ENDPOINT }],
    ['federated', { AZURE_FEDERATED_TOKEN_FILE: '/token' }, { kind: 'token-file', tokenFile: '/token' }],
    [
      'federated',
      { TEAMS_MANAGED_IDENTITY_ID: TENANT_ID, ...SERVICE },
      { kind: 'vouching-identity', identity: TENANT_ID, endpoint: SERVICE.IDENTITY_ENDPOINT },
    ],
  ])('choose one of the means: %s with %o', (means, given, expected) => {
    const { config } = readConfig({ ...IDS, TEAMS_SIGN_IN: means, ...given });
    expect(config.teams?.app?.means).toEqual(expected);
    expect(JSON.stringify(config)).not.toContain('canary');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['means that do not exist', { TEAMS_SIGN_IN: 'magic' }, /TEAMS_SIGN_IN/],
    [
      'a certificate without its key',
      { TEAMS_SIGN_IN: 'certificate', TEAMS_CERTIFICATE_FILE: '/a.pem' },
      /TEAMS_CERTIFICATE_KEY_FILE: TEAMS_SIGN_IN=certificate needs/,
    ],
    [
      'a certificate beside a secret',
      {
        TEAMS_SIGN_IN: 'certificate',
        TEAMS_CERTIFICATE_FILE: '/a.pem',
        TEAMS_CERTIFICATE_KEY_FILE: '/b.pem',
        TEAMS_APP_PASSWORD: 'x',
      },
      /TEAMS_APP_PASSWORD: remove it, or change TEAMS_SIGN_IN, which is certificate/,
    ],
    ['a secret beside a managed identity', { TEAMS_SIGN_IN: 'managed-identity', TEAMS_APP_PASSWORD: 'x' }, /remove it/],
    ['nothing that vouches', { TEAMS_SIGN_IN: 'federated' }, /TEAMS_MANAGED_IDENTITY_ID.*AZURE_FEDERATED_TOKEN_FILE/],
    [
      'two that vouch',
      { TEAMS_SIGN_IN: 'federated', TEAMS_MANAGED_IDENTITY_ID: TENANT_ID, AZURE_FEDERATED_TOKEN_FILE: '/token' },
      /not both/,
    ],
    [
      'Azure Arc',
      { TEAMS_SIGN_IN: 'managed-identity', IDENTITY_ENDPOINT: 'http://127.0.0.1:40342/metadata/identity/oauth2/token' },
      /Azure Arc/,
    ],
    ['a day that is none', { TEAMS_APP_PASSWORD: 'x', TEAMS_SECRET_ENDS: 'soon' }, /TEAMS_SECRET_ENDS: must be a day/],
  ])('refuse %s', (_, environment, words) => {
    expect(() => readConfig({ ...IDS, ...environment })).toThrow(words);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a cloud that Microsoft does not have', { TEAMS_CLOUD: 'europe' }, /TEAMS_CLOUD/],
    ['means without an app', { TEAMS_SIGN_IN: 'managed-identity' }, /TEAMS_SIGN_IN: set TEAMS_APP_ID/],
    ['a password without an app id', { TEAMS_APP_PASSWORD: 'x' }, /TEAMS_APP_ID/],
    ['a tenant without an app id', { TEAMS_TENANT_ID: TENANT_ID }, /TEAMS_APP_ID/],
    ['an app id alone', { TEAMS_APP_ID: APP_ID }, /TEAMS_APP_PASSWORD/],
    ['an app id that is none', { TEAMS_APP_ID: 'x' }, /TEAMS_APP_ID/],
    ['the local switch beside an app id', { ...LOCAL, TEAMS_APP_ID: APP_ID }, /TEAMS_LOCAL_WITHOUT_SIGN_IN/],
    [
      'the local switch on every address',
      { ...OPERATOR, ...LOCAL, HOST: '0.0.0.0', PUBLIC_URL: 'https://x.example' },
      /HOST must be loopback/,
    ],
    ['the local switch behind a proxy', { ...LOCAL, TRUST_PROXY: 'true' }, /proxy or tunnel/],
    [
      'the local switch under a public address',
      { ...OPERATOR, ...LOCAL, PUBLIC_URL: 'https://x.example' },
      /proxy or tunnel/,
    ],
  ])('refuse %s', (_, environment, words) => {
    expect(() => readConfig(environment)).toThrow(words);
  });
});

it('refuses by itself, too, where a listener is not on loopback', async () => {
  await expect(
    openTeams({
      app: null,
      host: '0.0.0.0',
      people: {
        personAt: () => Promise.resolve(null),
        document: () => Promise.resolve(null),
        session: () => Promise.resolve(null),
      },
      readDocx: () => Promise.resolve({ ok: false, why: 'unreadable' }),
      now: () => new Date(),
      onFault: () => undefined,
      accounts: {
        account: () => Promise.resolve(null),
        setAccount: () => Promise.resolve(),
        noteTold: () => Promise.resolve(),
      },
      sent: {
        partsSent: () => Promise.resolve(new Set()),
        noteSent: () => Promise.resolve(),
        askedIn: () => Promise.resolve(null),
      },
      onTrouble: () => undefined,
      tellStaff: null,
    }),
  ).rejects.toThrow('loopback');
});

describe('the local switch', () => {
  it('lets this machine in without a token, and writes to this machine only', async () => {
    const teams = await openTeamsApp({
      ...LOCAL,
      TEAMS_APP_ID: '',
      TEAMS_APP_PASSWORD: '',
      TEAMS_TENANT_ID: '',
    });
    try {
      const person = teamsPerson(teams.net, teams.port, 'local');
      const nobody = { authorization: '' };
      expect(await person.post(person.activity({ text: 'oi' }), nobody)).toBe(200);
      await until(() => person.got().length > 0);
      for (const serviceUrl of ['https://evil.example/', 'http://127.0.0.1.evil.example/', 'http://169.254.169.254/']) {
        expect(await person.post(person.activity({ text: 'oi', serviceUrl }), nobody), serviceUrl).toBe(400);
      }
    } finally {
      await teams.close();
    }
  });
});

describe.skipIf(!hasOpenssl())('a certificate', () => {
  const dir = mkdtempSync(join(tmpdir(), 'griot-certificate-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const file = (name: string, content: string) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const pair = (cert: string, key: string) => ({
    TEAMS_SIGN_IN: 'certificate',
    TEAMS_APP_PASSWORD: '',
    TEAMS_CERTIFICATE_FILE: cert,
    TEAMS_CERTIFICATE_KEY_FILE: key,
  });

  it('of which a file is missing or wrong is said at the start, by its setting', async () => {
    const [one, other] = [makeCertificate('one'), makeCertificate('other')];
    const small = makeCertificate('small', { newKey: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] });
    const [cert, key] = [file('cert.pem', one.cert), file('key.pem', one.key)];
    for (const [wrong, words] of [
      [pair(join(dir, 'nowhere.pem'), key), /TEAMS_CERTIFICATE_FILE: .*nowhere.pem cannot be read \(ENOENT\)/],
      [pair(file('text.pem', 'no PEM'), key), /TEAMS_CERTIFICATE_FILE: .* is not a certificate as PEM/],
      [pair(cert, cert), /TEAMS_CERTIFICATE_KEY_FILE: .* is not a private key without a passphrase/],
      [pair(cert, file('other.pem', other.key)), /not the key of TEAMS_CERTIFICATE_FILE/],
      [pair(file('ec.pem', small.cert), file('ec-key.pem', small.key)), /RSA keys of 2048 bits/],
    ] as const) {
      await expect(openTeamsApp(wrong)).rejects.toThrow(words);
    }
    const missing = {
      TEAMS_SIGN_IN: 'federated',
      TEAMS_APP_PASSWORD: '',
      AZURE_FEDERATED_TOKEN_FILE: join(dir, 'none'),
    };
    await expect(openTeamsApp(missing)).rejects.toThrow(/AZURE_FEDERATED_TOKEN_FILE: .*none cannot be read/);
  });

  it('that the registration does not know keeps the replies, and one that replaces it needs no restart', async () => {
    const [old, fresh] = [makeCertificate('old'), makeCertificate('fresh')];
    const teams = await openTeamsApp(pair(file('cert.pem', old.cert), file('key.pem', old.key)));
    try {
      teams.net.login.certificate = fresh.cert;
      const person = teamsPerson(teams.net, teams.port, 'lucia');
      await person.says('oi');
      await until(() => teams.logged.some((line) => line.includes('teams-sign-in')), 110_000);
      expect(person.got()).toEqual([]);
      file('cert.pem', fresh.cert);
      file('key.pem', fresh.key);
      teams.pass(60);
      await until(() => person.got().length > 0, 110_000);
    } finally {
      await teams.close();
    }
  });
});

describe('a managed identity of a virtual machine', () => {
  it('is asked for as that service wants it, and said plainly if it is not there', async () => {
    expect(IMDS.endpoint).toBe('http://169.254.169.254/metadata/identity/oauth2/token');
    const net = await startTeamsNetwork();
    try {
      const service = { ...IMDS, endpoint: IMDS.endpoint.replace('http://169.254.169.254', net.origin) };
      const { resource } = CLOUDS.public;
      const ask = (client: string) => identityToken(service, { client, resource, signal: AbortSignal.timeout(60_000) });
      const { token, lasts } = await ask(APP_ID);
      expect(net.login.accepts(token)).toBe(true);
      expect(lasts).toBe(86_399);
      await expect(ask(TENANT_ID)).rejects.toThrow(NoTokenError);
    } finally {
      await net.close();
    }
  });
});

describe('what is kept of a person on Teams', () => {
  it('shows no id, no name and no word to who has the files', async () => {
    const teams = await openTeamsApp();
    try {
      const person = teamsPerson(teams.net, teams.port, 'canario');
      await person.says('canary-words canary-words');
      await until(() => person.got().length > 0);
      await teams.app.settle();
      const files = ['griot.db', 'griot.db-wal'].map((name) => `${teams.dir}/${name}`).filter(existsSync);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const bytes = readFileSync(file).toString('latin1');
        for (const canary of [
          '29:canario',
          'a:canario',
          'canario Exemplo',
          'aad-canario',
          'canary-words',
          teams.net.origin,
        ]) {
          expect(bytes.includes(canary), `${canary} in ${file}`).toBe(false);
        }
      }
    } finally {
      await teams.close();
    }
  });

  it('is written to where the network last said', async () => {
    const teams = await openTeamsApp();
    try {
      const person = teamsPerson(teams.net, teams.port, 'muda');
      await person.says('oi');
      await until(() => person.got().length > 0);
      await teams.app.settle();
      const conversation = { id: 'a:elsewhere', conversationType: 'personal', tenantId: TENANT_ID };
      await person.says('continuar', { conversation });
      await until(() => teams.net.sent.some((one) => one.conversation === 'a:elsewhere'));
    } finally {
      await teams.close();
    }
  });

  it('is gone after *delete*, but for the farewell', async () => {
    const teams = await openTeamsApp();
    try {
      const person = teamsPerson(teams.net, teams.port, 'apaga');
      const address = { channel: 'teams', account: TENANT_ID, address: '29:apaga' };
      for (const said of ['oi', 'continuar', 'continuar', 'sim', 'apagar', 'EXCLUIR']) {
        await person.says(said);
        const known = await teams.app.store.personAt(address);
        await teams.app.conversation.settle(known?.person ?? '');
        await teams.app.settle();
      }
      await until(() => person.got().some(({ text }) => (text ?? '').includes('Tudo foi apagado')));
      for (let i = 0; i < 100 && (await teams.app.store.personAt(address)) !== null; i++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(await teams.app.store.personAt(address)).toBeNull();
    } finally {
      await teams.close();
    }
  });
});
