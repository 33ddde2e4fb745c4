// What the operator's people hear of the installation: one mail for each trouble, and the tests that they ask for.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openContext } from '../../src/app/app-context.ts';
import { staffMailDeps } from '../../src/app/open-mails.ts';
import { looksAt, lookForTrouble, openWatch, type Watched } from '../../src/app/watch.ts';
import type { Io } from '../../src/cli/command.ts';
import { notices } from '../../src/cli/notices.ts';
import { readConfig } from '../../src/config/config.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { TESTED, testNotice, troubleNotice, type TroubleKind } from '../../src/mail/notices/trouble-notice.ts';
import { BODY_TEXTS } from '../delivery/a-request.ts';
import { type Installation, makeInstallation } from '../support/installation.ts';
import { type Act, startSmtp, type TestSmtp } from '../support/smtp.ts';

const HOUR = 3_600_000;
const GOOD: Watched = {
  mailbox: { state: () => 'works', quietFor: () => HOUR / 4 },
  retention: { state: () => 'works', quietFor: () => 2 * HOUR },
  'release-clock': { state: () => 'fails', quietFor: () => HOUR / 12 },
};

let [installation, smtp]: [Installation, TestSmtp | null] = [null as unknown as Installation, null];
const ends: (() => unknown)[] = [];
beforeEach(() => {
  smtp = null;
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await smtp?.close();
  installation.remove();
});

async function install(more: Readonly<Record<string, string>>, ...script: readonly Act[]) {
  smtp = await startSmtp({ script });
  installation = await makeInstallation({ SMTP_URL: `smtp://griot:right@127.0.0.1:${smtp.port}`, ...more });
  return installation.env;
}

/** A place without a trouble, whose every part is then changed. */
async function watched(script: readonly Act[] = []) {
  const env = await install({ PUBLIC_URL: 'https://griot.example.org/', STAFF_LANGUAGE: 'es' }, ...script);
  const { config, secrets } = readConfig(env);
  const clock = { now: new Date('2026-11-30T12:00:00.000Z') };
  const context = await openContext({ config, secrets, log: pino({ level: 'silent' }), now: () => clock.now });
  ends.push(() => context.store.close());
  const mail = staffMailDeps(context);
  if (mail === null) throw new Error('no address');
  const place = { free: 20, days: 30, isOurs: true };
  const looksWith = (workers: Watched) =>
    looksAt(workers, {
      ...{ config, now: () => clock.now, since: new Date(clock.now.getTime() - HOUR) },
      roomOf: () => ({ free: place.free, all: 100 }),
      daysOf: () => Promise.resolve(place.days),
      isOurs: () => Promise.resolve(place.isOurs),
    });
  const look = (workers = GOOD) => lookForTrouble(looksWith(workers), { rows: context.store.troubles, mail });
  const later = (hours: number) => void (clock.now = new Date(clock.now.getTime() + hours * HOUR));
  const backup = (at: string) => {
    const dir = config.backup?.dir ?? '';
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, `griot-${at}.age`), '');
  };
  return { context, place, look, later, backup };
}

describe('a trouble of the installation', () => {
  it('is told by one mail without content, again only after a week or when it comes back after a day', async () => {
    const { place, look, later } = await watched();
    expect(await look()).toEqual([]);
    place.free = 9;
    expect([await look(), await look()]).toEqual([['disk'], []]);
    const [one, ...more] = smtp?.received ?? [];
    expect([one?.to, one?.mail.subject, more]).toEqual([
      ['team@casa-exemplo.org'],
      BODY_TEXTS.es.mail.trouble.subject,
      [],
    ]);
    expect(one?.mail.text).toContain(BODY_TEXTS.es.mail.trouble.kind.disk);
    later(1);
    place.free = 11;
    expect(await look()).toEqual([]);
    place.free = 9;
    expect(await look(), 'within a day it is one trouble').toEqual([]);
    later(24);
    place.free = 11;
    expect(await look()).toEqual([]);
    place.free = 9;
    expect(await look()).toEqual(['disk']);
    later(6 * 24);
    expect(await look()).toEqual([]);
    later(24);
    expect(await look()).toEqual(['disk']);
  });

  it('that the mail server does not take is told at the next look', async () => {
    const { place, look } = await watched([{ do: 'reply', at: 'mail', code: 451 }]);
    place.free = 0;
    expect(await look()).toEqual([]);
    expect(await look()).toEqual(['disk']);
  });

  const QUIET: readonly (readonly [keyof Watched, Watched[keyof Watched]])[] = [
    ['mailbox', { state: () => 'fails', quietFor: () => 0.6 * HOUR }],
    // A run that never ends.
    ['mailbox', { state: () => 'works', quietFor: () => 0.6 * HOUR }],
    ['retention', { state: () => 'fails', quietFor: () => 0 }],
    ['retention', { state: () => 'works', quietFor: () => 4 * HOUR }],
    ['release-clock', { state: () => 'works', quietFor: () => HOUR / 5 }],
  ];
  it.each(QUIET)('%s: a worker that fails or stands still', async (kind, worker) => {
    const { look } = await watched();
    expect(await look({ ...GOOD, [kind]: worker })).toEqual([kind]);
    expect(await look({ ...GOOD, [kind]: { state: () => null, quietFor: () => null } })).toEqual([]);
    expect(await look({ ...GOOD, [kind]: null })).toEqual([]);
  });

  it('backup and certificate: by the age of the newest one, by the days that are left; by the process that has the task', async () => {
    const { place, look, later, backup } = await watched();
    backup('2026-11-30T03-00-00Z');
    expect(await look()).toEqual([]);
    later(24);
    Object.assign(place, { days: 13, isOurs: false });
    expect(await look()).toEqual([]);
    place.isOurs = true;
    expect(await look()).toEqual(['backup', 'certificate']);
    backup('2026-12-01T11-00-00Z');
    expect(await look()).toEqual([]);
  });

  it('is looked for by the server itself, also by a worker that really fails', async () => {
    const { context } = await watched();
    const { startWorker } = await import('../../src/worker.ts');
    const failing = startWorker(() => Promise.reject(new Error('broken')), { everyMs: HOUR, onFault: () => undefined });
    await failing.settle();
    const isOurs = () => Promise.resolve(false);
    const watch = openWatch(context, { workers: { ...GOOD, retention: failing }, isOurs });
    expect(smtp?.received).toEqual([]);
    await watch?.settle();
    expect(smtp?.received.map(({ mail }) => mail.text?.includes(BODY_TEXTS.es.mail.trouble.kind.retention))).toEqual([
      true,
    ]);
    await Promise.all([watch?.stop(), failing.stop()]);
  });
});

