// Somebody with the database in their hands takes the triggers away and changes what they like: it shows. So does an anchor
// that was put back, and a crash at a bad moment does not.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAudit, type Audit } from '../../src/staff/audit/audit.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';

let temp: TempStore;
let audit: Audit;
let anchorFile: string;
let faults: unknown[];
beforeEach(async () => {
  temp = await openTempStore();
  anchorFile = join(temp.dir, 'audit-head');
  audit = open();
});
afterEach(() => temp.close());

function open(master = temp.store.keys): Audit {
  faults = [];
  return openAudit({ rows: temp.store.audit, master, anchorFile, onFault: (error) => void faults.push(error) });
}

async function work(acts: number): Promise<void> {
  for (let i = 0; i < acts; i += 1) {
    await audit.record({
      staff: { id: `staff-${i % 3}` },
      action: 'case.view',
      reference: `GRT-${i}`,
      detail: String(i),
    });
  }
}

function tamper(...statements: readonly string[]): void {
  if (temp.database.kind !== 'sqlite') throw new Error('These tests are about the file.');
  const db = new DatabaseSync(temp.database.file);
  for (const change of ['update', 'delete']) db.exec(`drop trigger if exists audit_no_${change}`);
  for (const statement of statements) db.exec(statement);
  db.close();
}

