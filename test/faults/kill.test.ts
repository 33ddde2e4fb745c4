// kill -9, again and again, on the process that operators start: in the middle of messages, of documents, of mails.
// KILLS=1000 kills more often than the few times of every run; SEED=… plays another run.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outboxFolder } from '../../src/mail/outbox/outbox-folder.ts';
import { parseSession } from '../../src/dialog/engine/session.ts';
import { comparable, conditionOf, isAtRest, lookInto, replay, SOUND } from '../support/invariants.ts';
import * as running from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';
import { docxParagraphs } from '../submission/read-back.ts';

const KILLS = Number(process.env['KILLS'] ?? 8);
const SEED = Number(process.env['SEED'] ?? 1);
/** Messages between two kills, so that there is something to lose. */
const MESSAGES_A_KILL = 2;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-kill-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('fault 1: kill -9', () => {
  test(
    `${KILLS} times in one conversation: every message is there once, and the mail leaves once`,
    async () => {
      const env = { DATA_DIR: dir, MASTER_KEY: running.MASTER_KEY, SEND_WINDOW_MINUTES: '0' };
      const random = running.seeded(SEED);
      // A conversation of its own for each 20 kills: the web page takes 60 messages at once.
      for (let left = KILLS, round = 0; left > 0; left -= 20, round++) {
        rmSync(join(dir, 'outbox'), { recursive: true, force: true });
        await tellWithKills(env, Math.min(left, 20), random, `Family ${round}.`);
      }
    },
    300_000 + KILLS * 20_000,
  );
});

async function tellWithKills(env: Record<string, string>, kills: number, random: () => number, name: string) {
  const stories = Array.from(
    { length: kills * MESSAGES_A_KILL },
    (_, i) => `${name} What happened on day ${i} they never wrote down.`,
  );
  const said = [...running.BEGIN, ...stories, ...running.ON_TO_PUBLICATION, '3', 'SEND', '2'];
  const killedAt = new Set<number>();
  // The last three are a document, an approval and a mail: always killed there.
  for (const late of [3, 2, 1].slice(0, kills)) killedAt.add(said.length - late);
  while (killedAt.size < kills) killedAt.add(Math.floor(random() * (said.length - 3)));

  let griot = await running.startProcess(env);
  const visitor = new running.Visitor(griot.url);
  await visitor.open();
  const heard: string[] = [];
  for (const [index, text] of said.entries()) {
    const { formId } = visitor;
    if (!killedAt.has(index)) {
      expect((await visitor.say(text)).status).toBe(200);
      continue;
    }
    const moment = random() ** 2 * (index >= said.length - 4 ? 150 : 25);
    const answer = visitor.say(text).then(
      ({ status }) => status === 200,
      () => false,
    );
    await new Promise((wake) => setTimeout(wake, moment));
    await griot.kill();
    const wasSaved = await answer;
    griot = await running.startProcess(env);
    visitor.url = griot.url;
    // A browser that got no answer sends the form again; one that got it sometimes does, too.
    if (!wasSaved || random() < 0.3) expect((await visitor.say(text, formId)).status).toBe(200);
    heard.push((await visitor.open()).text);
  }
  await running.until(() => isAtRest(dir)); // stopped while the outcome of the mail is on its way, it would tell it at the next start
  expect(await griot.stop()).toBe(0);

  for (const page of heard) expect(page.split('Welcome back').length - 1).toBeLessThanOrEqual(1);
  await lookInto(env, async (store) => {
    const token = visitor.cookie?.split('=')[1] ?? '';
    const person = (await store.personAt({ channel: 'web-chat', account: 'default', address: token }))?.person ?? '';
    const transcript = await store.transcript(person, null);
    expect(transcript.filter(({ from }) => from === 'person').map(({ text }) => text)).toEqual(said); // I1
    const session = parseSession(await store.session(person));
    const expected = await replay([{ kind: 'opened' }, ...said.map((text) => ({ kind: 'message', text }) as const)]);
    const parts = await store.parts(session.contribution ?? '');
    expect(parts.map(({ text }) => text)).toEqual(expected.parts);
    expect({ ...comparable(session), mails: [], news: 0 }).toEqual({ ...expected.session, mails: [], news: 0 }); // I2
    const welcomes = transcript.filter(({ from, text }) => from === 'bot' && text?.includes('Welcome back'));
    expect(welcomes.length).toBeLessThanOrEqual(kills);
    expect(welcomes.length).toBeGreaterThan(0);
    // No prompt was answered twice: it was approved once. A person who comes back before the mail has left is told again that it waits.
    const consents = await store.consents(session.contribution ?? '');
    expect(consents.filter(({ purpose }) => purpose === 'approve')).toHaveLength(1);
    const approvals = transcript.flatMap(({ text }, at) => (text?.includes('Approved.') ? [at] : []));
    for (const at of approvals.slice(1)) expect(transcript[at - 1]?.text).toContain('Welcome back');
    expect(approvals.length).toBeGreaterThan(0);
    // I3: the mail lies in the folder once, whole, with every message.
    const [file, ...others] = readdirSync(join(dir, 'outbox'));
    expect(others).toEqual([]);
    const mail = await PostalMime.parse(readFileSync(join(dir, 'outbox', file ?? '')));
    const docx = mail.attachments.find(({ filename }) => filename?.endsWith('.docx'))?.content;
    if (!(docx instanceof ArrayBuffer)) throw new Error('no Word file');
    const text = (await docxParagraphs(new Uint8Array(docx))).map((paragraph) => paragraph.text);
    expect(text.filter((line) => stories.includes(line))).toEqual(stories);
  });
  expect(conditionOf(dir)).toEqual(SOUND); // I4, I6
}

