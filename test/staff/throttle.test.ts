import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { OF_ACCOUNT, OF_SENDER, Throttle } from '../../src/staff/sign-in/throttle.ts';
import { codeOf, deskBrowser, openTestDesk, type TestDesk } from './a-desk.ts';

describe('the throttle', () => {
  it('lets some tries through, then makes each wait twice as long, up to a quarter of an hour', () => {
    let now = Date.parse('2026-03-01T12:00:00Z');
    const throttle = new Throttle(() => new Date(now));
    const waits: number[] = [];
    for (let tries = 0; tries < 20; tries += 1) {
      const refused = throttle.begin([['account', OF_ACCOUNT]]);
      if (refused === null) continue;
      waits.push((refused.until.getTime() - now) / 1_000);
      now = refused.until.getTime();
      expect(throttle.begin([['account', OF_ACCOUNT]])).toBeNull();
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900]);
  });

  it('counts a refused try not at all, a right one not against anybody, and forgets after a day', () => {
    let now = 0;
    const throttle = new Throttle(() => new Date(now));
    const tried = () => throttle.begin([['account', OF_ACCOUNT]]) === null;
    for (let i = 0; i < 5; i += 1) expect(tried()).toBe(true);
    const until = throttle.begin([['account', OF_ACCOUNT]])?.until;
    for (let i = 0; i < 100; i += 1) expect(tried()).toBe(false);
    expect(throttle.begin([['account', OF_ACCOUNT]])?.until).toEqual(until);
    throttle.succeeded('account', 'sender');
    for (let i = 0; i < 5; i += 1) expect(tried()).toBe(true);
    now = 25 * 60 * 60_000;
    for (let i = 0; i < 5; i += 1) expect(tried()).toBe(true);
  });

  it('never makes anybody wait longer than the longest wait', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(2_000_000)), { maxLength: 200 }),
        (tries) => {
          let now = 0;
          const throttle = new Throttle(() => new Date(now));
          for (const [key, pause] of tries) {
            now += pause;
            const refused = throttle.begin([
              [key, OF_ACCOUNT],
              ['sender', OF_SENDER],
            ]);
            if (refused !== null) {
              expect(refused.until.getTime() - now).toBeGreaterThan(0);
              expect(refused.until.getTime() - now).toBeLessThanOrEqual(OF_ACCOUNT.most);
            }
          }
        },
      ),
    );
  });
});

describe('at the door', () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await openTestDesk();
  });
  afterEach(() => desk.close());

  const tryAs = async (email: string, from = '203.0.113.9', password = 'wrong-and-long-enough') => {
    const browser = deskBrowser(desk.app);
    await browser.get('/desk/sign-in');
    return browser.post('/desk/sign-in', { email, password }, { 'x-forwarded-for': from });
  };

  it('an account makes everybody wait, whether it exists or not, and is free again later', async () => {
    const ana = await desk.signedIn();
    for (const email of [ana.email, 'nobody@example.org']) {
      for (let i = 0; i < 5; i += 1) expect((await tryAs(email, `203.0.113.${i}`)).status).toBe(401);
      const refused = await tryAs(email, '203.0.113.77', ana.password);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
      expect(refused.text).toMatch(/Wait until .*12:\d\d:02/);
    }
    desk.wait(1);
    expect((await tryAs(ana.email, '203.0.113.77', ana.password)).status).toBe(303);
  });

  it('an account is the same however its address is written', async () => {
    const written = ['ana@example.org', 'ANA@example.org', ' ana@example.org', 'ａna@example.org', 'Ana@EXAMPLE.org'];
    for (const [i, email] of written.entries()) expect((await tryAs(email, `203.0.113.${i}`)).status).toBe(401);
    expect((await tryAs('ａｎａ@example.org', '203.0.113.77')).status).toBe(429);
  });

  it('a network address that tries many accounts waits; others do not', async () => {
    const ana = await desk.signedIn();
    for (let i = 0; i < 20; i += 1) await tryAs(`guess-${i}@example.org`, '198.51.100.1');
    expect((await tryAs('guess-21@example.org', '198.51.100.1')).status).toBe(429);
    expect((await tryAs(ana.email, '198.51.100.2', ana.password)).status).toBe(303);
  });

  it('a flood from everywhere at once is told to come again, and does not hold the process for long', async () => {
    let ticks = 0;
    const clock = setInterval(() => (ticks += 1), 5);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => tryAs(`guess-${i}@example.org`, `203.0.113.${i}`)),
    );
    clearInterval(clock);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThanOrEqual(35);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(60 - busy.length);
    expect(ticks).toBeGreaterThanOrEqual(20);
    expect((await tryAs('later@example.org', '198.51.100.9')).status).toBe(401);
  });

  it('many tries at the same moment are not all let through', async () => {
    const ana = await desk.signedIn();
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => tryAs(ana.email, `203.0.113.${i}`)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('codes of the app are guessed no faster', async () => {
    const ana = await desk.signedIn();
    const browser = deskBrowser(desk.app);
    await browser.get('/desk/sign-in');
    await browser.post('/desk/sign-in', { email: ana.email, password: ana.password });
    await browser.get('/desk/sign-in/code');
    const statuses: number[] = [];
    for (let i = 0; i < 8; i += 1) statuses.push((await browser.post('/desk/sign-in/code', { code: '000000' })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const secret = await desk.temp.store.staff.secrets(ana.id);
    desk.wait(1);
    const code = codeOf(secret.totp ?? '', desk.temp.now);
    expect((await browser.post('/desk/sign-in/code', { code })).status).toBe(303);
  });

  it('set-up codes are guessed no faster', async () => {
    const { email } = await desk.add();
    const browser = deskBrowser(desk.app);
    await browser.get('/desk/set-up');
    const code = '0000-0000-0000-0000-0000';
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await browser.post('/desk/set-up', { email, code })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });
});
