// A call as a folder: its facts, and one sheet of texts.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { openCalls } from '../../src/app/open-calls.ts';
import { topicsOf } from '../../src/calls/call.ts';
import { formatCsv, parseCsv } from '../../src/calls/csv.ts';
import { filesOf, loadGoodCalls, readCallFiles } from '../../src/calls/load-calls.ts';
import { loadCalls } from '../support/load-calls.ts';
import { CallFilesError, problemLine } from '../../src/calls/load-calls-error.ts';
import { BODY_PARTS, sheetOf } from '../../src/calls/texts-sheet.ts';
import { buildCallShelf } from '../../src/calls/call-registry.ts';
import { checkCalls } from '../../src/cli/call-check.ts';
import { type Language, LANGUAGES } from '../../src/languages.ts';
import { Player, texts } from '../support/player.ts';
import { MASTER_KEY, RECIPIENT, startApp, verifyAddress } from '../support/running-app.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let dialogs: string;
let folder: string;

beforeEach(() => {
  dialogs = mkdtempSync(join(tmpdir(), 'dialogs-'));
  folder = join(dialogs, 'emler-2024');
  cpSync(join(ROOT, 'dialogs', 'emler-2024'), folder, { recursive: true });
});
afterEach(() => rmSync(dialogs, { recursive: true }));

type File = 'call.yaml' | 'texts.csv';

