import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeComeBackCode, parseComeBackCode } from '../../src/channels/web-chat/code.ts';
import { inGroups } from '../../src/crockford.ts';
import { browserLike } from './browser-like.ts';
import { scriptedChat } from './scripted-chat.ts';

describe('the code itself', () => {
  it('is read back from what is shown, also when it is written down carelessly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
        const code = makeComeBackCode(() => bytes);
        const shown = inGroups(code);
        expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
        const careless = shown.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'o').replaceAll('1', 'l');
        for (const typed of [shown, careless, ` ${code}\n`]) expect(parseComeBackCode(typed)).toBe(code);
      }),
    );
  });

  it('uses every letter equally often', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const counts = new Map<string, number>();
    for (let i = 0; i < 256; i += 1) {
      const letter = makeComeBackCode(() => all.slice(i, i + 1));
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect([counts.size, new Set(counts.values())]).toEqual([32, new Set([8])]);
    expect(makeComeBackCode(randomBytes)).not.toBe(makeComeBackCode(randomBytes));
  });

  it.each(['', 'ABCD-EFGH', 'UUUU-UUUU-UUUU', 'ABCD-EFGH-JKMN-P', '<script>abcde', 'ÁBCD-EFGH-JKMN'])(
    '%j is none',
    (typed) => {
      expect(parseComeBackCode(typed)).toBeNull();
    },
  );
});

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
