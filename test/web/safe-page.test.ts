import { describe, expect, it } from 'vitest';
import { QUIET_WITH_SEVERAL } from '../../src/channels/web-chat/visitor.ts';
import { QUIET_MINUTES } from '../../src/dialog/organiser/gathering.ts';
import { browserLike } from './browser-like.ts';
import { greeting, reply, scriptedChat } from './scripted-chat.ts';

/** Stored-XSS corpus: each must come out as text wherever a person's words are drawn. */
const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</textarea><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>',
  '<!--<script>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '${alert(1)}{{alert(1)}}<%= 1 %>',
  '*<b>x</b>* *abc<i>*',
];

describe("faults 31–33: a person's words on the page", () => {
  it.each(ATTACKS)('%s is text', async (attack) => {
    const chat = scriptedChat(({ event }) => ({
      said: [
        reply(event.kind === 'message' ? event.text : 'Olá.', {
          prompt: { id: 'p', version: 1 },
          choices: [{ number: 1, value: 'a', label: attack }],
          commands: [{ command: 'next', word: attack }],
        }),
      ],
    }));
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: attack });
    const whole = await maria.get('/');
    const part = await maria.say({ text: `${attack} ` }, { 'x-part': 'lines' });
    await maria.say({ text: attack, choice: 'p|1|a|x' });
    const draft = await maria.get('/');
    const tooLong = await maria.say({ text: attack.repeat(10_000) });
    for (const { text } of [whole, part, draft, tooLong]) {
      // Nothing but our own elements: with ours taken away no tag of the attack is left.
      expect(text).not.toMatch(/<(script>|img|svg|iframe|style|b>x|i>|a href="javascript)/i);
      expect(text.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]+\son\w+=/i);
    }
    expect(whole.text).toContain(
      attack.replace(
        /[&<>"']/g,
        (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? '',
      ),
    );
  });
});

describe('after a quiet time', () => {
  it('fault 35: old lines are not shown again to whoever opens the page', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Foi o sargento Lima.' });
    chat.pass(14);
    expect((await maria.get('/')).text).toContain('sargento Lima');
    chat.pass(16);
    const later = await maria.get('/');
    expect(later.text).not.toContain('sargento Lima');
    expect(later.text).toContain('O que veio antes está guardado');
    expect(later.text).toContain('Olá. Sou um programa automático.');
    expect(chat.taken.filter(({ event }) => event.kind === 'opened')).toHaveLength(2);
  });

  it('with the words of several people they are hidden after five minutes, not fifteen', async () => {
    const chat = scriptedChat((incoming) => {
      const { said } = greeting(incoming);
      return { said: said.map((one) => ({ ...one, several: true as const })) };
    });
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Ela esperou até a noite.' });
    chat.pass(4);
    expect((await maria.get('/')).text).toContain('Ela esperou');
    chat.pass(5);
    expect((await maria.get('/')).text).not.toContain('Ela esperou');
    expect(QUIET_WITH_SEVERAL).toBe(QUIET_MINUTES);
  });

  it('what the bot said meanwhile is shown', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Foi o sargento Lima.' });
    await maria.get('/');
    chat.pass(60);
    chat.say('person-1', reply('Seu texto saiu.'));
    chat.pass(60);
    const later = await maria.get('/');
    expect(later.text).toContain('Seu texto saiu.');
    expect(later.text).not.toContain('sargento Lima');
  });

  it('a text written for long is taken, and what stood before stays hidden', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Foi o sargento Lima.' });
    chat.pass(40);
    await maria.say({ text: 'Depois disso mudamos de casa.' });
    const page = await maria.get('/');
    expect(page.text).toContain('mudamos de casa');
    expect(page.text).not.toContain('sargento Lima');
    expect(chat.taken.filter(({ event }) => event.kind === 'opened')).toHaveLength(1);
  });
});

