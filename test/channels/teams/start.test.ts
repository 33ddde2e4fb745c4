// Without sign-in Teams is for one machine only; with it, only when all of it is there.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLOUDS } from '../../../src/channels/teams/cloud.ts';
import { openTeams } from '../../../src/channels/teams/open-teams.ts';
import { readConfig } from '../../../src/config/config.ts';
import { openTeamsApp, until } from '../../support/teams-app.ts';
import { APP_ID, teamsPerson, TENANT_ID } from '../../support/teams-network.ts';

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
    expect(config.teams).toEqual({ app: { id: APP_ID, tenant: TENANT_ID }, cloud: 'public' });
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

  it.each<[string, Record<string, string>, RegExp]>([
    ['a cloud that Microsoft does not have', { TEAMS_CLOUD: 'europe' }, /TEAMS_CLOUD/],
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
