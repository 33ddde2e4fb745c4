import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LedgerError, openLedger, type LedgerEntry } from '../../src/vault/ledger.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-ledger-'));
  file = join(dir, 'ledger');
});
afterEach(() => rmSync(dir, { recursive: true }));

const ERASED: LedgerEntry = { kind: 'person', fingerprint: 'mark-1', at: '2026-03-01T12:00:00.000Z' };
const DONE: LedgerEntry = { ...ERASED, kind: 'done' };

test('what was written is read back, in order, after a restart', () => {
  const ledger = openLedger(file);
  ledger.append(ERASED);
  ledger.append(DONE);
  expect(ledger.entries()).toEqual([ERASED, DONE]);
  ledger.close();
  const again = openLedger(file);
  expect(again.entries()).toEqual([ERASED, DONE]);
  again.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a line cut short by a crash is dropped, and the next one is whole', () => {
  const ledger = openLedger(file);
  ledger.append(ERASED);
  const whole = statSync(file).size;
  ledger.append(DONE);
  ledger.close();
  for (let size = statSync(file).size - 1; size > whole; size--) {
    truncateSync(file, size);
    const cut = openLedger(file);
    expect(cut.entries()).toEqual([ERASED]);
    cut.append(DONE);
    cut.close();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  }
});

test.each(['nonsense\n', '2 person mark-1 2026-03-01T12:00:00.000Z\n', '1 person mark-1\n', '1 cat mark-1 now\n'])(
  'a whole line that cannot be read stops the start: %j',
  (line) => {
    writeFileSync(file, '');
    appendFileSync(file, line);
    expect(() => openLedger(file)).toThrow(LedgerError);
  },
);
