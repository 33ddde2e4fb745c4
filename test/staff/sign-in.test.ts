import { randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildPasswords } from '../../src/staff/sign-in/password.ts';
import { codeOf, deskBrowser, openTestDesk, PASSWORD, secretOn, setUp, signInAgain, type TestDesk } from './a-desk.ts';
import { processorTime } from '../support/processor.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await openTestDesk();
});
afterEach(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

const actions = async () =>
  (await desk.temp.store.audit.following(0, 100)).map(({ action, detail }) => `${action} ${detail ?? ''}`.trim());

describe('the set-up', () => {
  it('leads from a code to a password, an app and the desk', async () => {
    const { email, code } = await desk.add({ language: 'pt' });
    const ana = deskBrowser(desk.app, 'pt-BR');
    expect((await ana.get('/desk/set-up')).text).toContain('Ativar sua conta');
    const begun = await ana.post('/desk/set-up', {
      email: email.toUpperCase(),
      code: code.toLowerCase().replaceAll('-', ' '),
    });
    expect(begun.headers.get('location')).toBe('/desk/set-up/password');
    await ana.get('/desk/set-up/password');
    const chosen = await ana.post('/desk/set-up/password', { new: PASSWORD, again: PASSWORD });
    expect(chosen.headers.get('location')).toBe('/desk/set-up/code');
    const page = await ana.get('/desk/set-up/code');
    expect(page.text).toContain('<svg class="qr"');
    // On the phone itself nobody can photograph the code: the link opens the app there.
    const [, link = ''] = /<a class="button" href="(otpauth:[^"]+)"/u.exec(page.text) ?? [];
    expect(new URL(link.replaceAll('&amp;', '&')).searchParams.get('secret')).toBe(secretOn(page));
    expect(secretOn(await ana.get('/desk/set-up/code'))).toBe(secretOn(page));
    const done = await ana.post('/desk/set-up/code', { code: codeOf(secretOn(page), desk.temp.now) });
    expect(done.text.match(/<li>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}<\/li>/g)).toHaveLength(8);
    expect((await ana.get('/desk')).text).toContain('Ana Exemplo');
    expect(await actions()).toEqual(['account.set-up', 'sign-in set-up', 'queue.view']);
  });

  it('works once, and not for long', async () => {
    const { email, code } = await desk.add();
    await setUp(desk, deskBrowser(desk.app), email, code);
    const thief = deskBrowser(desk.app);
    await thief.get('/desk/set-up');
    expect((await thief.post('/desk/set-up', { email, code })).status).toBe(401);

    const late = await desk.add();
    desk.wait(3 * 24 * 60 + 1);
    await thief.get('/desk/set-up');
    expect((await thief.post('/desk/set-up', late)).status).toBe(401);
  });

  it.each([
    ['short', 'eleven char', /Too short/],
    ['common', 'password1234', /Too easy/],
    ['common', 'aaaaaaaaaaaaaaaa', /Too easy/],
    ['common', 'qwertyuiop1234', /Too easy/],
    ['personal', 'exemplo-of-a-lamp-post', /must not contain/],
    ['differ', 'veranda-salt-paper-otter!', /do not match/],
  ])('refuses a password that is %s', async (what, password, said) => {
    const { email, code } = await desk.add();
    const ana = deskBrowser(desk.app);
    await ana.get('/desk/set-up');
    await ana.post('/desk/set-up', { email, code });
    await ana.get('/desk/set-up/password');
    const again = what === 'differ' ? PASSWORD : password;
    const answer = await ana.post('/desk/set-up/password', { new: password, again });
    expect([answer.status, said.test(answer.text)]).toEqual([422, true]);
    expect((await ana.get('/desk/set-up/code')).headers.get('location')).toBe('/desk/set-up/password');
  });
});

describe('signing in', () => {
  it('takes both factors, and each code once', async () => {
    const ana = await desk.signedIn();
    const browser = await signInAgain(desk, ana);
    expect((await browser.get('/desk')).status).toBe(200);

    const other = deskBrowser(desk.app);
    await other.get('/desk/sign-in');
    await other.post('/desk/sign-in', { email: ana.email, password: ana.password });
    const before = other.cookie;
    await other.get('/desk/sign-in/code');
    const code = ana.code();
    const third = deskBrowser(desk.app);
    third.cookie = other.cookie;
    third.csrf = other.csrf;
    expect((await other.post('/desk/sign-in/code', { code })).headers.get('location')).toBe('/desk');
    expect(other.cookie).not.toBe(before);
    expect((await third.post('/desk/sign-in/code', { code })).headers.get('location')).toBe('/desk/sign-in');
    await third.get('/desk/sign-in');
    await third.post('/desk/sign-in', { email: ana.email, password: ana.password });
    await third.get('/desk/sign-in/code');
    expect((await third.post('/desk/sign-in/code', { code })).status).toBe(401);
  });

  it('takes a recovery code in place of the app, once', async () => {
    const ana = await desk.signedIn();
    const [code = ''] = ana.recoveryCodes;
    for (const status of [303, 401]) {
      const browser = deskBrowser(desk.app);
      await browser.get('/desk/sign-in');
      await browser.post('/desk/sign-in', { email: ana.email, password: ana.password });
      await browser.get('/desk/sign-in/code');
      expect((await browser.post('/desk/sign-in/code', { code })).status).toBe(status);
    }
  });

  it('says the same of a wrong password, an unknown address, and an account that is disabled or not set up', async () => {
    const ana = await desk.signedIn();
    const gone = await desk.signedIn();
    await desk.temp.store.staff.disableAccount(gone.id);
    const invited = await desk.add();
    const said = new Set<string>();
    for (const email of [ana.email, 'nobody@example.org', gone.email, invited.email]) {
      const browser = deskBrowser(desk.app);
      await browser.get('/desk/sign-in');
      const answer = await browser.post('/desk/sign-in', { email, password: 'wrong-and-long-enough' });
      said.add(`${answer.status} ${answer.text.replaceAll(email, '').replaceAll(browser.csrf, '')}`);
    }
    expect(said.size).toBe(1);
  });
});

