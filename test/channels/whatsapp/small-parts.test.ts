import { describe, expect, it, vi } from 'vitest';
import { afterClosing } from '../../../src/channels/whatsapp/closing-codes.ts';
import { checkNetwork, quietConsole, REAL_NETWORK } from '../../../src/channels/whatsapp/open-socket.ts';
import { messageId } from '../../../src/channels/whatsapp/outgoing.ts';
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
