import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { guessLanguage } from '../../src/channels/web-chat/accept-language.ts';
import { openChanges } from '../../src/channels/web-chat/changes.ts';
import { lines } from '../../src/channels/web-chat/page/lines.ts';
import { buildShown } from '../../src/channels/web-chat/shown.ts';
import { loadWebTexts } from '../../src/channels/web-chat/texts.ts';
import { webChatChannel } from '../../src/channels/web-chat/web-chat-channel.ts';
import { reply } from './scripted-chat.ts';

describe('guessLanguage', () => {
  it.each([
    ['pt-BR,pt;q=0.9,en;q=0.5', 'pt'],
    ['de, es;q=0.4, fr;q=0.8', 'fr'],
    ['FR-ca', 'fr'],
    ['es;q=0, pt;q=0.1', 'pt'],
    ['de', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('%s → %s', (header, language) => {
    expect(guessLanguage(header)).toBe(language);
  });
});

describe('loadWebTexts', () => {
  it('has every text in every language, each awaiting its native reader', () => {
    expect(Object.values(loadWebTexts()).map(({ reviewed }) => reviewed)).toEqual([false, false, false, false]);
  });

  it('refuses to start with a hole, and says where it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'griot-web-texts-'));
    cpSync(new URL('../../locales', import.meta.url), folder, { recursive: true });
    const file = join(folder, 'fr/web.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"leave": "Quitter vite"', '"leeve": "Quitter vite"'));
    expect(() => loadWebTexts(pathToFileURL(`${folder}/`))).toThrow(/locales\/fr\/web\.json[^]*leave/);
  });
});

describe('buildShown', () => {
  const said = (id: string, text: string | null) => ({
    at: '',
    from: 'person' as const,
    id,
    text,
    edited: false,
    body: null,
  });
  const bot = (id: string, body: unknown) => ({
    at: '',
    from: 'bot' as const,
    id,
    text: 'plain text',
    edited: false,
    body,
  });
  const prompt = { id: 'story', version: 3 };
  const saved = reply('Guardado.', { acknowledgement: true });

  it('keeps an acknowledgement where the bot said something else after it', () => {
    const { lines } = buildShown([
      said('a', 'um'),
      bot('b', saved),
      said('c', 'dois'),
      bot('d', saved),
      bot('e', reply('E agora?')),
      said('f', 'três'),
      bot('g', saved),
    ]);
    expect(lines.map(({ id }) => id)).toEqual(['a', 'c', 'd', 'e', 'f', 'g']);
  });

  it('offers the choices of the last prompt only, and the newest command words since', () => {
    const choices = [{ number: 1, value: 'x', label: 'um' }];
    const old = reply('Antes?', {
      prompt: { id: 'before', version: 1 },
      choices,
      commands: [{ command: 'back', word: 'voltar' }],
    });
    const now = reply('Conte.', { prompt, commands: [{ command: 'next', word: 'próximo' }] });
    const { actions } = buildShown([bot('a', old), bot('b', now), said('c', 'texto'), bot('d', saved)]);
    expect(actions).toEqual({ prompt, choices: [], commands: [{ command: 'next', word: 'próximo' }] });
  });

  it('draws a reply it cannot read as its plain text, and an erased line as a mark', () => {
    const { lines } = buildShown([bot('a', { version: 'from the future' }), said('b', null)]);
    expect(lines).toEqual([
      { kind: 'bot', id: 'a', bubbles: ['plain text'], file: null },
      { kind: 'person', id: 'b', text: null, edited: false },
    ]);
  });
});

describe('words to be written', () => {
  it('stand out, up to four of them; a sentence between asterisks stays as it was written', async () => {
    const said = reply('Toque em *Sair rápido* ou escreva *próximo*. Disseram: *ele, sim, correu*, 2*3*4.');
    const { lines: shown } = buildShown([{ at: '', from: 'bot', id: 'a', text: '', edited: false, body: said }]);
    const drawn = String(await lines(shown, loadWebTexts().pt));
    expect(drawn).toContain(
      'Toque em <strong>Sair rápido</strong> ou escreva <strong>próximo</strong>. Disseram: *ele, sim, correu*, 2*3*4.',
    );
  });
});

describe('the channel', () => {
  const to = { channel: 'web-chat', account: 'default', address: 'token' };

  it('tells open pages, for a saved reply is a sent one', async () => {
    const changes = openChanges();
    let told = 0;
    const end = changes.subscribe(
      'ana',
      () => (told += 1),
      () => undefined,
    );
    const channel = webChatChannel({ personAt: () => Promise.resolve({ person: 'ana' }) }, changes);
    expect(await channel.send(to, reply('Olá.'), 'reply-1')).toEqual({ kind: 'sent' });
    end();
    await channel.send(to, reply('Olá.'), 'reply-2');
    expect([told, changes.listening('ana')]).toEqual([1, 0]);
  });

  it('says that another try is worth it when the store is away', async () => {
    const channel = webChatChannel({ personAt: () => Promise.reject(new TypeError('secret')) }, openChanges());
    expect(await channel.send(to, reply('Olá.'), 'reply-1')).toEqual({
      kind: 'failed',
      error: 'TypeError',
      retryable: true,
    });
  });
});