describe('a chat with several texts', () => {
  const kept = (text: string) => ({ files: [{ format: 'docx' as const, bytes: new TextEncoder().encode(text) }] });

  it('offers the file of the text it was said in, and only with the newest line', async () => {
    let whose = '';
    const chat = scriptedChat(() => ({
      said: whose === '' ? [] : [reply(`O texto de ${whose}.`, { file: 'final', several: true, contribution: whose })],
    }));
    chat.documents.set('person-1 final amina', kept('de Amina')).set('person-1 final carlos', kept('de Carlos'));
    const maria = browserLike(chat.app);
    await maria.get('/');
    for (const name of ['carlos', 'amina']) {
      whose = name;
      await maria.say({ text: name });
    }
    const page = await maria.get('/');
    expect(page.text).toContain('O texto de carlos.');
    expect(page.text.split('/document?kind=final')).toHaveLength(2);
    expect((await maria.get('/document?kind=final&format=docx')).text).toBe('de Amina');
  });
});

describe('leaving quickly', () => {
  it('forgets the page in this browser and erases nothing', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    await maria.say({ text: 'Meu irmão.' });
    const before = maria.cookie;
    const gone = await maria.post('/leave');
    expect(gone.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"');
    expect(gone.text).toContain('content="0;url=https://www.wikipedia.org/"');
    expect(maria.cookie).toBeNull();
    expect(await chat.people.transcript('person-1', null)).not.toHaveLength(0);
    // A cookie dug up from the disk opens nothing any more.
    maria.cookie = before;
    expect((await maria.get('/')).text).not.toContain('Meu irmão');
  });

  it('works also when the store does not', async () => {
    const chat = scriptedChat();
    const maria = browserLike(chat.app);
    await maria.get('/');
    chat.people.removeAddress = () => Promise.reject(new Error('database is down'));
    expect((await maria.post('/leave')).status).toBe(200);
    expect(maria.cookie).toBeNull();
  });

  it.each(['/', '/info', '/code', '/back', '/nowhere'])(
    'is the first thing the keyboard reaches on %s',
    async (path) => {
      const maria = browserLike(scriptedChat().app);
      await maria.get('/');
      const body = (await maria.get(path)).text.split('<body>')[1] ?? '';
      expect(body).toMatch(
        /^\s*<header>\s*<form id="leave" method="post" action="\/leave"[^>]*>\s*<button>Sair rápido/,
      );
    },
  );
});

describe('the document', () => {
  const bytes = new TextEncoder().encode('PK document');
  const offer = scriptedChat(({ event }) => ({
    said: [reply('Leia.', { file: event.kind === 'message' && event.text === 'revisar' ? 'preview' : null })],
  }));
  offer.documents.set('person-1 preview', { files: [{ format: 'docx', bytes }] });

  it('is given under a neutral name, while the line that offers it stands on the page', async () => {
    const maria = browserLike(offer.app);
    await maria.get('/');
    expect((await maria.get('/document?kind=preview&format=docx')).status).toBe(404);
    await maria.say({ text: 'revisar' });
    expect((await maria.get('/')).text).toContain('/document?kind=preview&amp;format=docx');
    const file = await maria.get('/document?kind=preview&format=docx');
    expect([file.status, file.text]).toEqual([200, 'PK document']);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="document.docx"');
    expect((await maria.get('/document?kind=preview&format=pdf')).status).toBe(404);
    expect((await maria.get('/document?kind=../etc&format=docx')).status).toBe(404);
    offer.pass(20);
    await maria.get('/');
    expect((await maria.get('/document?kind=preview&format=docx')).status).toBe(404);
  });

  it('is not for anybody else', async () => {
    expect((await browserLike(offer.app).get('/document?kind=preview&format=docx')).status).toBe(404);
  });
});

describe('trial mode', () => {
  it.each(['/', '/info', '/code', '/back', '/nowhere'])('says on %s that nothing leaves this machine', async (path) => {
    const maria = browserLike(scriptedChat(greeting, { trial: true }).app);
    await maria.get('/');
    expect((await maria.get(path)).text).toContain('Teste: nada sai desta máquina.');
  });
});
