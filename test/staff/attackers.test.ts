// Every route of the desk × everybody who must not get through. The table is made of the routes that the desk really has: a
// new route is in it by being there, and fails it where it stands outside the guard or names no role (`needs`).

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { roleAsked } from '../../src/staff/sign-in/guard.ts';
import { STAFF_ROLES, type StaffRole } from '../../src/store/schema/staff-columns.ts';
import { type Colleague, deskBrowser, type DeskBrowser, openTestDesk, signInAgain, type TestDesk } from './a-desk.ts';

/** What anybody may reach, beside the pages' own files. A route that is added here needs a reason. */
const OPEN = [
  'GET /desk/set-up',
  'GET /desk/set-up/code',
  'GET /desk/set-up/password',
  'GET /desk/sign-in',
  'GET /desk/sign-in/code',
  'GET /desk/sign-in/organisation',
  'GET /desk/sign-in/organisation/back',
  'POST /desk/set-up',
  'POST /desk/set-up/code',
  'POST /desk/set-up/password',
  'POST /desk/sign-in',
  'POST /desk/sign-in/code',
];

interface Route {
  readonly name: string;
  readonly method: string;
  /** With something in place of its parameters. */
  readonly path: string;
  readonly role: StaffRole | undefined;
}

const routes = await routesOfTheDesk();
const guarded = routes.filter(({ name }) => !OPEN.includes(name) && !name.startsWith('GET /desk/assets/'));
const changes = guarded.filter(({ method }) => method !== 'GET');

async function routesOfTheDesk(): Promise<readonly Route[]> {
  const desk = await openTestDesk();
  await desk.close();
  const found = new Map<string, Route>();
  for (const { method, path: below, handler } of desk.inner.routes) {
    if (method === 'ALL') continue;
    const path = below === '/' ? '/desk' : `/desk${below}`;
    const name = `${method} ${path}`;
    const role = roleAsked(handler) ?? found.get(name)?.role;
    found.set(name, { name, method, path: path.replaceAll(/:\w+(?:\{[^}]*\})?\??/g, 'x'), role });
  }
  return [...found.values()];
}

let desk: TestDesk;
const staff = {} as Record<StaffRole, Colleague>;
let stranger: DeskBrowser;
let halfway: DeskBrowser;
let settingUp: DeskBrowser;
let signedOut: DeskBrowser;
let disabled: DeskBrowser;
let expired: DeskBrowser;
beforeAll(async () => {
  desk = await openTestDesk();
  stranger = deskBrowser(desk.app);
  await stranger.get('/desk/sign-in');
  const late = await desk.signedIn('administrator');
  expired = late.browser;
  desk.wait(31);
  for (const role of STAFF_ROLES) staff[role] = await desk.signedIn(role);

  halfway = deskBrowser(desk.app);
  await halfway.get('/desk/sign-in');
  const { email, password } = staff.administrator;
  await halfway.post('/desk/sign-in', { email, password });
  await halfway.get('/desk/sign-in/code');

  settingUp = deskBrowser(desk.app);
  await settingUp.get('/desk/set-up');
  await settingUp.post('/desk/set-up', await desk.add({ role: 'administrator' }));
  await settingUp.get('/desk/set-up/password');

  signedOut = await signInAgain(desk, staff.administrator);
  await signedOut.get('/desk');
  const cookie = signedOut.cookie;
  await signedOut.post('/desk/sign-out');
  signedOut.cookie = cookie;

  const gone = await desk.signedIn('administrator');
  disabled = gone.browser;
  await disabled.get('/desk');
  await desk.temp.store.staff.disableAccount(gone.id);
  for (const { browser } of Object.values(staff)) await browser.get('/desk');
});
afterAll(async () => {
  await desk.close();
});

/** Tries it; whatever is answered, nothing may have been done, so nothing may have been recorded. */
async function attack(
  browser: DeskBrowser,
  { method, path }: Route,
  fields = {},
  headers: Record<string, string> = {},
) {
  const before = (await desk.temp.store.audit.last())?.number;
  const { cookie, csrf } = browser;
  const answer = method === 'GET' ? await browser.get(path, headers) : await browser.post(path, fields, headers);
  browser.cookie = cookie;
  browser.csrf = csrf;
  expect((await desk.temp.store.audit.last())?.number).toBe(before);
  return answer;
}

