import { describe, expect, it } from 'vitest';
import { browserLike } from './browser-like.ts';
import { greeting, reply, scriptedChat, type Script } from './scripted-chat.ts';

describe('opening the page', () => {
  it('greets whoever has no cookie, in the language of the browser, and gives one', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app, 'pt-BR,pt;q=0.9,en;q=0.5');
    const page = await maria.get('/', { 'sec-fetch-site': 'none' });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="pt" dir="ltr">');
    expect(page.text).toContain('Olá. Sou um programa automático.');
    const cookie = page.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^griot=[\w-]{43}; /);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part);
    expect(cookie).not.toMatch(/Max-Age|Expires|Domain/);
    expect(chat.taken.map(({ event, language }) => [event.kind, language])).toEqual([['opened', 'pt']]);
  });

  it('binds the cookie to the host where the page is reached over https', async () => {
    const chat = scriptedChat(greeting, { publicUrl: new URL('https://griot.example') });
    const page = await browserLike(chat.app).get('/');
    expect(page.headers.get('set-cookie')).toMatch(/^__Host-griot=.*Secure/);
  });

  it('greets once, however often the page is loaded', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.get('/');
    expect((await maria.get('/')).text.match(/Sou um programa automático/g)).toHaveLength(1);
    expect(chat.taken).toHaveLength(1);
  });

  it('no harm 24: greets again whoever was erased meanwhile from elsewhere, and speaks of no fault', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Minha filha se chamava Ana.' });
    const [opened] = chat.taken;
    if (opened === undefined) throw new Error('Nothing was taken.');
    await chat.people.removeAddress(opened.from);
    const page = await maria.get('/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Sou um programa automático');
    expect(page.text).not.toContain('Ana');
    expect(chat.taken.map(({ event }) => event.kind)).toEqual(['opened', 'message', 'opened']);
  });

  it('begins nothing for a link preview, a prefetch or a HEAD', async () => {
    const chat = scriptedChat();
    const preview = await chat.app.request('/');
    expect(await preview.text()).toContain('http-equiv="refresh" content="0;url=/?here"');
    expect((await chat.app.request('/', { method: 'HEAD' })).headers.get('set-cookie')).toBeNull();
    expect((await chat.app.request('/', { headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(503);
    expect(chat.taken).toHaveLength(0);
  });

  it('does not overwrite the cookie that a browser keeps back after a link from elsewhere', async () => {
    const chat = scriptedChat();
    const page = await browserLike(chat.app).get('/?here', { 'sec-fetch-site': 'cross-site' });
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(page.text).toContain('http-equiv="refresh"');
    // An old browser that says nothing: the second step of the hop begins.
    const old = await chat.app.request('/?here');
    expect(old.headers.get('set-cookie')).toContain('griot=');
  });
});

describe('saying something', () => {
  it('takes what was written, and shows it after a redirect', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    const sent = await maria.say({ text: 'Meu filho se chamava Davi.\r\nTinha 19 anos.' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/#answer']);
    expect(chat.taken.at(-1)?.event).toMatchObject({
      kind: 'message',
      text: 'Meu filho se chamava Davi.\nTinha 19 anos.',
    });
    expect((await maria.get('/')).text).toContain('Meu filho se chamava Davi.\nTinha 19 anos.');
  });

  it('takes a form that is sent twice once', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await Promise.all([maria.say({ text: 'Ninguém investigou.' }), maria.say({ text: 'Ninguém investigou.' })]);
    expect(chat.taken.filter(({ event }) => event.kind === 'message')).toHaveLength(1);
  });

  it('does not take a changed text for a repeat when an old page is sent again from the history', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Ninguém investigou.' });
    await maria.say({ text: 'Ninguém investigou até hoje.' });
    expect(chat.taken.filter(({ event }) => event.kind === 'message')).toHaveLength(2);
  });

  it('sends a choice with its prompt, version and value, in the words that stood on the button', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    const page = await maria.get('/');
    const value = /name="choice" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await maria.say({ choice: value });
    expect(chat.taken.at(-1)?.event).toMatchObject({
      kind: 'message',
      text: 'continuar',
      choice: { prompt: 'hello', version: 1, value: 'go' },
    });
  });

  it('keeps typed text in the field when something else is tapped', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    const tapped = await maria.say({ text: '\nEla ainda espera', choice: 'hello|1|go|continuar' });
    expect(tapped.status).toBe(303);
    const page = await maria.get('/');
    expect(page.text).toMatch(/<textarea[^>]*>\n\nEla ainda espera<\/textarea>/);
    expect(chat.taken.filter(({ event }) => event.kind === 'message')).toHaveLength(1);
  });

  it('saves typed text before the word that ends an answer', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Isso é tudo.', command: 'next|próximo' });
    const said = chat.taken.map(({ event }) => (event.kind === 'message' ? event.text : event.kind));
    expect(said).toEqual(['opened', 'Isso é tudo.', 'próximo']);
  });

  it('gives the script only what is new', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    const part = await maria.say({ text: 'Ana', after: 'reply-1' }, { 'x-part': 'lines' });
    expect(part.headers.get('x-part')).toBe('lines');
    expect(part.text).toContain('Guardado.');
    expect(part.text).not.toContain('Sou um programa automático');
    expect((await maria.get('/lines?after=reply-2')).text).not.toContain('class="line');
  });

  it('shows only the last of a row of acknowledgements', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    for (const text of ['um', 'dois', 'três']) await maria.say({ text });
    expect((await maria.get('/')).text.match(/Guardado\./g)).toHaveLength(1);
  });

  it('draws the farewell directly and forgets the cookie, for nothing is left to hold it', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    const last = await maria.say({ text: 'apagar' });
    expect(last.status).toBe(200);
    expect(last.text).toContain('Tudo foi apagado.');
    expect(maria.cookie).toBeNull();
  });

  it('switches the page to the language of the last reply', async () => {
    const script: Script = (incoming) =>
      incoming.event.kind === 'message'
        ? { said: [reply('Hello. I am an automatic program.', { language: 'en' })] }
        : greeting(incoming);
    const maria = browserLike(scriptedChat(script).app);
    const first = await maria.get('/');
    expect(first.text).toMatch(/name="command"\s+value="language\|english"\s+lang="en"/);
    await maria.say({ text: 'english' });
    expect((await maria.get('/')).text).toContain('<html lang="en" dir="ltr">');
    expect((await maria.get('/info')).text).toContain('What this browser keeps');
  });
});

