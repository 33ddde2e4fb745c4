// What may be wrong at a start: it either ends with a word for the operator, or serves everybody whom it can.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { conditionOf } from '../support/invariants.ts';
import { BEGIN, startApp, startProcess, STORY } from '../support/running-app.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-starting-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a port that is taken ends the process, which could be reached by nobody (fault 38)', async () => {
  const taken = net.createServer();
  await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const said = await startProcess({ DATA_DIR: dir, MASTER_KEY: '', PORT: String(port) }).then(() => 'started', String);
  expect(said).toContain('choose another PORT. (EADDRINUSE)');
  expect(said).not.toContain('A master key was made');
  // Neither a key, which somebody would have to keep, nor a database.
  const made = readdirSync(dir, { recursive: true }).map(String);
  expect(made.filter((name) => !name.startsWith('griot.db-server'))).toEqual([]);
  taken.close();
});

test("one person's row that cannot be read keeps nobody else waiting", async () => {
  const griot = await startApp({ dir });
  const [broken, whole] = [griot.phone('+00 000 0111'), griot.phone('+00 000 0222')];
  for (const phone of [broken, whole]) await phone.saysAll([...BEGIN, STORY]);
  await griot.app.settle();
  for (const { address } of [broken, whole]) {
    const event = {
      id: 'last',
      at: griot.now.toISOString(),
      kind: 'message',
      text: 'They never wrote to us.',
    } as const;
    await griot.app.store.receive({ from: address, messageId: 'last', event });
  }
  const person = (await broken.person()) ?? '';
  await griot.app.close();
  const db = new DatabaseSync(join(dir, 'griot.db'));
  db.prepare('update sessions set sealed = zeroblob(60) where person = ?').run(person);
  db.close();

  await griot.reopen();
  expect(await whole.kept()).toEqual([STORY, 'They never wrote to us.']);
  // Set aside: kept in what was said, and nothing waits behind it.
  expect(conditionOf(dir).waiting).toBe(0);
  const lines = await griot.app.store.transcript(person, null);
  expect(lines.map(({ text }) => text)).toContain('They never wrote to us.');
  await broken.says('hello?');
  await broken.says('delete');
  expect((await broken.says('ERASE')).farewell).not.toEqual([]);
  expect(await broken.person()).toBeNull();
  await griot.close();
});

test('too few reviewers for what RELEASE asks are told at the start, and enough are not', async () => {
  const griot = await startApp({ dir, env: { RELEASE: 'two' } });
  const warned = () => griot.logged.filter((line) => line.includes('enough reviewers'));
  expect(warned()).toHaveLength(1);
  expect(warned()[0]).toContain('"needed":2,"active":0');
  for (const role of ['reviewer', 'administrator', 'reader'] as const) {
    const account = {
      name: `Ana ${role}`,
      email: `${role}@casa-exemplo.org`,
      role,
      language: 'pt',
      signInBy: 'password',
    } as const;
    await griot.app.store.staff.addAccount(account);
  }
  await griot.app.close();
  const db = new DatabaseSync(join(dir, 'griot.db'));
  db.exec("update staff_accounts set state = 'active' where role <> 'administrator'");
  db.close();
  await griot.reopen();
  expect(warned()[1]).toContain('"needed":2,"active":1'); // a reader decides nothing, who was only invited neither
  await griot.app.close();
  const again = new DatabaseSync(join(dir, 'griot.db'));
  again.exec("update staff_accounts set state = 'active'");
  again.close();
  await griot.reopen();
  expect(warned()).toHaveLength(2);
  await griot.close();
});