describe('a password', () => {
  it('is looked at just as long where there is no account', async () => {
    const passwords = buildPasswords(randomBytes);
    const hash = await passwords.hash(PASSWORD);
    const cost = async (against: string | null) => {
      const from = processorTime();
      expect(await passwords.isRight('wrong-and-long-enough', against)).toBe(false);
      return processorTime() - from;
    };
    // Without the work it would be short in every round; what others do to the machine disturbs only some.
    const ratios: number[] = [];
    const isAlike = (ratio: number) => ratio > 0.6 && ratio < 1.7;
    while (ratios.length < 40 && !ratios.some(isAlike)) ratios.push((await cost(null)) / (await cost(hash)));
    expect(ratios.some(isAlike), String(ratios)).toBe(true);
  });

  it('is hashed again at the next sign-in when its figures are of before', async () => {
    await desk.close();
    desk = await openTestDesk({ deps: { passwords: buildPasswords(randomBytes) } });
    const ana = await desk.signedIn();
    const weak = { parallelism: 1, iterations: 1, memorySize: 64, hashLength: 32, outputType: 'encoded' } as const;
    const old = await argon2id({ ...weak, password: ana.password, salt: new Uint8Array(16) });
    await desk.temp.store.staff.setPassword(ana.id, old);
    await signInAgain(desk, ana);
    expect((await desk.temp.store.staff.secrets(ana.id)).passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await (await signInAgain(desk, ana)).get('/desk')).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends after half an hour without a click, after twelve hours with clicks, and at sign-out', async () => {
    const ana = await desk.signedIn();
    desk.wait(29);
    expect((await ana.browser.get('/desk')).status).toBe(200);
    desk.wait(31);
    expect((await ana.browser.get('/desk')).headers.get('location')).toBe('/desk/sign-in');

    const again = await signInAgain(desk, ana);
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      desk.wait(20);
      expect((await again.get('/desk')).status).toBe(200);
    }
    desk.wait(20);
    expect((await again.get('/desk')).status).toBe(303);

    const last = await signInAgain(desk, ana);
    const cookie = (await last.get('/desk'), last.cookie);
    expect((await last.post('/desk/sign-out')).headers.get('location')).toBe('/desk/sign-in');
    last.cookie = cookie;
    expect((await last.get('/desk')).headers.get('location')).toBe('/desk/sign-in');
  });

  it('is not kept open by a page that looks for news by itself', async () => {
    const ana = await desk.signedIn();
    for (let minutes = 0; minutes < 28; minutes += 4) {
      desk.wait(4);
      expect((await ana.browser.get('/desk', { 'sec-fetch-dest': 'empty' })).status).toBe(200);
    }
    desk.wait(4);
    expect((await ana.browser.get('/desk')).status).toBe(303);
  });

  it('leaves no row behind when it is over', async () => {
    const ana = await desk.signedIn();
    const elsewhere = await signInAgain(desk, ana);
    desk.wait(31);
    await signInAgain(desk, ana);
    expect(await desk.temp.store.staff.sessionsOf(ana.id, '')).toHaveLength(1);
    expect((await elsewhere.get('/desk')).status).toBe(303);
  });

  it('ends at once when the account is disabled', async () => {
    const ana = await desk.signedIn();
    await desk.temp.store.staff.disableAccount(ana.id);
    expect((await ana.browser.get('/desk')).status).toBe(303);
  });
});

it('a fault of ours is said calmly, on a page of the desk, and tells nobody what failed', async () => {
  const ana = await desk.signedIn('reader', { language: 'pt' });
  const failing = await openTestDesk({
    deps: {
      store: {
        ...desk.deps.store,
        staff: { ...desk.deps.store.staff, sessionsOf: () => Promise.reject(new Error('secret detail')) },
      },
    },
  });
  const browser = deskBrowser(failing.app);
  browser.cookie = ana.browser.cookie;
  const page = await browser.get('/desk/account');
  expect(page.status).toBe(500);
  expect(page.text).toContain('Algo deu errado do nosso lado');
  expect(page.text).not.toContain('secret detail');
  expect(failing.faults).toHaveLength(1);
  await failing.close();
});
