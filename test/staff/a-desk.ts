// A desk in memory for tests: a real store in a folder of its own, a clock set by hand, and browsers that keep their cookies.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Hono } from 'hono';
import { TOTP } from 'otpauth';
import { openingAgain } from '../../src/app/closed/open-again.ts';
import { inEvery } from '../../src/languages.ts';
import { type Audit, openAudit } from '../../src/staff/audit/audit.ts';
import type { DeskDeps, StaffEnv } from '../../src/staff/desk.ts';
import { openDesk } from '../../src/staff/open-desk.ts';
import { buildPasswords } from '../../src/staff/sign-in/password.ts';
import { invite } from '../../src/staff/sign-in/set-up.ts';
import type { StaffRole } from '../../src/store/schema/staff-columns.ts';
import type { NewStaffAccount } from '../../src/store/staff/staff-accounts.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { fingerprint } from '../../src/vault/seal.ts';
import { openTempStore, type TempStore, type TempStoreOptions } from '../support/temp-store.ts';

export const staffTexts = loadCatalogue('staff');

/** A desk without calls: everything that is said about one is unknown. */
const knowsNothing: DeskDeps['knows'] = {
  callOf: () => null,
  recipientOf: () => Promise.resolve(null),
  findings: () => [],
  wordingOf: () => null,
  withheldLabels: inEvery(() => []),
};

export interface TestDesk {
  readonly temp: TempStore;
  readonly app: Hono<Pick<StaffEnv, 'Bindings'>>;
  /** What stands under /desk, by itself. */
  readonly inner: TestDesk['app'];
  readonly audit: Audit;
  readonly deps: DeskDeps;
  readonly anchorFile: string;
  /** What the desk reported as our own faults. */
  readonly faults: unknown[];
  /** Moves the clock, in minutes. */
  wait(minutes: number): void;
  /** Makes an account and gives its set-up code. */
  add(
    account?: Partial<NewStaffAccount>,
  ): Promise<{ readonly id: string; readonly email: string; readonly code: string }>;
  /** Somebody who has done the set-up and is signed in. */
  signedIn(role?: StaffRole, account?: Partial<NewStaffAccount>): Promise<Colleague>;
  close(): Promise<void>;
}

export interface Colleague {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly browser: DeskBrowser;
  readonly recoveryCodes: readonly string[];
  /** The app's code now; moves the clock first, so that it was never used before. */
  readonly code: () => string;
}

