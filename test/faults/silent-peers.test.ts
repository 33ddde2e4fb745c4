// Each peer that the whole program speaks to, hanging: it takes the connection and says nothing, or half of it. Whoever writes goes
// on, others are not held up, and a stop comes to its end. (Teams' peers: test/channels/teams/hanging.test.ts.)

import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Deadlines, DEADLINES } from '../../src/deadlines.ts';
import { sendNotice, staffNotice, type TellStaff } from '../../src/mail/notices/staff-notice.ts';
import { startReleaseClock } from '../../src/mail/outbox/release-clock.ts';
import { smtpTransport } from '../../src/mail/outbox/smtp-transport.ts';
import type { UnderReview } from '../../src/store/reviews/review-clock.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { startPostgres, type TempPostgres } from '../support/postgres.ts';
import * as running from '../support/running-app.ts';
import { type SilentPeer, type SilentPeerOptions, startSilentPeer } from '../support/silent-peer.ts';
import { startSmtp } from '../support/smtp.ts';
import { heard, startSpeechService } from '../support/speech-service.ts';

const SHORT: Deadlines = { ...DEADLINES, stop: 300, closing: 300 };
/** The head of a real recording. */
const SOUND = Buffer.concat([
  Buffer.from('OggS\u0000\u0002'),
  Buffer.alloc(22),
  Buffer.from('OpusHead and no more '.repeat(40)),
]);
const HALF_ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"text": "ha';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function silent(options: SilentPeerOptions = {}): Promise<SilentPeer> {
  const peer = await startSilentPeer(options);
  open.push(() => peer.close());
  return peer;
}

async function start(env: Record<string, string>, deadlines: Partial<Deadlines> = {}): Promise<running.TestApp> {
  const test = await running.startApp({ env, deadlines: { ...SHORT, ...deadlines } });
  // Closing twice is no fault. That this ends is what every test here shows.
  open.push(() => test.close());
  return test;
}

/** From hello to a story that is kept. */
async function tells(phone: running.Phone): Promise<void> {
  await phone.saysAll(running.BEGIN);
  expect(await phone.asks(running.STORY)).toContain('Saved');
}

describe.each<[string, SilentPeerOptions]>([
  ['says nothing', {}],
  ['greets half', { half: { greeting: '220 mail.exam' } }],
  ['drips', { half: { greeting: '220-' }, drips: true }],
])('no harm 22: a mail server that %s', (_, options) => {
  it('keeps neither who sent, nor others, nor a stop', async () => {
    const peer = await silent(options);
    const test = await start(running.operatorOn(peer.port));
    const ana = test.phone('ana');
    await ana.saysAll([...running.TO_SEND, 'SEND']);
    await peer.reached();
    expect(await ana.asks('status')).not.toBe('');
    await tells(test.phone('bo'));
    await test.app.close();
  });
});

it('no harm 22: a mail that hangs keeps no other mail', async () => {
  const peer = await silent();
  const smtp = await startSmtp();
  open.push(() => smtp.close());
  const test = await start(running.operatorOn(peer.port), { mail: { ...DEADLINES.mail, slow: 20 } });
  await test.phone('ana').saysAll([...running.TO_SEND, 'SEND']);
  await peer.reached();
  peer.passTo(smtp.port);
  await test.phone('bo').saysAll([...running.TO_SEND, 'SEND']);
  await running.until(() => smtp.received.length === 1);
  await test.app.close();
});

