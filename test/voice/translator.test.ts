// A service with LibreTranslate's interface, on this machine: what it is sent, and how it may fail.

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { translator } from '../../src/voice/translator.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serving(answer: RequestListener): Promise<URL> {
  const opened = createServer(answer);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(opened.address() as AddressInfo).port}/`);
}

const faults: unknown[] = [];
const ask = (url: URL, timeout = 20_000, key: string | null = null) =>
  translator({ url, key, timeout, onFault: (error) => faults.push(error) });

describe('a service that translates', () => {
  it('gets the texts, their language and the other one, and nothing else; its answers come in their order', async () => {
    const seen: { path: string | undefined; body: unknown; headers: string[] }[] = [];
    const url = await serving((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ path: request.url, body: JSON.parse(body), headers: Object.keys(request.headers) });
        response.end(JSON.stringify({ translatedText: ['Un', 'Deux\n\ntrois'] }));
      });
    });
    expect(await ask(url)(['Youn', 'De\n\ntwa'], 'ht', 'fr')).toEqual(['Un', 'Deux\n\ntrois']);
    await ask(url, 20_000, 'a-key')(['Youn', 'De'], 'ht', 'fr');
    expect(seen).toHaveLength(2);
    expect(seen[1]?.body).toMatchObject({ api_key: 'a-key' });
    expect(seen[0]?.path).toBe('/translate');
    expect(seen[0]?.body).toEqual({ q: ['Youn', 'De\n\ntwa'], source: 'ht', target: 'fr', format: 'text' });
    expect(seen[0]?.headers).not.toContain('cookie');
  });

  it.each<readonly [string, RequestListener]>([
    ['refuses the language', (_, response) => response.writeHead(400).end('{"error":"ht is not supported"}')],
    ['leads elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/x' }).end()],
    ['answers too few', (_, response) => response.end('{"translatedText":["Un"]}')],
    ['answers nonsense', (_, response) => response.end('<html>')],
    ['breaks off', (request) => request.socket.destroy()],
  ])('that %s gives nothing, and no word of the text is in the log', async (_, answer) => {
    faults.length = 0;
    const url = await serving(answer);
    expect(await ask(url)(['Youn sekrè', 'De'], 'ht', 'fr')).toBeNull();
    expect(String(faults)).not.toContain('sekrè');
  });

  it('that is silent is not waited for without end', async () => {
    const url = await serving(() => undefined);
    expect(await ask(url, 50)(['Youn'], 'ht', 'fr')).toBeNull();
  });
});

describe('its configuration', () => {
  const OPERATOR = { OPERATOR_NAME: 'Casa Exemplo', OPERATOR_PHONE: '+00 000 0100', MAIL_FROM: 'texts@casa.example' };

  it('is none by itself; on this machine it needs nothing more', () => {
    expect(readConfig({}).config.translation).toEqual({ service: null, staff: [] });
    expect(readConfig({ TRANSLATE_URL: 'http://127.0.0.1:5000' }).config.translation.service?.here).toBe(true);
    expect(readConfig({ TRANSLATED_BY_STAFF: 'ht, ar' }).config.translation.staff).toEqual(['ht', 'ar']);
  });

  it('may be another machine with the switch, over https, and never in a trial', () => {
    const elsewhere = { TRANSLATE_URL: 'https://translate.example', TRANSLATE_ELSEWHERE: 'true' };
    expect(readConfig({ ...OPERATOR, ...elsewhere }).config.translation.service?.here).toBe(false);
    expect(readConfig({ ...OPERATOR, ...elsewhere, TRANSLATE_KEY: 'a-key' }).secrets.translateKey).toBe('a-key');
    expect(() => readConfig(elsewhere)).toThrow(/TRANSLATE_URL: in a trial nothing leaves/u);
    expect(() => readConfig({ ...OPERATOR, TRANSLATE_URL: 'https://translate.example' })).toThrow(
      /TRANSLATE_ELSEWHERE=true/u,
    );
    expect(() => readConfig({ ...OPERATOR, ...elsewhere, TRANSLATE_URL: 'http://translate.example' })).toThrow(
      /must be https/u,
    );
    expect(() => readConfig({ TRANSLATE_URL: 'http://a:b@127.0.0.1:1' })).toThrow(/must not contain a password/u);
    expect(() => readConfig({ TRANSLATE_KEY: 'a-key' })).toThrow(/belongs to TRANSLATE_URL/u);
    expect(() => readConfig({ TRANSLATED_BY_STAFF: 'ht, xx' })).toThrow(/no language of this program: xx/u);
  });
});
