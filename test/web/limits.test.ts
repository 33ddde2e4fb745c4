// What is asked before a body is read. Work is counted, not timed: the bytes that were taken from whoever sends them.

import { describe, expect, it } from 'vitest';
import type { SoundsKept } from '../../src/channels/web-chat/ports.ts';
import { MOST_WAITING, readDocx } from '../../src/channels/media/read-docx.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { fieldsOf, networkOf, isSmallForm } from '../../src/web/toolkit/request.ts';
import { docxOf, paragraph } from '../channels/read-docx/parts-of-docx.ts';
import { browserLike } from './browser-like.ts';
import { counted, opened, send } from './counted-body.ts';
import { greeting, reply, scriptedChat, type Script, type ScriptedChat } from './scripted-chat.ts';

const MEGABYTE = 1024 * 1024;

describe('no harm B: a form', () => {
  it('with more fields than any of ours is not read at all', async () => {
    const type = 'application/x-www-form-urlencoded';
    expect(fieldsOf('a=&'.repeat(350_000), type)).toBeNull();
    expect(fieldsOf('id=x&text=1+%26+2&text=last', type)).toEqual({ id: 'x', text: 'last' });
    expect(fieldsOf('id=x', 'text/plain')).toBeNull();
    const chat = scriptedChat();
    const maria = await opened(chat, '198.51.100.1');
    const answer = await chat.app.request('/say', {
      method: 'POST',
      headers: { 'content-type': type, 'sec-fetch-site': 'same-origin', cookie: maria.cookie ?? '' },
      body: 'a=&'.repeat(340_000),
    });
    expect(answer.status).toBe(400);
    expect(chat.taken).toHaveLength(1);
  });

  it('in parts is parsed only where the parts are few and say little about themselves', () => {
    const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n';
    const isSmall = (text: string, type = 'multipart/form-data; boundary=b') => isSmallForm(Buffer.from(text), type);
    expect(isSmall(`${part.repeat(3)}--b--\r\n`)).toBe(true);
    expect(isSmall(`${part.repeat(100_000)}--b--\r\n`)).toBe(false);
    expect(isSmall(`--b\r\nX: ${'y'.repeat(MEGABYTE)}\r\n\r\nx\r\n--b--\r\n`)).toBe(false);
    expect(isSmall(part)).toBe(false);
    expect(isSmall(`${part}--b--\r\n`, 'multipart/form-data; boundary=c; boundary=b')).toBe(false);
    expect(isSmall(`${part}--b--\r\n`, 'text/plain; boundary=b')).toBe(false);
  });
});

