// What an operator reads when the system refuses something: what, where, and how to mend it, and never a bare code.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { explainError } from '../src/explain-error.ts';

const dir = mkdtempSync(join(tmpdir(), 'griot-explain-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

describe('an error of the system', () => {
  const file = join(dir, 'a-file');
  writeFileSync(file, '');

  it.each([
    ['a file that is not there', () => readFileSync(join(dir, 'none')), /none is not there\. .*\(ENOENT\)$/u],
    ['a file in place of a folder', () => mkdirSync(file), /a-file exists already.*Move it away.*\(EEXIST\)$/u],
    ['a path through a file', () => readFileSync(join(file, 'x')), /leads through a file.*\(ENOTDIR\)$/u],
    ['a folder in place of a file', () => readFileSync(dir), /a file is needed\. \(EISDIR\)$/u],
  ])('says of %s what to do', (_, work, says) => {
    const said = explainError(caught(work));
    expect(said).toMatch(says);
    expect(said).not.toMatch(/no such file|illegal operation|\n +at /u);
  });

  it('says which port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = await new Promise((resolve) => createServer().once('error', resolve).listen(port, '127.0.0.1'));
    taken.close();
    expect(explainError(error)).toBe(
      `127.0.0.1:${port} is taken by another program, perhaps Griot itself. Stop that one, or choose another PORT. (EADDRINUSE)`,
    );
  });

  it('says of a full disk that room is needed', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      errno: -28,
      syscall: 'write',
    });
    expect(explainError(error)).toMatch(/the disk is full\. Make room/u);
  });

  it('leaves our own words, and the stack of a fault of ours', () => {
    class OursError extends Error {
      override readonly name = 'OursError';
    }
    expect(explainError(new OursError('Do this.'))).toBe('Do this.');
    expect(explainError(new TypeError('x is undefined'))).toContain(' at ');
  });
});

it.each(['abc', '1.5', '-1', '70000'])('a PORT of %s is refused with the numbers that it may be', (PORT) => {
  expect(String(caught(() => readConfig({ PORT })))).toContain('PORT: a whole number from 0 to 65535');
});