describe('no harm A, fault 38: a turn that ends the process', () => {
  test('twice is set aside at the third start, staff are told, and the next message is taken', async () => {
    const preload = new URL('./deadly-turn.ts', import.meta.url).href;
    const env = { DATA_DIR: dir, MASTER_KEY: running.MASTER_KEY, NODE_OPTIONS: `--import=${preload}` };
    const deadly = 'DEADLY: one word of sixty thousand letters.';
    const next = 'They never wrote down what happened on that day.';
    const first = await running.startProcess(env);
    const visitor = new running.Visitor(first.url);
    await visitor.open();
    for (const text of running.BEGIN) await visitor.say(text);
    const { formId } = visitor;
    await expect(visitor.say(deadly)).rejects.toThrow();
    await expect.poll(() => first.child.signalCode).toBe('SIGKILL');
    // Nobody sends it again: what waits in the inbox ends the next start by itself.
    await expect(running.startProcess(env)).rejects.toThrow('the process ended');
    const third = await running.startProcess(env);
    visitor.url = third.url;
    await visitor.open();
    expect((await visitor.say(deadly, formId)).status).toBe(200);
    expect((await visitor.say(next)).status).toBe(200);
    await running.until(() => isAtRest(dir));
    expect(await third.stop()).toBe(0);
    await lookInto(env, async (store) => {
      const token = visitor.cookie?.split('=')[1] ?? '';
      const person = (await store.personAt({ channel: 'web-chat', account: 'default', address: token }))?.person ?? '';
      const { contribution, reference } = parseSession(await store.session(person));
      expect((await store.parts(contribution ?? '')).map(({ text }) => text)).toEqual([next]);
      const lines = (await store.transcript(person, null)).map(({ text }) => text);
      expect(lines.filter((text) => text === deadly)).toHaveLength(1);
      expect(lines.join('\n')).toContain('I couldn’t use your last message');
      expect(await store.staffNeeds.due(new Date().toISOString())).toMatchObject([{ kind: 'set-aside', reference }]);
    });
    expect(conditionOf(dir)).toEqual(SOUND);
  });
});

test('what a kill left half written in the outbox folder goes with the next attempt', async () => {
  writeFileSync(join(dir, '.GR-TEST1.eml.0123abcd'), 'half a mail');
  writeFileSync(join(dir, '.GR-TEST10.eml.0123abcd'), 'half of another');
  const bytes = Buffer.from('Subject: whole');
  await outboxFolder(dir).deliver(bytes, { from: 'a@b.example', to: ['c@d.example'], name: 'GR-TEST1' });
  expect(readdirSync(dir).toSorted()).toEqual(['.GR-TEST10.eml.0123abcd', 'GR-TEST1.eml']);
});

describe('fault 2: kill -9 between the 250 of the mail server and our commit', () => {
  let smtp: TestSmtp;
  let line: net.Server;
  afterEach(async () => {
    line.close();
    await smtp.close();
  });

  test('the same bytes again, and the person is told once', async () => {
    smtp = await startSmtp();
    let atTheDot: (() => void) | null = null;
    // Holds the process still just before the 250 reaches it, so that it dies with the answer unread.
    line = net.createServer((client) => {
      const server = net.connect(smtp.port, '127.0.0.1');
      let data = false;
      client.on('data', (chunk) => server.write(chunk));
      server.on('data', (chunk) => {
        if (data && chunk.toString().startsWith('250')) {
          data = false;
          atTheDot?.();
        }
        data ||= /^354/m.test(chunk.toString());
        client.write(chunk);
      });
      for (const socket of [client, server]) socket.on('error', () => undefined);
      client.on('close', () => server.destroy());
    });
    await new Promise<void>((listening) => line.listen(0, '127.0.0.1', listening));
    const address = line.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const env = { DATA_DIR: dir, MASTER_KEY: running.MASTER_KEY, ...running.operatorOn(port) };
    await running.verifyAddress(env);

    let griot = await running.startProcess(env);
    const visitor = new running.Visitor(griot.url);
    const answered = Promise.withResolvers<undefined>();
    atTheDot = () => {
      griot.child.kill('SIGSTOP');
      atTheDot = null;
      answered.resolve(undefined);
    };
    await visitor.open();
    for (const text of running.TO_SEND) await visitor.say(text);
    const { formId } = visitor;
    const sent = visitor.say('SEND').catch(() => null);
    await answered.promise;
    await griot.kill();
    await sent;
    expect(smtp.received).toHaveLength(1);

    griot = await running.startProcess(env);
    visitor.url = griot.url;
    expect((await visitor.say('SEND', formId)).status).toBe(200);
    await running.until(() => smtp.received.length === 2);
    const [first, second] = smtp.received;
    expect(Buffer.from(second?.raw ?? []).equals(Buffer.from(first?.raw ?? []))).toBe(true);
    await visitor.say('2');
    const ask = async () => (await visitor.say('has it arrived?')).text;
    await running.until(async () => (await ask()).includes('accepted it'));
    expect(smtp.received).toHaveLength(2);
    await running.until(() => isAtRest(dir));
    await griot.stop();
    expect(conditionOf(dir)).toEqual(SOUND);
    await lookInto(env, async (store) => {
      const token = visitor.cookie?.split('=')[1] ?? '';
      const known = await store.personAt({ channel: 'web-chat', account: 'default', address: token });
      const session = parseSession(await store.session(known?.person ?? ''));
      expect(session.mails).toMatchObject([{ mail: 'submission', outcome: 'accepted', server: '127.0.0.1' }]);
      const transcript = await store.transcript(known?.person ?? '', null);
      expect(transcript.filter(({ text }) => text?.includes('Approved.'))).toHaveLength(1);
    });
  });
});
