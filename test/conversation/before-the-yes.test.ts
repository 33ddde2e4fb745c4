// Before a clear yes nothing is kept but for a day, and after a no nothing at all: looked up in the bytes of the files.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApp, STORY, type Phone, type TestApp } from '../support/running-app.ts';

let griot: TestApp;
let phone: Phone;
beforeEach(async () => {
  griot = await startApp({
    env: {
      OPERATOR_NAME: 'Casa Exemplo',
      OPERATOR_PHONE: '+00 000 0100',
      MAIL_FROM: 'texts@casa-exemplo.org',
      LATE_ACCEPTED_BY: 'a test',
    },
  });
  phone = griot.phone('+00 000 0111');
});
afterEach(() => griot.close());

/** All that is sealed or points at the person, as it stands in the files now. */
function sealedBytes(): readonly Buffer[] {
  const db = new DatabaseSync(join(griot.dir, 'griot.db'), { readOnly: true });
  const sql =
    'select wrapped as bytes from keys union all select sealed from held union all select sealed from lines union all select sealed from replies union all select sealed from sessions union all select sealed from addresses';
  const rows = db.prepare(sql).all();
  db.close();
  return rows.flatMap(({ bytes }) => (bytes instanceof Uint8Array ? [Buffer.from(bytes.subarray(0, 48))] : []));
}

function isInFiles(bytes: Buffer): boolean {
  return readdirSync(griot.dir).some(
    (name) => name.startsWith('griot.db') && readFileSync(join(griot.dir, name)).includes(bytes),
  );
}

function rows(table: string): number {
  const db = new DatabaseSync(join(griot.dir, 'griot.db'), { readOnly: true });
  const count = Number(db.prepare(`select count(*) as n from ${table}`).get()?.['n']);
  db.close();
  return count;
}

const ENDS: readonly (readonly [string, readonly string[]])[] = [
  ['leave and erase, at hello', ['4']],
  ['leave and erase, at safety', ['1', '3']],
  ['no', ['1', '1', '3']],
  ['under 18, and leaves', ['1', '1', '2', '2']],
  ['delete', ['1', 'delete', 'ERASE']],
];

describe('who goes without a yes', () => {
  test.each(ENDS)('%s: not a byte remains', async (_, way) => {
    await phone.says(STORY);
    await phone.saysAll(way.slice(0, -1));
    await griot.app.settle();
    const bytes = sealedBytes();
    expect(bytes.length).toBeGreaterThan(4);
    expect(bytes.filter(isInFiles)).toHaveLength(bytes.length);
    const { farewell } = await phone.says(way.at(-1) ?? '');
    expect(farewell).not.toEqual([]);
    expect(await phone.person()).toBeNull();
    expect(bytes.filter(isInFiles)).toEqual([]);
    for (const table of ['persons', 'keys', 'held', 'lines', 'replies', 'sessions', 'addresses'])
      expect(rows(table)).toBe(0);
  });

  test('and a late copy of a message makes nobody of them again', async () => {
    await phone.says(STORY, 'first');
    await phone.says('4');
    await phone.says(STORY, 'first');
    expect(await phone.person()).toBeNull();
  });
});

describe('under 18', () => {
  test('no harm 1: what was written before stays locked, and nothing written after it is kept', async () => {
    await phone.saysAll([STORY, '1', '1']);
    expect(rows('held')).toBe(1);
    const { person } = await phone.says('2');
    expect((await griot.app.store.held(person)).map(({ text }) => text)).toEqual([STORY]);
    await phone.saysAll(['They took my sister too, at night.']);
    expect(rows('held')).toBe(1);
    expect(rows('parts')).toBe(0);
    expect((await phone.session()).kept).toBe(false);
    const said = await griot.app.store.transcript(person, null);
    expect(said.map(({ text }) => text)).not.toContain('They took my sister too, at night.');
  });
});

describe('a first long message', () => {
  test('is held, offered after the yes, and used exactly once', async () => {
    await phone.says(STORY);
    expect(await phone.reads()).toContain('Then your story');
    await phone.saysAll(['1', '1', '1', '1']);
    expect((await phone.session()).at.prompt).toBe('held');
    await Promise.all([phone.says('1', 'use'), phone.says('1', 'use')]);
    expect(await phone.kept()).toEqual([STORY]);
    expect(rows('held')).toBe(0);
    expect((await phone.session()).counts['story']?.parts).toBe(1);
  });

  test('is left out where the person says no to it, and erased with the next words that are taken out', async () => {
    await phone.saysAll([STORY, '1', '1', '1', '1']);
    const [sealed] = sealedBytes();
    expect(sealed).toBeDefined();
    await phone.says('2');
    expect(await phone.kept()).toEqual([]);
    await phone.saysAll(['Something else that I want to tell you.', 'review', '1', '2', 'ERASE']);
    expect(rows('held')).toBe(0);
  });
});