describe('no harm B: large bodies', () => {
  it('of one sender are read up to so many bytes, then not at all, while commands pass and others are not held up', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    const flooder = await opened(chat, '203.0.113.9');
    const maria = await opened(chat, '198.51.100.2');
    const taken: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      const body = counted(MEGABYTE - 32 * 1024);
      await send(chat, '/say', body.stream, { from: flooder.from, cookie: flooder.cookie ?? '' });
      taken.push(body.taken);
    }
    const read = taken.reduce((sum, one) => sum + one, 0);
    expect(read).toBeLessThan(18 * MEGABYTE);
    expect(taken.slice(-20)).toEqual(Array(20).fill(0));
    const from = { 'x-forwarded-for': flooder.from };
    expect((await flooder.say({ text: 'ajuda' }, from)).status).toBe(303);
    const long = 'Minha mãe. '.repeat(3_000);
    expect((await maria.say({ text: long }, { 'x-forwarded-for': maria.from })).status).toBe(303);
    expect((await flooder.say({ text: long }, from)).headers.get('retry-after')).toBe('60');
    chat.pass(2);
    expect((await flooder.say({ text: long }, from)).status).toBe(303);
  });

  it('that never end hold up their sender only', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    const flooder = await opened(chat, '203.0.113.9');
    const maria = await opened(chat, '198.51.100.2');
    const held = Array.from({ length: 8 }, () => counted(32 * 1024, true));
    for (const { stream } of held)
      void send(chat, '/say', stream, { from: flooder.from, cookie: flooder.cookie ?? '' });
    while (held.some(({ taken }) => taken === 0)) await new Promise((resolve) => setImmediate(resolve));
    const ninth = counted(MEGABYTE / 2);
    const refused = await send(chat, '/say', ninth.stream, { from: flooder.from, cookie: flooder.cookie ?? '' });
    expect([refused.status, refused.headers.get('retry-after'), ninth.taken]).toEqual([503, '5', 0]);
    const long = { text: 'Minha mãe. '.repeat(3_000) };
    expect((await maria.say(long, { 'x-forwarded-for': maria.from })).status).toBe(303);
    expect((await flooder.say({ text: 'ajuda' }, { 'x-forwarded-for': flooder.from })).status).toBe(303);
  });

  describe.each(WHOLE_LANGUAGES)('in %s, where they are refused,', (language) => {
    const { notice } = loadCatalogue('web')[language];
    const shows = (page: string, key: keyof typeof notice) =>
      page.includes(notice[key].heading.replaceAll("'", '&#39;'));
    const long = 'Minha mãe — disse.\n'.repeat(2_500).trimEnd();
    const given = (page: string) => /<textarea[^>]*>\n([^<]*)<\/textarea>/.exec(page)?.[1];

    async function full(chat: ScriptedChat): Promise<void> {
      const held = Array.from({ length: 8 }, () => counted(32 * 1024, true));
      for (const { stream } of held) void send(chat, '/say', stream, { from: '203.0.113.9' });
      while (held.some(({ taken }) => taken === 0)) await new Promise((resolve) => setImmediate(resolve));
    }

    it('are given back with a calm page, and are taken when they are sent again', async () => {
      const chat = scriptedChat(greeting, { trustProxy: true });
      await full(chat);
      const from = { 'x-forwarded-for': '203.0.113.9' };
      const maria = browserLike(chat.app, language);
      await maria.get('/', from);
      const refused = await maria.say({ text: long }, from);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      expect(shows(refused.text, 'busy')).toBe(true);
      expect(given(refused.text)).toBe(long);
      const id = /name="id" value="([\w-]+)"/.exec(refused.text)?.[1] ?? '';
      const text = given(refused.text) ?? '';
      expect((await maria.say({ id, text }, { 'x-forwarded-for': '198.51.100.2' })).status).toBe(303);
      expect(chat.taken.at(-1)?.event).toMatchObject({ text: long });
    });

    it('are said to be unread where they are too large, and how they may come back', async () => {
      const chat = scriptedChat(greeting, { trustProxy: true });
      await full(chat);
      const refused = await send(chat, '/say', counted(MEGABYTE / 2).stream, { from: '203.0.113.9', language });
      const page = await refused.text();
      expect([refused.status, shows(page, 'unread'), given(page)]).toEqual([503, true, undefined]);
    });

    it('are given back as far as they are read where nobody takes so much, with no half character', async () => {
      const chat = scriptedChat();
      const maria = browserLike(chat.app, language);
      await maria.get('/');
      for (const shift of ['', 'a', 'ab', 'abc', 'abcd', 'abcde']) {
        const { status, text } = await maria.say({ text: shift + 'ã'.repeat(300_000) });
        const beginning = given(text) ?? '';
        expect([status, shows(text, 'beginning')]).toEqual([413, true]);
        expect(beginning).toMatch(new RegExp(`^${shift}ã+$`, 'u'));
        expect(beginning.length).toBeGreaterThan(170_000);
      }
    });
  });

  it('that are only given back have an end too', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    const flooder = await opened(chat, '203.0.113.9');
    const from = { 'x-forwarded-for': flooder.from };
    for (let i = 0; i < 20; i += 1) {
      const { stream } = counted(MEGABYTE - 32 * 1024);
      await send(chat, '/say', stream, { from: flooder.from, cookie: flooder.cookie ?? '' });
    }
    const pages: boolean[] = [];
    for (let i = 0; i < 80; i += 1) {
      const { status, text } = await flooder.say({ text: 'a'.repeat(60_000) }, from);
      expect(status).toBe(429);
      pages.push(text.includes('aaaa'));
    }
    expect(pages.filter((given) => given).length).toBeGreaterThan(10);
    expect(pages.slice(-20)).toEqual(Array(20).fill(false));
  });
});

const asking: Script = (incoming) =>
  incoming.event.kind === 'opened'
    ? { said: [reply('Um arquivo?', { prompt: { id: 'import-text', version: 1 } })] }
    : greeting(incoming);

