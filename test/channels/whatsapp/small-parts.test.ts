import { describe, expect, it, vi } from 'vitest';
import { afterClosing } from '../../../src/channels/whatsapp/closing-codes.ts';
import { checkNetwork, quietConsole, REAL_NETWORK } from '../../../src/channels/whatsapp/open-socket.ts';
import { joined } from '../../../src/channels/render.ts';
import { quotesPerson } from '../../../src/conversation/run-turn.ts';
import { messageId } from '../../../src/channels/whatsapp/outgoing.ts';
import { openBucket } from '../../../src/channels/whatsapp/pace.ts';
import { languageOfNumber } from '../../../src/channels/language-of-number.ts';
import { LARGEST_FILE, readMessage } from '../../../src/channels/whatsapp/read-message.ts';

describe('after a closing', () => {
  it.each([
    [515, 1, { do: 'reconnect' }],
    [401, 1, { do: 'stop', reason: 'logged-out' }],
    [403, 1, { do: 'stop', reason: 'forbidden' }],
    [411, 1, { do: 'stop', reason: 'not-multi-device' }],
    [440, 1, { do: 'stop', reason: 'used-elsewhere' }],
    [500, 3, { do: 'wait' }],
    [500, 4, { do: 'stop', reason: 'bad-session' }],
    [408, 50, { do: 'wait', milliseconds: 30_000 }],
    [428, 1, { do: 'wait', milliseconds: 2_000 }],
    [503, 2, { do: 'wait', milliseconds: 3_600 }],
    [undefined, 1, { do: 'wait' }],
  ] as const)('with %s, the %sth in a row', (code, failures, then) => {
    expect(afterClosing(code, failures, () => 0.5)).toMatchObject(then);
  });
});

describe('the host', () => {
  it('is WhatsApp, over TLS', () => {
    expect(() => checkNetwork(REAL_NETWORK, false)).not.toThrow();
    for (const url of ['ws://web.whatsapp.com/ws/chat', 'wss://web.whatsapp.com.evil.org/', 'ws://127.0.0.1:1/']) {
      expect(() => checkNetwork({ url }, false), url).toThrow(/Only WhatsApp/u);
    }
  });

  it('may be loopback for a test, and nothing else', () => {
    expect(() => checkNetwork({ url: 'ws://127.0.0.1:1/' }, true)).not.toThrow();
    for (const url of ['ws://10.0.0.1/', 'ws://127.0.0.1.evil.org/', 'wss://evil.org/']) {
      expect(() => checkNetwork({ url }, true), url).toThrow(/Only WhatsApp/u);
    }
  });
});

describe('a stranger is greeted in the language of their number', () => {
  it.each([
    ['5571000000000@s.whatsapp.net', 'pt'],
    ['351000000000:3@s.whatsapp.net', 'pt'],
    ['221000000000@s.whatsapp.net', 'fr'],
    ['50900000000@s.whatsapp.net', 'ht'],
    ['5700000000@s.whatsapp.net', 'es'],
    ['18090000000@s.whatsapp.net', 'es'],
    ['15550100011@s.whatsapp.net', 'en'],
    ['491500000000@s.whatsapp.net', null],
    ['900000000011@lid', null],
    [null, null],
  ] as const)('%s: %s', (jid, language) => {
    expect(languageOfNumber(jid)).toBe(language);
  });
});

it('a bubble has the same id at every try, and another where it differs', () => {
  expect(messageId('p.1.0', 0, 'Guardado.')).toBe(messageId('p.1.0', 0, 'Guardado.'));
  expect(messageId('p.1.0', 0, 'Guardado.')).toMatch(/^3EB0[0-9A-F]{18}$/u);
  const others = [messageId('p.1.1', 0, 'Guardado.'), messageId('p.1.0', 1, 'Guardado.'), messageId('p.1.0', 0, 'x')];
  expect(new Set([...others, messageId('p.1.0', 0, 'Guardado.')]).size).toBe(4);
});

it('what the Signal library prints, keys and all, is dropped; our own words are not', async () => {
  const printed: unknown[] = [];
  const loud = Object.fromEntries(
    ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'].map((name) => [
      name,
      (...words: unknown[]) => void printed.push(words),
    ]),
  ) as unknown as Console;
  const spy = vi
    .spyOn(globalThis.console, 'info')
    .mockImplementation((...words: unknown[]) => void printed.push(words));
  quietConsole();
  quietConsole(loud);
  const record = 'libsignal/src/session_record.js' as string;
  const { default: SessionRecord } = (await import(record)) as {
    default: new () => { closeSession(session: unknown): void };
  };
  new SessionRecord().closeSession({ indexInfo: { closed: -1 }, currentRatchet: { privKey: 'a private key' } });
  expect(printed).toEqual([]);
  console.info('ours');
  loud.warn('ours, too');
  expect(printed).toEqual([['ours'], ['ours, too']]);
  spy.mockRestore();
});

