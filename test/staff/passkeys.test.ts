// A passkey as the second factor: added, used, removed; and everything that must not be taken for one.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasOpenssl, makeCertificate } from '../delivery/certificates.ts';
import { SoftPasskey, type PasskeyFault } from '../support/passkey.ts';
import {
  deskBrowser,
  openTestDesk,
  setUp,
  staffTexts,
  type Colleague,
  type DeskBrowser,
  type DeskVisit,
  type TestDesk,
} from './a-desk.ts';

const HOST = 'desk.example.org';
const ADD = '/desk/account/passkeys';

let desk: TestDesk;
let ana: Colleague;
beforeEach(async () => {
  desk = await openTestDesk();
  ana = await desk.signedIn('reviewer', { name: 'Ana Exemplo', email: 'ana@example.org' });
});
afterEach(async () => {
  expect(desk.faults).toEqual([]);
  await desk.close();
});

/** What the page asks of the browser. */
function asked({ text }: DeskVisit): string {
  return (/data-options="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"');
}

async function add(passkey: SoftPasskey, name = 'Telefone da Ana', fault: PasskeyFault = {}, who: Colleague = ana) {
  const page = await who.browser.get(ADD);
  return who.browser.post(ADD, { name, passkey: passkey.made(asked(page), fault) });
}

async function atSecond({ email, password }: Colleague): Promise<{ browser: DeskBrowser; page: DeskVisit }> {
  const browser = deskBrowser(desk.app);
  await browser.get('/desk/sign-in');
  await browser.post('/desk/sign-in', { email, password });
  return { browser, page: await browser.get('/desk/sign-in/code?to=%2Fdesk%2Faccount') };
}

async function signsIn(passkey: SoftPasskey, fault: PasskeyFault = {}) {
  const { browser, page } = await atSecond(ana);
  const given = passkey.used(asked(page), fault);
  return { browser, given, done: await browser.post('/desk/sign-in/code', { to: '/desk/account', passkey: given }) };
}

const rows = async (action: string) =>
  (await desk.temp.store.audit.find({ action }, 10)).map(({ staff, detail }) => [staff, detail]);

describe('a passkey', () => {
  it('is added under a name, signs in beside the password, and says when it was last used', async () => {
    const passkey = new SoftPasskey(HOST);
    const added = await add(passkey, '  Telefone\u202e da Ana <b>');
    expect(added.status).toBe(200);
    expect(added.text).toContain('The passkey is added.');
    expect(added.text).toContain('<bdi>Telefone da Ana &lt;b&gt;</bdi>');
    expect(added.text).toContain('last used: never');
    desk.wait(24 * 60);
    const { browser, done } = await signsIn(passkey);
    expect([done.status, done.headers.get('location')]).toEqual([303, '/desk/account']);
    expect((await browser.get('/desk/account')).text).toContain('Added 1 Mar 2026, last used: 2 Mar 2026');
    expect(await rows('passkey.add')).toEqual([[ana.id, null]]);
    expect(await rows('sign-in')).toEqual([
      [ana.id, 'passkey'],
      [ana.id, 'set-up'],
    ]);
  });

  it('that does not count signs in again and again', async () => {
    const passkey = new SoftPasskey(HOST, { counts: false });
    await add(passkey);
    for (let i = 0; i < 3; i += 1) expect((await signsIn(passkey)).done.status).toBe(303);
  });

  it('is asked for its owner’s finger, face or PIN, on this host, without a maker’s certificates', async () => {
    const options: unknown = JSON.parse(asked(await ana.browser.get(ADD)));
    expect(options).toMatchObject({
      rp: { id: HOST, name: 'Casa Exemplo' },
      user: { name: 'ana@example.org', displayName: 'Ana Exemplo' },
      attestation: 'none',
      authenticatorSelection: { userVerification: 'required' },
      excludeCredentials: [],
    });
    await add(new SoftPasskey(HOST));
    const { page } = await atSecond(ana);
    expect(JSON.parse(asked(page))).toMatchObject({ rpId: HOST, userVerification: 'required' });
  });

  it('stands beside the code and the recovery codes, which go on working', async () => {
    await add(new SoftPasskey(HOST));
    const { browser, page } = await atSecond(ana);
    expect(page.text).toMatch(/<div class="with-passkey" hidden>/);
    expect(page.text).toContain('name="code"');
    expect((await browser.post('/desk/sign-in/code', { code: ana.code(), passkey: '' })).status).toBe(303);
    const other = await atSecond(ana);
    const [recovery = ''] = ana.recoveryCodes;
    expect((await other.browser.post('/desk/sign-in/code', { code: recovery })).status).toBe(303);
  });

  it('proves again who somebody is, with the password beside it', async () => {
    const passkey = new SoftPasskey(HOST);
    await add(passkey);
    desk.wait(11);
    const prove = async (password: string) => {
      const page = await ana.browser.get('/desk/prove?to=%2Fdesk%2Faccount%2Fpassword');
      const given = passkey.used(asked(page));
      return ana.browser.post('/desk/prove', { to: '/desk/account/password', password, passkey: given });
    };
    expect((await prove('wrong-and-long-enough')).status).toBe(422);
    expect((await prove(ana.password)).headers.get('location')).toBe('/desk/account/password');
    expect((await ana.browser.get('/desk/account/password')).status).toBe(200);
    expect(await rows('prove')).toEqual([[ana.id, 'passkey']]);
    expect(await rows('prove.fail')).toEqual([[ana.id, 'password']]);
  });

  it('that is removed opens nothing any more, and a code still does', async () => {
    const passkey = new SoftPasskey(HOST);
    const { text } = await add(passkey);
    const { browser, page } = await atSecond(ana);
    const [, form = ''] = /action="(\/desk\/account\/passkeys\/[\w-]+\/remove)"/.exec(text) ?? [];
    const removed = await ana.browser.post(form);
    expect(removed.text).toContain('The passkey is removed.');
    expect((await ana.browser.post(form)).status).toBe(404);
    expect((await browser.post('/desk/sign-in/code', { passkey: passkey.used(asked(page)) })).status).toBe(401);
    expect(await rows('sign-in.fail')).toEqual([[ana.id, 'passkey']]);
    const after = await atSecond(ana);
    expect(asked(after.page)).toBe('');
    expect((await after.browser.post('/desk/sign-in/code', { code: ana.code() })).status).toBe(303);
  });

  it('is removed by its owner only, and only with both factors just proved', async () => {
    const passkey = new SoftPasskey(HOST);
    const { text } = await add(passkey);
    const [, form = ''] = /action="(\/desk\/account\/passkeys\/[\w-]+\/remove)"/.exec(text) ?? [];
    const rui = await desk.signedIn('administrator');
    await rui.browser.get('/desk/account');
    expect((await rui.browser.post(form)).status).toBe(404);
    desk.wait(11);
    for (const path of [form, ADD]) {
      const { status, headers } = await ana.browser.post(path);
      expect([status, headers.get('location')?.startsWith('/desk/prove?to=')]).toEqual([303, true]);
    }
    expect((await signsIn(passkey)).done.status).toBe(303);
  });

  it.each([
    [
      'recovered by two administrators',
      (id: string) => desk.temp.store.staff.inviteAgain(id, 'C'.repeat(20), '2026-03-03T12:00:00.000Z'),
    ],
  ])('is gone when the account is %s', async (_, end) => {
    const passkey = new SoftPasskey(HOST);
    await add(passkey);
    await end(ana.id);
    await setUp(desk, deskBrowser(desk.app), ana.email, 'C'.repeat(20));
    expect(asked((await atSecond(ana)).page)).toBe('');
    expect((await signsIn(passkey)).done.status).toBe(401);
  });

  it('of another address is said to be so, is not asked for, and nobody is locked out', async () => {
    await add(new SoftPasskey(HOST));
    const moved = await openTestDesk({
      database: desk.temp.database,
      deps: { publicUrl: new URL('https://new.example.org/') },
    });
    try {
      const browser = deskBrowser(moved.app);
      await browser.get('/desk/sign-in');
      await browser.post('/desk/sign-in', { email: ana.email, password: ana.password });
      const page = await browser.get('/desk/sign-in/code');
      expect(asked(page)).toBe('');
      moved.wait(5);
      desk.wait(4);
      expect((await browser.post('/desk/sign-in/code', { code: ana.code() })).status).toBe(303);
      const account = await browser.get('/desk/account');
      expect(account.text).toContain(`It belongs to another address of the desk (${HOST}). Here your codes work.`);
    } finally {
      await moved.close();
    }
  });

  it.each(['https://192.0.2.7/', 'https://[2001:db8::1]/', 'http://desk.example.org/'])(
    'is not offered at %s',
    async (url) => {
      const there = await openTestDesk({ deps: { publicUrl: new URL(url) } });
      try {
        const rui = await there.signedIn();
        const page = await rui.browser.get(ADD);
        expect([page.status, asked(page)]).toEqual([200, '']);
        expect(page.text).toContain('Passkeys do not work at this address of the desk.');
        const made = new SoftPasskey(HOST).made('{"challenge":"x"}');
        expect((await rui.browser.post(ADD, { name: 'x', passkey: made })).status).toBe(422);
      } finally {
        await there.close();
      }
    },
  );

  it('has a name, is one of ten at most, and is added once', async () => {
    expect((await add(new SoftPasskey(HOST), ' \u200b ')).status).toBe(422);
    expect((await add(new SoftPasskey(HOST), 'x'.repeat(61))).status).toBe(422);
    const first = new SoftPasskey(HOST);
    await add(first);
    const again = await add(first);
    expect([again.status, again.text.includes('This passkey is here already.')]).toEqual([422, true]);
    for (let i = 0; i < 9; i += 1) await add(new SoftPasskey(HOST));
    const eleventh = await add(new SoftPasskey(HOST));
    expect([eleventh.status, eleventh.text.includes('You have ten passkeys.')]).toEqual([422, true]);
  });

  it('is spoken of in every language', () => {
    for (const { passkeys } of Object.values(staffTexts)) expect(passkeys.elsewhere).toContain('{{host}}');
  });
});

/** Each is wrong in one thing. */
const FAULTS: readonly (readonly [string, PasskeyFault])[] = [
  ['made for another origin', { origin: 'https://evil.example' }],
  ['of an origin that begins like ours', { origin: `https://${HOST}.evil.example` }],
  ['of our host without a safe line', { origin: `http://${HOST}` }],
  ['of another host', { host: 'evil.example' }],
  ['of a host above ours', { host: 'example.org' }],
  ['without a finger, a face or a PIN', { flags: 1 }],
  ['without anybody there', { flags: 4 }],
  ['that signs what was never asked', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['for another purpose', { type: 'payment.get' }],
];

describe('what is no right passkey', () => {
  it.each(FAULTS)('%s is not added', async (_, fault) => {
    const refused = await add(new SoftPasskey(HOST), 'Chave', fault);
    expect([refused.status, refused.text.includes('could not be checked')]).toEqual([422, true]);
    expect(await desk.temp.store.passkeys.of(ana.id)).toEqual([]);
  });

  it.each(FAULTS)('%s does not sign in', async (_, fault) => {
    const passkey = new SoftPasskey(HOST);
    await add(passkey);
    const { browser, done } = await signsIn(passkey, fault);
    expect([done.status, done.text.includes('This passkey was not accepted.')]).toEqual([401, true]);
    expect((await browser.get('/desk')).headers.get('location')).toBe('/desk/sign-in/code');
    expect(await rows('sign-in.fail')).toEqual([[ana.id, 'passkey']]);
  });

  it.skipIf(!hasOpenssl())('with a maker’s certificate is not looked into: an address may stand in it', async () => {
    const pems = makeCertificate('maker.example', { newKey: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] });
    const maker = { certificate: new X509Certificate(pems.cert).raw, key: createPrivateKey(pems.key) };
    expect((await add(new SoftPasskey(HOST), 'Chave', { maker })).status).toBe(422);
    expect(await desk.temp.store.passkeys.of(ana.id)).toEqual([]);
  });

  it('that was used before is not taken again: not for the same page, not for another, not after more', async () => {
    const passkey = new SoftPasskey(HOST, { counts: false });
    await add(passkey);
    const { given, done } = await signsIn(passkey);
    expect(done.status).toBe(303);
    const { browser } = await atSecond(ana);
    expect((await browser.post('/desk/sign-in/code', { passkey: given })).status).toBe(401);
    const twice = await atSecond(ana);
    const answer = passkey.used(asked(twice.page));
    const both = await Promise.all([1, 2].map(() => twice.browser.post('/desk/sign-in/code', { passkey: answer })));
    expect(both.map(({ status }) => status).sort()).not.toEqual([303, 303]);
  });

  it('asked in one browser is not taken in another, nor for adding one', async () => {
    const passkey = new SoftPasskey(HOST);
    await add(passkey);
    const [one, other] = [await atSecond(ana), await atSecond(ana)];
    const answer = passkey.used(asked(one.page));
    expect((await other.browser.post('/desk/sign-in/code', { passkey: answer })).status).toBe(401);
    const adding = asked(await ana.browser.get(ADD));
    const third = await atSecond(ana);
    expect((await third.browser.post('/desk/sign-in/code', { passkey: passkey.used(adding) })).status).toBe(401);
    const proving = asked(await ana.browser.get('/desk/prove'));
    const made = new SoftPasskey(HOST).made(proving);
    expect((await ana.browser.post(ADD, { name: 'Chave', passkey: made })).status).toBe(422);
  });

  it('too late is not taken', async () => {
    const passkey = new SoftPasskey(HOST);
    await add(passkey);
    desk.wait(11);
    const page = await ana.browser.get('/desk/prove');
    desk.wait(10);
    const late = { password: ana.password, passkey: passkey.used(asked(page)) };
    expect((await ana.browser.post('/desk/prove', late)).status).toBe(422);
  });

  it('that counts back, as a copy would, is not taken', async () => {
    const passkey = new SoftPasskey(HOST);
    await add(passkey);
    expect((await signsIn(passkey, { counter: 7 })).done.status).toBe(303);
    for (const counter of [7, 6, 0])
      expect((await signsIn(passkey, { counter })).done.status, String(counter)).toBe(401);
    desk.wait(1);
    expect((await signsIn(passkey, { counter: 8 })).done.status).toBe(303);
  });

  it('of a colleague is not taken', async () => {
    const rui = await desk.signedIn('reviewer');
    const passkey = new SoftPasskey(HOST);
    await add(passkey, 'Chave do Rui', {}, rui);
    await add(new SoftPasskey(HOST));
    expect((await signsIn(passkey)).done.status).toBe(401);
    expect((await add(passkey)).text).toContain('This passkey is here already.');
  });

  it.each([
    ['nothing of the kind', 'x'],
    ['no object', '[]'],
    ['an object of others', '{"id":"AAAA","response":{}}'],
    ['not base64url', '{"id":"AAAA","response":{"clientDataJSON":"=","authenticatorData":"=","signature":"="}}'],
    [
      'broken JSON inside',
      '{"id":"AAAA","response":{"clientDataJSON":"AAAA","authenticatorData":"AAAA","signature":"AAAA"}}',
    ],
    ['endless', 'x'.repeat(900_000)],
  ])('%s is refused calmly', async (_, passkey) => {
    await add(new SoftPasskey(HOST));
    const { browser } = await atSecond(ana);
    expect((await browser.post('/desk/sign-in/code', { passkey })).status).toBe(401);
    expect((await ana.browser.post(ADD, { name: 'Chave', passkey })).status).toBe(422);
  });

  it('is tried no faster than codes', async () => {
    await add(new SoftPasskey(HOST));
    const { browser } = await atSecond(ana);
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await browser.post('/desk/sign-in/code', { passkey: 'x' })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });
});