it('no harm 22: a notice to the staff that hangs is let go, and keeps no decision at a deadline', async () => {
  const peer = await silent();
  const transport = smtpTransport({ host: '127.0.0.1', port: peer.port, security: 'loopback', login: null });
  const [from, to] = ['texts@casa-exemplo.org', 'equipe@casa-exemplo.org'];
  const deps = { transport, from, to, fromName: 'Casa', now: () => new Date(running.NOON), newId: () => 'id' };
  const texts = loadCatalogue('mail').en;
  const tellStaff: TellStaff = (notice) =>
    sendNotice({ ...deps, texts, deadline: 200 }, { ...staffNotice(notice, texts), name: 'notice' });
  expect(await tellStaff({ reference: 'GR-1', kind: 'submission', state: 'held' })).toBe(false);

  const decided: string[] = [];
  const reviewed = (mail: string): UnderReview => ({
    ...{
      mail,
      person: mail,
      reference: mail,
      kind: 'submission',
      doubted: false,
      alarmedFor: null,
      callId: 'call',
      since: '2026-11-20T12:00:00.000Z',
      closed: false,
    },
    ...{ ifUnreachable: 'withhold', onHold: false, decided: null, unattended: true },
  });
  let all: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (all = resolve));
  const clock = startReleaseClock(
    {
      store: {
        reviews: {
          underReview: () => Promise.resolve(['GR-1', 'GR-2', 'GR-3'].map(reviewed)),
          heldByDoubt: () => Promise.resolve([]),
          tellDeadlineNear: () => Promise.resolve(false),
          alarm: () => Promise.resolve(false),
          setClosed: () => Promise.resolve(),
          decide: (mail) => {
            if (decided.push(mail) === 3) all();
            return Promise.resolve('withheld');
          },
        },
      },
      deadlineOf: () => '2026-11-23T11:00:00.000Z',
      takesLate: true,
      now: deps.now,
      tellStaff,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    },
    3_600_000,
  );
  await over;
  expect(decided).toEqual(['GR-1', 'GR-2', 'GR-3']);
  await clock.stop();
});

describe.each<[string, SilentPeerOptions]>([
  ['says nothing', {}],
  ['greets half', { half: { greeting: '* OK [CAPABILITY IM' } }],
  ['drips', { half: { greeting: '* OK ' }, drips: true }],
])('no harm 22: a mailbox that %s', (_, options) => {
  it('is said in /health, and keeps nobody', async () => {
    const peer = await silent(options);
    const env = { ...running.operatorOn(1), SMTP_URL: '', MAIL_IN_URL: `imap://office:word@127.0.0.1:${peer.port}/` };
    const test = await start(env, { mailboxSilence: 100, mailbox: 200 });
    const { port } = await test.app.listen();
    await peer.reached();
    await tells(test.phone('bo'));
    const health = async () => (await fetch(`http://127.0.0.1:${port}/health`)).json();
    await running.until(async () => ((await health()) as { mailbox?: string }).mailbox === 'fails');
    expect(await health()).toMatchObject({ status: 'ready' });
    await test.app.close();
  });

  it('does not keep a stop while it is looked into', async () => {
    const peer = await silent(options);
    const env = { ...running.operatorOn(1), SMTP_URL: '', MAIL_IN_URL: `imap://office:word@127.0.0.1:${peer.port}/` };
    const test = await start(env);
    await peer.reached();
    await test.app.close();
  });
});

describe.each<[string, SilentPeerOptions]>([
  ['says nothing', {}],
  ['answers half', { half: { answer: HALF_ANSWER } }],
])('no harm 22: a transcription service that %s', (_, options) => {
  it('keeps neither who spoke, nor the next recording, nor a stop', async () => {
    const peer = await silent(options);
    const service = await startSpeechService(heard('Nobody told us in Quillabamba where she was.'));
    open.push(() => service.close());
    const test = await start({ TRANSCRIBE_URL: `http://127.0.0.1:${peer.port}` }, { slowTranscription: 20 });
    const { port } = await test.app.listen();
    const [ana, bo] = [0, 1].map(() => new running.Visitor(`http://127.0.0.1:${port}`)) as [
      running.Visitor,
      running.Visitor,
    ];
    for (const one of [ana, bo]) {
      await one.open();
      for (const text of running.BEGIN) await one.say(text);
    }
    expect((await ana.speak(SOUND)).status).toBe(200);
    await peer.reached();
    expect((await ana.say(running.STORY)).text).toContain('Saved');
    peer.passTo(Number(service.url.port));
    expect((await bo.speak(SOUND)).status).toBe(200);
    await service.until(1);
    await running.until(async () => (await bo.open()).text.includes('Quillabamba'));
    await test.app.close();
  });
});

