// The whole program on Teams, where a peer of Microsoft's network hangs, or takes nothing of us any more: over real HTTP.

import { afterEach, describe, expect, it } from 'vitest';
import { DEADLINES, type Deadlines } from '../../../src/deadlines.ts';
import { IDENTITY_HEADER, IDENTITY_PATH } from '../../support/microsoft-login.ts';
import { startSmtp } from '../../support/smtp.ts';
import { openTeamsApp, until, type TeamsApp, type TeamsAppOptions } from '../../support/teams-app.ts';
import { startTeamsNetwork, teamsPerson, type TeamsPerson } from '../../support/teams-network.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function start(environment: Record<string, string> = {}, options: TeamsAppOptions = {}): Promise<TeamsApp> {
  const teams = await openTeamsApp(environment, options);
  open.push(() => teams.close());
  return teams;
}
const short = (deadlines: Partial<Deadlines> = {}) => ({ deadlines: { ...DEADLINES, stop: 300, ...deadlines } });
const gets = (person: TeamsPerson, words: RegExp) =>
  until(() => person.got().some(({ text }) => words.test(text ?? '')), 110_000);
const health = async ({ port }: TeamsApp) =>
  (await (await fetch(`http://127.0.0.1:${port}/health`)).json()) as Record<string, string>;

describe.each([
  ['says nothing', false],
  ['answers half', true],
])('no harm 22: a peer of Teams that %s', (_, half) => {
  it('the connector of fifty conversations keeps neither the next one nor a stop', async () => {
    const teams = await start({}, short());
    teams.net.hangs = { path: /conversations\/a%3Ahangs/u, half };
    const hanging = Array.from({ length: 50 }, (_, i) => teamsPerson(teams.net, teams.port, `hangs-${i}`));
    expect(await Promise.all(hanging.map((person) => person.says('oi')))).toEqual(hanging.map(() => 200));
    await teams.net.hanging(50);
    const lucia = teamsPerson(teams.net, teams.port, 'lucia');
    await lucia.says('oi');
    await gets(lucia, /sou um programa/iu);
    await teams.app.close();
  });

  it('SharePoint: the person is told calmly, and neither others nor a stop wait', async () => {
    const teams = await start({}, short({ file: 200 }));
    const [lucia, rosa] = ['lucia', 'rosa'].map((name) => teamsPerson(teams.net, teams.port, name)) as [
      TeamsPerson,
      TeamsPerson,
    ];
    await lucia.says('oi');
    teams.net.hangs = { path: /^\/files/u, half };
    const content = { downloadUrl: `${teams.net.origin}/files/historia.docx`, fileType: 'docx' };
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    const offers = (person: TeamsPerson) =>
      person.post(person.activity({ attachments: [{ contentType, name: 'historia.docx', content }] }));
    const offered = offers(lucia);
    await teams.net.hanging(1);
    expect(await rosa.says('oi')).toBe(200);
    await gets(rosa, /sou um programa/iu);
    expect(await offered).toBe(200);
    await gets(lucia, /A Microsoft não me entregou/u);
    await teams.app.close();
  });

  it('the server with the keys: Teams is asked to come again, others wait for nothing, nor does a stop', async () => {
    const teams = await start({}, short({ signIn: 200 }));
    teams.net.hangs = { path: /^\/openid/u, half };
    const people = Array.from({ length: 50 }, (_, i) => teamsPerson(teams.net, teams.port, `p${i}`));
    const first = people.map((person) => person.post(person.activity({ id: 'one', text: 'oi' })));
    // All of them wait for the same reading.
    await teams.net.hanging(1);
    expect((await health(teams))['status']).toBe('ready');
    expect(new Set(await Promise.all(first))).toEqual(new Set([503]));
    teams.net.hangs = null;
    const lucia = teamsPerson(teams.net, teams.port, 'p0');
    expect(await lucia.post(lucia.activity({ id: 'one', text: 'oi' }))).toBe(200);
    await gets(lucia, /sou um programa/iu);
    await teams.app.close();
  });

  it('the server with the keys does not keep a stop', async () => {
    const teams = await start({}, short());
    teams.net.hangs = { path: /^\/openid/u, half };
    const lucia = teamsPerson(teams.net, teams.port, 'lucia');
    const asked = lucia.says('oi').catch(() => null);
    await teams.net.hanging(1);
    await teams.app.close();
    await asked;
  });

  it.each<[string, RegExp, Record<string, string>]>([
    ['the connector', /conversations/u, {}],
    ['the server with the tokens', /oauth2/u, {}],
    ['the identity service of this machine', /^\/msi/u, { TEAMS_SIGN_IN: 'managed-identity', TEAMS_APP_PASSWORD: '' }],
  ])('%s: the reply is kept, and comes when it answers again', async (_, path, means) => {
    const net = await startTeamsNetwork();
    const service = { IDENTITY_ENDPOINT: `${net.origin}${IDENTITY_PATH}`, IDENTITY_HEADER };
    const teams = await start({ ...service, ...means }, { ...short({ connector: 200 }), net });
    teams.net.hangs = { path, half };
    const lucia = teamsPerson(teams.net, teams.port, 'lucia');
    expect(await lucia.says('oi')).toBe(200);
    await teams.net.hanging(1);
    await teams.app.settle();
    teams.net.hangs = null;
    teams.pass(60);
    await teams.app.settle();
    await gets(lucia, /sou um programa/iu);
    await teams.app.close();
  });
});

