// npm run -s faults -- [ROW…] [--list]: breaks what can break, and prints a table of what held. KILLS=1000 and MESSAGES=10000 make it
// the long run.

import { globSync, readFileSync } from 'node:fs';
import { startVitest, type TestCase, type TestModule } from 'vitest/node';
import { faultsIn, numbersIn, type Row, ROWS } from './rows.ts';

const given = process.argv.slice(2);
const wanted = given.filter((word) => word !== '--list').flatMap(numbersIn);
const rows = ROWS.filter(({ row }) => wanted.length === 0 || numbersIn(row).some((one) => wanted.includes(one)));
const shows = (title: string, row: Row) => numbersIn(row.row).some((one) => faultsIn(title).has(one));
const files = globSync('test/**/*.test.ts').filter((file) => {
  const text = readFileSync(file, 'utf8');
  return rows.some((row) => shows(text, row));
});

function table(lines: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return `${padded.map((line) => line.trimEnd()).join('\n')}\n`;
}

if (given.includes('--list')) {
  process.stdout.write(table(rows.map(({ row, fault, holds }) => [row, fault, holds])));
  process.exit(0);
}

const began = performance.now();
const vitest = await startVitest('test', files, {
  watch: false,
  testNamePattern: String.raw`\bfaults? \d`,
  reporters: [
    { onTestModuleEnd: ({ relativeModuleId }: TestModule) => void process.stderr.write(`${relativeModuleId}\n`) },
  ],
});
const modules = vitest.state.getTestModules();
const cases = modules
  .flatMap((module) => [...module.children.allTests()])
  .filter(({ fullName }) => rows.some((row) => shows(fullName, row)));

function cameOf(row: Row): readonly string[] {
  const shown = cases.filter(({ fullName }) => shows(fullName, row));
  const states = shown.map((test) => test.result().state);
  const held = states.filter((state) => state === 'passed').length;
  const skipped = states.filter((state) => state === 'skipped').length;
  const verdict = states.includes('failed') ? 'DOES NOT HOLD' : held === 0 ? 'NOT SHOWN' : 'holds';
  const aside = skipped === 0 ? '' : `, ${skipped} cannot run here`;
  return [row.row, row.fault, `${verdict}: ${held} of ${shown.length} tests${aside}`, where(shown)];
}

function where(tests: readonly TestCase[]): string {
  return [...new Set(tests.map(({ module }) => module.relativeModuleId.replace(/^test\//u, '')))].toSorted().join(' ');
}

const lines = rows.map(cameOf);
process.stdout.write(`\n${table(lines)}`);
for (const test of cases) {
  if (test.result().state === 'failed')
    process.stdout.write(`\nfailed: ${test.fullName}\n${String(test.result().errors?.[0]?.message)}\n`);
}
const broken = modules.flatMap((module) =>
  module.errors().map(({ message }) => `${module.relativeModuleId}: ${message}`),
);
for (const message of broken) process.stdout.write(`\n${message}\n`);
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
process.stdout.write(`\n${cases.length} tests in ${files.length} files, ${minutes} minutes\n`);
await vitest.close();
process.exit(broken.length === 0 && lines.every(([, , came = '']) => came.startsWith('holds')) ? 0 : 1);
