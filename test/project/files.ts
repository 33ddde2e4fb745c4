// What tests about the project itself read.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const exists = (path: string): boolean => existsSync(join(ROOT, path));

/** Paths as git knows them, from the top of the project; files that were taken away and not yet committed left out. */
export function trackedFiles(...patterns: readonly string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--', ...patterns], { cwd: ROOT, encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '' && exists(path));
}

/** Every page that a person reads. */
export const PAGES = trackedFiles('*.md');

/** From one page to a path from the top. */
export const fromPage = (page: string, target: string): string => join(dirname(page), target);
