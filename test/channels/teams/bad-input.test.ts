// What comes wrong, by accident or on purpose, over HTTP into the whole program.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOUDS } from '../../../src/channels/teams/cloud.ts';
import { fetchFile, filesOf, MOST_BYTES, uploadFile } from '../../../src/channels/teams/network-files.ts';
import { writeDocx } from '../../../src/submission/docx/docx.ts';
import { TENANT_ID } from '../../support/microsoft-login.ts';
import { openTeamsApp, until, type TeamsApp } from '../../support/teams-app.ts';
import { teamsPerson, type TeamsPerson } from '../../support/teams-network.ts';

let teams: TeamsApp;
beforeAll(async () => {
  teams = await openTeamsApp();
});
afterAll(() => teams.close());

const personAt = (name: string) =>
  teams.app.store.personAt({ channel: 'teams', account: TENANT_ID, address: `29:${name}` });

async function settled(person: TeamsPerson, name: string): Promise<readonly string[]> {
  await teams.app.conversation.settle((await personAt(name))?.person ?? '');
  await teams.app.settle();
  return person.got().map(({ text }) => text ?? '');
}

async function atTheStory(name: string): Promise<TeamsPerson> {
  const person = teamsPerson(teams.net, teams.port, name);
  for (const said of ['oi', 'continuar', 'continuar', 'sim']) {
    await person.says(said);
    await settled(person, name);
  }
  return person;
}

const offered = (url: string, fileType = 'docx') => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  name: `texto.${fileType}`,
  content: { downloadUrl: url, uniqueId: 'u', fileType },
});

describe('a group chat', () => {
  it.each([
    ['groupChat', 'pt-BR', /^Só respondo em conversa/u],
    ['channel', 'fr-FR', /^Je ne réponds que dans/u],
  ])('%s: one sentence, and nothing is kept', async (conversationType, locale, sentence) => {
    const person = teamsPerson(teams.net, teams.port, `grupo-${conversationType}`, locale);
    const conversation = { id: `19:${conversationType}`, conversationType, isGroup: true, tenantId: TENANT_ID };
    expect(await person.says('Meu filho foi morto', { conversation })).toBe(200);
    const sent = await until(() => teams.net.sent.find((one) => one.conversation === `19:${conversationType}`));
    expect(sent.text).toMatch(sentence);
    expect(sent.textFormat).toBe('plain');
    expect(await personAt(`grupo-${conversationType}`)).toBeNull();
    expect(await person.post(person.activity({ type: 'messageUpdate', text: 'x', conversation }))).toBe(200);
    expect(await personAt(`grupo-${conversationType}`)).toBeNull();
  });
});

describe('what nobody said', () => {
  it.each(['conversationUpdate', 'installationUpdate', 'typing', 'messageReaction', 'event', 'endOfConversation', 'x'])(
    '%s: 200, no person, no word from us',
    async (type) => {
      const person = teamsPerson(teams.net, teams.port, `calado-${type}`);
      expect(await person.post(person.activity({ type, membersAdded: [{ id: '28:bot' }] }))).toBe(200);
      expect(await personAt(`calado-${type}`)).toBeNull();
      expect(person.got()).toEqual([]);
    },
  );

  it('an invoke that we do not know: 501', async () => {
    const person = teamsPerson(teams.net, teams.port, 'invoca');
    expect(await person.post(person.activity({ type: 'invoke', name: 'signin/verifyState', value: {} }))).toBe(501);
    expect(await personAt('invoca')).toBeNull();
  });
});

describe('a card', () => {
  it('whose question is long gone changes nothing, and says so', async () => {
    const person = await atTheStory('velha');
    const griot = { prompt: 'for-whom', version: 1, value: 'organiser', label: 'Reúno depoimentos' };
    await person.post(person.activity({ value: { griot } }));
    expect((await settled(person, 'velha')).join('\n')).toMatch(/pergunta anterior\. Nada mudou/u);
  });

  it.each([
    1,
    'x',
    [],
    {},
    { griot: 5 },
    { action: 'x' },
    { griot: { prompt: {}, version: 'x', value: [] } },
    '\u0000',
  ])('with the value %j: 200, and said plainly that it was not understood', async (value) => {
    const name = `valor-${JSON.stringify(value).replaceAll(/\W/g, '')}`;
    const person = teamsPerson(teams.net, teams.port, name);
    expect(await person.post(person.activity({ value }))).toBe(200);
    expect((await settled(person, name)).length).toBeGreaterThan(0);
  });
});

