// What a store of media, or whoever writes a message, may try: another host, a redirect, a changed file, a larger one, and a
// transfer that breaks off or never ends.

import { createCipheriv, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getMediaKeys } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchFile, type Wanted } from '../../../src/channels/whatsapp/download.ts';

const KEY = Buffer.alloc(32, 7);
const WORDS = Buffer.from('Mi hermano vendía flores.');
const HOST = 'media.invented.test';
const GLOBAL_DISPATCHER = Symbol.for('undici.globalDispatcher.1');

interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

/** "host/path" of every request. */
const asked: string[] = [];
let file: Buffer;
let answers: RequestListener;
const server = createServer((request, response) => answers(request, response));
/** Leads every host to this server. */
const dispatcher: Dispatcher = {
  dispatch(options, handler) {
    const { origin, path } = options as { readonly origin: string | URL; readonly path: string };
    asked.push(new URL(origin).host + path);
    const real = (globalThis as unknown as Record<symbol, Dispatcher | undefined>)[GLOBAL_DISPATCHER];
    const { port } = server.address() as AddressInfo;
    return real?.dispatch({ ...options, origin: `http://127.0.0.1:${port}` }, handler) ?? false;
  },
};

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // Node's own dispatcher is there once something was fetched.
  answers = (_, response) => void response.end();
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  file = await sealed(WORDS);
});
beforeEach(() => {
  asked.length = 0;
  answers = (_, response) => void response.end(file);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** As a phone puts it there. */
async function sealed(bytes: Uint8Array): Promise<Buffer> {
  const { iv, cipherKey, macKey } = await getMediaKeys(KEY, 'document');
  if (macKey === undefined) throw new Error('no key');
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const content = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([content, createHmac('sha256', macKey).update(iv).update(content).digest().subarray(0, 10)]);
}

function fetched(media: Wanted['media'] = {}, signal = new AbortController().signal) {
  const store = {
    network: { url: 'wss://invented.test/', dispatcher },
    mediaHost: () => HOST,
    askFor: () => Promise.reject(new Error('no phone')),
  };
  const wanted = { media: { mediaKey: KEY, directPath: '/file', ...media }, type: 'document', largest: 100 } as const;
  return fetchFile(store, { key: {} }, wanted, signal);
}

it('opens what a phone has put there', async () => {
  expect(await fetched()).toEqual(WORDS);
  expect(asked).toEqual([`${HOST}/file`]);
});

describe('asks nobody but the store', () => {
  it.each(['//evil.test/file', '/\\evil.test/file', 'https://evil.test/file', '@evil.test/file', '', null])(
    'for %j',
    async (directPath) => {
      expect(await fetched({ directPath })).toBe('broken');
      expect(asked).toEqual([]);
    },
  );

  it('where the store sends it elsewhere', async () => {
    answers = (_, response) => void response.writeHead(302, { Location: 'https://evil.test/file' }).end();
    expect(await fetched()).toBe('failed');
    expect(asked).toEqual([`${HOST}/file`]);
  });
});

describe('gives nothing of a file', () => {
  it.each([0, 10, -1])('with another byte at %i', async (at) => {
    const changed = Buffer.from(file);
    const index = at < 0 ? file.length + at : at;
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    answers = (_, response) => void response.end(changed);
    expect(await fetched()).toBe('broken');
  });

  it.each([0, 9, 16, 41])('of which only %i bytes are there', async (length) => {
    answers = (_, response) => void response.end(file.subarray(0, length));
    expect(await fetched()).toBe('broken');
  });

  it('that was sealed under another key', async () => {
    expect(await fetched({ mediaKey: Buffer.alloc(32, 8) })).toBe('broken');
  });

  it('that is larger than allowed, whatever was said of it', async () => {
    const large = await sealed(Buffer.alloc(200));
    answers = (_, response) => void response.end(large);
    expect(await fetched()).toBe('broken');
  });

  it('that breaks off', async () => {
    answers = (_, response) => {
      response.writeHead(200, { 'Content-Length': file.length });
      response.write(file.subarray(0, 10), () => response.destroy());
    };
    expect(await fetched()).toBe('failed');
  });
});

it('lets go of a transfer that never ends, with the signal', async () => {
  const over = new AbortController();
  const letGo = Promise.withResolvers<undefined>();
  answers = (_, response) => {
    response.on('close', () => letGo.resolve(undefined));
    response.write(file.subarray(0, 10), () => over.abort());
  };
  await expect(fetched({}, over.signal)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  await letGo.promise;
});
