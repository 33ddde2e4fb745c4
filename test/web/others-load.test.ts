// P17: somebody's load does not make another person wait. Each of these fails where its limit is taken out. Counted, by a clock
// that stands still until it is moved.

import { describe, expect, it } from 'vitest';
import { Admission, type Bounds } from '../../src/channels/web-chat/limits.ts';
import { browserLike, type BrowserLike } from './browser-like.ts';
import { counted, opened, send } from './counted-body.ts';
import { greeting, reply, scriptedChat, type Script } from './scripted-chat.ts';

const MEGABYTE = 1024 * 1024;
const FLOODER = { 'x-forwarded-for': '203.0.113.9' };
const MARIA = { 'x-forwarded-for': '198.51.100.2' };

async function sayOften(browsers: readonly BrowserLike[], times: number): Promise<readonly number[]> {
  const answers: number[] = [];
  for (const browser of browsers) {
    for (let i = 0; i < times; i += 1) answers.push((await browser.say({ text: `Mais ${i}.` }, FLOODER)).status);
  }
  return answers;
}

describe("no harm D, P17, fault 34: somebody else's load", () => {
  it('of messages is counted by sender, in however many conversations', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    const browsers = Array.from({ length: 13 }, () => browserLike(chat.app));
    for (const browser of browsers) await browser.get('/', FLOODER);
    const maria = browserLike(chat.app);
    await maria.get('/', MARIA);
    const answers = await sayOften(browsers, 58);
    const taken = answers.filter((status) => status === 303).length;
    expect(taken).toBeGreaterThanOrEqual(600);
    expect(taken).toBeLessThan(720);
    expect(answers.at(-1)).toBe(429);
    expect((await maria.say({ text: 'Minha filha se chamava Ana.' }, MARIA)).status).toBe(303);
  });

  const bounds: Bounds = {
    bytes: { burst: 100, perMinute: 100 },
    bytesOfAll: { burst: 250, perMinute: 250 },
    atOnce: { sender: 2, all: 3 },
  };

  it('of large bodies is bounded in bytes of all senders together', () => {
    let clock = 0;
    const admission = new Admission(bounds, () => new Date(clock));
    for (const sender of ['a', 'b', 'c']) {
      const entered = admission.enter(sender);
      if (typeof entered === 'string') throw new Error(entered);
      admission.spend(sender, 90);
      entered.leave();
    }
    expect(admission.enter('d')).toBe('busy');
    clock += 60_000;
    expect(typeof admission.enter('d')).toBe('object');
  });

  it('of large bodies is bounded in how many there are at once, of a sender and of all', () => {
    const admission = new Admission(bounds, () => new Date(0));
    const first = admission.enter('a');
    admission.enter('a');
    expect(admission.enter('a')).toBe('busy');
    admission.enter('b');
    expect(admission.enter('c')).toBe('busy');
    if (typeof first === 'object') first.leave();
    expect(typeof admission.enter('c')).toBe('object');
  });

  it('of texts that never end leaves room for a message, and fills no more than 32 bodies', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    const maria = await opened(chat, '198.51.100.2');
    const held = Array.from({ length: 32 }, () => counted(32 * 1024, true));
    for (const [index, { stream }] of held.entries()) {
      void send(chat, '/say', stream, { from: `203.0.113.${10 + Math.floor(index / 8)}` });
    }
    while (held.some(({ taken }) => taken === 0)) await new Promise((resolve) => setImmediate(resolve));
    const next = counted(MEGABYTE / 2);
    expect((await send(chat, '/say', next.stream, { from: '203.0.113.99' })).status).toBe(503);
    expect(next.taken).toBe(0);
    expect((await maria.say({ text: 'Minha filha se chamava Ana.' }, MARIA)).status).toBe(303);
  });

  it('of recordings is read up to so many bytes a sender, then not at all', async () => {
    const soundsKept = () => Promise.resolve({ bytes: 0, count: 0, saidYes: true, beforeYesOfAll: 0 });
    const chat = scriptedChat(greeting, { trustProxy: true, takesVoice: true, soundsKept });
    const type = 'multipart/form-data; boundary=b';
    const flooder = await opened(chat, '203.0.113.9');
    const maria = await opened(chat, '198.51.100.2');
    const taken: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      const body = counted(16 * MEGABYTE);
      await send(chat, '/speak', body.stream, { from: flooder.from, type, cookie: flooder.cookie ?? '' });
      taken.push(body.taken);
    }
    expect(taken.slice(0, 4)).toEqual(Array(4).fill(16 * MEGABYTE));
    expect(taken.slice(-2)).toEqual([0, 0]);
    const hers = counted(MEGABYTE);
    await send(chat, '/speak', hers.stream, { from: maria.from, type, cookie: maria.cookie ?? '' });
    expect(hers.taken).toBeGreaterThanOrEqual(MEGABYTE);
  });

  it('of what is heard aloud is spoken four at a time for a sender', async () => {
    const aloud: Script = () => ({ said: [reply('Olá.', { aloud: true })] });
    let spoken = 0;
    const speak = () => {
      spoken += 1;
      return new Promise<null>(() => undefined);
    };
    const chat = scriptedChat(aloud, { trustProxy: true, speak });
    const flooder = await opened(chat, '203.0.113.9');
    const maria = await opened(chat, '198.51.100.2');
    const line = /\/aloud\?line=([^&"]+)/.exec((await flooder.get('/', FLOODER)).text)?.[1] ?? '';
    const hers = /\/aloud\?line=([^&"]+)/.exec((await maria.get('/', MARIA)).text)?.[1] ?? '';
    for (let i = 0; i < 4; i += 1) void flooder.get(`/aloud?line=${line}`, FLOODER);
    while (spoken < 4) await new Promise((resolve) => setImmediate(resolve));
    expect((await flooder.get(`/aloud?line=${line}`, FLOODER)).status).toBe(503);
    void maria.get(`/aloud?line=${hers}`, MARIA);
    while (spoken < 5) await new Promise((resolve) => setImmediate(resolve));
    expect(spoken).toBe(5);
  });

  it('of codes that are made is ten for a sender, and nobody else has fewer', async () => {
    const chat = scriptedChat(greeting, { trustProxy: true });
    const flooder = await opened(chat, '203.0.113.9');
    const maria = await opened(chat, '198.51.100.2');
    const answers: number[] = [];
    for (let i = 0; i < 12; i += 1) answers.push((await flooder.post('/code', {}, FLOODER)).status);
    expect(answers).toEqual([...Array<number>(10).fill(200), 429, 429]);
    expect((await maria.post('/code', {}, MARIA)).status).toBe(200);
  });
});