describe('what cannot be taken', () => {
  it('takes 64 KB whole, and gives more back with calm words', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    const whole = 'ã'.repeat(32 * 1024);
    expect((await maria.say({ text: whole })).status).toBe(303);
    expect(chat.taken.at(-1)?.event).toMatchObject({ text: whole });
    const refused = await maria.say({ text: `${whole}!` });
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('Por favor, envie em partes');
    expect(refused.text).toContain(`${whole}!</textarea>`);
    expect((await maria.say({ text: 'a'.repeat(1_100_000) })).status).toBe(413);
    expect(chat.taken.filter(({ event }) => event.kind === 'message')).toHaveLength(1);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the host', { 'sec-fetch-site': 'same-site' }],
  ])('refuses a form from %s', async (_, headers) => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    for (const path of ['/say', '/file', '/leave', '/code', '/code/end', '/back']) {
      expect((await maria.post(path, { text: 'SIM' }, headers)).status).toBe(403);
    }
    expect(chat.taken).toHaveLength(1);
  });

  it('judges an old browser by Origin, or by the cookie that only our own page brings', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    const cookie = maria.cookie ?? '';
    const send = async (headers: Record<string, string>) => {
      const body = new URLSearchParams({ id: 'form-id-of-an-old-browser', text: JSON.stringify(headers) });
      return (await chat.app.request('http://127.0.0.1:8080/say', { method: 'POST', body, headers })).status;
    };
    expect(await send({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await send({ origin: 'null' })).toBe(403);
    expect(await send({ cookie, origin: 'http://127.0.0.1:8080' })).toBe(303);
    expect(await send({ cookie, origin: 'null' })).toBe(303);
  });

  it('answers a malformed form calmly', async () => {
    const maria = browserLike(scriptedChat().app);
    await maria.get('/');
    for (const fields of [{ id: '../x' }, { choice: 'nonsense' }, { command: 'next' }]) {
      const page = await maria.say(fields);
      expect(page.status).toBe(400);
      expect(page.text).toContain('A mensagem não chegou inteira');
    }
  });

  it('keeps the words on the page when they could not be saved, and loses nothing', async () => {
    const faults: unknown[] = [];
    const chat = scriptedChat(greeting, { onFault: (error) => faults.push(error) });
    const maria = browserLike(chat.app);
    await maria.get('/');
    const { inbox } = chat.deps;
    const take = inbox.take.bind(inbox);
    inbox.take = () => Promise.reject(new Error('disk full'));
    const page = await maria.say({ text: 'Eles riram de mim.' });
    expect(page.status).toBe(503);
    expect(page.text).toContain('Eles riram de mim.</textarea>');
    expect(page.text).not.toContain('Guardado');
    expect(faults).toHaveLength(1);
    inbox.take = take;
    expect((await maria.say({ text: 'Eles riram de mim.' })).status).toBe(303);
  });
});
