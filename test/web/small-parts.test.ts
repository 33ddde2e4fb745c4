import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages.ts';
import type { Rendered } from '../../src/channels/channel.ts';
import { render } from '../../src/channels/render.ts';
import { buildShown } from '../../src/channels/web-chat/chat-context.ts';
import { lines } from '../../src/channels/web-chat/page/chat-page.ts';
import type { SaidLine } from '../../src/channels/web-chat/ports.ts';
import { openChanges, webChatChannel } from '../../src/channels/web-chat/web-chat-channel.ts';
import type { TextRef } from '../../src/dialog/engine/reply.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { acceptedLanguage } from '../../src/web/toolkit/request.ts';
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
    ['en;q=0.1, fr;q=0.9', 'fr'],
    [' ES-419 ; q=0.7 , pt;q=0.7', 'es'],
    ['filipino, espéranto, ptx', 'en'],
    ['fr;q=, pt', 'fr'],
    ['fr;q=banana, pt', 'fr'],
    ['fr;q=-1, pt', 'pt'],
    [',;,;q=1,,\u0000"pt', 'en'],
    [`${'x,'.repeat(8_000)}pt;q=0.1`, 'pt'],
  ])('%s → %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });
});

describe('web.json', () => {
  it('has every text in every language, each awaiting its native reader', () => {
    expect(Object.values(loadCatalogue('web')).map(({ reviewed }) => reviewed)).toEqual(LANGUAGES.map(() => false));
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
      { kind: 'bot', id: 'a', bubbles: [{ text: 'plain text', bold: [] }], file: null, aloud: null },
      { kind: 'person', id: 'b', text: null, edited: false },
    ]);
  });
});

describe('words to be written', () => {
  const drawn = async (rendered: Rendered) => {
    const { lines: shown } = buildShown([{ at: '', from: 'bot', id: 'a', text: '', edited: false, body: rendered }]);
    return String(await lines(shown, loadCatalogue('web').pt, new Map()));
  };

  it('stand out; a short first line is set apart', async () => {
    expect(await drawn(reply('Primeiro.\nToque em *Sair rápido* ou escreva *próximo*. 2*3*4 <b>.'))).toContain(
      '<b>Primeiro.</b>\nToque em <strong>Sair rápido</strong> ou escreva <strong>próximo</strong>. 2*3*4 &lt;b&gt;.',
    );
  });

  it('are the bot’s own: asterisks of people stay as they wrote them, also inside its sentences', async () => {
    const say = ({ params }: TextRef) => {
      const text = typeof params?.['text'] === 'string' ? params['text'] : '';
      return `Parte do seu texto.\n*Investigação, acusação, e o que mais houve*\n${text} *fim*`;
    };
    const capabilities = { buttons: true, bubble: 600, files: true };
    const said = render({ text: 'section', params: { text: '*Ele não tinha arma.*' } }, 'pt', say, capabilities);
    expect(await drawn(said)).toContain(
      'Parte do seu texto.\n<strong>Investigação, acusação, e o que mais houve</strong>\n*Ele não tinha arma.* <strong>fim</strong>',
    );
  });
});

describe('an answer of several lines', () => {
  const bot = (id: string, rendered: Rendered) => ({
    at: '',
    from: 'bot' as const,
    id,
    text: '',
    edited: false,
    body: rendered,
  });
  const said = (id: string) => ({ at: '', from: 'person' as const, id, text: 'oi', edited: false, body: null });
  const answerIn = async (all: SaidLine[]) =>
    /data-id="(\w+)"\s+id="answer"/.exec(
      String(await lines(buildShown(all).lines, loadCatalogue('web').pt, new Map())),
    )?.[1];

  it('is opened at its first, for the rest is read downwards', async () => {
    expect(await answerIn([bot('a', reply('Olá.')), said('b'), bot('c', reply('Um.')), bot('d', reply('Dois.'))])).toBe(
      'c',
    );
  });

  it('is opened at what was saved, where that is all it says', async () => {
    const saved = reply('Guardado.', { acknowledgement: true });
    expect(await answerIn([bot('a', reply('Olá.')), said('b'), bot('c', saved)])).toBe('b');
  });
});

describe('files', () => {
  it('are offered as far as they are there', async () => {
    const { lines: shown } = buildShown([
      { at: '', from: 'bot', id: 'a', text: '', edited: false, body: reply('Aqui está.', { file: 'copy' }) },
    ]);
    const { pt } = loadCatalogue('web');
    const drawn = String(await lines(shown, pt, new Map([['copy', ['docx']]])));
    expect([...drawn.matchAll(/format=(\w+)/g)].map(([, format]) => format)).toEqual(['docx']);
    expect(String(await lines(shown, pt, new Map()))).not.toContain('/document');
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
