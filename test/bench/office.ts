// A PDF of the same Word file by LibreOffice, if the machine has it. Warm: what one more file costs a process that has begun.

import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { runChild } from './child.ts';

const PATIENCE_MS = 180_000;

/** Milliseconds; null without LibreOffice. */
export async function officePdfMs(files: number): Promise<number | null> {
  const dir = mkdtempSync(join(tmpdir(), 'griot-bench-office-'));
  try {
    const original = join(dir, 'original.docx');
    await runChild('./documents-child.ts', ['1', original]);
    const all = Array.from({ length: files + 1 }, (_, at) => join(dir, `${at}.docx`));
    for (const file of all) copyFileSync(original, file);
    // The first start makes its profile.
    if ((await convert(dir, all.slice(0, 1))) === null) return null;
    const one = await convert(dir, all.slice(0, 1));
    const many = await convert(dir, all);
    return one === null || many === null ? null : (many - one) / files;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function convert(dir: string, files: readonly string[]): Promise<number | null> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(dir, 'profile')).href}`;
  const from = performance.now();
  try {
    await promisify(execFile)('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', dir, ...files], {
      timeout: PATIENCE_MS,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return performance.now() - from;
}
