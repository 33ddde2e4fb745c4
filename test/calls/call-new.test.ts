// griot call new: from the text of a page to a draft.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { CallForInputs } from '../../src/calls/call.ts';
import { parseCall } from '../../src/calls/parse-call.ts';
import { whyNotServed } from '../../src/calls/why-not-served.ts';
import { filesOf, readCallFiles } from '../../src/calls/load-calls.ts';
import { loadCalls } from '../support/load-calls.ts';
import { withoutAddress } from '../../src/calls/page/facts.ts';
import { callsOn, readCallPage } from '../../src/calls/page/read-call-page.ts';
import { parseSheet } from '../../src/calls/texts-sheet.ts';
import { OperatorError, UsageError } from '../../src/cli/command.ts';
import { newCall, type NewCallGiven } from '../../src/cli/call-new.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const page = (name: string) => join(ROOT, 'test/fixtures/pages', `${name}.txt`);
let into: string;

beforeEach(() => {
  into = mkdtempSync(join(tmpdir(), 'new-'));
});
afterEach(() => rmSync(into, { recursive: true }));

async function make(file: string, values: NewCallGiven = {}) {
  const said: string[] = [];
  const io = { environment: {}, say: (text: string) => void said.push(text), warn: () => undefined };
  const given = { values: { id: 'new-call', language: 'en', into, ...values }, positionals: [file] };
  const code = await newCall(given, io, '2026-11-29');
  const folder = join(into, values.id ?? 'new-call');
  const written = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    code,
    said: said.join('\n'),
    facts: written('call.yaml'),
    texts: written('texts.csv'),
    read: readCallFiles(filesOf(folder, null)),
  };
}

const PAGES: readonly (readonly [name: string, language: string, part?: string])[] = [
  ['emler-2024', 'en'],
  ['emler-2023', 'en'],
  ['emler-2023-translated', 'es'],
  ['ohchr-2020-res43-1', 'en'],
  ['pfpad-2022-declaration', 'en'],
  ['pfpad-2021-modalities', 'en'],
  ['ohchr-2015-forum', 'en'],
  ['sr-racism-2023', 'en'],
  ['sr-torture-2020', 'en'],
  ['hrc-ngo-statement', 'en'],
  ['iachr-2024', 'en', 'a'],
  ['iachr-2024', 'en', 'b'],
  ['iachr-2024', 'en', 'c'],
  ['iachr-2024', 'en', 'd'],
  ['achpr-2019-rules', 'en'],
  ['uk-home-affairs-2010', 'en'],
  ['eu-have-your-say', 'en'],
  ['ohchr-2016-women', 'pt'],
  ['ohchr-2026-conscientious-objection', 'es'],
  ['headings-fr', 'fr'],
  ['headings-es', 'es'],
  ['headings-pt', 'pt'],
  ['like-sr-women', 'en'],
  ['like-iachr-protest', 'es'],
  ['like-hcdh-justice', 'fr'],
  ['like-parliament', 'en'],
  ['like-working-group', 'en'],
];