describe('the routes', () => {
  it('that anybody may reach are these and no other', () => {
    const open = routes.filter(({ role }) => role === undefined).map(({ name }) => name);
    expect(open.filter((name) => !name.startsWith('GET /desk/assets/')).toSorted()).toEqual(OPEN);
    expect(guarded.length).toBeGreaterThan(3);
  });

  it('are refused by every other method too, to strangers', async () => {
    for (const { path } of guarded) {
      for (const method of ['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
        const { status } = await desk.app.request(path, { method });
        expect([303, 401, 403], `${method} ${path}`).toContain(status);
      }
    }
  });
});

/** Shows nothing but accounts or a form; `live` says "changed", again and again, and nothing else. */
const OWN = [
  '/desk/account',
  '/desk/account/codes',
  '/desk/account/passkeys',
  '/desk/account/password',
  '/desk/live',
  '/desk/prove',
  '/desk/staff',
];

describe.each(guarded.filter(({ method, path }) => method === 'GET' && !OWN.includes(path)))(
  'what $name shows',
  (route) => {
    it('is written down', async () => {
      const before = (await desk.temp.store.audit.last())?.number ?? 0;
      const { status } = await staff.administrator.browser.get(route.path);
      if (status === 200) expect((await desk.temp.store.audit.last())?.number).toBeGreaterThan(before);
      else expect(status).toBe(404);
    });
  },
);

describe.each(guarded)('$name', (route) => {
  const login = route.method === 'GET' ? 303 : 401;

  it.each([
    ['nobody', () => deskBrowser(desk.app)],
    ['a stranger with a cookie of the sign-in page', () => stranger],
    ['one factor only', () => halfway],
    ['a set-up that is not done', () => settingUp],
    ['a session that is over', () => expired],
    ['a session replayed after sign-out', () => signedOut],
    ['an account that was disabled', () => disabled],
    ['a made-up cookie', () => Object.assign(deskBrowser(desk.app), { cookie: `__Host-griot-desk=${'x'.repeat(43)}` })],
  ])('%s is led to the door', async (_, who) => {
    const answer = await attack(who(), route);
    expect(answer.status).toBe(login);
    if (route.method === 'GET') expect(answer.headers.get('location')).toMatch(/^\/desk\/sign-in(\/code)?$/);
  });

  it('the role before is refused, and that it tried is written down', async () => {
    const below = STAFF_ROLES.slice(0, STAFF_ROLES.indexOf(route.role ?? 'reader'));
    for (const role of below) {
      const before = (await desk.temp.store.audit.last())?.number ?? 0;
      const { browser, id } = staff[role];
      const { status } = route.method === 'GET' ? await browser.get(route.path) : await browser.post(route.path);
      expect(status, role).toBe(403);
      const rows = await desk.temp.store.audit.following(before, 10);
      expect(rows.map(({ staff: who, action, detail }) => [who, action, detail])).toEqual([
        [id, 'access.refuse', route.name],
      ]);
    }
  });

  it('from another site nothing is shown, not even to an administrator', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const answer = await attack(staff.administrator.browser, route, {}, headers);
      if (route.method === 'GET') expect(answer.text).toMatch(/http-equiv="refresh"/);
      else expect(answer.status).toBe(403);
    }
  });
});

describe.each([...changes, ...routes.filter(({ name, method }) => OPEN.includes(name) && method === 'POST')])(
  'the form of $name',
  (route) => {
    let browser: DeskBrowser;
    beforeEach(() => {
      const isDoor = OPEN.includes(route.name);
      browser = isDoor ? stranger : staff.administrator.browser;
      if (route.name === 'POST /desk/sign-in/code') browser = halfway;
      if (/set-up\/./.test(route.name)) browser = settingUp;
    });

    it.each([
      ['without its token', { csrf: '' }],
      ['with another token', { csrf: 'x'.repeat(43) }],
    ])('is not taken %s', async (_, fields) => {
      expect((await attack(browser, route, fields)).status).toBe(403);
    });

    it('is not taken with the token of somebody else', async () => {
      const { csrf } = browser === staff.administrator.browser ? staff.reader.browser : staff.administrator.browser;
      expect((await attack(browser, route, { csrf })).status).toBe(403);
    });

    it('is not taken from another origin, also of a browser that does not say which site', async () => {
      const request = async (headers: Record<string, string>) => {
        const body = new URLSearchParams({ csrf: browser.csrf });
        const answer = await desk.app.request(route.path, {
          method: 'POST',
          body,
          headers: { cookie: browser.cookie ?? '', ...headers },
        });
        return answer.status;
      };
      expect(await request({ origin: 'https://evil.example' })).toBe(403);
      expect(await request({ origin: 'https://desk.example.org.evil.example' })).toBe(403);
    });
  },
);
