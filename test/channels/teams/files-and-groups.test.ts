// What follows an answer to Teams: the card of a file that is taken away, a drive that is busy, and a group that names us.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchFile, uploadFile } from '../../../src/channels/teams/network-files.ts';
import { loadCatalogue } from '../../../src/texts/catalogues.ts';
import { TENANT_ID } from '../../support/microsoft-login.ts';
import { openTeamsApp, until, type TeamsApp } from '../../support/teams-app.ts';
import { teamsPerson, type TeamsPerson } from '../../support/teams-network.ts';

const texts = loadCatalogue('teams');
let teams: TeamsApp;
beforeAll(async () => {
  teams = await openTeamsApp();
});
afterAll(() => teams.close());

const faults = () => teams.logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);

describe('the card of a file', () => {
  const context = { griot: { kind: 'preview', format: 'docx', mark: 'of another text' } };
  const uploadInfo = { contentUrl: 'x', uploadUrl: 'x', uniqueId: 'u', name: 'document.docx', fileType: 'docx' };

  /** A person whose app is Portuguese, and whose conversation is French. */
  async function inFrench(name: string): Promise<TeamsPerson> {
    const person = teamsPerson(teams.net, teams.port, name, 'pt-BR');
    const address = { channel: 'teams', account: TENANT_ID, address: `29:${name}` };
    for (const words of ['oi', 'français']) {
      await person.says(words);
      await teams.app.conversation.settle((await teams.app.store.personAt(address))?.person ?? '');
      await teams.app.settle();
    }
    return person;
  }

  it.each([
    ['declined', { action: 'decline' }, texts.fr.declined],
    ['accepted, of a text that has changed', { action: 'accept', context, uploadInfo }, texts.fr.gone],
  ])('that was %s is deleted, and said in the language of the conversation', async (what, value, words) => {
    const name = `carta-${what.length}`;
    const person = await inFrench(name);
    const invoke = person.activity({ type: 'invoke', name: 'fileConsent/invoke', value, replyToId: `card-${name}` });
    expect(await person.post(invoke)).toBe(200);
    await until(() => person.got().some(({ text }) => text === words));
    await until(() => teams.net.removed.length > 0 && teams.net.removed.some(({ id }) => id === `card-${name}`));
    // The same answer again does nothing.
    expect(await person.post(invoke)).toBe(200);
    await teams.app.settle();
    expect(person.got().filter(({ text }) => text === words)).toHaveLength(1);
    expect(teams.net.removed.filter(({ id }) => id === `card-${name}`)).toEqual([
      { conversation: `a:${name}`, id: `card-${name}` },
    ]);
  });

  it('is answered even if the network is slow at first', async () => {
    const person = await inFrench('lenta');
    teams.net.refusals.push({ status: 503 });
    const value = { action: 'decline' };
    await person.post(person.activity({ type: 'invoke', name: 'fileConsent/invoke', value, replyToId: 'card-lenta' }));
    await until(() => person.got().some(({ text }) => text === texts.fr.declined));
    await until(() => teams.net.removed.some(({ id }) => id === 'card-lenta'));
  });
});

describe('a drive that is busy', () => {
  const any = () => true;

  it.each([503, 429, 502])('%i at first: asked again, and read', async (status) => {
    const times = { asked: 0 };
    teams.net.files.set(`busy-${status}`, (response) => {
      times.asked += 1;
      if (times.asked === 1) response.writeHead(status, { 'retry-after': '0' }).end();
      else response.end('fine');
    });
    const fetched = await fetchFile(`${teams.net.origin}/files/busy-${status}`, any, 60_000);
    expect(fetched.kind === 'bytes' && Buffer.from(fetched.bytes).toString()).toBe('fine');
    expect(times.asked).toBe(2);
    times.asked = 0;
    expect(await uploadFile(`${teams.net.origin}/files/busy-${status}`, new Uint8Array(1), any, 60_000)).toBe(true);
  });

  it.each([503, 429])('%i to the end: the person hears whose trouble it is, and can send it again', async (status) => {
    const name = `busy-${status}-always`;
    const times = { asked: 0 };
    teams.net.files.set(name, (response) => {
      times.asked += 1;
      if (times.asked === 1) response.writeHead(status, { 'retry-after': '3600' }).end();
      else response.end('no archive');
    });
    const person = teamsPerson(teams.net, teams.port, name);
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    const content = { downloadUrl: `${teams.net.origin}/files/${name}`, fileType: 'docx' };
    await person.says('oi');
    const send = () => person.post(person.activity({ attachments: [{ contentType, name: 'a.docx', content }] }));
    expect(await send()).toBe(200);
    await until(() => person.got().some(({ text }) => (text ?? '').includes('A Microsoft não me entregou')));
    expect(times.asked).toBe(1);
    expect(await send()).toBe(200);
    expect(times.asked).toBe(2);
    await until(() => person.got().some(({ text }) => (text ?? '').includes('Não consigo')));
  });
});

describe('a group that names us', () => {
  it('thirty times gets one answer each, whatever comes twice, and no fault is logged', async () => {
    const before = faults().length;
    const person = teamsPerson(teams.net, teams.port, 'grupo');
    for (let i = 0; i < 30; i++) {
      const conversation = { id: `19:grupo-${i}`, conversationType: 'groupChat', isGroup: true, tenantId: TENANT_ID };
      const activity = person.activity({ text: '<at>Griot</at> oi', conversation });
      expect(await person.post(activity)).toBe(200);
      expect(await person.post(activity)).toBe(200);
    }
    await until(() => teams.net.sent.filter(({ conversation }) => conversation.startsWith('19:grupo-')).length >= 30);
    await teams.app.settle();
    const answered = teams.net.sent.filter(({ conversation }) => conversation.startsWith('19:grupo-'));
    expect(new Set(answered.map(({ conversation }) => conversation)).size).toBe(30);
    expect(answered).toHaveLength(30);
    expect(faults().slice(before)).toEqual([]);
  });

  it('where we may not write is no trouble of the whole app', async () => {
    teams.net.refusals.push({ status: 403, code: 'BotDisabledInThisChannel' });
    const person = teamsPerson(teams.net, teams.port, 'canal-mudo');
    const conversation = { id: '19:mudo', conversationType: 'channel', isGroup: true, tenantId: TENANT_ID };
    expect(await person.post(person.activity({ text: 'oi', conversation }))).toBe(200);
    await until(() => teams.net.refusals.length === 0);
    await teams.app.settle();
    const health = (await (await fetch(`http://127.0.0.1:${teams.port}/health`)).json()) as Record<string, string>;
    expect(health['teams']).toBe('ready');
  });
});