describe('no harm 20: the words below a file that cannot be used', () => {
  const caption = 'Esta es la carta que nos mandaron.';
  it.each([
    ['no Word file', { mimetype: 'application/pdf', fileName: 'carta.pdf', caption }, 'file-pdf'],
    ['too large', { fileName: 'carta.docx', fileLength: LARGEST_FILE + 1, caption }, 'file-large'],
  ])('%s: they are a message, and the file is told to be of no use', (_, documentMessage, what) => {
    const key = { remoteJid: '900000000011@lid', id: 'A1', fromMe: false };
    for (const message of [{ documentMessage }, { documentWithCaptionMessage: { message: { documentMessage } } }]) {
      expect(readMessage({ key, message })).toEqual({
        kind: 'events',
        events: [
          { suffix: '', body: { kind: 'message', text: caption } },
          { suffix: '/media', body: { kind: 'unusable', what } },
        ],
      });
    }
  });
});

describe('the bucket of the account', () => {
  const many = (count: number, take: () => number) => Array.from({ length: count }, take);

  it('lets twenty go at once, then four in a second, in the order of their asking', () => {
    const bucket = openBucket(() => 5_000);
    const waits = many(200, () => bucket.take());
    expect(waits.slice(0, 20)).toEqual(many(20, () => 0));
    expect(waits.slice(20, 24)).toEqual([250, 500, 750, 1_000]);
    expect(waits.at(-1)).toBe(45_000);
  });

  it('is full again after a rest, and holds no more than that', () => {
    let now = 0;
    const bucket = openBucket(() => now);
    many(40, () => bucket.take());
    now = 60_000;
    expect(many(21, () => bucket.take()).filter((wait) => wait > 0)).toEqual([250]);
  });

  it('after a refusal lets one go in a second and a half, for ten minutes', () => {
    let now = 0;
    const bucket = openBucket(() => now);
    bucket.refused();
    expect(many(3, () => bucket.take())).toEqual([0, 1_500, 3_000]);
    now = 10 * 60_000;
    expect(many(20, () => bucket.take())).toEqual(many(20, () => 0));
  });

  it('keeps no place for those who waited on a line that was closed', () => {
    const bucket = openBucket(() => 0);
    many(200, () => bucket.take());
    bucket.forget();
    expect(bucket.take()).toBe(0);
  });
});

describe('replies of one turn', () => {
  const said = (text: string, more: object = {}, row: object = {}) => ({
    body: { language: 'es', bubbles: [{ text, bold: [[0, 3]] }], ...more },
    promptId: null,
    replaces: null,
    ...row,
  });
  const asks = said('*1* Sí', { prompt: { id: 'keep', version: 1 } }, { promptId: 'keep' });
  const texts = (rows: readonly { readonly body: unknown }[]) =>
    rows.map(({ body }) => (body as { bubbles: { text: string }[] }).bubbles.map(({ text }) => text));

  it('share a bubble, with their marks in the right place, and the question of the last', () => {
    const [one, ...more] = joined([said('*a* b'), said('*c* d'), asks], 600);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      promptId: 'keep',
      body: {
        prompt: { id: 'keep', version: 1 },
        bubbles: [
          {
            text: '*a* b\n\n*c* d\n\n*1* Sí',
            bold: [
              [0, 3],
              [7, 10],
              [14, 17],
            ],
          },
        ],
      },
    });
  });

  it('stay within the limit of a bubble, and lose nothing', () => {
    const long = 'x'.repeat(400);
    expect(texts(joined([said(long), said('b'), said(long)], 600))).toEqual([[`${long}\n\nb`], [long]]);
  });

  it.each([
    ['asks, with another behind it', asks],
    ['quotes a person', said('a', {}, { quotes: true })],
    ['brings a file', said('a', { file: 'final' })],
    ['is read aloud', said('a', { aloud: true })],
    ['is secret', said('a', { secret: 'CODE' })],
    ['comes from staff', said('a', { from: 'staff' })],
    ['is an acknowledgement', said('a', { acknowledgement: true }, { replaces: 'saved' })],
    ['is in another language', said('a', { language: 'pt' })],
  ])('one that %s is not joined to the next', (_, row) => {
    expect(joined([row, said('b')], 600)).toHaveLength(2);
  });

  it('quote a person if a value is longer than a name, however deep', () => {
    const told = 'Mi hijo arreglaba radios, y nadie nos avisó.';
    expect(quotesPerson({ name: 'Rosa', count: 3, date: { at: '2026-11-01T00:00:00.000Z', show: 'date' } })).toBe(
      false,
    );
    expect(quotesPerson({ text: told })).toBe(true);
    expect(quotesPerson({ text: 'a\nb' })).toBe(true);
    expect(quotesPerson({ lines: { list: [{ key: 'x', params: { text: told } }], by: 'line' } })).toBe(true);
  });
});
