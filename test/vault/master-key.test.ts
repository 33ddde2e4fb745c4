import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadMasterKey, MasterKeyError } from '../../src/vault/master-key.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'griot-key-'));
  file = join(dir, 'master.key');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('at first start a key is made, for its owner only; later it is read', () => {
  const first = loadMasterKey({ file });
  expect(first).toMatchObject({ made: true });
  expect(first.key).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(loadMasterKey({ file })).toEqual({ key: first.key, made: false });
});

test('a configured key wins, and no file is made', () => {
  const key = Buffer.alloc(32, 9);
  expect(loadMasterKey({ fromConfig: ` ${key.toString('base64')}\n`, file })).toEqual({ key, made: false });
  expect(() => statSync(file)).toThrow(/ENOENT/);
});

test.each([
  ['31 bytes', Buffer.alloc(31).toString('base64')],
  ['33 bytes', Buffer.alloc(33).toString('base64')],
  ['hexadecimal', 'ab'.repeat(32)],
  ['something else', 'correct horse battery staple'],
  ['nothing', ''],
])('%s is refused, without being repeated in the error', (_, text) => {
  const refused = expect(() => loadMasterKey({ fromConfig: text, file }));
  refused.toThrow(MasterKeyError);
  writeFileSync(file, text, { mode: 0o600 });
  expect(() => loadMasterKey({ file })).toThrow(/must be exactly 32 bytes/);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test.each([0o640, 0o604, 0o660, 0o644])('a file that others can read (%o) is refused, with the remedy', (mode) => {
  loadMasterKey({ file });
  chmodSync(file, mode);
  expect(() => loadMasterKey({ file })).toThrow(`chmod 600 ${file}`);
});

test('a folder that is not there is an error for the operator', () => {
  expect(() => loadMasterKey({ file: join(dir, 'none', 'master.key') })).toThrow(MasterKeyError);
});
