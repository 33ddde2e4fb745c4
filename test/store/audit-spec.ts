// The rows of the audit log: chained, without gaps, and refused by the database itself when somebody wants to change one.

import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/store/staff/audit-rows.ts';
import type { TempStore } from '../support/temp-store.ts';
import { say } from './family.ts';

const view: AuditEntry = {
  staff: 'staff-1',
  action: 'case.view',
  reference: 'GRT-7K2M-93QX',
  case: 'case-1',
  detail: null,
};

/** Runs SQL past the store, as somebody with the database in their hands would. */
async function past({ database }: TempStore, statement: string): Promise<void> {
  if (database.kind === 'sqlite') {
    const db = new DatabaseSync(database.file);
    try {
      db.exec(statement);
    } finally {
      db.close();
    }
    return;
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export function auditSpec(temp: () => TempStore): void {
  describe('the audit log', () => {
    it('holds what was said of each act, chained to the one before', async () => {
      const { audit } = temp().store;
      const first = await audit.append(view);
      temp().now = '2026-03-01T12:00:01.000Z';
      const second = await audit.append({ ...view, action: 'case.release', detail: 'one of two' });
      expect(first).toMatchObject({ ...view, number: 1, previous: '', at: '2026-03-01T12:00:00.000Z' });
      expect(second).toMatchObject({ number: 2, previous: first.hash });
      expect(await audit.following(0, 10)).toEqual([first, second]);
      expect(await audit.find({ action: 'case.release' }, 10)).toEqual([second]);
      expect(await audit.find({ reference: 'GRT-7K2M-93QX', staff: 'staff-1', before: 2 }, 10)).toEqual([first]);
      expect(await audit.find({ staff: 'staff-2' }, 10)).toEqual([]);
      expect([audit.isWhole(second), audit.isWhole({ ...second, detail: 'two of two' })]).toEqual([true, false]);
    });

    it('gives every row its own number, however many are written at once', async () => {
      const { audit } = temp().store;
      await Promise.all(Array.from({ length: 30 }, () => audit.append(view)));
      const rows = await audit.following(0, 100);
      expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
      expect(rows.slice(1).map(({ previous }) => previous)).toEqual(rows.slice(0, -1).map(({ hash }) => hash));
    });

    it.each(["update audit set detail = 'x'", 'delete from audit', 'delete from audit where number = 1'])(
      'is refused by the database: %s',
      async (statement) => {
        await temp().store.audit.append(view);
        await expect(past(temp(), statement)).rejects.toThrow(/only ever added to/);
        expect(await temp().store.audit.following(0, 10)).toHaveLength(1);
      },
    );

    it('stays when the case that it speaks of is erased', async () => {
      const { store } = temp();
      const person = await say(store, 'm-1', 'Bonjour');
      await store.audit.append(view);
      await store.erasePerson(person);
      expect(await store.audit.following(0, 10)).toHaveLength(1);
    });
  });
}
