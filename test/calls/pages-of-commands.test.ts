// docs/add-a-call.md and docs/add-a-language.md: every command on them is run, one after the other as an operator does, and
// prints what the page shows.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { formatCsv, parseCsv } from '../../src/calls/csv.ts';
import { languages } from '../../src/cli/languages.ts';
import { loadCatalogues, LOCALES } from '../../src/texts/catalogues.ts';
import { MASTER_KEY } from '../support/running-app.ts';
import { isAsShown, shownIn, told, wordsOf } from '../support/shown-commands.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const { place } = vi.hoisted(() => ({ place: { dialogs: '' } }));
vi.mock('../../src/cli/call-roots.ts', () => ({
  get DIALOGS() {
    return place.dialogs;
  },
  LOCALES: join(import.meta.dirname, '..', '..', 'locales'),
}));

const folder = mkdtempSync(join(tmpdir(), 'griot-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => vi.useFakeTimers({ now: Date.parse('2027-02-01T12:00:00Z'), toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

const PUBLIC_URL = 'https://texts.casa-exemplo.org';

async function run(command: string): Promise<readonly string[]> {
  const words = wordsOf(command).map((word) => (word.endsWith('.txt') ? join(folder, word) : word));
  const said = await told(words, { DATA_DIR: join(folder, 'data'), MASTER_KEY, PUBLIC_URL });
  return said.map((line) => line.replaceAll(`${folder}/`, ''));
}

const facts = () => join(folder, 'dialogs/emler-2027/call.yaml');
function edit(...changes: readonly (readonly [string, string])[]): void {
  let text = readFileSync(facts(), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`not in the draft: ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(facts(), text);
}

const WRITTEN: Readonly<Record<string, string>> = {
  ...{ 'lens.good-practices': 'Good practices', 'lens.obstacles-and-lessons': 'Obstacles and lessons' },
  ...{ 'body.name': 'the UN', 'body.readers': 'the experts', 'body.some-readers': 'experts of the UN' },
  'body.purpose': 'their report to the UN',
};

function writeTexts(): void {
  const sheet = join(folder, 'dialogs/emler-2027/texts.csv');
  const { rows } = parseCsv(readFileSync(sheet, 'utf8').replace('\uFEFF', ''));
  const at = rows[0]?.indexOf('label::English (en)') ?? -1;
  const filled = rows.map((row) =>
    WRITTEN[row[1] ?? ''] === undefined ? row : row.with(at, WRITTEN[row[1] ?? ''] ?? ''),
  );
  writeFileSync(sheet, formatCsv(filled));
}

/** What the operator does by hand before a command: by its number on the page. */
const BY_HAND: Readonly<Record<number, () => void>> = {
  1: () => edit(['words: 2500', 'words: 2,500'], ['\nlinks:', '\nlnks:'], ['official: false', 'official: true']),
  2: () => {
    edit(['words: 2,500', 'words: 2500'], ['\nlnks:', '\nlinks:']);
    writeTexts();
  },
  3: () => edit(['status: draft', 'status: open\npreviewed: { by: Ana, on: 2027-02-01 }']),
};

it('docs/add-a-call.md: from a page to a link', { timeout: 300_000 }, async () => {
  place.dialogs = join(folder, 'dialogs');
  mkdirSync(place.dialogs);
  const page = readFileSync(join(ROOT, 'test/fixtures/pages/emler-2024.txt'), 'utf8');
  writeFileSync(join(folder, 'page.txt'), page.replaceAll('2024', '2027'));
  const shown = shownIn('add-a-call.md');
  expect(shown.map(({ command }) => command.split(' ').slice(0, 2).join(' '))).toEqual([
    ...['call new', 'call check', 'call check', 'call preview', 'call address', 'call check', 'call link'],
  ]);
  const into = process.cwd();
  for (const [number, { command, lines }] of shown.entries()) {
    BY_HAND[number]?.();
    const said = await run(command.replace('leaflet.svg', join(folder, 'leaflet.svg')));
    const near = said.map((line) => line.replaceAll(`${into}/`, ''));
    expect(isAsShown(near, lines), `${command}\n${near.join('\n')}`).toBe(true);
  }
  expect(existsSync(join(folder, 'leaflet.svg'))).toBe(true);
});

it('docs/add-a-language.md: a language that lacks texts', () => {
  const dir = join(folder, 'locales');
  cpSync(LOCALES, dir, { recursive: true });
  rmSync(join(dir, 'ht/talk.json'));
  const bot = join(dir, 'ht/bot.json');
  const change = (from: string | RegExp, to: string) => {
    const before = readFileSync(bot, 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`not in the texts: ${String(from)}`);
    writeFileSync(bot, after);
  };
  change(/\n {4}"ask": .*\n/u, '\n');
  const shown = shownIn('add-a-language.md');
  expect(shown.map(({ command }) => command)).toEqual(['languages', 'languages ht']);
  for (const { command, lines } of shown) {
    const said: string[] = [];
    const io = { environment: {}, say: (text: string) => void said.push(text), warn: () => undefined };
    languages({ values: {}, positionals: command.split(' ').slice(1) }, io, `${dir}/`);
    expect(isAsShown(said, lines), `${command}\n${said.slice(0, 20).join('\n')}`).toBe(true);
  }
  change('"hello": {', '"hello": {\n    "helo": "Bonjou.",');
  expect(() => loadCatalogues(`${dir}/`)).toThrow('locales/ht/bot.json: hello.helo: not known');
});
