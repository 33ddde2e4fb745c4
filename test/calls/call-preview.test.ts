// griot call preview: a call is played to its end, before anybody else meets it.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { stringify } from 'yaml';
import { acceptedFormats } from '../../src/calls/call.ts';
import { whyNotServed } from '../../src/calls/why-not-served.ts';
import { parseCall } from '../../src/calls/parse-call.ts';
import { formatCsv } from '../../src/calls/csv.ts';
import { sheetOf } from '../../src/calls/texts-sheet.ts';
import { checkCalls } from '../../src/cli/call-check.ts';
import { previewCall } from '../../src/cli/call-preview.ts';
import { LANGUAGES } from '../../src/languages.ts';
import { FIXTURE_IDS, shelvedFixture, withTexts } from '../fixtures/calls/fixture-call.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let dialogs: string;

beforeEach(() => {
  dialogs = mkdtempSync(join(tmpdir(), 'dialogs-'));
});
afterEach(() => rmSync(dialogs, { recursive: true }));

async function preview(folder: string): Promise<string> {
  const said: string[] = [];
  const io = { environment: {}, say: (text: string) => void said.push(text), warn: () => undefined };
  await previewCall({ values: {}, positionals: [folder] }, io, () => new Date('2027-01-01T12:00:00Z'));
  return said.join('\n');
}

/** A call of the fixtures as a folder, with texts that are made of its ids. */
function folderOf(id: string): string {
  const { call, catalogues } = shelvedFixture(id);
  const folder = join(dialogs, id);
  mkdirSync(folder);
  const texts = LANGUAGES.map((language) => ({ language, catalogue: catalogues[language] }));
  writeFileSync(join(folder, 'call.yaml'), stringify({ ...call, status: 'draft' }));
  writeFileSync(join(folder, 'texts.csv'), formatCsv(sheetOf(call, texts)));
  return folder;
}

test('the first call is played in every language, though it is closed, with its files next to what was said', async () => {
  const folder = join(dialogs, 'emler-2024');
  cpSync(join(ROOT, 'dialogs', 'emler-2024'), folder, {
    recursive: true,
    filter: (path) => !path.includes('preview'),
  });
  const said = await preview(folder);
  expect(readdirSync(join(folder, 'preview')).sort()).toEqual(
    LANGUAGES.flatMap((language) => ['docx', 'pdf', 'txt'].map((format) => `${language}.${format}`)).sort(),
  );
  for (const language of LANGUAGES) {
    expect(said).toContain(
      `${language}: played to the end, as if it were open: ${language}.txt, ${language}.docx, ${language}.pdf`,
    );
    expect(
      readFileSync(join(folder, 'preview', `${language}.docx`))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(
      readFileSync(join(folder, 'preview', `${language}.pdf`))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(readFileSync(join(folder, 'preview', `${language}.txt`), 'utf8')).toContain('EMLER 2024 Report');
  }
  expect(said).toContain('Then sign in the file of the call: previewed: {');
}, 120_000);

describe('every call that we know is played to its end, as a draft, or says that it is not served', () => {
  it.each(FIXTURE_IDS)(
    '%s',
    async (id) => {
      const folder = folderOf(id);
      const { call } = shelvedFixture(id);
      const isServed = whyNotServed({ ...call, status: 'open' }) === null;
      const formats = isServed ? acceptedFormats(call) : [];
      const said = await preview(folder);
      const asksMore = isServed && JSON.stringify(call.response).includes('"only-if"');
      for (const language of LANGUAGES) {
        const files = [...['.txt', ...formats.map((format) => `.${format}`)], ...(asksMore ? ['-no.txt'] : [])];
        const end = isServed ? 'played to the end, as if it were open' : 'not served; this is what people hear';
        expect(said).toContain(`${language}: ${end}: ${files.map((file) => `${language}${file}`).join(', ')}\n`);
      }
      expect(readdirSync(join(folder, 'preview'))).toHaveLength(
        LANGUAGES.length * (1 + formats.length + (asksMore ? 1 : 0)),
      );
    },
    120_000,
  );
});

test('what follows a yes and what follows a no are both played, and every question is', async () => {
  const folder = folderOf('ohchr-2016-women');
  const { call } = shelvedFixture('ohchr-2016-women');
  const after = (answer: string) => ({ 'only-if': { question: 'heard', answer } });
  const questions = [
    { id: 'heard' },
    { id: 'by-whom', ...after('yes') },
    { id: 'what-stopped', ...after('no') },
    { id: 'last-one' },
  ];
  const asked = questions.map((question) => ({ ...question, for: ['family', 'organisation'] }));
  const response = {
    kind: 'questionnaire',
    compulsory: 'no',
    questionnaires: [{ id: 'all', audience: 'anyone', questions: asked }],
  };
  const parsed = parseCall({ ...call, response });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const texts = withTexts(parsed.call).catalogues;
  const sheet = sheetOf(
    parsed.call,
    LANGUAGES.filter((one) => one !== 'ht').map((language) => ({ language, catalogue: texts[language] })),
  );
  writeFileSync(join(folder, 'call.yaml'), stringify({ ...call, response, status: 'draft' }));
  // The list of questions has their short names.
  const whole = sheet.map((row) =>
    row[0] === 'text' ? row.map((cell) => (cell.includes(' ') && !cell.includes('${') ? `asked: ${cell}` : cell)) : row,
  );
  writeFileSync(join(folder, 'texts.csv'), formatCsv(whole));
  const said = await preview(folder);
  const played = (name: string) => readFileSync(join(folder, 'preview', name), 'utf8');
  for (const language of LANGUAGES) {
    const [yes, no] = [played(`${language}.txt`), played(`${language}-no.txt`)];
    expect([yes.includes('asked: by whom'), yes.includes('asked: what stopped')], language).toEqual([true, false]);
    expect([no.includes('asked: by whom'), no.includes('asked: what stopped')], language).toEqual([false, true]);
    for (const one of [yes, no]) expect(one, language).toContain('asked: last one');
  }
  expect(said).toContain('ht: played to the end, as if it were open, with the texts of fr: ht.txt,');
  expect(played('ht.txt')).toContain('Kesyon apèl sa a poko an kreyòl');
  expect(said).toContain(
    'The address submissions@example.org in them is invented, as in every trial: nothing goes there.',
  );
}, 120_000);

test('a draft that can never be served says every reason, in the check of each status and before the preview', async () => {
  const folder = folderOf('uk-home-affairs-2010');
  const reasons =
    /^uk-home-affairs-2010: cannot be served, also when it is open\n {2}contact-details: .*\n {2}executive-summary: .*\n {2}instead: https/mu;
  expect(await preview(folder)).toMatch(reasons);
  const file = join(folder, 'call.yaml');
  for (const status of ['draft', 'open', 'extended', 'closed']) {
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^status: .*$/mu, `status: ${status}`));
    const said: string[] = [];
    const io = { environment: {}, say: (text: string) => void said.push(text), warn: () => undefined };
    await checkCalls({ values: {}, positionals: [folder] }, io);
    expect(said.join('\n'), status).toMatch(reasons);
  }
  const served = folderOf('ohchr-2016-women');
  expect(await preview(served)).not.toContain('cannot be served');
}, 120_000);

test('a call that is not there, or cannot be read', async () => {
  await expect(preview(join(dialogs, 'nowhere'))).rejects.toThrow(/There is no call/u);
  const folder = folderOf('emler-2023');
  writeFileSync(join(folder, 'call.yaml'), 'id: emler-2023,\n');
  await expect(preview(folder)).rejects.toThrow(/call\.yaml:1: id: expected small letters/u);
});
