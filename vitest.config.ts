import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** Left out by `npm run test:fast`: what needs a browser, PostgreSQL, a WhatsApp server, processes of its own, or more than a few seconds. */
const SLOW = [
  'test/**/*chromium*',
  'test/bench/**',
  'test/calls/{call-preview,pages-of-commands}.test.ts',
  'test/channels/read-*/**',
  'test/channels/teams/{hanging-app,journey,race,voice}.test.ts',
  'test/channels/whatsapp/**',
  'test/support/whatsapp-server/**',
  'test/support/graph-api/**',
  'test/cli/**',
  'test/conversation/**',
  'test/delivery/mail-in/**',
  'test/delivery/mail-lease.test.ts',
  'test/faults/**',
  'test/project/hops.test.ts',
  'test/staff/**',
  'test/store/**',
  'test/submission/{make-files,same-bytes}.test.ts',
  'test/voice/**',
  'test/web/voice-*',
  'test/web/whole-*',
];

/**
 * What replaces modules or the console, or measures memory and the processor, has a process for each file. Another process runs all
 * other files one after the other, and loads the program once for all of them: they keep nothing in it.
 */
const ALONE = [
  'test/calls/pages-of-commands.test.ts',
  'test/channels/whatsapp/small-parts.test.ts',
  'test/faults/{crash-points,disk,flood,growth}.test.ts',
];

const COMPILED = fileURLToPath(new URL('node_modules/.cache/griot', import.meta.url));

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

export default defineConfig(({ mode }) => {
  const exclude = [...configDefaults.exclude, ...(mode === 'fast' ? SLOW : [])];
  return {
    test: {
      projects: [
        {
          extends: true,
          test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...exclude, ...ALONE], isolate: false },
        },
        { extends: true, test: { name: 'alone', include: ALONE, exclude } },
      ],
      // Node reads the files itself: nothing is written anew for it. What it has compiled is kept, as the program keeps it.
      experimental: { viteModuleRunner: false },
      setupFiles: ['test/support/keep-compiled.ts'],
      env: { NODE_COMPILE_CACHE: COMPILED, ...(folder === null ? {} : { TMPDIR: folder }) },
      sequence: { sequencer: LongestFirst },
      testTimeout: 300_000,
      hookTimeout: 300_000,
      pool: 'forks',
      // Half of the time they wait: for a browser, a mail server, a line. With two more at once than there are processors, a fifth of the
      // processors' time was left.
      maxWorkers: availableParallelism() + 3,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    },
  };
});
