import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from './files.ts';

it.each([
  ['test/bench/run.ts', ['--quick', '--only', 'storm']],
  ['tools/understanding/run.ts', ['--set', '--mistakes', 'unseen']],
])('%s says how it is used, and does nothing else', (file, words) => {
  const args = ['--disable-warning=ExperimentalWarning', file, '--help'];
  const printed = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  for (const word of words) expect(printed).toContain(word);
  expect(printed).toMatch(/^npm run -s \w+ /u);
});