describe('a message of 100 KB', () => {
  it('is taken whole, or refused in words: never cut', async () => {
    const person = await atTheStory('longa');
    const text = 'Uma linha do que eu tenho a dizer sobre aquele dia.\n'.repeat(1_900);
    expect(text.length).toBeLessThan(100_000);
    expect(await person.says(text)).toBe(200);
    expect((await settled(person, 'longa')).at(-1)).toMatch(/Guardado|Continue/u);
    const { person: id = '' } = (await personAt('longa')) ?? {};
    const { contribution } = (await teams.app.store.session(id)) as { contribution: string };
    const [part] = await teams.app.store.parts(contribution);
    expect(part?.text).toBe(text.trim());
    expect(await person.says('x'.repeat(100 * 1024))).toBe(200);
    expect((await settled(person, 'longa')).join('\n')).toMatch(/comprid|long|grande/u);
  });
});

describe('a Word file', () => {
  it('is fetched, read, shown, and used only after a yes', async () => {
    const person = await atTheStory('arquivo');
    await person.says('Vou mandar o que já tinha escrito sobre o meu irmão.');
    await settled(person, 'arquivo');
    const bytes = await docxOf('Escrevi isto em casa, com calma, antes de vir aqui.');
    teams.net.files.set('bom', (response) => response.end(bytes));
    await person.says('', { text: '', attachments: [offered(`${teams.net.origin}/files/bom`)] });
    expect((await settled(person, 'arquivo')).join('\n')).toContain('Escrevi isto em casa, com calma');
    const { person: id = '' } = (await personAt('arquivo')) ?? {};
    const { contribution } = (await teams.app.store.session(id)) as { contribution: string };
    expect(await teams.app.store.parts(contribution)).toHaveLength(1);
    await person.says('1');
    await settled(person, 'arquivo');
    expect((await teams.app.store.parts(contribution)).map(({ text }) => text).join()).toContain(
      'Escrevi isto em casa',
    );
  });

  it.each([
    ['that is none', () => Buffer.from('not a zip')],
    ['that is larger than it may be', () => Buffer.alloc(MOST_BYTES + 1)],
  ])('%s: said plainly, and kept nowhere', async (what, bytes) => {
    const name = `arquivo-${what.replaceAll(' ', '-')}`;
    const person = await atTheStory(name);
    teams.net.files.set(name, (response) => response.end(bytes()));
    const before = person.got().length;
    expect(await person.says('', { text: '', attachments: [offered(`${teams.net.origin}/files/${name}`)] })).toBe(200);
    expect((await settled(person, name)).length).toBeGreaterThan(before);
  });
});

describe('the address of a file', () => {
  const isMicrosoftFile = filesOf(CLOUDS.public);

  it.each([
    ['us-government', 'https://casa.sharepoint.us/x'],
    ['us-dod', 'https://casa.sharepoint-mil.us/x'],
    ['china', 'https://casa.sharepoint.cn/x'],
  ] as const)('in another cloud is another one: %s', (cloud, url) => {
    expect(filesOf(CLOUDS[cloud])(new URL(url))).toBe(true);
    expect(isMicrosoftFile(new URL(url))).toBe(false);
    expect(filesOf(CLOUDS[cloud])(new URL('https://casa.sharepoint.com/x'))).toBe(false);
  });

  it.each(['https://casa.sharepoint.com/personal/lucia/text.docx?tempauth=x', 'https://casa-my.sharepoint.com/x'])(
    'is Microsoft’s: %s',
    (url) => {
      expect(isMicrosoftFile(new URL(url))).toBe(true);
    },
  );

  it.each([
    'http://casa.sharepoint.com/x',
    'https://casa.sharepoint.com:8443/x',
    'https://user:secret@casa.sharepoint.com/x',
    'https://sharepoint.com/x',
    'https://casa.sharepoint.com.evil.example/x',
    'https://evilsharepoint.com/x',
    'https://evil.example/casa.sharepoint.com',
    'https://evil.example#.sharepoint.com',
    'https://evil.example\\.sharepoint.com/',
    'https://127.0.0.1/x',
    'https://localhost/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest/meta-data/',
    'https://0x7f000001/x',
    'file:///etc/passwd',
    'ftp://casa.sharepoint.com/x',
    'data:text/plain,x',
  ])('is not: %s', async (url) => {
    expect(isMicrosoftFile(new URL(url))).toBe(false);
    expect(await fetchFile(url, isMicrosoftFile)).toEqual({ kind: 'refused', why: 'host' });
    expect(await uploadFile(url, new Uint8Array(1), isMicrosoftFile)).toBe(false);
  });

  it('that is none at all is refused', async () => {
    expect(await fetchFile('not an address', () => true)).toEqual({ kind: 'refused', why: 'host' });
  });
});