function edit(file: File, from: string | RegExp, to: string): void {
  const before = readFileSync(join(folder, file), 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${String(from)}`);
  writeFileSync(join(folder, file), after);
}

/** Changes the cell of a language in the row with this name. */
function write(name: string, column: string, text: string): void {
  const { rows } = parseCsv(readFileSync(join(folder, 'texts.csv'), 'utf8'));
  const at = rows[0]?.indexOf(column) ?? -1;
  if (at < 0 || !rows.some((row) => row[1] === name)) throw new Error(`no cell ${name}, ${column}`);
  const changed = rows.map((row) => (row[1] === name ? row.with(at, text) : row));
  writeFileSync(join(folder, 'texts.csv'), formatCsv(changed));
}

const read = () => readCallFiles(filesOf(folder, null));
const problems = () => read().problems.map((each) => problemLine(each).replaceAll(`${dialogs}/`, ''));

async function check(
  environment: Record<string, string> = { DATA_DIR: dialogs },
): Promise<{ readonly code: number; readonly said: string }> {
  const said: string[] = [];
  const io = {
    environment,
    say: (text: string) => void said.push(text),
    warn: (text: string) => void said.push(text),
  };
  const code = await checkCalls({ values: {}, positionals: [folder] }, io);
  return { code, said: said.join('\n').replaceAll(`${dialogs}/`, '') };
}

const FRENCH = 'label::Français (fr)';

test('the sheet gives back the texts that it was made of', () => {
  const { calls, catalogues } = loadCalls(dialogs, join(ROOT, 'locales'));
  const [call] = calls;
  if (call === undefined) throw new Error('no call');
  const texts = LANGUAGES.flatMap((language) => {
    const catalogue = catalogues[language][call.id];
    return catalogue === undefined ? [] : [{ language, catalogue }];
  });
  expect(texts).toHaveLength(LANGUAGES.length);
  writeFileSync(join(folder, 'texts.csv'), formatCsv(sheetOf(call, texts)));
  expect(loadCalls(dialogs, join(ROOT, 'locales')).catalogues).toEqual(catalogues);
});

describe('an empty cell', () => {
  it("shows the text of the call's own language, and the check says so", async () => {
    write('who-helped', FRENCH, '');
    expect(problems()).toEqual([]);
    expect(read().catalogues.fr?.topics['support']?.prompts['who-helped']).toBe('Who helped you?');
    expect((await check()).said).toMatch(/please look: fr has no text of its own for: who-helped \(line \d+\)/u);
  });

  it('of a hint is filled from the questions of the language', () => {
    write('support.hints.family', FRENCH, '');
    const { prompts, hints } = read().catalogues.fr?.topics['support'] ?? {};
    expect(hints?.family).toContain(prompts?.['who-helped']);
    expect(hints?.family).not.toContain(prompts?.['your-group']);
  });

  it('of a phrase leaves the body without phrases in that language, as no other language fits into its sentences', async () => {
    write('body.readers', FRENCH, '');
    expect(problems().join()).toContain('body.readers (fr): expected a text (missing)');
    for (const part of BODY_PARTS) write(`body.${part}`, FRENCH, '');
    expect(read().catalogues.fr?.body).toBeUndefined();
    expect((await check()).said).toContain('please look: the body has no phrases (body.name and so on) in: fr');
  });

  it('in every language is a text that is missing: the call can be read, but not served', async () => {
    for (const name of ['English (en)', 'Français (fr)', 'Español (es)', 'Português (pt)'])
      write('who-helped', `label::${name}`, '');
    const { code, said } = await check();
    expect(code).toBe(1);
    expect(said).toMatch(
      /^emler-2024: cannot be served as it stands: texts are missing\n {2}emler-2024\/texts\.csv:\d+: support: who-helped \(en\): expected a text \(missing\)/mu,
    );
  });
});

/** Empties a column but for these rows. */
function empty(language: Language, kept: readonly string[] = []): void {
  const { rows } = parseCsv(readFileSync(join(folder, 'texts.csv'), 'utf8'));
  const own = rows[0]?.flatMap((heading, at) => (heading.endsWith(`(${language})`) ? [at] : [])) ?? [];
  const left = rows.slice(1).map((row) => (kept.includes(row[1] ?? '') ? row : row.map(cellOf)));
  writeFileSync(join(folder, 'texts.csv'), formatCsv([...rows.slice(0, 1), ...left]));
  function cellOf(cell: string, at: number) {
    return own.includes(at) ? '' : cell;
  }
}

describe('people hear before the first question that texts of the call are in another language', () => {
  const shelve = () => {
    const shelf = buildCallShelf(
      loadCalls(dialogs, join(ROOT, 'locales')),
      () => Promise.resolve(null),
      (call) => {
        if (!texts.hasCall(call.hash)) texts.addCall(call);
      },
    );
    return shelf.current('emler-2024');
  };

  it.each<readonly [Language, string, string]>([
    ['ht', 'Français', 'Kesyon apèl sa a poko an kreyòl'],
    ['ar', 'English', 'أسئلة هذه الدعوة ليست بالعربية'],
    ['fr', 'English', 'Les questions de cet appel ne sont pas en français'],
    ['es', 'English', 'Las preguntas de esta convocatoria no están en español'],
    ['pt', 'English', 'As perguntas desta chamada não estão em português'],
  ])('%s: all of them, in %s', async (language, other, words) => {
    empty(language);
    const player = new Player({ language, call: shelve() });
    await player.hears({ kind: 'opened' });
    const said = player.read(await player.says('1'));
    expect(said).toContain(words);
    expect(said).toContain(other);
    expect(player.session.at.prompt).toBe('safety');
  });

  it('of a language whose fallback is empty, too, those of the page are meant', async () => {
    for (const language of ['ht', 'fr'] as const) empty(language);
    const player = new Player({ language: 'ht', call: shelve() });
    const said = player.read([...(await player.says('1')), ...(await player.says('1'))]);
    expect(said).toMatch(/Kesyon apèl sa a poko an kreyòl: m ap montre w yo an English/u);
  });

  it.each<readonly [Language, string]>([
    ['ht', 'Kèk tèks nan apèl sa a'],
    ['ar', 'بعض نصوص هذه الدعوة'],
    ['fr', 'Certains textes de cet appel'],
    ['es', 'Algunos textos de esta convocatoria'],
    ['pt', 'Alguns textos desta chamada'],
  ])('%s: some of them', async (language, words) => {
    empty(language, ['title', 'short', 'stem']);
    const player = new Player({ language, call: shelve() });
    await player.hears({ kind: 'opened' });
    expect(player.read(await player.says('1'))).toContain(words);
  });

  it('and if they change to such a language; nobody else hears it', async () => {
    empty('ht');
    const player = new Player({ language: 'es', call: shelve() });
    await player.hears({ kind: 'opened' });
    const keys = async (text: string) => (await player.says(text)).map((reply) => reply.text);
    const told: string[] = [];
    for (const answer of ['1', '1', '1']) told.push(...(await keys(answer)));
    expect(told.filter((key) => key.startsWith('other-language.call'))).toEqual([]);
    expect(await keys('kreyòl')).toContain('other-language.call');
    expect(await keys('español')).not.toContain('other-language.call');
  });

  it('in the revision that a draft began with, too', async () => {
    empty('ht');
    const { hash, archive } = shelve();
    const kept = buildCallShelf(
      { calls: [], catalogues: loadCalls(dialogs, join(ROOT, 'locales')).catalogues },
      (asked) => Promise.resolve(asked === hash ? archive : null),
      () => undefined,
    );
    expect((await kept.pinned(hash))?.catalogues.ht.borrowed).toEqual({ from: 'fr', all: true });
  });
});

test('a hint that is too long is not shown; its questions are, and the check says so', async () => {
  write('support.hints.family', FRENCH, 'a '.repeat(260).trim());
  expect(read().catalogues.fr?.topics['support']?.hints.family.length).toBeLessThan(500);
  expect((await check()).said).toMatch(
    /please look: too long in fr, its questions are shown instead: support\.hints\.family \(line \d+\)/u,
  );
});

test("the body's sentence is compared with the terms of the file", async () => {
  write('how-used', 'label::English (en)', 'Submissions may be published on our website.');
  expect((await check()).said).toContain(
    'please look: how-used in en sounds like publication.default: may-be-published',
  );
});

test.each([
  ['default: always', 'contradict each other'],
  ['default: never', 'leaves nothing to opt out of'],
  ['default: published\n  opt-out-where: form', "is the body's own form"],
])('terms of publication that do not go together are pointed out: %s', async (terms, look) => {
  expect((await check()).said).not.toContain('please look: publication');
  edit('call.yaml', /^ {2}default: published$/mu, `  ${terms}`);
  expect((await check()).said).toMatch(new RegExp(`please look: publication\\..*${look}`, 'u'));
});

test('an open call waits for the signature under its preview', async () => {
  edit('call.yaml', /^status: .*$/mu, 'status: open');
  const look = 'please look: it is open, but nobody has signed a preview';
  expect((await check()).said).toContain(look);
  const hash = JSON.stringify(read().call).length;
  edit('call.yaml', /^status: open$/mu, 'status: open\npreviewed: { by: A. Reader, on: 2026-11-29 }');
  expect((await check()).said).not.toContain(look);
  expect(JSON.stringify(read().call).length).toBeGreaterThan(hash);
});

test('a call that is not there is said, with those that are', () => {
  const io = { environment: { DATA_DIR: dialogs }, say: () => undefined, warn: () => undefined };
  return expect(checkCalls({ values: {}, positionals: ['nosuch'] }, io)).rejects.toThrow(
    /^There is no call "nosuch"\. There are: .*emler-2024/u,
  );
});

test.each([
  ['open', '2024-05-24T21:59:58Z', false],
  ['open', '2024-05-25T00:00:00Z', true],
  ['draft', '2024-05-25T00:00:00Z', true],
  ['closed', '2024-05-25T00:00:00Z', false],
])('a deadline that has passed is pointed out: %s at %s', async (status, at, isSaid) => {
  edit('call.yaml', /^status: .*$/mu, `status: ${status} # now`);
  const said: string[] = [];
  const io = { environment: { DATA_DIR: dialogs }, say: (text: string) => void said.push(text), warn: () => undefined };
  await checkCalls({ values: {}, positionals: [folder] }, io, () => new Date(at));
  expect(said.join('\n').includes('please look: the deadline has passed')).toBe(isSaid);
});

