// Whatever is sent to the page of the real app: a calm answer, nothing lost, no fault of ours.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Visitor } from '../support/running-app.ts';
import { openWhole, type WholeApp } from './whole-app.ts';

let whole: WholeApp;
beforeAll(async () => {
  whole = await openWhole();
});
afterAll(async () => {
  expect(whole.faults).toEqual([]);
  await whole.close();
});

let mother: Visitor;
beforeEach(async () => {
  // So many begin here from one address that it would be held back for a flood.
  whole.later(5);
  mother = new Visitor(whole.url);
  await mother.open();
});

const toTheStory = async () => {
  for (const number of [1, 1, 1, 1]) await mother.tap(number);
};
const raw = (path: string, init: RequestInit) => {
  const headers = new Headers({
    'sec-fetch-site': 'same-origin',
    cookie: mother.cookie ?? '',
    'accept-language': 'en',
  });
  new Headers(init.headers).forEach((value, name) => headers.set(name, value));
  return fetch(new URL(path, whole.url), { redirect: 'manual', ...init, headers });
};
const person = async () => {
  const address = mother.cookie?.split('=')[1] ?? '';
  return (await whole.app.store.personAt({ channel: 'web-chat', account: 'default', address }))?.person ?? '';
};
/** What the person said, as it is kept. */
const kept = async () =>
  (await whole.app.store.transcript(await person(), null))
    .filter(({ from }) => from === 'person')
    .map(({ text }) => text);

describe('texts that nobody expects', () => {
  const long = 'x'.repeat(300);
  it.each([
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)> & "quotes"'],
    ['templates', '{{org}} ${1} $t(hello.ask) %s \\n'],
    ['bidi controls', '\u202Ba\u202C \u2066c\u2069 d'],
    ['a word of 300 letters', long],
    ['emoji', '🕊️👩‍👦🏿 🇧🇷 they were family'],
    ['Arabic', 'قتلوا ابني في مارس ولم يخبرنا أحد بشيء لمدة يومين'],
    ['a language nobody speaks', 'Qaplo vren tosh ekkar vundu shai melo drin'],
    ['marks', '*not* _bold_ `code` # [a](b)'],
    ['SQL', "Robert'); DROP TABLE parts;--"],
    ['combining marks', `Z${'\u0301'.repeat(1000)} and more words`],
    ['pipes', 'hello|1|go-on|Go on'],
  ])('are kept and shown as they are: %s', async (_, text) => {
    await toTheStory();
    const { status, text: shown, page } = await mother.say(text);
    expect(status).toBe(200);
    expect(shown.normalize('NFC')).toContain(text.normalize('NFC'));
    expect(page).not.toContain('<script>alert');
    expect(await kept()).toContain(text);
  });

  it('that would show letters in another order are kept as they came, and shown as they are read', async () => {
    await toTheStory();
    const text = 'They wrote \u202Edetfil\u202C on the paper, \u202Dand\u202C left';
    const { text: shown, page } = await mother.say(text);
    expect(shown).toContain('They wrote detfil\u202C on the paper, and\u202C left');
    expect(page).not.toMatch(/[\u202D\u202E]/u);
    expect(await kept()).toContain(text);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \r\n\t '],
  ])('changes nothing: %s', async (_, text) => {
    await toTheStory();
    const before = await kept();
    expect((await mother.say(text)).status).toBe(200);
    expect(await kept()).toEqual(before);
  });

  it.each([
    ['U+FFFE and NUL', 'They%EF%BF%BE came%00 at night and took him', 'came'],
    ['lone surrogates', 'They%ED%A0%80 came at night and took him', 'came at night and took him'],
    ['broken UTF-8', 'They%FF%C0 came at night and took him', 'came at night and took him'],
    ['a broken percent', 'They% came at night and took him', 'came at night and took him'],
  ])('are taken as far as they are text: %s', async (_, encoded, shown) => {
    await toTheStory();
    const answer = await raw('/say', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `id=${mother.formId}&text=${encoded.replaceAll(' ', '+')}`,
    });
    expect(answer.status).toBe(303);
    expect((await mother.open()).text).toContain(shown);
  });

  it('is taken whole up to 64 KB, given back above, and refused above 1 MB', async () => {
    await toTheStory();
    const most = 'word '.repeat(13_107).trim();
    expect(most.length).toBeLessThanOrEqual(64 * 1024);
    expect((await mother.say(most)).status).toBe(200);
    expect(await kept()).toContain(most);
    const more = await mother.say(`${most} and more words than that`);
    expect([more.status, more.text.includes('and more words than that')]).toEqual([413, true]);
    expect((await mother.say('x'.repeat(1_200_000))).status).toBe(413);
    expect(await kept()).toHaveLength(5);
    expect((await mother.open()).status).toBe(200);
  });
});