describe('a log that nobody touched', () => {
  it('is whole, empty or not', async () => {
    expect(await audit.check()).toEqual([]);
    await work(12);
    expect(await audit.check()).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('is whole after a crash between the commit and the anchor, in more than one process', async () => {
    await work(5);
    for (const action of ['case.view', 'account.add']) {
      await temp.store.audit.append({ staff: null, action, reference: null, case: null, detail: null });
    }
    expect(await audit.check()).toEqual([]);
    await work(1);
    expect([await audit.check(), faults]).toEqual([[], []]);
  });

  it('is whole after a crash before the first anchor', async () => {
    await temp.store.audit.append({ staff: null, action: 'account.add', reference: null, case: null, detail: null });
    expect(await audit.check()).toEqual([]);
    await work(1);
    expect([await audit.check(), faults]).toEqual([[], []]);
  });

  it('is whole when two processes write at the same time', async () => {
    const command = openAudit({
      rows: temp.store.audit,
      master: temp.store.keys,
      anchorFile,
      onFault: (error) => void faults.push(error),
    });
    await Promise.all([work(10), ...[1, 2, 3].map(() => command.record({ staff: null, action: 'account.add' }))]);
    expect([await audit.check(), faults]).toEqual([[], []]);
  });
});

describe('tampering shows', () => {
  it.each([
    ['a word changed', "update audit set detail = 'x' where number = 3", [{ kind: 'changed', number: 3 }]],
    ['somebody else named', "update audit set staff = 'staff-9' where number = 6", [{ kind: 'changed', number: 6 }]],
    ['a row removed', 'delete from audit where number = 4', [{ kind: 'removed', number: 4, to: 4 }]],
    ['the beginning removed', 'delete from audit where number < 4', [{ kind: 'removed', number: 1, to: 3 }]],
    ['the end cut off', 'delete from audit where number > 6', [{ kind: 'cut-off', number: 7, to: 8 }]],
    ['everything removed', 'delete from audit', [{ kind: 'cut-off', number: 1, to: 8 }]],
  ])('%s', async (_, statement, problems) => {
    await work(8);
    tamper(statement);
    expect(await audit.check()).toEqual(problems);
  });

  it('a row removed and the later ones numbered again', async () => {
    await work(8);
    tamper('delete from audit where number = 4', 'update audit set number = number - 1 where number > 4');
    const kinds = (await audit.check()).map(({ kind }) => kind);
    expect(kinds).toContain('changed');
    expect(kinds).toContain('cut-off');
  });

  it('a chain that was computed again with another key', async () => {
    await work(3);
    const other = await openTempStore({ masterKey: Buffer.alloc(32, 9) });
    for (let i = 0; i < 3; i += 1) {
      await other.store.audit.append({
        staff: 'staff-1',
        action: 'case.view',
        reference: null,
        case: null,
        detail: null,
      });
    }
    const forged = await other.store.audit.following(0, 10);
    await other.close();
    tamper(
      ...forged.map(
        ({ number, hash, previous }) => `update audit set detail = null, reference = null,
      staff = 'staff-1', hash = '${hash}', previous = '${previous}' where number = ${number}`,
      ),
    );
    expect((await audit.check()).filter(({ kind }) => kind === 'changed')).toHaveLength(3);
  });

  it('any change of any column of any row, and any rows removed', async () => {
    await work(10);
    const untouched = await temp.store.audit.following(0, 100);
    const columns = ['at', 'staff', 'action', 'reference', 'case_id', 'detail', 'previous', 'hash'];
    const row = fc.integer({ min: 1, max: 10 });
    const change = fc.record({
      kind: fc.constant('change' as const),
      row,
      column: fc.constantFrom(...columns),
      by: fc.nat(),
    });
    const remove = fc.record({ kind: fc.constant('remove' as const), row, count: fc.integer({ min: 1, max: 10 }) });
    const swap = fc
      .record({ kind: fc.constant('swap' as const), row, other: row })
      .filter((one) => one.row !== one.other);
    await fc.assert(
      fc.asyncProperty(fc.oneof(change, remove, swap), async (act) => {
        if (act.kind === 'change') tamper(`update audit set ${act.column} = 'x${act.by}' where number = ${act.row}`);
        else if (act.kind === 'remove')
          tamper(`delete from audit where number >= ${act.row} and number < ${act.row + act.count}`);
        else
          tamper(
            `update audit set number = -1 where number = ${act.row}`,
            `update audit set number = ${act.row} where number = ${act.other}`,
            `update audit set number = ${act.other} where number = -1`,
          );
        const problems = await audit.check();
        tamper(
          'delete from audit',
          ...untouched.map(
            (one) => `insert into audit (number, at, staff, action, reference, case_id, detail, previous, hash)
              values (${one.number}, '${one.at}', '${one.staff}', '${one.action}', '${one.reference}', null, '${one.detail}', '${one.previous}', '${one.hash}')`,
          ),
        );
        expect(await audit.check()).toEqual([]);
        return problems.length > 0;
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe('the anchor', () => {
  it('shows when it is missing, damaged, forged, or of another log', async () => {
    await work(8);
    const anchor = readFileSync(anchorFile, 'utf8');
    writeFileSync(anchorFile, anchor.replace('1 8 ', '1 6 '));
    expect(await audit.check()).toEqual([{ kind: 'anchor-broken' }]);
    writeFileSync(anchorFile, 'x');
    expect(await audit.check()).toEqual([{ kind: 'anchor-broken' }]);
    rmSync(anchorFile);
    expect(await audit.check()).toEqual([{ kind: 'anchor-missing' }]);
    const other = await openTempStore();
    const elsewhere = openAudit({
      rows: other.store.audit,
      master: temp.store.keys,
      anchorFile,
      onFault: () => undefined,
    });
    await elsewhere.record({ staff: null, action: 'account.add' });
    await other.close();
    expect(await audit.check()).toEqual([{ kind: 'anchor-foreign', number: 1 }]);
  });

  it('shows when an older one was put back, and is not moved on over it', async () => {
    await work(8);
    copyFileSync(anchorFile, `${anchorFile}.old`);
    await work(8);
    copyFileSync(`${anchorFile}.old`, anchorFile);
    expect(await audit.check()).toEqual([{ kind: 'anchor-behind', number: 8, to: 16 }]);
    await work(1);
    expect(await audit.check()).toEqual([{ kind: 'anchor-behind', number: 8, to: 17 }]);
    expect(faults).toHaveLength(1);
  });

  it('is not moved on over an end that was cut off, also when new rows have taken its numbers', async () => {
    await work(8);
    tamper('delete from audit where number > 6');
    await work(5);
    expect(await audit.check()).toEqual([{ kind: 'anchor-foreign', number: 8 }]);
    expect(faults).toHaveLength(5);
  });

  it('is set again, with a row that says why, when somebody knows: a backup was restored', async () => {
    await work(8);
    tamper('delete from audit where number > 6');
    await audit.accept('restored-backup');
    expect(await audit.check()).toEqual([]);
    expect(await temp.store.audit.last()).toMatchObject({
      number: 7,
      action: 'audit.accept',
      detail: 'restored-backup',
    });
    await work(2);
    expect(await audit.check()).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('that cannot be written does not lose the row, and is told', async () => {
    await work(1);
    const nowhere = openAudit({
      rows: temp.store.audit,
      master: temp.store.keys,
      anchorFile: join(temp.dir, 'not', 'there'),
      onFault: (error) => void faults.push(error),
    });
    await nowhere.record({ staff: null, action: 'account.add' });
    expect(faults).toHaveLength(1);
    expect((await temp.store.audit.last())?.number).toBe(2);
  });
});