describe.each(PAGES.map(([name, language, part]) => ({ name, language, part })))(
  '$name $part',
  ({ name, language, part }) => {
    it('gives a draft that can be read, or lacks its title or issuer; and no address', async () => {
      const { code, facts, texts, read, said } = await make(page(name), {
        language,
        ...(part === undefined ? {} : { part }),
      });
      expect(code).toBe(0);
      expect(facts).toMatch(/^status: draft$/mu);
      for (const written of [facts, texts, said]) {
        expect(written).not.toMatch(/@|email.protected|CH 1211, Genebra 10.*to:/u);
      }
      if (read.call === null) {
        const facts = read.problems.filter(({ file }) => file.endsWith('.yaml')).map(({ path }) => path);
        expect(facts.filter((path) => !/^(?:sources\.0\.title|issuers)$/u.test(path))).toEqual([]);
        const texts = read.problems.filter(({ file }) => file.endsWith('.csv'));
        expect(texts.filter(({ expected }) => !expected.endsWith('(missing)'))).toEqual([]);
        return;
      }
      expect(whyNotServed(read.call)).toBe('draft');
      const unread = read.problems.filter(({ expected }) => !expected.endsWith('(missing)'));
      expect(unread).toEqual([]);
    });

    it('has each value that was found, and the sentence of each as a comment', async () => {
      const { facts } = await make(page(name), { language, ...(part === undefined ? {} : { part }) });
      const texts = callsOn(readFileSync(page(name), 'utf8'));
      const found = readCallPage(texts[part === undefined ? 0 : part.charCodeAt(0) - 97] ?? '').facts;
      const said = facts.replaceAll(/\n *# /gu, ' ').replaceAll(/\s+/gu, ' ');
      expect(found.length).toBeGreaterThan(1);
      for (const { path, value, sentence } of found) {
        if (['title', 'how-used', 'point', 'deadline.time', 'deadline.zone', 'deadline.meaning'].includes(path))
          continue;
        expect(said, path).toContain(withoutAddress(sentence.text).slice(0, 60));
        if (typeof value === 'string' && path !== 'stem' && path !== 'response.kind')
          expect(said, path).toContain(value);
      }
    });
  },
);

/** Only a person can know this: the questions behind the points, and the standing of the page. */
function withoutPersons(call: CallForInputs): unknown {
  const { id: _, status: __, sources, response, identity, ...rest } = call;
  const [source] = sources;
  const topics = response.kind === 'topics' ? response.topics.length : null;
  const { topics: ___, ...answering } = { topics: null, ...response };
  return { ...rest, title: source?.title, language: source?.language, answering, topics, details: identity.details };
}

test("the page of the first call gives back the call's definition, but for what only a person can know", async () => {
  const { read } = await make(page('emler-2024'));
  const [emler] = loadCalls(join(ROOT, 'dialogs'), join(ROOT, 'locales')).calls;
  if (read.call === null || emler === undefined) throw new Error('not read');
  expect(withoutPersons(read.call)).toEqual(withoutPersons(emler));
  expect(emler.identity.asked).toBe('none');
  expect(read.call.identity.asked).toBe('not-stated');
});

test('its texts are those of the page, word for word, with empty columns for the other languages', async () => {
  const { texts } = await make(page('emler-2024'));
  const parsed = parseSheet(texts.replace('\uFEFF', ''));
  if (!parsed.ok) throw new Error(parsed.expected);
  const label = (name: string) => parsed.sheet.rows.find((row) => row.name === name)?.label;
  const { en } = loadCalls(join(ROOT, 'dialogs'), join(ROOT, 'locales')).catalogues;
  const official = en['emler-2024'];
  expect(label('title')).toEqual({ en: official?.title, fr: '', es: '', pt: '', ht: '', ar: '' });
  expect(label('stem')?.['en']).toBe(official?.stem);
  expect(label('how-used')?.['en']).toBe(official?.['how-used']);
  expect(label('body.name')?.['en']).toBe('');
  expect(parsed.sheet.rows.filter(({ type }) => type === 'begin group').map((row) => row.label['en'])).toEqual(
    Object.values(official?.topics ?? {}).map(({ title }) => title),
  );
});

test('three lists: found, not found, to be checked', async () => {
  const { said } = await make(page('emler-2024'));
  expect(said).toMatch(/^Found \(26\)\n {2}title +Call for inputs: /u);
  expect(said).toMatch(/^ {2}limit\.words +2500 +line 50$/mu);
  expect(said).toMatch(/^Not found, so left out as not stated \(\d+\)\n {2}who is asked, limit of pages, /mu);
  expect(said).toMatch(/^To be checked by a person \(\d+\)\n {2}- Is this the page of the body itself\?/mu);
  expect(said).toContain('- address: none is on the page. Ask the body, then record it');
});

test('a Word file gives what its text gives', async () => {
  const lines = readFileSync(page('emler-2024'), 'utf8').split('\n');
  const paragraphs = lines.map((line) =>
    line.trimStart().startsWith('•')
      ? new Paragraph({ text: line.replace(/^\s*•\s*/u, ''), bullet: { level: 0 } })
      : new Paragraph(line),
  );
  const file = join(into, 'page.docx');
  writeFileSync(file, await Packer.toBuffer(new Document({ sections: [{ children: paragraphs }] })));
  const fromWord = await make(file, { id: 'from-word' });
  const fromText = await make(page('emler-2024'), { id: 'from-text' });
  expect(fromWord.facts.replace('from-word', 'from-text')).toBe(fromText.facts);
});

describe('refuses', () => {
  it.each([
    ['an id with capitals', { id: 'Emler' }, UsageError, 'small letters'],
    ['a language that is not spoken here', { language: 'de' }, UsageError, '--language en|fr|es|pt'],
    [
      'a page with several calls, and says which there are',
      {},
      UsageError,
      '(a) to (d). Choose one: --part a|b|c|d',
      'iachr-2024',
    ],
  ])('%s', async (_, values, kind, message, name = 'emler-2024') => {
    const failed = await make(page(name), values).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(kind);
    expect(String(failed)).toContain(message);
  });

  it('to write over a call', async () => {
    await make(page('emler-2024'));
    await expect(make(page('emler-2023'))).rejects.toThrow(/There is a call new-call already/u);
  });

  it.each([
    ['a file that is not there', null, 'There is no file'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'A PDF cannot be read here'],
    ['Latin-1', Buffer.from('Date limite prolongée', 'latin1'), 'save it as UTF-8'],
    ['the code of a web page', Buffer.from('<!DOCTYPE html><p>Deadline: 24 May 2024</p>'), 'copy the text of the page'],
    ['a whole book', Buffer.from('x '.repeat(100_001)), 'longer than the page of a call'],
    ['a text without a call', Buffer.from('x'.repeat(300)), 'Nothing that a call says was found'],
  ])('%s', async (_, bytes, message) => {
    const file = join(into, 'page.txt');
    if (bytes !== null) writeFileSync(file, bytes);
    await expect(make(file)).rejects.toThrow(OperatorError);
    await expect(make(file)).rejects.toThrow(message);
  });
});

test('a page from a pipe', () => {
  const args = ['src/cli/griot.ts', 'call', 'new', '-', '--id', 'piped', '--language', 'es', '--into', into];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
    input: readFileSync(page('headings-es')),
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(/limit\.pages +10 +line 33/u);
  const { call } = readCallFiles(filesOf(join(into, 'piped'), null));
  expect(parseCall(call).ok).toBe(true);
});

test('a page that is silent on publication, or whose call cannot be served, says so at once', async () => {
  const file = join(into, 'page.txt');
  const lines = [
    'A call for inputs',
    'The Home Affairs Committee invites views.',
    '1. Was it seen?',
    'a. By whom?',
    '2. Was it told?',
  ];
  writeFileSync(file, lines.join('\n'));
  const { said, facts } = await make(file);
  expect(said).toContain('- publication: nothing was found on it.');
  expect(said).toMatch(/^new-call: cannot be served, also when it is open\n {2}no-address-kind: /mu);
  expect([...facts.matchAll(/number: '(.+)'/gu)].map((at) => at[1])).toEqual(['1', '1.a', '2']);
  expect((await make(page('emler-2024'), { id: 'other' })).said).not.toMatch(
    /nothing was found on it|cannot be served/u,
  );
});

test('parts of questions are numbered as on the page, by letters, Roman numbers and both', async () => {
  const file = join(into, 'parts.txt');
  const numbers = async (...lines: readonly string[]) => {
    writeFileSync(file, ['Questionnaire on deaths in custody', 'Issued by: A Body', ...lines].join('\n'));
    const { facts } = await make(file, { id: `call-${lines.length}` });
    return [...facts.matchAll(/number: '(.+?)'/gu)].map((at) => at[1]);
  };
  expect(
    await numbers(
      '1. Was it seen?',
      '(i) By whom?',
      '(ii) When?',
      '2. Was it told?',
      '(a) To whom?',
      '(i) Who?',
      '(ii) How?',
      '(b) Why?',
    ),
  ).toEqual(['1', '1.i', '1.ii', '2', '2.a', '2.a.i', '2.a.ii', '2.b']);
  const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  expect(await numbers('1. Was it seen?', ...letters.map((letter) => `${letter}. Was it told?`))).toEqual([
    '1',
    ...letters.map((letter) => `1.${letter}`),
  ]);
  expect(
    await numbers('1. Was it seen?', ...['i', 'ii', 'iii', 'iv', 'v', 'vi'].map((mark) => `${mark}) Who?`)),
  ).toEqual(['1', '1.i', '1.ii', '1.iii', '1.iv', '1.v', '1.vi']);
});

test('who knows that the parts of a page are those of one call says so', async () => {
  const { facts } = await make(page('iachr-2024'), { part: 'all' });
  expect(facts).toContain('status: draft');
});

test('"if so" in a list of questions is written as a condition on the question before it', async () => {
  const file = join(into, 'questions.txt');
  const lines = ['Questionnaire on deaths in custody', 'Issued by: A Body', '1. Is there an independent body?'];
  const more = ['2. Were deaths investigated?', 'a. If so, by whom?', 'b. If not, why?', '3. Who pays for it?'];
  writeFileSync(file, [...lines, ...more].join('\n'));
  const { read, facts, said } = await make(file);
  expect(facts).toContain('only-if: { question: were-deaths-investigated, answer: yes }');
  expect(said).toContain('asked only after a yes (only-if) to "Were deaths investigated?": is that so?');
  if (read.call?.response.kind !== 'questionnaire') throw new Error('not read');
  expect(read.call.response.questionnaires[0]?.questions.map((question) => question['only-if']?.answer)).toEqual([
    ...[undefined, undefined, 'yes', 'no', undefined],
  ]);
});