test('an address on record is named, and who translates what the body does not read', async () => {
  const nobody = 'please look: the body does not read ht, ar';
  const before = await check();
  expect(before.said).toContain('please look: no address in the file');
  expect(before.said).toContain(nobody);
  const env = { DATA_DIR: join(dialogs, 'data'), MASTER_KEY, TRANSLATED_BY_STAFF: 'ht' };
  await verifyAddress(env);
  const after = await check(env);
  expect(after.said).toContain(`goes to ${RECIPIENT}`);
  expect(after.said).not.toMatch(/no address|verified address/u);
  expect(after.said).toContain('the body does not read ar,');
  const { said } = await check({ ...env, TRANSLATE_URL: 'http://127.0.0.1:5000' });
  expect(said).not.toContain('does not read');
});

test("a trial's own address is not taken for a verified one, and one that a person verified takes its place", async () => {
  const trial = await startApp();
  try {
    const env = { DATA_DIR: trial.dir, MASTER_KEY };
    const { said } = await check(env);
    expect(said).toContain("no verified address (submissions@example.org is a trial's own, invented: it goes nowhere)");
    expect(said).toContain('please look: no verified address, in the file or on record: nothing is sent');
    expect(said).not.toContain('goes to');
    await verifyAddress(env);
    const verified = (await check(env)).said;
    expect(verified).toContain(`goes to ${RECIPIENT}\n`);
    expect(verified).not.toContain('example.org');
  } finally {
    await trial.close();
  }
});

