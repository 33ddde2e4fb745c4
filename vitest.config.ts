import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
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
  'test/project/hops.test.ts',
  'test/staff/**',
  'test/store/**',
  'test/submission/same-bytes.test.ts',
  'test/voice/**',
  'test/web/voice-*',
  'test/web/whole-*',
];

/** Room in memory for all the folders that tests make, in bytes. */
const ENOUGH = 2 * 1024 ** 3;

/**
 * Most of the time of a test with a database went into waiting until a disk had written: the folders of tests stand in memory where
 * there is room. What a killed process leaves behind is the same there; `npm run bench` measures on the disk.
 */
function inMemory(): string | null {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize < ENOUGH) return null;
    const folder = mkdtempSync('/dev/shm/griot-tests-');
    // Some tests start the program under another account.
    chmodSync(folder, 0o1777);
    return folder;
  } catch {
    return null;
  }
}

const folder = inMemory();
if (folder !== null) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(mode === 'fast' ? SLOW : [])],
    env: folder === null ? {} : { TMPDIR: folder },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Most of the time they wait: for a browser, a mail server, a clock. Two at once also where there are two processors.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
}));
