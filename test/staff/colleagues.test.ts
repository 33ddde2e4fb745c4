// Two administrators help somebody back in who lost their phone. One alone cannot.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk, deskBrowser, setUp, signInAgain, type Colleague, type TestDesk } from './a-desk.ts';

let desk: TestDesk;
let lea: Colleague;
let rui: Colleague;
let ana: Colleague;
beforeEach(async () => {
  desk = await openTestDesk();
  lea = await desk.signedIn('administrator', { name: 'Léa Exemple' });
  rui = await desk.signedIn('administrator', { name: 'Rui Exemplo' });
  ana = await desk.signedIn('reviewer', { name: 'Ana Exemplo' });
});
afterEach(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

async function agree({ browser }: Colleague, { id }: Colleague) {
  await browser.get('/desk/staff');
  return browser.post(`/desk/staff/${id}/recover`);
}

const details = async (action: string) =>
  (await desk.temp.store.audit.find({ action }, 10)).map(({ detail }) => detail);

describe('a lost second factor', () => {
  it('is replaced when two different administrators agree; everything of before is worth nothing', async () => {
    expect((await agree(lea, ana)).headers.get('location')).toBe('/desk/staff');
    expect((await lea.browser.get('/desk/staff')).text).toContain('You have asked for it.');
    expect((await rui.browser.get('/desk/staff')).text).toContain('Léa Exemple has asked for it.');
    expect((await ana.browser.get('/desk')).status).toBe(200);

    const page = await agree(rui, ana);
    const code = /<p class="code">([\w-]{24})<\/p>/.exec(page.text)?.[1] ?? '';
    expect(page.text).toContain('https://desk.example.org/desk/set-up');
    expect((await ana.browser.get('/desk')).headers.get('location')).toBe('/desk/sign-in');
    expect((await (await signInAgain(desk, ana)).get('/desk')).status).toBe(303);

    const { secret } = await setUp(desk, deskBrowser(desk.app), ana.email, code);
    expect(secret).not.toBe('');
    expect(await details('account.recover')).toEqual([`agreed ${ana.id}`, `first ${ana.id}`]);
  });

  it('is not replaced by one who asks twice, nor by a word that is three days old', async () => {
    expect((await agree(lea, ana)).status).toBe(303);
    expect((await agree(lea, ana)).status).toBe(303);
    desk.wait(3 * 24 * 60 + 1);
    rui = { ...rui, browser: await signInAgain(desk, rui) };
    expect((await agree(rui, ana)).status).toBe(303);
    expect((await desk.temp.store.staff.account(ana.id))?.state).toBe('active');
  });

  it('is asked for with both factors just proved, and never for oneself', async () => {
    expect((await agree(lea, lea)).status).toBe(404);
    desk.wait(11);
    expect((await agree(lea, ana)).headers.get('location')).toBe('/desk/prove?to=%2Fdesk%2Fstaff');
    expect(await details('account.recover')).toEqual([]);
  });

  it('of two administrators at the same moment is agreed once', async () => {
    await Promise.all([lea.browser.get('/desk/staff'), rui.browser.get('/desk/staff')]);
    const answers = await Promise.all([lea, rui].map(({ browser }) => browser.post(`/desk/staff/${ana.id}/recover`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303]);
  });
});

describe('an account', () => {
  it('whose telephone was stolen is signed out everywhere, and can sign in again', async () => {
    await lea.browser.get('/desk/staff');
    const ended = await lea.browser.post(`/desk/staff/${ana.id}/sessions/end`);
    expect(ended.text).toContain('All sessions of Ana Exemplo are over.');
    expect((await ana.browser.get('/desk')).status).toBe(303);
    expect((await (await signInAgain(desk, ana)).get('/desk')).status).toBe(200);
    expect((await lea.browser.post(`/desk/staff/${lea.id}/sessions/end`)).status).toBe(404);
    expect((await lea.browser.post('/desk/staff/nobody/sessions/end')).status).toBe(404);
    expect(await details('session.end')).toEqual([ana.id]);
  });

  it('that is disabled is out at once', async () => {
    await lea.browser.get('/desk/staff');
    expect((await lea.browser.post(`/desk/staff/${ana.id}/disable`)).text).toContain(
      'The account of Ana Exemplo is disabled',
    );
    expect((await ana.browser.get('/desk')).status).toBe(303);
    expect((await lea.browser.post(`/desk/staff/${ana.id}/disable`)).status).toBe(404);
    expect((await lea.browser.post(`/desk/staff/${lea.id}/disable`)).status).toBe(404);
    expect((await lea.browser.post('/desk/staff/nobody/disable')).status).toBe(404);
    expect(await details('account.disable')).toEqual([ana.id]);
  });
});
