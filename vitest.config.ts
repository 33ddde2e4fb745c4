import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Left out by `npm run test:fast`: what needs a browser, PostgreSQL, a WhatsApp server, processes of its own, or more than a few seconds. */
const SLOW = [
  'test/**/*chromium*',
  'test/bench/**',
  'test/channels/read-*/**',
  'test/channels/teams/{race,journey,voice}.test.ts',
  'test/channels/whatsapp/**',
  'test/support/whatsapp-server/**',
  'test/cli/**',
  'test/conversation/**',
  'test/delivery/mail-in/**',
  'test/delivery/mail-lease.test.ts',
  'test/faults/**',
  'test/staff/**',
  'test/store/**',
  'test/submission/same-bytes.test.ts',
  'test/voice/**',
  'test/web/voice-*',
  'test/web/whole-*',
];

export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(mode === 'fast' ? SLOW : [])],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Most of the time they wait: for a browser, a mail server, a clock. Two at once also where there are two processors.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
}));
