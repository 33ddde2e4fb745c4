// Every file of test/transcripts/ is a conversation, played on the engine with the session written out and read back
// between any two turns. UPDATE_TRANSCRIPTS=1 writes what is said now: read the difference before you commit it.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playTranscript } from './support/golden.ts';

const folder = new URL('./transcripts/', import.meta.url);

describe('golden transcripts', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
    it(name, async () => {
      const path = new URL(name, folder);
      const written = readFileSync(path, 'utf8');
      const played = await playTranscript(written);
      if (process.env['UPDATE_TRANSCRIPTS'] === '1') writeFileSync(path, played);
      else expect(played).toBe(written);
    });
  }
});