describe('no harm 23: Teams takes nothing of us', () => {
  async function withStaff() {
    const smtp = await startSmtp();
    open.push(() => smtp.close());
    const teams = await start({ SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, STAFF_EMAIL: 'equipe@casa.example' });
    const people = ['lucia', 'rosa', 'caio'].map((name) => teamsPerson(teams.net, teams.port, name));
    const notices = () => smtp.received.filter(({ to }) => to.includes('equipe@casa.example')).map(({ mail }) => mail);
    return { teams, people, notices };
  }

  it.each([
    ['a secret that has run out', 'teams-sign-in'],
    ['401 for every token', 'teams-sign-in'],
    ['403 of the whole app', 'teams-forbidden'],
  ])(
    '%s: the log, /health and one notice say it; every reply is kept and comes when it is mended',
    async (what, trouble) => {
      const { teams, people, notices } = await withStaff();
      const { net } = teams;
      if (what.startsWith('a secret')) net.login.secret = 'expired';
      else if (what.startsWith('401')) net.login.isGood = () => false;
      else net.refusals.push(...Array.from({ length: 12 }, () => ({ status: 403, code: 'BotDisabledByAdmin' })));
      for (const person of people) expect(await person.says('oi')).toBe(200);
      await until(() => notices().length > 0, 110_000);
      await teams.app.settle();
      expect(await health(teams)).toMatchObject({ status: 'ready', teams: trouble });
      const lines = teams.logged.filter((line) => line.includes('nobody on Teams can be written to'));
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, trouble });
      // Tried again, and still the same: no second notice.
      teams.pass(2);
      await teams.app.settle();
      expect(net.sent).toEqual([]);

      net.login.secret = 'good';
      net.login.isGood = () => true;
      net.refusals.length = 0;
      teams.pass(60);
      await teams.app.settle();
      for (const person of people) await gets(person, /sou um programa/iu);
      expect((await health(teams))['teams']).toBe('ready');
      await teams.app.close();
      expect(notices()).toHaveLength(1);
      expect(notices()[0]?.text).not.toMatch(/lucia|rosa|caio|oi\b/iu);
    },
  );

  it('a token that was good and is no more is asked for again, and nobody is told', async () => {
    const { teams, notices } = await withStaff();
    const lucia = teamsPerson(teams.net, teams.port, 'lucia');
    await lucia.says('oi');
    await gets(lucia, /sou um programa/iu);
    await teams.app.settle();
    expect(teams.net.login.made).toBe(1);
    teams.net.login.isGood = (token) => token !== 'token-1';
    await lucia.says('1');
    await gets(lucia, /^Esta conta é de uma organização/mu);
    expect(teams.net.login.made).toBe(2);
    expect((await health(teams))['teams']).toBe('ready');
    await teams.app.close();
    expect(notices()).toEqual([]);
  });
});
