// Replies that a page draws from the transcript cost no commit of their own, and open pages are told of every one.

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openApp, type App } from '../../src/app.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { readConfig } from '../../src/config/config.ts';
import { MASTER_KEY } from '../support/running-app.ts';

let dir: string;
let app: App;
let told: string[];
let sent: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'griot-drawn-'));
  [told, sent] = [[], []];
  const capabilities = { buttons: true, bubble: 600, files: false };
  const send: Channel['send'] = (to) => {
    sent.push(to.channel);
    return Promise.resolve({ kind: 'sent' });
  };
  const facts = { seenBy: 'network', takesFiles: false } as const;
  const { config, secrets } = readConfig({ DATA_DIR: dir, MASTER_KEY, PORT: '0' });
  app = await openApp({
    config,
    secrets,
    log: pino({ level: 'silent' }),
    channels: [
      { channel: { name: 'page', capabilities, send, notify: (person) => void told.push(person) }, facts },
      { channel: { name: 'phone', capabilities, send }, facts },
    ],
  });
});
afterEach(async () => {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

async function say(channel: string, text: string): Promise<string> {
  const from = { channel, account: 'one', address: 'Awa' };
  const event = { id: text, at: new Date().toISOString(), kind: 'message', text } as const;
  const { person } = await app.conversation.take({ from, messageId: text, event, language: 'fr' });
  return person;
}

function states(): readonly unknown[] {
  const db = new DatabaseSync(join(dir, 'griot.db'), { readOnly: true });
  const rows = db.prepare('select channel, state, sent_at is not null as sent from replies').all();
  db.close();
  return [...new Set(rows.map((row) => `${String(row['channel'])} ${String(row['state'])} ${String(row['sent'])}`))];
}

test('a page’s replies are sent when they are saved, and the page is told', async () => {
  const person = await say('page', 'bonjour');
  expect(states()).toEqual(['page sent 1']);
  expect([told, sent]).toEqual([[person], []]);
});

test('a phone’s replies wait until they were sent', async () => {
  await say('phone', 'bonjour');
  await app.settle();
  expect(states()).toEqual(['phone sent 1']);
  expect(sent.length).toBeGreaterThan(0);
});

test('news from within is told to open pages, too', async () => {
  const person = await say('page', 'bonjour');
  await app.store.post(person, { id: 'voice', at: new Date().toISOString(), kind: 'unusable', what: 'voice' });
  await app.conversation.settle(person);
  expect(told).toEqual([person, person]);
  expect([states(), sent]).toEqual([['page sent 1'], []]);
});
