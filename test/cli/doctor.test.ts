// `griot doctor` on installations that are broken on purpose, with real files and servers on this machine.

import { X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examine, type Outside } from '../../src/app/doctor/examine.ts';
import type { Finding } from '../../src/app/doctor/finding.ts';
import { senderOf } from '../../src/app/doctor/peers.ts';
import { hasOpenssl, makeCertificate } from '../delivery/certificates.ts';
import { startImap } from '../support/imap-server/imap-server.ts';
import { type Installation, LONG_AGO, makeInstallation } from '../support/installation.ts';
import { startApp, type TestApp } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { twoCalls } from '../support/two-calls.ts';
import { griot } from './command.ts';

const NOW = new Date('2026-11-29T12:00:00.000Z');
const [opened = null] = twoCalls().calls;
if (opened === null) throw new Error('There is no call.');
const calls = { ...twoCalls(), calls: [opened] };

let smtp: TestSmtp;
let app: TestApp;
let publicUrl: string;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  smtp = await startSmtp();
  app = await startApp({ env: { OPERATOR_NAME: 'Casa Exemplo', OPERATOR_PHONE: '+00', MAIL_FROM: 'a@example.org' } });
  publicUrl = `http://127.0.0.1:${(await app.app.listen()).port}/`;
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

async function install(more: Readonly<Record<string, string>> = {}, backupAt = NOW): Promise<Installation> {
  const reached = { PUBLIC_URL: publicUrl, SMTP_URL: `smtp://griot:right@127.0.0.1:${smtp.port}` };
  const installation = await makeInstallation({ ...reached, ...more }, backupAt);
  ends.push(() => installation.remove());
  return installation;
}

const OUTSIDE: Partial<Outside> = { now: NOW, calls, isClockSynchronised: () => Promise.resolve(true) };

/** What is wrong, without what is only good to know. */
async function wrong(env: Readonly<Record<string, string>>, outside: Partial<Outside> = {}) {
  const findings = await examine(env, { ...OUTSIDE, ...outside });
  const found = findings.filter(({ standing }) => standing === 'to-do' || standing === 'stops');
  for (const { mend } of found) expect(mend).toMatch(/\S/);
  return found.map(({ check, standing, says }) => `${standing} ${check}: ${says}`);
}

