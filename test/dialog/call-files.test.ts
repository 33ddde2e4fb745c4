import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CallFilesError } from '../../src/calls/load-calls-error.ts';
import { loadCalls } from '../support/load-calls.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';

const root = join(import.meta.dirname, '..', '..');
/** The first call is a folder; here it is in the layout of one file for the facts and one for each language. */
const first = loadCalls(join(root, 'dialogs'), join(root, 'locales'));
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'calls-'));
  mkdirSync(join(copy, 'dialogs'));
  cpSync(join(root, 'dialogs/emler-2024/call.yaml'), join(copy, 'dialogs', 'emler-2024.yaml'));
  for (const language of WHOLE_LANGUAGES) {
    mkdirSync(join(copy, 'locales', language), { recursive: true });
    const texts = JSON.stringify(first.catalogues[language]['emler-2024'], null, 2);
    writeFileSync(join(copy, 'locales', language, 'emler-2024.json'), texts);
  }
});
afterEach(() => rmSync(copy, { recursive: true }));

const load = () => loadCalls(join(copy, 'dialogs'), join(copy, 'locales'));

function edit(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(copy, file), 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${String(from)}`);
  writeFileSync(join(copy, file), after);
}

/** Lines of the error, without the folder and the line numbers. */
function problems(): string[] {
  try {
    load();
  } catch (error) {
    if (!(error instanceof CallFilesError)) throw error;
    return error.message
      .replaceAll(`${copy}/`, '')
      .replaceAll(/\.yaml:\d+:/g, '.yaml:')
      .split('\n')
      .slice(1);
  }
  return [];
}

test('a call loads with its texts in every language; the frame beside it is not a call', () => {
  writeFileSync(join(copy, 'dialogs', 'intake.yaml'), 'steps: []');
  const { calls, catalogues } = load();
  expect(calls.map(({ id }) => id)).toEqual(['emler-2024']);
  for (const language of WHOLE_LANGUAGES)
    expect(catalogues[language]['emler-2024']?.topics['investigation']?.short).toBeTruthy();
  expect(catalogues.en['emler-2024']?.official).toBe(true);
  expect(catalogues.pt['emler-2024']).toMatchObject({ official: false, reviewed: false });
});

describe('a broken call file: file, path, what was expected', () => {
  const yaml = 'dialogs/emler-2024.yaml';
  test.each([
    [
      'a word for a number',
      /words: 2500/,
      'words: many',
      'limit.words: expected a number, or one of: none, not-stated (found: "many")',
    ],
    ['a limit of nothing', /words: 2500/, 'words: 0', 'limit.words: expected '],
    ['a slip of the pen', /^links: /m, 'lnks: ', 'lnks: expected no such key here; did you mean links?'],
    [
      'a key that nobody knows, and in capitals',
      /words: 2500/,
      'words: 2500, Pgaes: 5, colour: red',
      'limit.Pgaes: expected no such key here; did you mean pages?\ndialogs/emler-2024.yaml: limit.colour: expected no such key here; known here: words, pages, counts, joint, assume-words-per-page',
    ],
    ['a key that is missing', /^status: .*$/m, '', 'status: expected one of: draft, open, extended, closed (missing)'],
    [
      'a misspelt value',
      /links: welcome/,
      'links: welcom',
      'links: expected one of: welcome, accepted, refused, not-stated (found: "welcom")',
    ],
    [
      'an unknown key deep inside',
      /asks: link/,
      'ask: link',
      'response.topics.0.prompts.5.ask: expected no such key here; did you mean asks?',
    ],
    [
      'a role that is none',
      /investigated-by, for: \[family\]/,
      'investigated-by, for: [mother]',
      'response.topics.0.prompts.0.for.0: expected one of: family, organisation (found: "mother")',
    ],
    ['a kind that is none', /kind: topics/, 'kind: letter', 'response.kind: expected one of'],
    ['an id with capitals', /id: investigation/, 'id: Investigation', 'response.topics.0.id: expected small letters'],
    [
      'a day that does not exist',
      /date: 2024-05-24/,
      'date: 2024-05-34',
      'deadline.date: expected a day as YYYY-MM-DD',
    ],
    [
      'a zone that does not exist',
      /zone: Europe\/Zurich/,
      'zone: Europe/Genf',
      'deadline.assume.zone: expected a time zone such as Europe/Zurich',
    ],
    [
      'no hour, and none assumed',
      /assume: .*$/m,
      '',
      'deadline.assume.time: expected a time, because one is not stated',
    ],
    [
      'an extension before the deadline',
      /meaning: sent/,
      "meaning: sent\n  extended: [{ date: 2024-05-20, time: '12:00', zone: EST }]",
      'deadline.extended.0.date: expected a later day than before',
    ],
    [
      'an address that is none',
      /kind: email/,
      'kind: email\n    to: [{ address: nobody, copied-from: x, copied-on: 2024-05-01, verified: no }]',
      'channels.0.to.0.address: expected an e-mail address (found: "nobody")',
    ],
    [
      'an address without provenance',
      /kind: email/,
      'kind: email\n    to: [{ address: a@example.org }]',
      'channels.0.to.0.copied-from: expected a text (missing)',
    ],
    [
      'a slot that is none',
      /subject: .*$/m,
      'subject: { kind: pattern, pattern: "{name} – {country}" }',
      'subject.pattern: expected a text whose slots are among {language}',
    ],
    [
      'a topic named twice',
      /id: racial-bias/,
      'id: investigation',
      'response: expected topic ids that differ; investigation is used twice',
    ],
    [
      'a prompt named twice',
      /id: trust/,
      'id: complaint',
      'response: expected prompt ids that differ within topic oversight; complaint is used twice',
    ],
    ['another name than the file', /^id: emler-2024/m, 'id: emler-2025', 'id: expected the name of the file'],
    ['no YAML at all', /^revision: 1/m, 'revision: [1', '(whole file): expected valid YAML'],
    [
      'the same key twice',
      /^links: /m,
      'revision: 2\nlinks: ',
      '(whole file): expected valid YAML; Map keys must be unique',
    ],
    [
      'an alias',
      /^links: welcome/m,
      'links: &a welcome\nattachments: *a\nx: 1',
      '(whole file): expected YAML without anchors and aliases',
    ],
  ])('%s', (_story, from, to, expected) => {
    edit(yaml, from, to);
    expect(problems().join('\n')).toContain(`${yaml}: ${expected}`);
  });

  test('an alias alone is refused: it could make a small file endless', () => {
    edit(yaml, /^links: .*$/m, 'afterwards: &a { confirmation: *a }');
    expect(problems()).toEqual([`${yaml}: (whole file): expected YAML without anchors and aliases (& and *)`]);
  });

  test('every problem is told at once', () => {
    edit(yaml, 'words: 2500', 'words: many');
    edit(yaml, 'links: welcome', 'links: perhaps');
    writeFileSync(join(copy, 'dialogs', 'other.yml'), '[]');
    expect(problems()).toHaveLength(3);
  });
});

describe('a broken catalogue: file, path, what was expected', () => {
  const json = 'locales/fr/emler-2024.json';
  test.each([
    [
      'a text that is missing',
      /"investigated-by": .*,/,
      '',
      'topics.investigation.prompts.investigated-by: expected a text (missing)',
    ],
    [
      'a text too many',
      /"investigated-by":/,
      '"who": "?", "investigated-by":',
      'topics.investigation.prompts.who: expected no such key here',
    ],
    ['a topic of another call', /"why": \{/, '"why": { "weather": "?",', 'why.weather: expected no such key here'],
    [
      'a short name that is long',
      /"short": "L’enquête[^"]*"/,
      `"short": "${'x'.repeat(61)}"`,
      'topics.investigation.short: expected a text of at most 60 characters',
    ],
    [
      'a bubble that overflows',
      /"organisation": "[^"]*"/,
      `"organisation": "${'x'.repeat(501)}"`,
      'topics.investigation.hints.organisation: expected a text of at most 500 characters',
    ],
    [
      'an empty text',
      /"made-harder": "[^"]*"/,
      '"made-harder": " "',
      'topics.investigation.prompts.made-harder: expected ',
    ],
    [
      'a place to fill in',
      /"made-harder": "[^"]*"/,
      '"made-harder": "{{name}} ?"',
      'topics.investigation.prompts.made-harder: expected a text without { }',
    ],
    [
      'official without an official source',
      /"official": false/,
      '"official": true',
      'official: expected false: no official source of the call is in fr',
    ],
    ['no JSON', /\{/, '', '(whole file): expected valid JSON'],
  ])('%s', (_story, from, to, expected) => {
    edit(json, from, to);
    expect(problems().join('\n')).toContain(`${json}: ${expected}`);
  });

  test('a language without texts', () => {
    rmSync(join(copy, 'locales/pt/emler-2024.json'));
    expect(problems()).toEqual([
      'locales/pt/emler-2024.json: (whole file): expected the texts of emler-2024 in this language, but there is no file',
    ]);
  });
});

describe('griot call check', () => {
  const check = (...files: string[]) => {
    const run = spawnSync(process.execPath, [join(root, 'src/cli/griot.ts'), 'call', 'check', ...files], {
      encoding: 'utf8',
    });
    return { code: run.status, out: run.stdout, err: run.stderr };
  };

  test('one line for each call in dialogs/', () => {
    const { code, out } = check();
    expect(code).toBe(0);
    expect(out).toContain(
      'emler-2024 (revision 1, closed): topics, until 2024-05-24T21:59:59Z (hour or zone assumed), served',
    );
  });

  test('a file of one’s own, with the texts beside it; every problem, and 1', () => {
    const file = join(copy, 'dialogs', 'emler-2024.yaml');
    expect(check(file)).toMatchObject({ code: 0 });
    edit('dialogs/emler-2024.yaml', 'links: welcome', 'links: perhaps');
    const { code, out } = check(file, join(copy, 'dialogs', 'gone.yaml'));
    expect(code).toBe(1);
    expect(out).toMatch(/^emler-2024: cannot be read\n.*emler-2024\.yaml:\d+: links: expected one of: welcome/mu);
    expect(out).toContain('gone.yaml: (whole file): expected a file, but there is none');
  });

  test('a call that cannot be served says why, and where to go', () => {
    const { code, out } = check(join(root, 'test/fixtures/calls/eu-have-your-say.yaml'));
    expect(code).toBe(0);
    expect(out).toContain('not served: web-form, instead: https://ec.europa.eu/');
  });
});
