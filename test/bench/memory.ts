// Conversations lie in the database, not in memory: a process in front of ten thousand holds what one in front of none holds.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './child.ts';
import { figure, median, type Figure } from './figure.ts';

const MB = 1024 * 1024;

export async function memory({
  conversations,
  times,
}: {
  conversations: number;
  times: number;
}): Promise<readonly Figure[]> {
  const full = mkdtempSync(join(tmpdir(), 'griot-bench-full-'));
  try {
    const filled = await child(full, conversations);
    const none: number[] = [];
    const stored: number[] = [];
    for (let time = 0; time < times; time++) {
      none.push(await overNone());
      stored.push((await child(full, 0)).rss);
    }
    const perConversation = Math.max(0, filled.heapAfter - filled.heap) / conversations;
    return [
      figure(
        `memory over ${conversations} stored conversations over none`,
        median(stored) / median(none),
        'ratio of resident memory',
        { at: 'most', value: 1.1 },
        { noneMb: median(none) / MB, storedMb: median(stored) / MB },
      ),
      // A promise, a session or a key that is kept would be several hundred.
      figure(
        'memory kept for each conversation that was taken',
        perConversation,
        'bytes',
        { at: 'most', value: 100 },
        {
          conversations,
          beforeMb: filled.rss / MB,
          afterMb: filled.rssAfter / MB,
        },
      ),
    ];
  } finally {
    rmSync(full, { recursive: true, force: true });
  }
}

async function overNone(): Promise<number> {
  const empty = mkdtempSync(join(tmpdir(), 'griot-bench-empty-'));
  try {
    return (await child(empty, 0)).rss;
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

async function child(dir: string, conversations: number) {
  const {
    rss = 0,
    heap = 0,
    rssAfter = 0,
    heapAfter = 0,
  } = await runChild('./memory-child.ts', [dir, String(conversations)], ['--expose-gc']);
  return { rss, heap, rssAfter, heapAfter };
}