export interface DeskVisit {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Fills in the token of the form drawn last, and follows no redirect by itself. */
export interface DeskBrowser {
  cookie: string | null;
  csrf: string;
  get(path: string, headers?: Record<string, string>): Promise<DeskVisit>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<DeskVisit>;
}

export const PASSWORD = 'veranda-salt-paper-otter';

/** Most tests are about something else than what a hash costs; sign-in.test.ts and throttle.test.ts take the real one. */
const CHEAP = { iterations: 1, memorySize: 64, pause: 0 };

export async function openTestDesk(
  options: TempStoreOptions & { readonly deps?: Partial<DeskDeps> } = {},
): Promise<TestDesk> {
  const temp = await openTempStore(options);
  const faults: unknown[] = [];
  const onFault = (error: unknown) => void faults.push(error);
  const anchorFile = join(temp.dir, 'audit-head');
  const audit = openAudit({ rows: temp.store.audit, master: temp.store.keys, anchorFile, onFault });
  const deps: DeskDeps = {
    store: temp.store,
    audit,
    texts: staffTexts,
    publicUrl: new URL('https://desk.example.org/'),
    trustProxy: true,
    trial: false,
    timeZone: 'UTC',
    operatorName: 'Casa Exemplo',
    organisation: null,
    now: () => new Date(temp.now),
    randomBytes,
    fingerprint: (domain, text) => fingerprint(temp.store.keys, domain, text),
    onFault,
    knows: knowsNothing,
    release: 'person',
    releaseMinutes: 1,
    codeDays: 30,
    kept: { idleDays: 30, closedDays: 90, heldHours: 24, voiceDays: 7 },
    afterAct: () => Promise.resolve(),
    lookAtInstallation: () => Promise.resolve(null),
    openAgain: openingAgain(temp.store, () => new Date(temp.now)),
    passwords: buildPasswords(randomBytes, CHEAP),
    ...options.deps,
  };
  const { path, app: desk } = openDesk(deps);
  const app = new Hono<Pick<StaffEnv, 'Bindings'>>();
  app.route(path, desk);
  let count = 0;
  const test: TestDesk = {
    temp,
    app,
    inner: desk,
    audit,
    deps,
    anchorFile,
    faults,
    wait(minutes) {
      temp.now = new Date(Date.parse(temp.now) + minutes * 60_000).toISOString();
    },
    async add(given = {}) {
      const email = given.email ?? `colleague-${++count}@example.org`;
      const account = { name: 'Ana Exemplo', role: 'reader', language: 'en', signInBy: 'password', ...given } as const;
      const id = await temp.store.staff.addAccount({ ...account, email });
      if (id === null) throw new Error('The address is taken.');
      return { id, email, code: (await invite(deps, id)).code };
    },
    async signedIn(role = 'reader', given = {}) {
      const { id, email, code } = await test.add({ role, ...given });
      const browser = deskBrowser(app);
      const { secret, recoveryCodes } = await setUp(test, browser, email, code);
      return {
        id,
        email,
        password: PASSWORD,
        browser,
        recoveryCodes,
        code() {
          test.wait(1);
          return codeOf(secret, temp.now);
        },
      };
    },
    close: () => temp.close(),
  };
  return test;
}

export function codeOf(secret: string, now: string): string {
  return new TOTP({ secret }).generate({ timestamp: Date.parse(now) });
}

/** From the code to the first page of the desk, as the pages lead. */
export async function setUp(
  { temp }: TestDesk,
  browser: DeskBrowser,
  email: string,
  code: string,
): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }> {
  await browser.get('/desk/set-up');
  await browser.post('/desk/set-up', { email, code });
  await browser.get('/desk/set-up/password');
  await browser.post('/desk/set-up/password', { new: PASSWORD, again: PASSWORD });
  const page = await browser.get('/desk/set-up/code');
  const secret = secretOn(page);
  const done = await browser.post('/desk/set-up/code', { code: codeOf(secret, temp.now) });
  return { secret, recoveryCodes: [...done.text.matchAll(/<li>([\w-]+)<\/li>/g)].map(([, one = '']) => one) };
}

export function secretOn({ text }: DeskVisit): string {
  return (/<span class="code">([A-Z2-7 ]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '');
}

/** E-mail, password, code: a new browser that is signed in. */
export async function signInAgain({ app }: TestDesk, colleague: Colleague): Promise<DeskBrowser> {
  const browser = deskBrowser(app);
  await browser.get('/desk/sign-in');
  await browser.post('/desk/sign-in', { email: colleague.email, password: colleague.password });
  await browser.get('/desk/sign-in/code');
  await browser.post('/desk/sign-in/code', { code: colleague.code() });
  return browser;
}

export function deskBrowser(app: TestDesk['app'], language = 'en'): DeskBrowser {
  const visit = async (path: string, init: RequestInit, headers: Record<string, string>): Promise<DeskVisit> => {
    const sent = new Headers({ 'accept-language': language, 'sec-fetch-site': 'same-origin', ...headers });
    if (browser.cookie !== null) sent.set('cookie', browser.cookie);
    const answer = await app.request(path, { ...init, headers: sent });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (set.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, pair);
    }
    // What stays on one line is marked in the page; its words are the same.
    const text = (await answer.text()).replaceAll(/<bdi class="unbroken">([^<]*)<\/bdi>/gu, '$1');
    browser.csrf = /name="csrf" value="([\w-]+)"/.exec(text)?.[1] ?? browser.csrf;
    return { status: answer.status, headers: answer.headers, text };
  };
  const jar = new Map<string, string>();
  const browser: DeskBrowser = {
    get cookie() {
      return jar.size === 0 ? null : [...jar.values()].join('; ');
    },
    set cookie(given) {
      jar.clear();
      for (const pair of given?.split('; ') ?? []) jar.set(pair.slice(0, pair.indexOf('=')), pair);
    },
    csrf: '',
    get: (path, headers = {}) => visit(path, {}, headers),
    post: (path, fields = {}, headers = {}) =>
      visit(path, { method: 'POST', body: new URLSearchParams({ csrf: browser.csrf, ...fields }) }, headers),
  };
  return browser;
}