test('faults of the facts and of the texts are said in one run', () => {
  edit('call.yaml', /^issuers:.*\n/mu, '');
  edit('call.yaml', /words: 2500/u, 'words: many');
  edit('call.yaml', /^links: /mu, 'lnks: ');
  write('title', 'label::English (en)', '');
  const found = problems().join('\n');
  for (const one of ['issuers: expected a list', 'limit.words: expected a number', 'lnks: expected no such key'])
    expect(found).toContain(one);
  expect(found).toContain('title (en): expected a text (missing)');
  expect(found).not.toContain('official');
});

test('a call that says nothing of the use of texts needs no sentence about it, and people hear that', async () => {
  for (const column of ['label::English (en)', FRENCH, 'label::Español (es)', 'label::Português (pt)'])
    write('how-used', column, '');
  const { code, said } = await check();
  expect(code).toBe(0);
  expect(said).toContain('please look: how-used in en is empty: people hear that the call does not say');
});

test('a block that is missing has no line of its own', () => {
  edit('call.yaml', /^issuers:.*\n/mu, '');
  expect(problems()).toEqual(['emler-2024/call.yaml: issuers: expected a list (missing)']);
});

describe('a sheet', () => {
  it('may come from a spreadsheet: semicolons, a mark before UTF-8, line ends of Windows', () => {
    const { rows } = parseCsv(readFileSync(join(folder, 'texts.csv'), 'utf8'));
    const cells = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'));
    const before = read().catalogues;
    writeFileSync(join(folder, 'texts.csv'), `\uFEFF${cells.join('\r\n')}\r\n`);
    expect(read().catalogues).toEqual(before);
  });

  it('keeps quotes, commas and line breaks in its cells', () => {
    const rows = [
      ['a', 'says "no", twice'],
      ['two\nlines', 'x; y'],
      ['last', ' '],
    ];
    expect(parseCsv(formatCsv(rows))).toEqual({
      rows: rows.map((row) => row.map((cell) => cell.trim())),
      lines: [1, 2, 4],
    });
  });

  it.each([
    [
      'a question that is none',
      'who-helped',
      'who-helpd',
      /texts\.csv:\d+: support: who-helpd \(en\): expected no such key here; did you mean who-helped\?/u,
    ],
    ['a text that is none', 'note,stem,', 'note,stam,', /stam \(en\): expected no such key here; did you mean stem\?/u],
    ['no column of a language', /label::/gu, 'text::', /whole file\): expected a column for each language/u],
    [
      'no column of names',
      'type,name',
      'kind,key',
      /whole file\): expected a first row with the columns type and name/u,
    ],
  ])('with %s says where it is', (_, from, to, expected) => {
    edit('texts.csv', from, to);
    expect(problems().join('\n')).toMatch(expected);
  });

  it('that is gone is said', () => {
    rmSync(join(folder, 'texts.csv'));
    expect(problems()).toEqual([
      'emler-2024/texts.csv: (whole file): expected a sheet with the texts of the call, but there is none',
    ]);
  });
});