it('no harm 22: a service that reads aloud and says nothing keeps no page and no stop', async () => {
  const peer = await silent({ half: { answer: 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nOggS' } });
  const test = await start({ SPEAK_URL: `http://127.0.0.1:${peer.port}` }, { speech: 100 });
  const { port } = await test.app.listen();
  const ana = new running.Visitor(`http://127.0.0.1:${port}`);
  await ana.open();
  const { page } = await ana.say('listen');
  const address = /src="(\/aloud\?line=[^"]+)"/u.exec(page)?.[1] ?? '';
  const asked = ana.open(address);
  await peer.reached();
  expect((await ana.say('hello')).status).toBe(200);
  expect((await asked).status).toBeGreaterThanOrEqual(400);
  await test.app.close();
});

describe('no harm 22, fault 12: PostgreSQL', () => {
  let postgres: TempPostgres | null = null;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.stop());

  /** The program over a line that can be held. */
  async function overLine(deadlines: Partial<Deadlines>) {
    const url = new URL((await postgres?.newDatabase()) ?? 'postgres://localhost');
    const peer = await silent();
    peer.passTo(Number(url.port));
    url.hostname = '127.0.0.1';
    url.port = String(peer.port);
    return { peer, test: await start({ DATABASE_URL: url.href }, deadlines) };
  }

  it.each([
    ['says nothing more', 0],
    ['answers half', 3],
  ])('that %s is said to who writes; nothing is lost, and all goes on when it is back', async (_, bytes) => {
    if (postgres === null) return;
    const { peer, test } = await overLine({ database: 4_000 });
    const { port } = await test.app.listen();
    const ana = test.phone('ana');
    await tells(ana);
    peer.freeze(bytes);
    await expect(ana.says('And one thing more.', 'late')).rejects.toThrow();
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(503);
    peer.freeze(Infinity);
    // As whoever got no answer does.
    await running.until(() =>
      ana.says('And one thing more.', 'late').then(
        () => true,
        () => false,
      ),
    );
    expect(await ana.kept()).toEqual([running.STORY, 'And one thing more.']);
    await test.app.close();
  });

  it('that is restarted loses nothing and leaves no half step: whoever got no answer sends again', async () => {
    if (postgres === null) return;
    const url = await postgres.newDatabase();
    const test = await start({ DATABASE_URL: url });
    const ana = test.phone('ana');
    await tells(ana);
    const said = Array.from({ length: 12 }, (_, i) => `On day ${i} we asked again.`);
    const client = new pg.Client(url);
    await client.connect();
    const ended = 'pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> $1';
    const { rows } = await client.query<{ readonly self: number }>('select pg_backend_pid() as self');
    for (const [index, text] of said.entries()) {
      const again = () =>
        ana.says(text, `m-${index}`).then(
          () => true,
          () => false,
        );
      const first = again();
      // As at a restart, every connection ends, at another moment of each turn.
      await delay(index);
      await client.query(`select ${ended}`, [rows[0]?.self]);
      if (!(await first)) await running.until(again);
    }
    await client.end();
    await test.app.settle();
    expect(await ana.kept()).toEqual([running.STORY, ...said]);
    await test.app.close();
  });

  it('that says nothing more does not keep a stop', async () => {
    if (postgres === null) return;
    const { peer, test } = await overLine({ database: 2_000 });
    const { port } = await test.app.listen();
    peer.freeze();
    const writers = Array.from({ length: 15 }, (_, i) =>
      test
        .phone(`p${i}`)
        .says('hello')
        .catch(() => null),
    );
    const asked = fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    await test.app.close();
    await Promise.all([...writers, asked]);
  });
});
