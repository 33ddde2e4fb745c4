// griot chat --draft: a call is heard before it is signed and opened.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { formatCsv } from '../../src/calls/csv.ts';
import { sheetOf } from '../../src/calls/texts-sheet.ts';
import type { chat as Chat } from '../../src/cli/chat.ts';
import { LANGUAGES } from '../../src/languages.ts';
import { shelvedFixture } from '../fixtures/calls/fixture-call.ts';

const { place } = vi.hoisted(() => ({ place: { dialogs: '' } }));
vi.mock('../../src/cli/call-roots.ts', () => ({
  get DIALOGS() {
    return place.dialogs;
  },
  LOCALES: join(import.meta.dirname, '..', '..', 'locales'),
}));

const ID = 'ohchr-2016-women';
let data: string;
/** Imported when its folder of calls is there. */
const chat: typeof Chat = async (...given) => (await import('../../src/cli/chat.ts')).chat(...given);

beforeAll(() => {
  place.dialogs = mkdtempSync(join(tmpdir(), 'dialogs-'));
  data = mkdtempSync(join(tmpdir(), 'data-'));
  const { call, catalogues } = shelvedFixture(ID);
  mkdirSync(join(place.dialogs, ID));
  const texts = LANGUAGES.map((language) => ({ language, catalogue: catalogues[language] }));
  writeFileSync(join(place.dialogs, ID, 'call.yaml'), stringify({ ...call, status: 'draft' }));
  writeFileSync(join(place.dialogs, ID, 'texts.csv'), formatCsv(sheetOf(call, texts)));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  for (const folder of [place.dialogs, data]) rmSync(folder, { recursive: true });
});

it('plays a draft to its questions, says that it is a trial, and keeps nothing', async () => {
  const said: string[] = [];
  const io = {
    environment: { DATA_DIR: data },
    say: (text: string) => void said.push(text),
    warn: (text: string) => void said.push(text),
  };
  vi.stubEnv('TMPDIR', data);
  const input = Readable.from(['1\n', '1\n', '1\n']);
  expect(await chat({ values: { call: ID, draft: true, language: 'en' }, positionals: [] }, io, input)).toBe(0);
  expect(said[0]).toContain(`${ID}, as if it were open. This is a trial`);
  const heard = said.join('\n');
  expect(heard).not.toContain('It isn’t open yet.');
  expect(heard).toContain('Who is writing?');
  expect(readdirSync(data)).toEqual([]);
});

it('asks for the call', async () => {
  const io = { environment: {}, say: () => undefined, warn: () => undefined };
  await expect(chat({ values: { draft: true }, positionals: [] }, io, Readable.from([]))).rejects.toThrow(
    'Say which call: --call ID --draft',
  );
});