describe('a column of texts', () => {
  const KREYOL = 'Kreyòl ayisyen (ht)';
  const headed = (name: string) => edit('texts.csv', /Kreyòl ayisyen \(ht\)/gu, name);

  it.each([
    'Kreyòl ayisyen',
    'Kreyol',
    'KREYÒL',
    'Haitian Creole',
    'créole haïtien',
    'ht',
    'Ayiti (ht)',
    'Kreyòl (hat)',
  ])('headed label::%s is Kreyòl', (name) => {
    const before = read().catalogues;
    headed(name);
    expect(problems()).toEqual([]);
    expect(read().catalogues).toEqual(before);
  });

  it.each(['Kreyòl d’Ayiti', 'Kreyòl (kre)', 'Français (ht)', 'Kreyòl ht', ''])(
    'headed label::%s is a fault, with its file, its column and an example',
    async (name) => {
      headed(name);
      expect(problems()).toEqual(
        ['M "label', 'N "hint'].map(
          (column) =>
            expect.stringContaining(
              `emler-2024/texts.csv:1: column ${column}::${name}": expected a language`,
            ) as string,
        ),
      );
      expect(problems()[0]).toContain(`"label::${KREYOL}"`);
      const { code, said } = await check();
      expect(code).toBe(1);
      expect(said).toContain('column M');
      expect(loadGoodCalls(dialogs, join(ROOT, 'locales')).broken.map(({ id }) => id)).toEqual(['emler-2024']);
    },
  );

  it.each(['Kreyòl', 'text::Kreyòl ayisyen (ht)', 'Translation', 'label', ''])('may not be headed %s alone', (name) => {
    edit('texts.csv', `label::${KREYOL}`, name);
    expect(problems()).toEqual([expect.stringContaining(`texts.csv:1: column M "${name}": expected`)]);
  });

  it('is named also if another is not understood either', () => {
    edit('texts.csv', `label::${KREYOL}`, 'Kreyòl');
    edit('texts.csv', 'label::العربية (ar)', 'Arabic');
    expect(problems().map((each) => /column [A-Z] "[^"]*"/u.exec(each)?.[0])).toEqual([
      'column M "Kreyòl"',
      'column O "Arabic"',
    ]);
  });

  it('may not come twice', () => {
    headed('Français');
    expect(problems()[0]).toContain(
      'column M "label::Français": expected one column label of fr, but there is another',
    );
  });

  it.each(['# what I must ask them', 'required', 'constraint_message::English (en)', '$kuid'])(
    'is not what stands below %s',
    (name) => {
      const before = read().catalogues;
      const { rows } = parseCsv(readFileSync(join(folder, 'texts.csv'), 'utf8'));
      writeFileSync(
        join(folder, 'texts.csv'),
        formatCsv(rows.map((row, index) => [...row, index === 0 ? name : 'something'])),
      );
      expect(problems()).toEqual([]);
      expect(read().catalogues).toEqual(before);
    },
  );

  it('that is empty, or not there, is said for every language', async () => {
    const { rows } = parseCsv(readFileSync(join(folder, 'texts.csv'), 'utf8'));
    const first = rows[0] ?? [];
    const only = (is: (heading: string) => boolean, keep: boolean) =>
      formatCsv(
        rows.map((row, index) =>
          row.flatMap((cell, at) => (is(first[at] ?? '') ? [cell] : keep ? [index === 0 ? cell : ''] : [])),
        ),
      );
    const isEnglish = (heading: string) => !heading.includes('::') || heading.endsWith('(en)');
    for (const keep of [true, false]) {
      writeFileSync(join(folder, 'texts.csv'), only(isEnglish, keep));
      const { code, said } = await check();
      expect(code).toBe(0);
      for (const language of LANGUAGES.filter((each) => each !== 'en'))
        expect(said).toContain(`please look: ${language} has no text of its own`);
      expect(said).toContain('ht has no text of its own at all: its speakers are shown those of fr');
    }
  });
});

