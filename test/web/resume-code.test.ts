import { describe, expect, it } from 'vitest';
import { browserLike } from './browser-like.ts';
import { scriptedChat } from './scripted-chat.ts';

/** Makes a code in this browser and reads it from the page. */
async function codeOf(browser: ReturnType<typeof browserLike>): Promise<string> {
  return /class="code">([\w-]+)</.exec((await browser.post('/code')).text)?.[1] ?? '';
}

describe('coming back', () => {
  it('goes on where the person stopped, without showing old lines on the new device', async () => {
    const chat = scriptedChat();
    const phone = browserLike(chat.app);
    await phone.get('/');
    await phone.say({ text: 'Minha filha se chamava Ana.' });
    const code = await codeOf(phone);
    await phone.post('/leave');

    const library = browserLike(chat.app);
    const back = await library.post('/back', { code: code.toLowerCase() });
    expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
    const page = await library.get('/');
    expect(page.text).not.toContain('Ana');
    await library.say({ text: 'Ela tinha 16 anos.' });
    const said = (await chat.people.transcript('person-1', null)).map(({ text }) => text);
    expect(said).toEqual(expect.arrayContaining(['Minha filha se chamava Ana.', 'Ela tinha 16 anos.']));
  });

  it('works again: a browser that closed must not leave anyone before a locked door', async () => {
    const chat = scriptedChat();
    const phone = browserLike(chat.app);
    await phone.get('/');
    const code = await codeOf(phone);
    expect((await browserLike(chat.app).post('/back', { code })).status).toBe(303);
    expect((await browserLike(chat.app).post('/back', { code })).status).toBe(303);
  });

  it('makes a code only when asked', async () => {
    const chat = scriptedChat();
    const phone = browserLike(chat.app);
    await phone.get('/');
    expect((await phone.get('/code')).text).not.toContain('class="code"');
    expect((await browserLike(chat.app).get('/code')).headers.get('location')).toBe('/');
  });

  it('can be ended, but only by whose it is', async () => {
    const chat = scriptedChat();
    const [phone, stranger] = [browserLike(chat.app), browserLike(chat.app)];
    await phone.get('/');
    await stranger.get('/');
    const code = await codeOf(phone);
    expect((await stranger.post('/code/end', { code })).text).toContain('não é desta conversa');
    expect((await phone.post('/code/end', { code })).text).toContain('não vale mais');
    expect((await browserLike(chat.app).post('/back', { code })).status).toBe(404);
  });

  it('slows down whoever guesses', async () => {
    const chat = scriptedChat();
    const guesser = browserLike(chat.app);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await guesser.post('/back', { code: 'ABCD-EFGH-JKMN' })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429]);
    chat.pass(1);
    expect((await guesser.post('/back', { code: 'ABCD-EFGH-JKMN' })).status).toBe(404);
  });
});
