import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskBrowser, openTestDesk, signInAgain, type Colleague, type TestDesk } from './a-desk.ts';

let desk: TestDesk;
let ana: Colleague;
beforeEach(async () => {
  desk = await openTestDesk();
  ana = await desk.signedIn('reviewer');
});
afterEach(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

async function proveAgain({ browser, password, code }: Colleague, to: string) {
  await browser.get(`/desk/prove?to=${encodeURIComponent(to)}`);
  return browser.post('/desk/prove', { to, password, code: code() });
}

describe('one’s own account', () => {
  it('lists the sessions, and ends all others', async () => {
    const elsewhere = await signInAgain(desk, ana);
    const page = await ana.browser.get('/desk/account');
    expect(page.text.match(/, last seen/g)).toHaveLength(2);
    expect(page.text.match(/\(this one\)/g)).toHaveLength(1);
    expect((await ana.browser.post('/desk/account/sessions/end')).text).toContain('All other sessions are over.');
    expect((await elsewhere.get('/desk')).status).toBe(303);
    expect((await ana.browser.get('/desk')).status).toBe(200);
  });

  it('ends the others only with both factors just proved: a session that was stolen cannot', async () => {
    const elsewhere = await signInAgain(desk, ana);
    desk.wait(11);
    await ana.browser.get('/desk/account');
    const { headers } = await ana.browser.post('/desk/account/sessions/end');
    expect(headers.get('location')).toBe('/desk/prove?to=%2Fdesk%2Faccount');
    expect((await elsewhere.get('/desk')).status).toBe(200);
  });

  it('says what happened there, wrong tries too, and nothing of others', async () => {
    const rui = await desk.signedIn('reader', { name: 'Rui Exemplo' });
    const stranger = deskBrowser(desk.app);
    await stranger.get('/desk/sign-in');
    await stranger.post('/desk/sign-in', { email: ana.email, password: 'wrong-and-long-enough' });
    await rui.browser.get('/desk/account');
    await rui.browser.post('/desk/account/codes');
    const { text } = await ana.browser.get('/desk/account');
    expect(text).toContain('<li>1 Mar 2026, 12:00: Sign-in failed</li>');
    expect(text).toContain(': Account set up</li>');
    expect(text).not.toContain('Made new recovery codes');
  });

  it('takes a wrong password no faster in the form that changes it', async () => {
    const { browser } = ana;
    await browser.get('/desk/account/password');
    const fields = {
      now: 'wrong-and-long-enough',
      new: 'umbrella lemon quiet river',
      again: 'umbrella lemon quiet river',
    };
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await browser.post('/desk/account/password', fields)).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
  });

  it('changes the language of the desk at once', async () => {
    await ana.browser.get('/desk/account');
    await ana.browser.post('/desk/account/language', { language: 'es' });
    expect((await ana.browser.get('/desk/account')).text).toContain('<html lang="es" dir="ltr">');
    await ana.browser.post('/desk/account/language', { language: 'xx' });
    expect((await ana.browser.get('/desk/account')).text).toContain('<html lang="es" dir="ltr">');
  });

  it('changes the password when both factors are fresh, ends every other session and goes on under a new cookie', async () => {
    const elsewhere = await signInAgain(desk, ana);
    const { browser } = ana;
    desk.wait(11);
    const stale = await browser.get('/desk/account/password');
    expect(stale.headers.get('location')).toBe('/desk/prove?to=%2Fdesk%2Faccount%2Fpassword');
    expect((await proveAgain(ana, '/desk/account/password')).headers.get('location')).toBe('/desk/account/password');
    await browser.get('/desk/account/password');
    const same = await browser.post('/desk/account/password', {
      now: ana.password,
      new: ana.password,
      again: ana.password,
    });
    expect([same.status, same.text.includes('your password already')]).toEqual([422, true]);
    const before = browser.cookie;
    const chosen = 'umbrella lemon quiet river';
    const unknown = await browser.post('/desk/account/password', { now: chosen, new: chosen, again: chosen });
    expect([unknown.status, unknown.text.includes('This is not your present password.')]).toEqual([422, true]);
    const fields = { now: ana.password, new: chosen, again: chosen };
    expect((await browser.post('/desk/account/password', fields)).status).toBe(303);
    expect(browser.cookie).not.toBe(before);
    expect((await browser.get('/desk')).status).toBe(200);
    expect((await elsewhere.get('/desk')).status).toBe(303);
    const old = deskBrowser(desk.app);
    old.cookie = before;
    expect((await old.get('/desk')).status).toBe(303);
    const again = await signInAgain(desk, { ...ana, password: chosen });
    expect((await again.get('/desk')).status).toBe(200);
  });

  it('makes new recovery codes, and the old ones are worth nothing', async () => {
    await ana.browser.get('/desk/account/codes');
    const made = await ana.browser.post('/desk/account/codes');
    expect(made.text.match(/<li>[\w-]{14}<\/li>/g)).toHaveLength(8);
    const [old = ''] = ana.recoveryCodes;
    const browser = deskBrowser(desk.app);
    await browser.get('/desk/sign-in');
    await browser.post('/desk/sign-in', { email: ana.email, password: ana.password });
    await browser.get('/desk/sign-in/code');
    expect((await browser.post('/desk/sign-in/code', { code: old })).status).toBe(401);
  });
});

describe('proving it again', () => {
  it('takes both factors, not one, and never leads out of the desk', async () => {
    const { browser, password } = ana;
    desk.wait(11);
    await browser.get('/desk/prove');
    expect((await browser.post('/desk/prove', { password, code: '000000' })).status).toBe(422);
    expect((await browser.post('/desk/prove', { password: 'wrong-and-long-enough', code: ana.code() })).status).toBe(
      422,
    );
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/desk/../x',
      '/desk/a\nb',
      '/deskx',
    ]) {
      expect((await proveAgain(ana, to)).headers.get('location'), to).toBe('/desk');
    }
  });

  it('waits longer after each wrong try', async () => {
    const { browser, password } = ana;
    await browser.get('/desk/prove');
    for (let i = 0; i < 5; i += 1) await browser.post('/desk/prove', { password, code: '000000' });
    expect((await browser.post('/desk/prove', { password, code: ana.code() })).status).not.toBe(429);
    for (let i = 0; i < 6; i += 1) await browser.post('/desk/prove', { password, code: '000000' });
    expect((await browser.post('/desk/prove', { password, code: '000000' })).status).toBe(429);
  });
});
