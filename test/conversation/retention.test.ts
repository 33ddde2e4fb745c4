// What is kept no longer than people were told, and never shorter; and what the next person at the same phone sees.

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BEGIN, startApp, STORY, TO_SEND, until, Visitor, type Phone, type TestApp } from '../support/running-app.ts';

const DAY = 24 * 60;

let griot: TestApp;
let phone: Phone;
beforeEach(async () => {
  griot = await startApp({ env: { SEND_WINDOW_MINUTES: '0' } });
  phone = griot.phone('+00 000 0111');
});
afterEach(() => griot.close());

function count(table: string): number {
  const db = new DatabaseSync(join(griot.dir, 'griot.db'), { readOnly: true });
  const rows = Number(db.prepare(`select count(*) as n from ${table}`).get()?.['n']);
  db.close();
  return rows;
}

/** Retention runs at a start, and has ended when the app has closed. */
async function startAgain(): Promise<void> {
  await griot.reopen();
  await griot.reopen();
}

describe('P10: a draft that rests', () => {
  test('is there a minute before its 30 days are over, and gone a minute after', async () => {
    await phone.saysAll([...BEGIN, STORY]);
    griot.later(30 * DAY - 1);
    await startAgain();
    expect(await phone.kept()).toEqual([STORY]);
    griot.later(2);
    await startAgain();
    expect([count('parts'), count('cases'), count('contributions'), count('lines')]).toEqual([0, 0, 0, 0]);
    expect(await phone.person()).toBeNull();
  });

  test('begins its 30 days again with every message', async () => {
    await phone.saysAll([...BEGIN, STORY]);
    griot.later(29 * DAY);
    await phone.says('They never answered our letter either.');
    griot.later(29 * DAY);
    await startAgain();
    expect(await phone.kept()).toHaveLength(2);
  });

  test('is kept as long as the operator promises where that is another number', async () => {
    await griot.close();
    griot = await startApp({ env: { KEEP_IDLE_DAYS: '7' } });
    phone = griot.phone('+00 000 0111');
    await phone.saysAll(BEGIN.slice(0, 3));
    expect(await phone.reads()).toContain('7 days after your last message');
    await phone.saysAll(['1', STORY]);
    griot.later(7 * DAY + 1);
    await startAgain();
    expect(count('parts')).toBe(0);
  });
});

describe('P10: a case whose mail has left', () => {
  test('is there a minute before its 90 days are over, and gone a minute after', async () => {
    await phone.saysAll([...TO_SEND, 'SEND', '2']);
    await until(async () => (await phone.session()).mails[0]?.outcome === 'written');
    griot.later(90 * DAY - 2);
    await startAgain();
    expect(await phone.kept()).toEqual([STORY]);
    expect(count('document_files')).toBeGreaterThan(0);
    griot.later(3);
    await startAgain();
    expect([count('parts'), count('cases'), count('documents'), count('document_files'), count('outbox')]).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });
});

describe('what was written before the yes', () => {
  test('is held for 24 hours, and not a minute longer', async () => {
    await phone.says(STORY);
    griot.later(DAY - 1);
    await startAgain();
    expect(await griot.app.store.held((await phone.person()) ?? '')).toHaveLength(1);
    griot.later(2);
    await startAgain();
    const person = (await phone.person()) ?? '';
    expect(await griot.app.store.held(person)).toEqual([]);
    const said = await griot.app.store.transcript(person, null);
    expect(said.map(({ text }) => text)).not.toContain(STORY);
  });

  test('and after it is gone the bot asks for nothing that is not there', async () => {
    await phone.says(STORY);
    griot.later(2 * DAY);
    await startAgain();
    await phone.saysAll(['hello', '1', '1', '1', '1']);
    const session = await phone.session();
    if (session.at.prompt === 'held') await phone.says('1');
    const kept = await phone.kept();
    const counted = Object.values((await phone.session()).counts).reduce((sum, { parts }) => sum + parts, 0);
    expect(counted).toBe(kept.length);
  });
});

describe('fault 35: somebody else holds the same phone', () => {
  test('opening the page after the sitting shows no old answer', async () => {
    const { port } = await griot.app.listen();
    const visitor = new Visitor(`http://127.0.0.1:${port}`);
    await visitor.open();
    for (const text of [...BEGIN, STORY]) await visitor.say(text);
    expect((await visitor.open()).page).toContain(STORY);
    griot.later(16);
    const later = await visitor.open();
    expect(later.status).toBe(200);
    expect(later.page).not.toContain(STORY);
    expect((await visitor.open('/lines')).page).not.toContain(STORY);
    expect((await visitor.open('/document?kind=final&format=docx')).status).toBe(404);
    // The text is shown only behind the word of one's own, where one is set.
    await visitor.say('next');
    await visitor.say('mango tree');
    griot.later(20);
    await visitor.open();
    const review = await visitor.say('review');
    expect(review.page).not.toContain(STORY);
    expect((await visitor.say('papaya')).page).not.toContain(STORY);
    await visitor.say('mango tree');
    expect((await visitor.say('1')).text).toContain(STORY);
  });
});
