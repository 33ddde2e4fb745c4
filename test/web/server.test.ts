import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { startWeb } from '../../src/web/server.ts';
import { startApp, until } from '../support/running-app.ts';
import { browserLike } from './browser-like.ts';
import { greeting, scriptedChat } from './scripted-chat.ts';

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
};

test('a phone that loses its line while it sends is no fault of the program', async () => {
  const griot = await startApp();
  try {
    const { port } = await griot.app.listen();
    const line = connect(port, '127.0.0.1');
    await once(line, 'connect');
    line.write(
      'POST /say HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 90000\r\n' +
        'Content-Type: application/x-www-form-urlencoded\r\n\r\nid=form-id-before-any&text=they',
    );
    await until(() => griot.logged.some((one) => one.includes('request')) || line.bytesWritten > 0);
    line.resetAndDestroy();
    await once(line, 'close');
    // The next request is answered after the end of the broken one.
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    await griot.app.settle();
    expect(griot.logged.filter((one) => one.includes('"level":50'))).toEqual([]);
  } finally {
    await griot.close();
  }
});

describe('a method that a path does not answer', () => {
  const chat = scriptedChat();
  const ask = (method: string, path: string) =>
    chat.app.request(path, { method, headers: { 'sec-fetch-site': 'none' } });

  it.each([
    ['GET', '/say', 'POST'],
    ['PUT', '/say', 'POST'],
    ['DELETE', '/', 'GET, HEAD'],
    ['OPTIONS', '/health', 'GET, HEAD'],
  ])('is refused as such: %s %s', async (method, path, allow) => {
    const answer = await ask(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  });

  it.each([
    ['GET', '/nowhere'],
    ['PUT', '/nowhere'],
    // There for those who have a token.
    ['GET', '/metrics'],
  ])('is none where nothing is: %s %s', async (method, path) => {
    const answer = await ask(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
  });
});

describe('every answer', () => {
  const chat = scriptedChat(greeting, { publicUrl: new URL('https://griot.example') });
  const written = [
    ...new Set(chat.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
  ];
  const routes = [...written, 'GET /nowhere', 'GET /../../etc/passwd', 'PUT /say', 'POST /nowhere'];

  it('knows its routes', () => {
    expect(written.sort()).toEqual(
      [
        '/',
        '/back',
        '/c/:call',
        '/cases',
        '/chat.css',
        '/chat.js',
        '/code',
        '/document',
        '/favicon.ico',
        '/health',
        '/icon.svg',
        '/info',
        '/lines',
        '/live',
        '/metrics',
        '/print',
        '/print.css',
        '/print/:language',
        '/ready',
        '/robots.txt',
        '/source',
        '/typed.js',
      ]
        .map((path) => `GET ${path}`)
        .concat(['/back', '/cases', '/code', '/code/end', '/file', '/leave', '/say'].map((path) => `POST ${path}`))
        .sort(),
    );
  });

  it.each(routes)('%s carries the headers', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    for (const site of ['same-origin', 'cross-site']) {
      const answer = await chat.app.request(path, { method, headers: { 'sec-fetch-site': site } });
      expect(Object.fromEntries(Object.keys(HEADERS).map((name) => [name, answer.headers.get(name)]))).toEqual(HEADERS);
      const keep = answer.headers.get('cache-control');
      expect(keep).toBe(/\.(css|js|svg)$/.test(path) ? 'private, max-age=31536000, immutable' : 'no-store');
    }
  });

  it('is calm also when we fail, and tells nobody what failed', async () => {
    const failing = scriptedChat();
    failing.people.personAt = () => Promise.reject(new Error('secret detail'));
    const page = await browserLike(failing.app).get('/');
    expect(page.status).toBe(500);
    expect(page.text).toContain('Algo deu errado do nosso lado');
    expect(page.text).not.toContain('secret detail');
    expect(page.headers.get('content-security-policy')).toBe(HEADERS['content-security-policy']);
  });
});

describe('health', () => {
  it('is ready only while something can be saved', async () => {
    const ready = await scriptedChat().app.request('/health');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    const full = scriptedChat(greeting, { ping: () => Promise.reject(new Error('disk full')) });
    expect((await full.app.request('/health')).status).toBe(503);
  });
});

describe('the source', () => {
  it('is linked from the page', async () => {
    const maria = browserLike(scriptedChat().app);
    expect((await maria.get('/')).text).toContain('href="/source"');
    expect((await maria.get('/source')).headers.get('location')).toBe('https://source.example/griot');
  });
});

describe('the first load', () => {
  it.each(['en', 'fr', 'es', 'pt'])('weighs at most 14 KB in %s', async (language) => {
    const maria = browserLike(scriptedChat(greeting, { trial: true }).app, language);
    const page = await maria.get('/');
    const links = [...page.text.matchAll(/(?:href|src)="(\/(?:chat|typed|icon)\.[^"]+)"/g)].map(
      ([, href = '']) => href,
    );
    expect(links).toHaveLength(4);
    let weight = gzipSync(page.text).length;
    for (const href of links) {
      const asset = await maria.get(href, { 'accept-encoding': 'gzip' });
      expect(asset.headers.get('content-encoding')).toBe('gzip');
      const plain = await maria.get(href);
      weight += gzipSync(plain.text).length;
    }
    expect(weight).toBeLessThanOrEqual(14 * 1024);
    // Room for the real first bubbles, which are longer than the script's.
    expect(weight).toBeLessThanOrEqual(12 * 1024);
  });

  it('is compressed for browsers that can', async () => {
    const page = await scriptedChat().app.request('/', {
      headers: { 'accept-encoding': 'gzip', 'sec-fetch-site': 'none' },
    });
    expect(page.headers.get('content-encoding')).toBe('gzip');
  });
});

describe('a flood', () => {
  it('is slowed down, while stop, delete and help always pass and others are not held up', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    const flooder = browserLike(chat.app);
    const maria = browserLike(chat.app);
    const from = { 'x-forwarded-for': '203.0.113.9, 198.51.100.1' };
    await flooder.get('/', from);
    await maria.get('/', { 'x-forwarded-for': '198.51.100.2' });
    const statuses: number[] = [];
    for (let i = 0; i < 70; i += 1) statuses.push((await flooder.say({ text: `${i}` }, from)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const refused = await flooder.say({ text: 'Ainda tenho algo a dizer' }, from);
    expect(refused.text).toContain('Ainda tenho algo a dizer</textarea>');
    expect((await flooder.say({ text: 'ajuda' }, from)).status).toBe(303);
    expect((await maria.say({ text: 'Bom dia' }, { 'x-forwarded-for': '198.51.100.2' })).status).toBe(303);
    expect((await flooder.say({ text: 'apagar' }, from)).text).toContain('Tudo foi apagado.');
  });
});

describe('the live stream', () => {
  it('says that something is new, says nothing of it, and ends when the program stops', async () => {
    const chat = scriptedChat();
    const web = await startWeb(chat.app, { port: 0, host: '127.0.0.1' });
    const url = `http://127.0.0.1:${web.port}`;
    const page = await fetch(url, { headers: { 'sec-fetch-site': 'none' } });
    const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await page.text();
    const stream = await fetch(`${url}/live`, { headers: { cookie } });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = (await reader?.read())?.value ?? '';
    chat.deps.changes.notify('person-1');
    while (!heard.includes('event: new')) heard += (await reader?.read())?.value ?? '';
    expect(heard).toBe('retry: 10000\n\nevent: new\ndata:\n\n');
    chat.deps.changes.close();
    expect((await reader?.read())?.done).toBe(true);
    expect((await fetch(`${url}/live`)).status).toBe(204);
    await web.close();
  });

  it('rejects where the port is taken', async () => {
    const chat = scriptedChat();
    const web = await startWeb(chat.app, { port: 0, host: '127.0.0.1' });
    await expect(startWeb(chat.app, { port: web.port, host: '127.0.0.1' })).rejects.toThrow('EADDRINUSE');
    await web.close();
  });

  it('keeps a connection open for longer than proxies do, which send the next message on it', async () => {
    const web = await startWeb(scriptedChat().app, { port: 0, host: '127.0.0.1' });
    const answer = await fetch(`http://127.0.0.1:${web.port}/health`);
    const [, seconds] = /timeout=(\d+)/u.exec(answer.headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(120);
    await answer.text();
    await web.close();
  });
});

describe('fault 34: a flood of made-up cookies', () => {
  it('begins no more conversations than one without cookies', async () => {
    const chat = scriptedChat();
    for (let i = 0; i < 70; i += 1) {
      const stranger = browserLike(chat.app);
      stranger.cookie = `griot=${String(i).padStart(43, 'x')}`;
      await (i % 2 === 0 ? stranger.get('/') : stranger.say({ text: 'ajuda' }));
    }
    expect(chat.taken).toHaveLength(60);
  });
});