it.each(WHOLE_LANGUAGES)('every notice in %s has its own sentence, a neutral subject and no content', (language) => {
  const texts = BODY_TEXTS[language].mail;
  const kinds = Object.keys(texts.trouble.kind) as TroubleKind[];
  const bodies = kinds.map((kind) => troubleNotice(kind, texts).body);
  expect(new Set(bodies).size).toBe(kinds.length);
  expect(TESTED.filter((kind) => kind !== 'channel' && kind !== 'set-aside').toSorted()).toEqual(kinds.toSorted());
  for (const kind of TESTED) {
    const { subject, body, name } = testNotice(kind, texts, new URL('https://griot.example.org/desk'));
    expect(subject).toMatch(/^(?:Test|Essai|Prueba|Teste)\s?:/u);
    expect(body.startsWith(texts.trouble.test.first)).toBe(true);
    expect(subject + body).not.toMatch(/[{}]/u);
    expect(name).toMatch(/^[A-Za-z0-9-]+$/u);
  }
});

describe('griot notices --test', () => {
  function asked(env: Readonly<Record<string, string>>, ...kinds: readonly string[]) {
    const said: string[] = [];
    const io: Io = { environment: env, say: (text) => void said.push(text), warn: (text) => void said.push(text) };
    return notices({ values: { test: true }, positionals: kinds }, io).then((code) => ({ code, said }));
  }

  it('sends one, or one of each kind asked for, and says what the server answered', async () => {
    const env = await install({});
    expect(await asked(env)).toEqual({
      code: 0,
      said: [expect.stringMatching(/^disk: 127\.0\.0\.1\S* has taken it for team@casa-exemplo\.org/u)],
    });
    expect((await asked(env, ...TESTED)).code).toBe(0);
    const subjects = smtp?.received.map(({ mail }) => mail.subject) ?? [];
    expect(subjects).toHaveLength(TESTED.length + 1);
    for (const subject of subjects) expect(subject).toMatch(/^Test: /u);
    expect(await installation.with((store) => store.troubles.claim('disk', new Date().toISOString()))).toBe(true);
  });

  it('says so if it was refused, if there is no server, if nobody is told, or there is no such kind', async () => {
    const env = await install({}, { do: 'reply', at: 'dot', code: 554, text: 'not from you' });
    const refused = await asked(env, 'backup');
    expect([refused.code, refused.said.join()]).toEqual([1, expect.stringContaining('not from you')]);
    const outbox = join(installation.root, 'outbox');
    const written = await asked({ ...env, SMTP_URL: '', OUTBOX_DIR: outbox });
    expect([written.code, written.said.join()]).toEqual([1, expect.stringContaining(`written into ${outbox}`)]);
    const [file = ''] = readdirSync(outbox);
    expect(readFileSync(join(outbox, file), 'utf8')).toContain('Subject: Test: ');
    await expect(asked({ ...env, STAFF_EMAIL: '' })).rejects.toThrow('set STAFF_EMAIL');
    await expect(asked(env, 'moon')).rejects.toThrow('There is no notice "moon"');
  });
});