describe('choices that do not belong', () => {
  const choose = (choice: string) => mother.post('/say', { id: mother.formId, choice });

  it.each([
    ['of another prompt', 'send|1|yes|Yes'],
    ['of another version', 'hello|999|go-on|Go on'],
    ['of version nought', 'hello|0|go-on|Go on'],
    ['of a guarded prompt', 'publication|1|public-named|Public, with names'],
    ['a prompt by a name of its own', '__proto__|1|constructor|x'],
  ])('change nothing: %s', async (_, choice) => {
    const { status, text } = await choose(choice);
    expect(status).toBe(200);
    expect(text).toContain('That button belonged to an earlier question');
    expect((await mother.tap(1)).text).toContain('Anyone with this phone');
  });

  it.each(['keep-adult', 'nothing-of-the-kind', 'constructor', '__proto__', 'found:99', 'topic:nowhere'])(
    'is no answer, though prompt and version are right: %s',
    async (value) => {
      await mother.tap(1);
      const [prompt, version] = /name="choice" value="([^"|]*)\|(\d+)/.exec((await mother.open()).page)?.slice(1) ?? [];
      const before = await mother.open();
      const { status } = await choose([prompt, version, value, 'Forged'].join('|'));
      expect(status).toBe(200);
      const { page } = await mother.open();
      expect(/name="choice" value="([^"|]*)/.exec(page)?.[1]).toBe(
        /name="choice" value="([^"|]*)/.exec(before.page)?.[1],
      );
    },
  );

  it.each([
    ['empty', ''],
    ['a letter', 'x'],
    ['bars', '|||'],
    ['no version', 'hello|x|go-on|Go on'],
    ['5,000 letters', 'a'.repeat(5000)],
  ])('are malformed: %s', async (_, choice) => {
    const { status, text } = await choose(choice);
    expect([status, text.includes('Back to the conversation')]).toEqual([400, true]);
  });
});

describe('requests that no page of ours makes', () => {
  it('without an id, or with a strange one, are told so', async () => {
    for (const body of [
      { text: 'a' },
      { id: '', text: 'a' },
      { id: '../../etc', text: 'a' },
      { id: 'x'.repeat(500) },
    ]) {
      expect((await raw('/say', { method: 'POST', body: new URLSearchParams(body) })).status).toBe(400);
    }
  });

  it.each([
    ['JSON', 'application/json', '{"id":"aaaaaaaaaaaaaaaaaaaa","text":"hi"}'],
    ['plain text', 'text/plain', 'id=aaaaaaaaaaaaaaaaaaaa&text=hi'],
    ['no type', '', 'id=aaaaaaaaaaaaaaaaaaaa&text=hi'],
    ['a form in parts without its boundary', 'multipart/form-data', 'id=aaaaaaaaaaaaaaaaaaaa'],
    ['a broken form in parts', 'multipart/form-data; boundary=x', '--x\r\nnonsense'],
  ])('in another content type are told so: %s', async (_, type, body) => {
    const answer = await raw('/say', { method: 'POST', headers: { 'content-type': type }, body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Back to the conversation');
  });

  it('with a file in the place of text are told so', async () => {
    const body = new FormData();
    body.set('id', mother.formId);
    body.set('text', new Blob(['<b>']), 'a.html');
    expect((await raw('/say', { method: 'POST', body })).status).toBe(400);
  });

  it.each([
    [405, 'GET', '/say'],
    [405, 'GET', '/leave'],
    [405, 'PUT', '/say'],
    [405, 'DELETE', '/'],
    [405, 'POST', '/'],
    [405, 'POST', '/info'],
    [405, 'PATCH', '/code'],
    [405, 'GET', '/code/end'],
    [404, 'GET', '/%00'],
    [404, 'GET', '/..%2f..%2fetc/passwd'],
    [404, 'GET', '/document?kind=final&format=exe'],
    [404, 'GET', '/document?kind=final&kind=copy'],
    [404, 'GET', '/document?kind=__proto__'],
  ])('lead to a calm page with %i: %s %s', async (status, method, path) => {
    const answer = await raw(path, { method });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain('Back to the conversation');
  });

  it('by the cookie of nobody begin again, and read nothing of others', async () => {
    await toTheStory();
    await mother.say('My name is Ana Example.');
    for (const cookie of [
      'griot=',
      `griot=${'a'.repeat(43)}`,
      `griot=${'a'.repeat(5000)}`,
      'griot=%00%ff',
      'x=1; '.repeat(300),
    ]) {
      for (const path of ['/', '/lines', '/lines?after=x', '/document', '/cases', '/code', '/live']) {
        const answer = await raw(path, { headers: { cookie } });
        expect(answer.status, `${path} with ${cookie.slice(0, 20)}`).toBeLessThan(500);
        if (path === '/live' && answer.status === 200) await answer.body?.cancel();
        else expect(await answer.text()).not.toContain('Ana');
      }
    }
    expect((await mother.open()).text).toContain('My name is Ana Example.');
  });

  it('from another site change nothing', async () => {
    await toTheStory();
    for (const path of ['/say', '/leave', '/cases', '/code', '/code/end', '/back']) {
      const body = new URLSearchParams({ id: mother.formId, text: 'delete', code: 'AAAA-AAAA-AAAA' });
      const answer = await raw(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'cross-site' } });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect(await kept()).toHaveLength(4);
  });
});
