// How far one sentence of testimony goes through the program: `npm run -s trace` prints the way itself.

import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from './files.ts';

/** Only ever lowered: whoever makes the way shorter writes the new figures here. The aim is 60, 180 and 230. */
const CEILING = { files: 59, functions: 417, changes: 254 };

type Figures = typeof CEILING;

const TRIES = 5;

const TRACE = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  './tools/trace/probe.ts',
  'tools/trace/trace-turn.ts',
];

it('takes a message through no more files, functions and changes of file than before', () => {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const traced = (): Figures =>
    JSON.parse(execFileSync(process.execPath, [...TRACE, '--json'], { cwd: ROOT, env, encoding: 'utf8' })) as Figures;
  const isWithin = (one: Figures) => one.files <= CEILING.files && one.functions <= CEILING.functions;
  let figures = traced();
  // On a busy machine the program's own loops may run in the same moment: they are not on the way of the message.
  for (let left = TRIES; left > 0 && !isWithin(figures); left--) figures = traced();
  expect(figures.files).toBeGreaterThan(0);
  for (const what of ['files', 'functions', 'changes'] as const) {
    expect(figures[what], what).toBeLessThanOrEqual(CEILING[what]);
  }
});