/** A port on which nothing listens. */
async function nobody(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Answers everything with this. */
async function answering(status: number, body: unknown): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ends.push(() => new Promise((closed) => server.close(closed)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const one = (standing: Finding['standing'], check: string, says: RegExp) => [
  expect.stringMatching(new RegExp(`^${standing} ${check}: .*${says.source}`)) as string,
];

it('finds nothing to do where nothing is wrong', async () => {
  const { env } = await install();
  expect(await wrong(env)).toEqual([]);
});

it('names a link to the source that is an example, or that nobody gave', async () => {
  const { env } = await install();
  for (const SOURCE_URL of ['', 'https://example.org/griot/source', 'https://code.example/griot'])
    expect(await wrong({ ...env, SOURCE_URL })).toEqual(one('to-do', 'source', /which is an example/));
});

describe('files', () => {
  it('that others can read', async () => {
    const { env, root } = await install();
    chmodSync(join(root, 'data'), 0o755);
    expect(await wrong(env)).toEqual(one('to-do', 'data', /data can be read by others/));
    chmodSync(join(root, 'data'), 0o700);
    chmodSync(join(root, 'keys', 'master.key'), 0o644);
    expect(await wrong(env)).toEqual(one('stops', 'key', /can be read by others \(mode 644\)/));
  });

  it('a key that is lost, or another one', async () => {
    const { env, root } = await install();
    const key = join(root, 'keys', 'master.key');
    renameSync(key, `${key}.away`);
    expect(await wrong(env)).toEqual(one('stops', 'key', /is not there: nothing that is kept can be read/));
    writeFileSync(key, `${Buffer.alloc(32, 9).toString('base64')}\n`, { mode: 0o600 });
    expect(await wrong(env)).toEqual(one('stops', 'database', /made under another master key/));
  });

  it('key and ledger beside the data', async () => {
    const { env } = await install();
    const { env: together } = await install({ MASTER_KEY_FILE: '', LEDGER_FILE: '', AUDIT_ANCHOR_FILE: '' });
    expect(await wrong(env)).toEqual([]);
    expect(await wrong(together)).toEqual(
      one('to-do', 'apart', /MASTER_KEY_FILE, LEDGER_FILE, AUDIT_ANCHOR_FILE inside DATA_DIR/),
    );
  });

  it('a ledger that is missing, with which nothing starts either, or that cannot be read', async () => {
    const { env, root, ...installation } = await install();
    const ledger = join(root, 'ledger', 'erasures.log');
    rmSync(ledger);
    expect(await wrong(env)).toEqual(one('stops', 'ledger', /is not there/));
    await expect(installation.with(() => Promise.resolve())).rejects.toThrow('Put it back; nothing was changed.');
    writeFileSync(ledger, '1 person\n', { mode: 0o600 });
    expect(await wrong(env)).toEqual(one('stops', 'ledger', /cannot be read .*line 1/));
  });

  describe.runIf(process.getuid?.() === 0)('for an account other than the one that may look:', () => {
    const account = { uid: 65_534, gid: 65_534 };
    const rootsOwn = async (folder: string) => {
      const { env, root } = await install();
      const all = [root, ...readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name))];
      for (const path of all) chownSync(path, account.uid, account.gid);
      chownSync(join(root, folder), 0, 0);
      return { env, root, ledger: join(root, 'ledger', 'erasures.log') };
    };
    const seen = async (env: Readonly<Record<string, string>>, check: string) => {
      const { code, stdout } = await griot('doctor', ['--json'], { env, account });
      const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
      return { code, found: findings.filter((one) => one.check === check && one.standing === 'stops') };
    };

    it.each([
      ['ledger', 'ledger'],
      ['keys', 'key'],
    ])('the folder %s of root, which is not lost', async (folder, check) => {
      const { env, ledger } = await rootsOwn(folder);
      const before = readFileSync(ledger, 'utf8');
      const { code, found } = await seen(env, check);
      expect(code).toBe(2);
      expect(found[0]).toMatchObject({
        says: expect.stringMatching(/may not be used by this user.*EACCES/) as unknown,
      });
      expect(found[0]?.mend).toMatch(/chown .*Make no new one/);
      const started = await griot('purge', [], { env, account });
      expect(started.code).not.toBe(0);
      expect(started.stderr).not.toContain('lost');
      expect(readFileSync(ledger, 'utf8')).toBe(before);
    });

    it('a folder of data that it cannot write to', async () => {
      const { env, root } = await rootsOwn('data');
      chownSync(join(root, 'data'), account.uid, account.gid);
      chmodSync(join(root, 'data'), 0o500);
      const { code, found } = await seen(env, 'data');
      expect([code, found.length]).toEqual([2, 1]);
    });
  });

  it('tells how to make a ledger in a way that leaves one that is there as it is', async () => {
    const { env, root } = await install();
    const ledger = join(root, 'ledger', 'erasures.log');
    renameSync(ledger, `${ledger}.away`);
    const lost = (await examine(env, OUTSIDE)).find(({ check }) => check === 'ledger');
    renameSync(`${ledger}.away`, ledger);
    writeFileSync(ledger, 'as it was', { mode: 0o600 });
    const command = lost?.mend?.split('restored: ')[1] ?? '';
    expect(spawnSync('sh', ['-c', command]).status).toBe(0);
    expect(readFileSync(ledger, 'utf8')).toBe('as it was');
  });

  it('a database that is none', async () => {
    const { env, root } = await install();
    writeFileSync(join(root, 'data', 'griot.db'), 'no database at all', { mode: 0o600 });
    expect(await wrong(env)).toEqual(one('stops', 'database', /not a database/));
  });

  it('a folder that is not there', async () => {
    const { env } = await install();
    expect(await wrong({ ...env, DATA_DIR: join(env['DATA_DIR'] ?? '', 'mistyped') })).toEqual(
      one('to-do', 'data', /is not there: nothing is kept yet/),
    );
  });

  it('a disk that is nearly full, or full', async () => {
    const { env } = await install();
    const room = (free: number) => ({ roomOf: () => ({ free, all: 100 * 1024 ** 3 }) });
    expect(await wrong(env, room(5 * 1024 ** 3))).toEqual(one('to-do', 'disk', /5\.0 GB free .*\(5 %\)/));
    expect(await wrong(env, room(1024 ** 2))).toEqual(one('stops', 'disk', /0\.0 GB free/));
  });

  it('a backup that is old, missing, in one place with the key, or made by nobody', async () => {
    const { env, root } = await install({}, new Date('2026-11-27T12:00:00.000Z'));
    expect(await wrong(env)).toEqual(one('to-do', 'backup', /of 2026-11-27T12:00:00.000Z: older than a day/));
    expect(await wrong({ ...env, BACKUP_DIR: root })).toEqual(one('to-do', 'backup', /in one place with data or key/));
    expect(await wrong({ ...env, BACKUP_DIR: join(root, 'none') })).toEqual(one('to-do', 'backup', /there is none in/));
    expect(await wrong({ ...env, BACKUP_DIR: '', BACKUP_KEYS: '' })).toEqual(one('to-do', 'backup', /none is made/));
    writeFileSync(join(root, 'recipients.txt'), 'AGE-SECRET-KEY-1x');
    expect(await wrong(env)).toEqual(one('to-do', 'backup', /secret key is among the recipients/));
    const old = await install({}, new Date('2026-11-20T12:00:00.000Z'));
    expect(await wrong(old.env)).toEqual([
      ...one('to-do', 'backup', /older than a day/),
      ...one('to-do', 'backup', /older than 7 days: 1 backup,/),
    ]);
  });

  it('a clock that is behind, or kept by nobody', async () => {
    const { env, root } = await install();
    expect(await wrong(env, { isClockSynchronised: () => Promise.resolve(false) })).toEqual(
      one('to-do', 'clock', /not kept right/),
    );
    const line = `1 done ${'x'.repeat(43)} 2026-11-29T13:00:00.000Z\n`;
    writeFileSync(join(root, 'ledger', 'erasures.log'), line, { mode: 0o600 });
    expect(await wrong(env)).toEqual(one('to-do', 'clock', /something was written at 2026-11-29T13/));
  });
});

describe('settings', () => {
  it('a PUBLIC_URL with a path is refused, with everything else that is', async () => {
    const { env } = await install();
    const { code, stdout } = await griot('doctor', [], {
      env: { ...env, PUBLIC_URL: 'https://example.org/griot/', TIME_ZONE: 'Nowhere' },
    });
    expect(code).toBe(2);
    expect(stdout).toContain('STOPS  settings       TIME_ZONE');
    const path = await wrong({ ...env, PUBLIC_URL: 'https://example.org/griot/' });
    expect(path).toEqual(one('stops', 'settings', /PUBLIC_URL: must have no path/));
  });

  it('nobody to call, nobody to tell', async () => {
    const { env } = await install({ SUPPORT_CONTACTS: '', STAFF_EMAIL: '' });
    expect(await wrong(env)).toEqual([
      ...one('to-do', 'support', /no number to call/),
      ...one('to-do', 'notices', /nobody is told/),
    ]);
    expect(await wrong({ ...env, SUPPORT_CONTACTS: 'Linha: +00 (2024-01-01)', STAFF_EMAIL: 'a@b.org' })).toEqual(
      one('to-do', 'support', /not checked for a year: Linha/),
    );
  });

  it('RELEASE without reviewers', async () => {
    const { env } = await install({ RELEASE: 'two' });
    expect(await wrong(env)).toEqual(one('to-do', 'release', /needs 2 active reviewers, and has 1:/));
  });
});

describe('mail', () => {
  it('a server that refuses the connection, the login, or hangs up', async () => {
    const { env } = await install();
    const at = (url: string) => wrong({ ...env, SMTP_URL: url });
    expect(await at(`smtp://127.0.0.1:${await nobody()}`)).toEqual(one('to-do', 'mail', /nothing listens there/));
    expect(await at(`smtp://griot:wrong@127.0.0.1:${smtp.port}`)).toEqual(
      one('to-do', 'mail', /refuses user or password \(EAUTH 535\)/),
    );
    const rude = await startSmtp({ script: [{ do: 'drop', at: 'greeting' }] });
    ends.push(() => rude.close());
    expect(await at(`smtp://127.0.0.1:${rude.port}`)).toEqual(one('to-do', 'mail', /does not take mail/));
    expect(await at('smtp://mail.example.org/path')).toEqual(one('stops', 'mail', /nothing may follow the port/));
    expect(smtp.received).toHaveLength(0);
  });

  it.skipIf(!hasOpenssl())('a server whose certificate does not hold', async () => {
    const tls = await startSmtp({ tls: 'from-the-start', certificate: makeCertificate('localhost') });
    ends.push(() => tls.close());
    const { env } = await install({ SMTP_URL: `smtps://griot:right@localhost:${tls.port}` });
    expect(await wrong(env)).toEqual(one('to-do', 'mail', /certificate does not hold \(E\w+ DEPTH_ZERO/));
  });

  it('none at all', async () => {
    const { env } = await install({ SMTP_URL: '' });
    expect(await wrong(env)).toEqual(one('to-do', 'mail', /no mail server is set/));
  });

  it('a mailbox that cannot be opened', async () => {
    const imap = await startImap({ user: 'office', password: 'right' });
    ends.push(() => imap.close());
    const { env } = await install();
    const at = (password: string, port = imap.port) =>
      wrong({ ...env, MAIL_IN_URL: `imap://office:${password}@127.0.0.1:${port}/INBOX` });
    expect(await at('right')).toEqual([]);
    expect(await at('wrong')).toEqual(one('to-do', 'mailbox', /refuses user or password/));
    expect(await at('right', await nobody())).toEqual(one('to-do', 'mailbox', /ECONNREFUSED/));
  });

  it('a sender without SPF and DMARC', () => {
    const spf = ['v=spf1 mx -all'];
    expect(senderOf('example.org', [], [])).toMatchObject({
      standing: 'to-do',
      says: expect.stringContaining('no SPF and no DMARC') as string,
    });
    expect(senderOf('example.org', spf, [])).toMatchObject({
      standing: 'to-do',
      says: expect.stringMatching(/has no DMARC/) as string,
    });
    expect(senderOf('example.org', spf, ['v=DMARC1; p=reject'])).toMatchObject({ standing: 'fine' });
  });
});

describe('how people reach it', () => {
  it('nothing, another program, a program that can keep nothing', async () => {
    const { env } = await install();
    const at = (url: string) => wrong({ ...env, PUBLIC_URL: url });
    expect(await at(`http://127.0.0.1:${await nobody()}/`)).toEqual(one('to-do', 'public-url', /ECONNREFUSED/));
    expect(await at(await answering(200, { hello: 1 }))).toEqual(one('to-do', 'public-url', /another program/));
    expect(await at(await answering(503, { status: 'not-ready' }))).toEqual(
      one('stops', 'public-url', /nothing can be kept/),
    );
  });

  it('a proxy that says for whom it asks, or does not', async () => {
    const { env } = await install({ TRUST_PROXY: 'true' });
    expect(await wrong(env)).toEqual(one('to-do', 'proxy', /no X-Forwarded-For arrives/));
    const forwarding = await answering(200, { status: 'ready', proxy: 'forwarded' });
    expect(await wrong({ ...env, PUBLIC_URL: forwarding, TRUST_PROXY: '' })).toEqual(
      one('to-do', 'proxy', /everybody counts as one visitor/),
    );
    expect(await wrong({ ...env, PUBLIC_URL: forwarding })).toEqual([]);
  });

  it.skipIf(!hasOpenssl())('a certificate that nobody trusts, or that ends soon', async () => {
    const certificate = makeCertificate('localhost');
    const body = JSON.stringify({ status: 'ready', proxy: 'forwarded' });
    const server = createTlsServer(certificate, (_, response) => response.end(body));
    await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
    ends.push(() => new Promise((closed) => server.close(closed)));
    const settings = {
      PUBLIC_URL: `https://localhost:${(server.address() as AddressInfo).port}/`,
      TRUST_PROXY: 'true',
    };
    const { env, root } = await install(settings, new Date());
    expect(await wrong(env, { now: new Date() })).toEqual(one('to-do', 'public-url', /DEPTH_ZERO_SELF_SIGNED_CERT/));
    const file = join(root, 'ca.pem');
    writeFileSync(file, certificate.cert);
    const ended = await griot('doctor', ['--json'], { env: { ...env, PATH: '', NODE_EXTRA_CA_CERTS: file } });
    const { findings } = JSON.parse(ended.stdout) as { findings: Finding[] };
    expect(findings.filter(({ standing }) => standing === 'to-do')).toMatchObject([
      { check: 'certificate', says: expect.stringMatching(/ends in \d+ days/) as string },
    ]);
    expect(ended.code).toBe(1);
  });
});

describe('other services', () => {
  it('a transcription that cannot be reached, or wants another key', async () => {
    const { env } = await install();
    const at = (url: string) => wrong({ ...env, TRANSCRIBE_URL: url });
    expect(await at(`http://127.0.0.1:${await nobody()}/`)).toEqual(one('to-do', 'transcription', /ECONNREFUSED/));
    expect(await at(await answering(401, {}))).toEqual(one('to-do', 'transcription', /refuses the key/));
    expect(await at(await answering(200, { data: [] }))).toEqual([]);
  });

  it('a translation that cannot be reached, or is another program', async () => {
    const { env } = await install();
    const at = (url: string) => wrong({ ...env, TRANSLATE_URL: url });
    expect(await at(`http://127.0.0.1:${await nobody()}/`)).toEqual(one('to-do', 'translation', /ECONNREFUSED/));
    expect(await at(await answering(404, {}))).toEqual(one('to-do', 'translation', /languages answers 404/));
    expect(await at(await answering(200, []))).toEqual([]);
  });

  it('a sign-in service that is another one', async () => {
    const { env } = await install();
    const at = (url: string) => wrong({ ...env, OIDC_ISSUER: url, OIDC_CLIENT_ID: 'griot', OIDC_CLIENT_SECRET: 'x' });
    expect(await at(await answering(404, {}))).toEqual(one('to-do', 'sign-in', /answers 404/));
    expect(await at(await answering(200, {}))).toEqual([]);
  });

  it('a secret of Teams that has run out, or is another’s', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const { env } = await install({ TEAMS_APP_ID: id, TEAMS_TENANT_ID: id, TEAMS_APP_PASSWORD: 'secret' });
    const refused = async (code: number) => ({
      microsoft: { login: await answering(401, { error: 'invalid_client', error_codes: [code] }) },
    });
    expect(await wrong(env, await refused(7000222))).toEqual(one('to-do', 'teams', /secret has run out/));
    expect(await wrong(env, await refused(7000215))).toEqual(one('to-do', 'teams', /not the one of this app/));
    expect(await wrong(env, await refused(90002))).toEqual(one('to-do', 'teams', /invalid_client 90002/));
    const fine = { microsoft: { login: await answering(200, { access_token: 'x' }) } };
    expect(await wrong(env, fine)).toEqual([]);
    // Microsoft does not say when it ends: somebody can note it.
    for (const [day, expected] of [
      ['2027-06-30', []],
      ['2026-12-15', one('to-do', 'teams-ends', /the secret ends on 2026-12-15, in \d+ days/)],
      ['2020-01-01', one('to-do', 'teams-ends', /the secret ended on 2020-01-01/)],
    ] as const) {
      const given = { ...fine, now: new Date('2026-11-29T12:00:00Z') };
      expect(
        (await wrong({ ...env, TEAMS_SECRET_ENDS: day }, given)).filter((line) => line.includes(' teams')),
      ).toEqual(expected);
    }
  });

  it.skipIf(!hasOpenssl())('a certificate of Teams that ends soon, is not known, or not there', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const { key, cert } = makeCertificate('griot');
    const { root, env: plain } = await install();
    const [certFile, keyFile] = [join(root, 'cert.pem'), join(root, 'key.pem')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key, { mode: 0o600 });
    const files = { TEAMS_CERTIFICATE_FILE: certFile, TEAMS_CERTIFICATE_KEY_FILE: keyFile };
    const env = { ...plain, TEAMS_APP_ID: id, TEAMS_TENANT_ID: id, TEAMS_SIGN_IN: 'certificate', ...files };
    const ends = new X509Certificate(cert).validToDate.getTime();
    const at = async (status: number, body: object, days: number) => {
      const given = { microsoft: { login: await answering(status, body) }, now: new Date(ends - days * 86_400_000) };
      return (await wrong(env, given)).filter((line) => line.includes(' teams'));
    };
    expect(await at(200, { access_token: 'x' }, 31.5)).toEqual([]);
    expect(await at(200, { access_token: 'x' }, 30.5)).toEqual(one('to-do', 'teams-ends', /in 30 days/));
    const unknown = { error: 'invalid_client', error_codes: [700027] };
    expect(await at(401, unknown, 60)).toEqual(one('to-do', 'teams', /certificate is not one of this app/));
    chmodSync(keyFile, 0o644);
    expect(await at(200, { access_token: 'x' }, 60)).toEqual(one('to-do', 'teams', /can be read by others/));
    rmSync(keyFile);
    expect(await at(200, { access_token: 'x' }, 60)).toEqual(
      one('to-do', 'teams', /TEAMS_CERTIFICATE_KEY_FILE.*ENOENT/),
    );
  });

  it('a managed identity, or a federated credential, that is not there', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const service = async (status: number, body: object) => ({
      IDENTITY_ENDPOINT: `${await answering(status, body)}msi/token`,
      IDENTITY_HEADER: 'x',
    });
    const { env: plain } = await install();
    const env = { ...plain, TEAMS_APP_ID: id, TEAMS_TENANT_ID: id };
    const alone = { ...env, TEAMS_SIGN_IN: 'managed-identity' };
    const none = await service(400, { statusCode: 400, message: 'No MSI found' });
    expect(await wrong({ ...alone, ...none })).toEqual(one('to-do', 'teams', /gives no token of the managed identity/));
    expect(await wrong({ ...alone, ...(await service(200, { access_token: 'x', expires_on: '1' })) })).toEqual([]);
    const vouched = { ...env, TEAMS_SIGN_IN: 'federated', TEAMS_MANAGED_IDENTITY_ID: id };
    const refused = { error: 'invalid_client', error_codes: [700213] };
    const given = { microsoft: { login: await answering(401, refused) } };
    const there = await service(200, { access_token: 'x', expires_on: '1' });
    expect(await wrong({ ...vouched, ...there }, given)).toEqual(one('to-do', 'teams', /does not match the token/));
    expect(await wrong({ ...vouched, ...none }, given)).toEqual(one('to-do', 'teams', /of the managed identity/));
  });

  it('a WhatsApp account that is not linked, or was stopped', async () => {
    const installation = await install({ WHATSAPP: 'true' });
    expect(await wrong(installation.env)).toEqual(one('to-do', 'whatsapp', /no account is linked/));
    await installation.with(({ whatsapp }) => whatsapp.setAccount('default', 'stopped', 'logged-out'));
    expect(await wrong(installation.env)).toEqual(
      one('to-do', 'whatsapp', new RegExp(`stopped since ${LONG_AGO}: logged-out`)),
    );
  });
});

