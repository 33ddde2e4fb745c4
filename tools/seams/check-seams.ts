// Shows that a feature can be taken out: in a copy of the project, its files and its one entry in each list are removed; then the
// rest must compile and pass its tests. `npm run -s check:seams -- [--compiles] ["name of a feature"]`; ends with 1 if one does
// not. `--compiles`: without the tests.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FEATURES, type Feature } from './features.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');

/** All files that git tracks or would add, in a separate folder; the libraries are linked. */
function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'griot-seams-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const path of listed.split('\0')) {
    if (path === '' || path === 'node_modules' || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/**
 * The text of a list without the entry that `marker` is in. An entry is one line, or goes from a line that ends with an opening
 * bracket to the one that closes it. Throws unless there is just one.
 */
function withoutEntry(text: string, marker: string): string {
  const lines = text.split('\n');
  const isImport = (line: string) => line.startsWith('import ');
  const found = lines.flatMap((line, index) => (line.includes(marker) && !isImport(line) ? [index] : []));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`"${marker}" is in ${found.length} entries, not in one`);
  const line = lines[first] ?? '';
  const indent = /^\s*/u.exec(line)?.[0] ?? '';
  const opens = /[{[(]$/u.test(line);
  const last = opens ? lines.findIndex((one, at) => at > first && /^[}\])]/u.test(one.slice(indent.length))) : first;
  return lines.toSpliced(first, last - first + 1).join('\n');
}

/** The text of a list without its imports of files that are gone. */
function withoutImports(text: string, list: string, gone: readonly string[]): string {
  return text.replaceAll(/^import [^;]*? from '([^']+)';\n/gmu, (line, from: string) => {
    const path = join(dirname(list), from);
    return gone.some((one) => path === one || path.startsWith(`${one}/`)) ? '' : line;
  });
}

function takeOut(copy: string, { files, entries, tests }: Feature): void {
  for (const path of [...files, ...tests]) {
    if (!existsSync(join(copy, path))) throw new Error(`${path} is not there`);
    rmSync(join(copy, path), { recursive: true });
  }
  for (const { list, marker } of entries) {
    const path = join(copy, list);
    writeFileSync(path, withoutImports(withoutEntry(readFileSync(path, 'utf8'), marker), list, files));
  }
}

function passes(copy: string, program: string, ...args: readonly string[]): boolean {
  const { status, stdout, stderr } = spawnSync(join(BIN, program), args, { cwd: copy, encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`${stdout}${stderr}\n`);
  return status === 0;
}

function check(name: string, feature: Feature, withTests: boolean): boolean {
  const copy = copyOfProject();
  try {
    takeOut(copy, feature);
    const compiles = passes(copy, 'tsc', '--noEmit');
    const holds = compiles && (!withTests || passes(copy, 'vitest', 'run', ...feature.stillPass));
    const good = withTests ? 'the rest compiles and passes' : 'the rest compiles';
    const what = !compiles ? 'the rest does not compile' : !holds ? 'other tests fail' : good;
    process.stdout.write(`without ${name} (${feature.files.join(', ')}): ${what}\n`);
    return holds;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: { compiles: { type: 'boolean' } }, allowPositionals: true });
  const [only] = positionals;
  const asked = Object.entries(FEATURES).filter(([name]) => only === undefined || name === only);
  if (asked.length === 0)
    throw new Error(`there is no feature "${only}"; there are: ${Object.keys(FEATURES).join(', ')}`);
  const results = asked.map(([name, feature]) => check(name, feature, values.compiles !== true));
  process.exitCode = results.every(Boolean) ? 0 : 1;
}