describe('a file that cannot be read', () => {
  const latin1 = (file: File, from: string, to: string) => {
    const text = readFileSync(join(folder, file), 'utf8').replace(from, to);
    writeFileSync(join(folder, file), Buffer.from(text, 'latin1'));
  };

  it.each([
    [
      'a number with a comma',
      /words: 2500/u,
      'words: 2,500',
      'limit.500: expected no such key here; is 500 the rest of a number? numbers are written without commas',
    ],
    [
      'a number with a comma in quotes',
      /words: 2500/u,
      'words: "2,500"',
      'limit.words: expected a number, or one of: none, not-stated (found: "2,500"); numbers are written without commas',
    ],
    [
      'a number with a dot',
      /words: 2500/u,
      'words: 2.500',
      'limit.words: expected a whole number, or one of: none, not-stated (found: 2.5); numbers are written without commas',
    ],
  ])('%s', (_, from, to, expected) => {
    edit('call.yaml', from, to);
    expect(problems().join('\n')).toContain(expected);
  });

  it('says the line of a wrong value, of an unknown key, and of the block in which a key is missing', () => {
    edit('call.yaml', 'links: welcome', 'links: welcom');
    edit('call.yaml', 'asks: link', 'ask: link');
    edit('call.yaml', /^ {4}official: true\n/mu, '');
    const lines = readFileSync(join(folder, 'call.yaml'), 'utf8').split('\n');
    const at = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    const said = problems().join('\n');
    expect(said).toContain(`call.yaml:${at('links: welcom')}: links: expected`);
    expect(said).toContain(`call.yaml:${at('ask: link')}: response.topics.0.prompts.5.ask: expected no such key`);
    expect(said).toContain(`call.yaml:${at('- language: en')}: sources.0.official: expected true or false (missing)`);
  });

  it('says the line of what is no YAML', () => {
    edit('call.yaml', 'links: welcome', 'links: [welcome');
    expect(problems()[0]).toMatch(/^emler-2024\/call\.yaml:\d+: \(whole file\): expected valid YAML; /u);
  });

  it('tells another encoding, with the line', () => {
    latin1('call.yaml', '# "globally"', '# "à l’échelle"'.replace('’', "'"));
    expect(problems()[0]).toMatch(
      /expected UTF-8, but line \d+ is not \(Latin-1 or Windows-1252, perhaps\); save it as UTF-8/u,
    );
    latin1('texts.csv', 'ONU', 'ONU');
    edit('call.yaml', /[^\0-\x7f]/gu, '?');
    expect(problems()[0]).toMatch(/texts\.csv: \(whole file\): expected UTF-8, but line \d+ is not/u);
  });

  it('tells UTF-16, and a mark before YAML', () => {
    const text = readFileSync(join(folder, 'call.yaml'), 'utf8');
    writeFileSync(join(folder, 'call.yaml'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect(problems()[0]).toContain('expected UTF-8, but this file is UTF-16');
    writeFileSync(join(folder, 'call.yaml'), `\uFEFF${text}`);
    expect(problems()[0]).toContain('expected UTF-8 without a byte-order mark (BOM), but it begins with one');
  });

  it('with another id than its folder', () => {
    edit('call.yaml', /^id: .*$/mu, 'id: emler-2025');
    expect(problems()[0]).toContain('id: expected the name of the file: a call emler-2025 is in the folder emler-2025');
  });
});

describe('a broken new call', () => {
  beforeEach(() => {
    mkdirSync(join(dialogs, 'emler-2027'));
    writeFileSync(join(dialogs, 'emler-2027', 'call.yaml'), 'id: emler-2027,\n');
  });

  it('does not stop the others', () => {
    const { calls, broken } = loadGoodCalls(dialogs, join(ROOT, 'locales'));
    expect(calls.map(({ id }) => id)).toEqual(['emler-2024']);
    expect(broken.map(({ id }) => id)).toEqual(['emler-2027']);
    expect(() => loadCalls(dialogs, join(ROOT, 'locales'))).toThrow(CallFilesError);
  });

  /** A service that starts with these calls; what it logs is kept. */
  const start = async (call: string, logged: unknown[]) => {
    const context = {
      config: { calls: [call], trial: false },
      loaded: {
        calls: loadGoodCalls(dialogs, join(ROOT, 'locales')),
        intake: { call },
        texts: { hasCall: () => true },
      },
      log: { error: (...said: unknown[]) => logged.push(said) },
      store: {},
      now: () => new Date(0),
    };
    return openCalls(context as unknown as Parameters<typeof openCalls>[0]);
  };

  it('is in the log and in /health of a service that starts with another call', async () => {
    const logged: unknown[] = [];
    const { calls, broken } = await start('emler-2024', logged);
    expect(calls.current('emler-2024').call.id).toBe('emler-2024');
    expect(broken).toEqual({ calls: 'cannot be read: emler-2027' });
    expect(JSON.stringify(logged)).toContain('"call":"emler-2027"');
  });

  it('stops a service that is to serve it, and says why', async () => {
    await expect(start('emler-2027', [])).rejects.toThrow(/call\.yaml:1: id: expected small letters/u);
  });
});

test('the example of sub-questions in docs/call-file.md is read as it says', () => {
  const page = readFileSync(join(ROOT, 'docs/call-file.md'), 'utf8').split('## Sub-questions: an example')[1] ?? '';
  const block = (kind: string) => new RegExp(`\`\`\`${kind}\\n([^\`]*)\`\`\``, 'u').exec(page)?.[1] ?? '';
  const { response } = parseYaml(block('yaml')) as { readonly response: unknown };
  const facts = parseYaml(readFileSync(join(folder, 'call.yaml'), 'utf8')) as object;
  writeFileSync(join(folder, 'call.yaml'), stringify({ ...facts, response }));
  const { rows } = parseCsv(readFileSync(join(folder, 'texts.csv'), 'utf8'));
  const { rows: shown } = parseCsv(block('csv'));
  const head = rows[0] ?? [];
  const plain = rows.slice(
    0,
    rows.findIndex(([type]) => type === 'begin group'),
  );
  const own = shown.slice(1).map((row) => head.map((heading) => row[shown[0]?.indexOf(heading) ?? -1] ?? ''));
  const kept = plain.filter(([, name]) => name?.startsWith('lens.') !== true);
  writeFileSync(join(folder, 'texts.csv'), formatCsv([...kept, ...own]));
  expect(problems()).toEqual([]);
  const { call, catalogues } = read();
  if (call === null) throw new Error('not read');
  const topics = topicsOf(call);
  expect(topics.map(({ number, prompts }) => [number, ...prompts.map((prompt) => prompt.number)])).toEqual([
    ['1', undefined],
    ['2', undefined, '2.a', '2.b'],
    ['3', undefined],
  ]);
  expect(catalogues.en?.topics['took-part']?.prompts['changed']).toBe('If so, did it change anything?');
});