describe('calls', () => {
  it('without a verified address, closed, broken, none', async () => {
    const installation = await install({ LATE_ACCEPTED_BY: '' });
    const { env } = installation;
    const closed = { ...calls, calls: [{ ...opened, status: 'closed' as const }] };
    expect(await wrong(env, { calls: closed })).toEqual(one('to-do', 'calls', /closed, and is what people are told/));
    const broken = { ...calls, broken: [{ id: 'other-call', problems: [] }] };
    expect(await wrong(env, { calls: broken })).toEqual(one('to-do', 'calls', /other-call: its files cannot be read/));
    expect(await wrong({ ...env, CALL: 'emler-2024,mistyped' })).toEqual(
      one('to-do', 'calls', /CALL names mistyped, which does not exist/),
    );
    await installation.with(async (store) => {
      const [address] = await store.callAddresses(opened.id);
      if (address !== undefined) await store.recordCallAddresses([{ ...address, withdrawnAt: LONG_AGO }]);
    });
    expect(await wrong(env)).toEqual(one('to-do', 'calls', /no address is verified/));
    await installation.with(async (store) => {
      const trial = { source: 'trial', verifiedBy: 'trial', verifiedAt: LONG_AGO, withdrawnAt: null };
      await store.recordCallAddresses([{ callId: opened.id, address: 'submissions@example.org', ...trial }]);
    });
    expect(await wrong(env)).toEqual(one('to-do', 'calls', /no address is verified/));
  });

  it('that close soon, and texts that nobody reviewed, are good to know', async () => {
    const { env } = await install();
    const findings = await examine(env, { ...OUTSIDE, now: new Date('2027-02-27T12:00:00.000Z') });
    const notes = findings.filter(({ standing }) => standing === 'note').map(({ says }) => says);
    expect(notes).toContainEqual(expect.stringMatching(/closes at 2027-03-01T22:59/));
    expect(notes).toContainEqual(
      expect.stringMatching(/no native reader has read: .*pt \d+ of \d+.*docs\/wording\.md/),
    );
    const unread = 'does not read ht, ar; only authors can translate';
    expect(notes).toContainEqual(expect.stringContaining(unread));
    const staffed = await examine({ ...env, TRANSLATED_BY_STAFF: 'ht,ar' }, { ...OUTSIDE });
    expect(staffed.filter(({ says }) => says.includes(unread))).toEqual([]);
  });
});

