import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StaffEnv } from '../../src/staff/desk.ts';
import { openDesk } from '../../src/staff/open-desk.ts';
import { buildPasswords } from '../../src/staff/sign-in/password.ts';
import { OF_ACCOUNT, OF_STRANGERS, Throttle } from '../../src/staff/sign-in/throttle.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { codeOf, deskBrowser, openTestDesk, type TestDesk } from './a-desk.ts';

describe('the throttle', () => {
  let temp: TempStore;
  beforeEach(async () => {
    temp = await openTempStore({ now: '2026-03-01T12:00:00.000Z' });
  });
  afterEach(() => temp.close());
  const throttle = () => new Throttle(() => new Date(temp.now), temp.store.tries);
  const later = (milliseconds: number) => {
    temp.now = new Date(Date.parse(temp.now) + milliseconds).toISOString();
  };

  it('lets some tries through, then makes each wait twice as long, up to a quarter of an hour', async () => {
    const keys = { account: 'account', sender: 'sender', browser: null, guessable: true };
    const waits: number[] = [];
    for (let tries = 0; tries < 20; tries += 1) {
      // As if the program had started again before each: nothing of it is in memory.
      const refused = await throttle().begin(keys);
      if (refused === null) continue;
      waits.push((refused.until.getTime() - Date.parse(temp.now)) / 1_000);
      temp.now = refused.until.toISOString();
      expect(await throttle().begin(keys)).toBeNull();
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900]);
  });

  it('counts a refused try not at all, a right one not against anybody, and forgets after a day', async () => {
    const keys = { account: 'account', sender: 'sender', browser: null };
    const same = throttle();
    const tried = async (times: number) => {
      for (let i = 0; i < times; i += 1) expect(await same.begin(keys)).toBeNull();
    };
    await tried(5);
    const until = (await same.begin(keys))?.until;
    for (let i = 0; i < 100; i += 1) expect((await same.begin(keys))?.until).toEqual(until);
    await same.succeeded(keys);
    await tried(5);
    later(25 * 60 * 60_000);
    await tried(5);
  });

  it('of a network address counts what it tries at many accounts, and gives back what was right', async () => {
    const same = throttle();
    for (let i = 0; i < 40; i += 1) {
      expect(await same.begin({ account: `right-${i}`, sender: 'office', browser: null })).toBeNull();
      await same.succeeded({ account: `right-${i}`, sender: 'office', browser: null });
    }
    const many = Array.from({ length: 30 }, (_, i) =>
      same.begin({ account: `wrong-${i}`, sender: 'office', browser: null }),
    );
    const refused = (await Promise.all(many)).filter((one) => one !== null);
    expect(refused).toHaveLength(10);
    expect(await same.begin({ account: 'wrong-99', sender: 'elsewhere', browser: null })).toBeNull();
  });

  it('of two processes at the same moment counts both', async () => {
    const keys = { account: 'account', sender: 'sender', browser: null, guessable: true };
    const answers = await Promise.all(Array.from({ length: 12 }, () => throttle().begin(keys)));
    expect(answers.filter((one) => one === null)).toHaveLength(5);
  });

  it('never makes anybody wait longer than the longest wait', async () => {
    const tries = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(2_000_000)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(tries, async (made) => {
        const same = throttle();
        for (const [account, pause] of made) {
          later(pause);
          const refused = await same.begin({ account, sender: 'sender', browser: null });
          if (refused === null) continue;
          const wait = refused.until.getTime() - Date.parse(temp.now);
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(OF_ACCOUNT.most);
        }
      }),
      { numRuns: 30 },
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

  it('no harm C: one network that tries an account makes itself wait, whether the account exists or not, and nobody else', async () => {
    const ana = await desk.signedIn();
    for (const email of [ana.email, 'nobody@example.org']) {
      for (let i = 0; i < 5; i += 1) expect((await tryAs(email, '203.0.113.1')).status).toBe(401);
      const refused = await tryAs(email, '203.0.113.1', ana.password);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
      expect(refused.text).toMatch(/Wait until .*12:\d\d:02/);
    }
    expect((await tryAs(ana.email, '203.0.113.77', ana.password)).status).toBe(303);
    desk.wait(1);
    expect((await tryAs(ana.email, '203.0.113.1', ana.password)).status).toBe(303);
  });

  it('no harm C: very many networks make strangers wait; a known browser does not, and an administrator ends it', async () => {
    const ana = await desk.signedIn();
    const administrator = await desk.signedIn('administrator');
    for (let i = 0; i < OF_STRANGERS.free; i += 1) {
      await desk.deps.store.tries.begin(`password/${ana.email}`, OF_STRANGERS);
    }
    expect((await tryAs(ana.email, '198.51.100.1', ana.password)).status).toBe(429);
    // Hers: the cookie of the sign-in before, and nothing else.
    const hers = deskBrowser(desk.app);
    hers.cookie = (ana.browser.cookie ?? '')
      .split('; ')
      .filter((one) => one.includes('known'))
      .join('; ');
    expect(hers.cookie).toMatch(/^__Host-griot-known-\w+=/);
    await hers.get('/desk/sign-in');
    const { email, password } = ana;
    expect((await hers.post('/desk/sign-in', { email, password })).status).toBe(303);
    // It is no key: without the password it opens nothing, it is asked for the second factor, and its own tries make it wait.
    expect((await hers.get('/desk')).headers.get('location')).toBe('/desk/sign-in/code');
    for (let i = 0; i < 5; i += 1) {
      await hers.get('/desk/sign-in');
      expect((await hers.post('/desk/sign-in', { email, password: 'wrong-and-long-enough' })).status).toBe(401);
    }
    expect((await hers.post('/desk/sign-in', { email, password })).status).toBe(429);
    // At another account it is as strange as any.
    for (let i = 0; i < OF_STRANGERS.free; i += 1) {
      await desk.deps.store.tries.begin(`password/${administrator.email}`, OF_STRANGERS);
    }
    expect((await hers.post('/desk/sign-in', { email: administrator.email, password })).status).toBe(429);

    const page = await administrator.browser.get('/desk/staff');
    expect(page.text).toContain('Wrong tries from browsers that are not known: 100');
    const ended = await administrator.browser.post(`/desk/staff/${ana.id}/tries/end`);
    expect(ended.text).toContain('Nobody waits any more');
    expect((await desk.deps.store.audit.last())?.action).toBe('account.unlock');
    expect((await tryAs(ana.email, '198.51.100.1', ana.password)).status).toBe(303);
  });

  it('no harm C: a browser is known no longer once the sessions were ended, or with a seal that somebody made up', async () => {
    const ana = await desk.signedIn();
    const administrator = await desk.signedIn('administrator');
    const known = (ana.browser.cookie ?? '')
      .split('; ')
      .filter((one) => one.includes('known'))
      .join('; ');
    for (let i = 0; i < OF_STRANGERS.free; i += 1) {
      await desk.deps.store.tries.begin(`password/${ana.email}`, OF_STRANGERS);
    }
    const statusWith = async (cookie: string) => {
      const browser = deskBrowser(desk.app);
      browser.cookie = cookie;
      await browser.get('/desk/sign-in');
      return (await browser.post('/desk/sign-in', { email: ana.email, password: ana.password })).status;
    };
    expect(await statusWith(known.slice(0, -4) + 'AAAA')).toBe(429);
    expect(await statusWith(known.replace(/\.(\d)\d/, '.$19'))).toBe(429);
    desk.wait(1);
    await administrator.browser.get('/desk/staff');
    await administrator.browser.post(`/desk/staff/${ana.id}/sessions/end`);
    await desk.deps.store.tries.begin(`password/${ana.email}`, OF_STRANGERS);
    expect(await statusWith(known)).toBe(429);
  });

  it('a restart does not forget what was tried, and the database does not say whose it was', async () => {
    for (let i = 0; i < OF_STRANGERS.free; i += 1) {
      await desk.deps.store.tries.begin('password/nobody@example.org', OF_STRANGERS);
    }
    const store = await desk.temp.reopen();
    const { app } = openDesk({ ...desk.deps, store });
    const again = new Hono<Pick<StaffEnv, 'Bindings'>>();
    again.route('/desk', app);
    const browser = deskBrowser(again);
    await browser.get('/desk/sign-in');
    const fields = { email: 'nobody@example.org', password: 'wrong-and-long-enough' };
    expect((await browser.post('/desk/sign-in', fields, { 'x-forwarded-for': '203.0.113.99' })).status).toBe(429);
    const files = ['griot.db', 'griot.db-wal'].map((name) => join(desk.temp.dir, name)).filter(existsSync);
    const bytes = files.map((file) => readFileSync(file).toString('latin1')).join('');
    expect(bytes).toContain('staff_tries');
    expect(bytes).not.toMatch(/nobody@example|203\.0\.113/);
  });

  it('an account is the same however its address is written', async () => {
    const written = ['ana@example.org', 'ANA@example.org', ' ana@example.org', 'ａna@example.org', 'Ana@EXAMPLE.org'];
    for (const email of written) expect((await tryAs(email)).status).toBe(401);
    expect((await tryAs('ａｎａ@example.org')).status).toBe(429);
  });

  it('a network address that tries many accounts waits; others do not', async () => {
    const ana = await desk.signedIn();
    for (let i = 0; i < 20; i += 1) await tryAs(`guess-${i}@example.org`, '198.51.100.1');
    expect((await tryAs('guess-21@example.org', '198.51.100.1')).status).toBe(429);
    expect((await tryAs(ana.email, '198.51.100.2', ana.password)).status).toBe(303);
  });

  it('a flood from everywhere at once is told to come again, and does not hold the process for long', async () => {
    await desk.close();
    desk = await openTestDesk({ deps: { passwords: buildPasswords(randomBytes) } });
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
    const answers = await Promise.all(Array.from({ length: 30 }, () => tryAs(ana.email)));
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