describe('a server of files', () => {
  const anywhere = () => true;
  /** Milliseconds that no server of these tests takes, however busy the machine is. */
  const PATIENCE = 120_000;
  let origin = '';
  let written = 0;
  let stopped = 0;
  const server = createServer((request, response) => {
    switch (request.url) {
      case '/redirect':
        return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      case '/missing':
        return response.writeHead(404).end('no');
      case '/more-than-it-says':
        response.on('close', () => (stopped = written));
        return send();
      case '/falsely-small':
        return response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine${'more'.repeat(100_000)}`);
      case '/slow':
        response.write('x');
        return undefined;
      case '/silent':
        return undefined;
      case '/breaks':
        response.writeHead(200, { 'content-length': '1000' });
        response.write('x');
        return void setTimeout(() => response.destroy(), 20);
      default:
        return response.end('fine');
    }
    /** For ever, until the other side hangs up. */
    function send(): void {
      written += 64 * 1024;
      if (!response.destroyed) response.write(Buffer.alloc(64 * 1024), send);
    }
  });
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('that behaves is read', async () => {
    const fetched = await fetchFile(`${origin}/`, anywhere);
    expect(fetched.kind === 'bytes' && Buffer.from(fetched.bytes).toString()).toBe('fine');
  });

  it('that says less than it sends is read as far as it said, or not at all', async () => {
    const fetched = await fetchFile(`${origin}/falsely-small`, anywhere, PATIENCE);
    expect(fetched.kind === 'bytes' ? Buffer.from(fetched.bytes).toString() : 'fine').toBe('fine');
  });

  it.each([
    ['/redirect', 'redirect', PATIENCE],
    ['/missing', 'status', PATIENCE],
    ['/more-than-it-says', 'size', PATIENCE],
    ['/slow', 'time', 400],
    ['/silent', 'time', 400],
    ['/breaks', 'network', PATIENCE],
  ])('%s: refused, %s', async (path, why, deadline) => {
    expect(await fetchFile(`${origin}${path}`, anywhere, deadline)).toEqual({ kind: 'refused', why });
  });

  it('that never ends is left at the limit', async () => {
    await until(() => stopped > 0 || null);
    expect(stopped).toBeLessThan(MOST_BYTES * 4);
  });
});

describe('the file of a card', () => {
  const consent = (context: unknown, uploadUrl: string) => ({
    type: 'invoke',
    name: 'fileConsent/invoke',
    value: {
      action: 'accept',
      context,
      uploadInfo: { contentUrl: 'x', name: 'document.docx', uploadUrl, uniqueId: 'u', fileType: 'docx' },
    },
  });

  it('that is not kept any more is not uploaded', async () => {
    const person = await atTheStory('sumiu');
    const context = { griot: { kind: 'final', format: 'docx', mark: 'a'.repeat(32) } };
    expect(await person.post(person.activity(consent(context, `${teams.net.origin}/upload/sumiu`)))).toBe(200);
    await until(() => person.got().some(({ text }) => (text ?? '').includes('não está mais aqui')));
    expect(teams.net.uploads.has('sumiu')).toBe(false);
  });

  it('that is declined is not uploaded, and makes nobody of a stranger', async () => {
    const person = teamsPerson(teams.net, teams.port, 'recusa');
    const invoke = { type: 'invoke', name: 'fileConsent/invoke', value: { action: 'decline', context: {} } };
    expect(await person.post(person.activity(invoke))).toBe(200);
    await until(() => person.got().some(({ text }) => (text ?? '').includes('Nada foi colocado')));
    expect(await personAt('recusa')).toBeNull();
  });
});

async function docxOf(text: string): Promise<Buffer> {
  const bytes = await writeDocx({
    language: 'pt',
    reference: '',
    publication: 'confidential',
    title: 'Texto',
    blocks: [{ kind: 'paragraph', text }],
    footer: '',
    words: 0,
    wordsBySlot: {},
    sections: [],
    publicationLine: '',
    standing: [],
  });
  return Buffer.from(bytes);
}
