import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sampleHashes } from './hashes.ts';

it('the same submission is the same bytes, at another time and in another zone', async () => {
  const script = fileURLToPath(new URL('hashes.ts', import.meta.url));
  const here = await sampleHashes();
  expect(here).toHaveLength(8);
  for (const TZ of ['Pacific/Kiritimati', 'America/Sao_Paulo', 'Etc/GMT+12']) {
    const there = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
    expect(there.trim().split('\n'), TZ).toEqual(here);
  }
});