describe('no harm B: recordings and files', () => {
  const room = { bytes: 0, count: 0, saidYes: false, beforeYesOfAll: 0 };
  const type = 'multipart/form-data; boundary=b';

  async function tried(path: string, kept: SoundsKept, knows: boolean, script: Script = greeting) {
    const chat = scriptedChat(script, { trustProxy: true, takesVoice: true, soundsKept: () => Promise.resolve(kept) });
    const maria = await opened(chat, '198.51.100.2');
    const body = counted(16 * MEGABYTE);
    const cookie = knows ? { cookie: maria.cookie ?? '' } : {};
    const { status } = await send(chat, path, body.stream, { from: maria.from, type, ...cookie });
    return { status, taken: body.taken };
  }

  it('are not read from whom nobody knows', async () => {
    expect(await tried('/speak', room, false)).toEqual({ status: 403, taken: 0 });
    expect(await tried('/file', room, false)).toEqual({ status: 403, taken: 0 });
  });

  it('are not read where no file is asked for', async () => {
    expect(await tried('/file', room, true)).toEqual({ status: 409, taken: 0 });
    const { status, taken } = await tried('/file', room, true, asking);
    expect(status).toBe(413);
    expect(taken).toBeGreaterThan(MEGABYTE);
  });

  it.each([
    ['sixteen megabytes wait before the yes', { ...room, bytes: 17 * MEGABYTE, count: 2 }],
    ['many small ones wait before the yes', { ...room, bytes: 1_000, count: 20 }],
    ['those of all before their yes fill what there is', { ...room, beforeYesOfAll: 600 * MEGABYTE }],
    ['ten of the longest wait', { ...room, bytes: 161 * MEGABYTE, count: 11, saidYes: true }],
  ])('are not read where %s', async (_, kept) => {
    expect(await tried('/speak', kept, true)).toEqual({ status: 429, taken: 0 });
  });

  it('are read where there is room, whatever others keep before their yes', async () => {
    expect((await tried('/speak', { ...room, bytes: 15 * MEGABYTE, count: 3 }, true)).taken).toBeGreaterThan(MEGABYTE);
    const after = { bytes: 90 * MEGABYTE, count: 30, saidYes: true, beforeYesOfAll: 600 * MEGABYTE };
    expect((await tried('/speak', after, true)).taken).toBeGreaterThan(MEGABYTE);
  });

  it('of one sender are held in memory two at a time', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true, takesVoice: true });
    const maria = await opened(chat, '198.51.100.2');
    const ana = await opened(chat, '198.51.100.3');
    const held = [counted(MEGABYTE, true), counted(MEGABYTE, true)];
    const given = { from: maria.from, type, cookie: maria.cookie ?? '' };
    for (const { stream } of held) void send(chat, '/speak', stream, given);
    while (held.some(({ taken }) => taken === 0)) await new Promise((resolve) => setImmediate(resolve));
    const third = counted(MEGABYTE);
    expect((await send(chat, '/speak', third.stream, given)).status).toBe(503);
    expect(third.taken).toBe(0);
    const hers = counted(MEGABYTE);
    await send(chat, '/speak', hers.stream, { ...given, from: ana.from, cookie: ana.cookie ?? '' });
    expect(hers.taken).toBeGreaterThanOrEqual(MEGABYTE);
  });
});

describe('no harm B: a Word file', () => {
  it('that comes while too many wait to be read is asked for again, and is read when it comes again', async () => {
    const chat = scriptedChat(asking, { trustProxy: true });
    const maria = await opened(chat, '198.51.100.2');
    const bring = async (id: string) => {
      const body = new FormData();
      body.append('id', id);
      body.append('file', new Blob([docxOf({ body: paragraph('Minha mãe.') })]), 'texto.docx');
      const headers = { cookie: maria.cookie ?? '', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': maria.from };
      const { status } = await chat.app.request('/file', { method: 'POST', body, headers });
      return { status, event: chat.taken.at(-1)?.event };
    };
    // Two keep the Workers at work, and as many as may wait stand behind them.
    const large = docxOf({ body: '<w:p/>'.repeat(100_000) });
    const work = [large, large].map((bytes) => readDocx(bytes));
    const queue = Array.from({ length: MOST_WAITING }, () => readDocx(new Uint8Array(3)));
    expect(await bring('the-form-of-a-page')).toMatchObject({
      status: 303,
      event: { kind: 'unusable', what: 'file-busy' },
    });
    await Promise.all([...work, ...queue]);
    expect(await bring('the-form-of-another-page')).toMatchObject({
      status: 303,
      event: { kind: 'file-read', text: 'Minha mãe.' },
    });
  });
});

describe('no harm 25: a sender', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['198.51.100.7:52144', '198.51.100.7'],
    [' 198.51.100.7 ', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['[::ffff:198.51.100.7]:443', '198.51.100.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::2:0:0:1', '2001:db8:0:0'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2'],
    ['[2001:db8:1:2::9]:52144', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['unknown', 'unknown'],
  ])('%s is counted as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('with many addresses of one network begins no more conversations than one', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    for (let i = 0; i < 70; i += 1) {
      await browserLike(chat.app).get('/', { 'x-forwarded-for': `[2001:db8:1:2::${i.toString(16)}]:${4000 + i}` });
    }
    expect(chat.taken.length).toBeLessThan(65);
    const before = chat.taken.length;
    await browserLike(chat.app).get('/', { 'x-forwarded-for': '[2001:db8:1:3::1]:4000' });
    expect(chat.taken).toHaveLength(before + 1);
  });
});