it('says no secret of any setting, whatever is wrong', async () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const { env } = await install();
  const closed = await nobody();
  const secrets = {
    SMTP_URL: `smtp://griot:heron-smtp@127.0.0.1:${smtp.port}`,
    MAIL_IN_URL: `imap://griot:heron-imap@127.0.0.1:${closed}/INBOX`,
    TRANSCRIBE_URL: await answering(401, {}),
    TRANSCRIBE_KEY: 'heron-transcribe',
    TRANSLATE_URL: `http://127.0.0.1:${closed}/`,
    TRANSLATE_KEY: 'heron-translate',
    ...{ OIDC_ISSUER: await answering(404, {}), OIDC_CLIENT_ID: 'griot', OIDC_CLIENT_SECRET: 'heron-oidc' },
    ...{ TEAMS_APP_ID: id, TEAMS_TENANT_ID: id, TEAMS_APP_PASSWORD: 'heron-teams' },
    METRICS_TOKEN: 'heron-metrics-heron-metrics',
  };
  const given = { ...OUTSIDE, microsoft: { login: await answering(401, { error: 'invalid_client' }) } };
  const databases = [
    {},
    { DATABASE_URL: `postgres://griot:heron-database@127.0.0.1:${closed}/griot` },
    { MASTER_KEY: Buffer.alloc(32, 9).toString('base64') },
  ];
  for (const database of databases) {
    const said = JSON.stringify(await examine({ ...env, ...secrets, ...database }, given));
    expect(said).toContain('to-do');
    expect(said).not.toMatch(/heron|CQkJCQ/u);
  }
});

it('changes nothing, and says so in its exit code', async () => {
  const { env, root } = await install({}, new Date());
  const before = readFileSync(join(root, 'data', 'griot.db'));
  const ended = await griot('doctor', [], { env: { ...env, PATH: '' } });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toMatch(/^fine {3}settings {7}can be used, for Casa Exemplo$/m);
  expect(ended.stdout.trimEnd()).toMatch(/Nothing must be done now\.$/);
  expect(readFileSync(join(root, 'data', 'griot.db')).equals(before)).toBe(true);
});
