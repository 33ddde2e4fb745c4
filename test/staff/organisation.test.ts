// Signing in with the organisation's own service, against a real OpenID provider on this machine.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openOrganisation } from '../../src/staff/sign-in/organisation.ts';
import { startSilentPeer, type SilentPeerOptions } from '../support/silent-peer.ts';
import { startSignInService, type SignInService } from '../support/sign-in-service.ts';
import { codeOf, deskBrowser, openTestDesk, secretOn, type DeskBrowser, type TestDesk } from './a-desk.ts';

const BACK = 'https://desk.example.org/desk/sign-in/organisation/back';

let service: SignInService;
let desk: TestDesk;
beforeAll(async () => {
  service = await startSignInService(BACK);
});
afterAll(() => service.close());
beforeEach(async () => {
  service.people.clear();
  service.people.set('s-ana', { email: 'ana@example.org', email_verified: true });
  desk = await openTestDesk({ now: new Date().toISOString(), deps: { organisation: openOrganisation(service) } });
});
afterEach(() => desk.close());

/** Keeps every cookie, as the way there and back has one of its own. */
function traveller(): DeskBrowser & { readonly jar: Map<string, string> } {
  const jar = new Map<string, string>();
  const browser = deskBrowser(desk.app);
  const remember = <T extends { readonly headers: Headers }>(visit: T): T => {
    for (const set of visit.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (set.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
    return visit;
  };
  const sent = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return Object.assign(browser, {
    jar,
    get: async (path: string, headers = {}) => {
      const strict = !('sec-fetch-site' in headers && headers['sec-fetch-site'] === 'cross-site');
      const cookie = [...jar]
        .filter(([name]) => strict || name.endsWith('-way'))
        .map((one) => one.join('='))
        .join('; ');
      const answer = await desk.app.request(path, { headers: { 'sec-fetch-site': 'same-origin', ...headers, cookie } });
      const text = await answer.text();
      browser.csrf = /name="csrf" value="([\w-]+)"/.exec(text)?.[1] ?? browser.csrf;
      return remember({ status: answer.status, headers: answer.headers, text });
    },
    post: async (path: string, fields: Record<string, string> = {}) => {
      const body = new URLSearchParams({ csrf: browser.csrf, ...fields });
      const headers = { cookie: sent(), 'sec-fetch-site': 'same-origin' };
      const answer = await desk.app.request(path, { method: 'POST', body, headers });
      const text = await answer.text();
      browser.csrf = /name="csrf" value="([\w-]+)"/.exec(text)?.[1] ?? browser.csrf;
      return remember({ status: answer.status, headers: answer.headers, text });
    },
  });
}

type Traveller = ReturnType<typeof traveller>;

/** The set-up of an account without a password: code, app. Gives the app's secret. */
async function setUpBy(email: string): Promise<{ readonly id: string; readonly secret: string }> {
  const { id, code } = await desk.add({ email, signInBy: 'organisation' });
  const browser = traveller();
  await browser.get('/desk/set-up');
  const begun = await browser.post('/desk/set-up', { email, code });
  expect(begun.headers.get('location')).toBe('/desk/set-up/code');
  const secret = secretOn(await browser.get('/desk/set-up/code'));
  const done = await browser.post('/desk/set-up/code', { code: codeOf(secret, desk.temp.now) });
  expect(done.text).toContain('Your recovery codes');
  expect((await browser.get('/desk')).headers.get('location')).toBe('/desk/sign-in');
  desk.wait(1);
  return { id, secret };
}

async function there(browser: Traveller, subject: string): Promise<string> {
  const away = await browser.get('/desk/sign-in/organisation?to=%2Fdesk%2Faccount');
  expect(away.status).toBe(302);
  const back = await service.signInAs(subject, away.headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}`).toBe(BACK);
  return back.pathname + back.search;
}

const back = (browser: Traveller, path: string) => browser.get(path, { 'sec-fetch-site': 'cross-site' });

describe('the organisation’s sign-in service', () => {
  it('proves one factor; the other is asked here', async () => {
    const { secret } = await setUpBy('ana@example.org');
    const browser = traveller();
    expect((await browser.get('/desk/sign-in')).text).toContain('Sign in with Casa Exemplo');
    const answer = await back(browser, await there(browser, 's-ana'));
    expect(answer.text).toContain('url=/desk/sign-in/code?to=%2Fdesk%2Faccount');
    expect((await browser.get('/desk')).headers.get('location')).toBe('/desk/sign-in/code');
    await browser.get('/desk/sign-in/code');
    const done = await browser.post('/desk/sign-in/code', { to: '/desk/account', code: codeOf(secret, desk.temp.now) });
    expect(done.headers.get('location')).toBe('/desk/account');
    const account = await browser.get('/desk/account');
    expect(account.text).toContain('ana@example.org');
    expect(account.text).not.toContain('/desk/account/password');
    expect(desk.faults).toEqual([]);
  });

  it('is asked with PKCE, state and nonce, each new', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(
        async () => new URL((await traveller().get('/desk/sign-in/organisation')).headers.get('location') ?? ''),
      ),
    );
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(one?.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
      expect(one?.searchParams.get(name)).not.toBe(two?.searchParams.get(name));
    }
    expect(one?.searchParams.get('code_challenge_method')).toBe('S256');
    expect(one?.searchParams.get('response_type')).toBe('code');
  });

  it.each([
    ['has no account here', 's-rui', { email: 'rui@example.org', email_verified: true }],
    ['has an address that is not verified', 's-rui', { email: 'ana@example.org', email_verified: false }],
    ['has an address of which nothing is said', 's-rui', { email: 'ana@example.org' }],
  ])('does not let in who %s', async (_, subject, claims) => {
    await setUpBy('ana@example.org');
    service.people.set(subject, claims);
    const browser = traveller();
    expect((await back(browser, await there(browser, subject))).status).toBe(403);
    expect((await browser.get('/desk')).headers.get('location')).toBe('/desk/sign-in');
  });

  it('does not let in by an address that somebody else has there now, once an account is bound', async () => {
    await setUpBy('ana@example.org');
    const ana = traveller();
    expect((await back(ana, await there(ana, 's-ana'))).status).toBe(200);
    service.people.set('s-ana', { email: 'ana.exemplo@example.org', email_verified: true });
    service.people.set('s-heir', { email: 'ana@example.org', email_verified: true });
    const heir = traveller();
    expect((await back(heir, await there(heir, 's-heir'))).status).toBe(403);
    const again = traveller();
    expect((await back(again, await there(again, 's-ana'))).status).toBe(200);
  });

  it('lets nobody into an account that has a password, is not set up, or is disabled', async () => {
    await desk.signedIn('reviewer', { email: 'password@example.org' });
    await desk.add({ email: 'invited@example.org', signInBy: 'organisation' });
    const { id } = await setUpBy('gone@example.org');
    await desk.temp.store.staff.disableAccount(id);
    for (const who of ['password', 'invited', 'gone']) {
      service.people.set(who, { email: `${who}@example.org`, email_verified: true });
      const browser = traveller();
      expect((await back(browser, await there(browser, who))).status, who).toBe(403);
    }
  });

  it('believes only the browser that went there, only once, and only what it was asked', async () => {
    await setUpBy('ana@example.org');
    const ana = traveller();
    const path = await there(ana, 's-ana');
    expect((await back(traveller(), path)).status).toBe(403);
    const other = traveller();
    await there(other, 's-ana');
    expect((await back(other, path)).status).toBe(403);
    const kept = new Map(ana.jar);
    expect((await back(ana, path)).status).toBe(200);
    expect((await back(ana, path)).status).toBe(403);
    for (const [name, value] of kept) ana.jar.set(name, value);
    expect((await back(ana, path)).status).toBe(403);
    for (const query of ['?code=x', '?code=x&state=y', '?error=access_denied', '']) {
      const browser = traveller();
      await browser.get('/desk/sign-in/organisation');
      expect((await back(browser, `/desk/sign-in/organisation/back${query}`)).status, query).toBe(403);
    }
    const broken = traveller();
    broken.jar.set('__Host-griot-desk-way', 'eyJ');
    expect((await back(broken, path)).status).toBe(403);
  });

  it('that does not answer is said calmly, and the password door stays open', async () => {
    const issuer = new URL('http://127.0.0.1:9/');
    const quiet = await openTestDesk({ deps: { organisation: openOrganisation({ ...service, issuer }) } });
    const browser = deskBrowser(quiet.app);
    const answer = await browser.get('/desk/sign-in/organisation');
    expect([answer.status, answer.text.includes('cannot be reached')]).toEqual([503, true]);
    expect((await browser.get('/desk/sign-in')).status).toBe(200);
    await quiet.close();
  });

  it.each<[string, SilentPeerOptions]>([
    ['says nothing', {}],
    [
      'answers half',
      { half: { answer: 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{"is' } },
    ],
  ])('no harm 22: that %s is said calmly, and fifty who wait keep nobody at the other door', async (_, options) => {
    const peer = await startSilentPeer(options);
    const issuer = new URL(`http://127.0.0.1:${peer.port}/`);
    const quiet = await openTestDesk({ deps: { organisation: openOrganisation({ ...service, issuer }, 500) } });
    const waiting = Array.from({ length: 50 }, () => deskBrowser(quiet.app).get('/desk/sign-in/organisation'));
    await peer.reached();
    expect((await deskBrowser(quiet.app).get('/desk/sign-in')).status).toBe(200);
    for (const { status, text } of await Promise.all(waiting)) {
      expect([status, text.includes('cannot be reached')]).toEqual([503, true]);
    }
    await quiet.close();
    await peer.close();
  });

  it.each<[string, NonNullable<SignInService['broken']>, number]>([
    ['says nothing', () => undefined, 5_000],
    [
      'answers half',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"access'),
      5_000,
    ],
    ['has a fault', (response) => response.writeHead(500).end('fault'), 120_000],
    ['cuts the line', (response) => response.destroy(), 120_000],
  ])(
    'no harm 22: that %s on the way back cannot be reached; it does not make anybody a stranger',
    async (_, broken, deadline) => {
      const waits = openOrganisation(service, deadline);
      const quiet = await openTestDesk({ now: new Date().toISOString(), deps: { organisation: waits } });
      const before = desk;
      desk = quiet;
      const ana = traveller();
      const { headers } = await ana.get('/desk/sign-in/organisation');
      const answer = await service.signInAs('s-ana', headers.get('location') ?? '');
      service.broken = broken;
      const { status, text } = await back(ana, answer.pathname + answer.search);
      service.broken = null;
      desk = before;
      await quiet.close();
      expect([status, text.includes('cannot be reached')]).toEqual([503, true]);
    },
  );

  it('is not there where none is configured', async () => {
    const without = await openTestDesk();
    const browser = deskBrowser(without.app);
    expect((await browser.get('/desk/sign-in')).text).not.toContain('/organisation');
    expect((await browser.get('/desk/sign-in/organisation')).status).toBe(404);
    await without.close();
  });
});
