// Loading code is most of the cost of a start: a package that only some installations or commands need is imported when they do.

import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { read } from './files.ts';

const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^'"();]*?\sfrom\s+)?'([^']+)'/gmu;

/** The packages that the server imports before it does anything, by way of any of its files. */
function packagesOfAStart(): readonly string[] {
  const found = new Set<string>();
  const waiting = ['src/main.ts', 'src/app.ts', 'src/log.ts'];
  for (const file of waiting) {
    for (const [, from = ''] of read(file).matchAll(IMPORT)) {
      const path = from.startsWith('.') ? join(dirname(file), from) : null;
      if (path === null) found.add(/^(?:node:|@[^/]+\/[^/]+|[^/]+)/u.exec(from)?.[0] ?? from);
      else if (path.endsWith('.ts') && !waiting.includes(path)) waiting.push(path);
    }
  }
  return [...found].filter((name) => name !== 'node:').sort();
}

const NEEDED: readonly string[] = [
  '@hono/node-server',
  'fflate',
  'hash-wasm',
  'hono',
  'i18next',
  'kysely',
  'otpauth',
  'pino',
  'postal-mime',
  'uqr',
  'yaml',
  'zod',
];

it('a start loads the packages that every installation needs, and no other', () => {
  expect(packagesOfAStart()).toEqual(NEEDED);
});
