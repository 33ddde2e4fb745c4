// A call from an XLSForm of Kobo or ODK, a call as one, and its texts back.

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import readWorkbook from 'read-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import { topicsOf } from '../../src/calls/call.ts';
import { parseCsv } from '../../src/calls/csv.ts';
import { filesOf, readCallFiles } from '../../src/calls/load-calls.ts';
import { callForm, type FormGiven } from '../../src/cli/call-form.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'griot-form-'));
});

async function run(file: string, values: FormGiven): Promise<readonly string[]> {
  const said: string[] = [];
  const io = { say: (line: string) => said.push(line), env: {} } as unknown as Parameters<typeof callForm>[1];
  expect(await callForm({ values, positionals: [join(folder, file)] }, io, '2026-11-29')).toBe(0);
  return said;
}

function save(file: string, sheets: Readonly<Record<string, readonly (readonly string[])[]>>): Promise<void> {
  const all = Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: rows.map((row) => [...row]) }));
  return writeWorkbook(all).toFile(join(folder, file));
}

/** What no form says, written by hand. */
function complete(id: string): void {
  const [yaml, texts] = [join(folder, id, 'call.yaml'), join(folder, id, 'texts.csv')];
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('# issuers: [ ]', 'issuers: [Un organismo inventado]'));
  writeFileSync(texts, readFileSync(texts, 'utf8').replace('note,how-used,,,', 'note,how-used,,,Nadie lo publica.'));
}

const SURVEY = [
  ['type', 'name', 'label::English (en)', 'label::Español (es)', 'hint::Español (es)', 'relevant', 'required'],
  ['start', 'start', '', '', '', '', ''],
  ['note', 'welcome', 'Welcome', 'Le damos la bienvenida', '', '', ''],
  ['text', 'what_happened', 'What happened?', '¿Qué pasó después?', 'Con sus palabras.', '', 'yes'],
  ['begin_group', 'complaint', 'Complaints', 'La denuncia', 'Lo que hizo su familia.', '', ''],
  ['select_one yn', 'complained', 'Did you complain?', '¿Presentaron una denuncia?', '', '', 'yes'],
  ['text', 'where to', 'Where?', '¿Ante quién?', '', "${complained} = 'si'", ''],
  ['text', 'why_not', 'Why not?', '¿Por qué no?', '', "selected(${complained}, 'no')", ''],
  ['begin group', 'inner', 'Lawyers', 'Abogados', '', "${complained} = 'si'", ''],
  ['select_one help', 'lawyer', 'Who helped?', '¿Quién ayudó?', '', '', ''],
  ['text', 'cost', 'Cost?', '¿Cuánto costó?', '', '${lawyer} > 3', ''],
  ['end group', '', '', '', '', '', ''],
  ['end_group', '', '', '', '', '', ''],
  ['geopoint', 'where', 'Where was it?', '¿Dónde fue?', '', '', ''],
  ['begin_repeat', 'people', 'People', 'Personas', '', '', ''],
  ['text', 'person', 'Who?', '¿Quién estaba?', '', '', ''],
  ['end_repeat', '', '', '', '', '', ''],
];

const FORM = {
  survey: SURVEY,
  choices: [
    ['list_name', 'name', 'label::English (en)', 'label::Español (es)'],
    ['yn', 'si', 'Yes', 'Sí'],
    ['yn', 'no', 'No', 'No'],
    ['help', 'a', 'A lawyer', 'Una abogada'],
    ['help', 'b', 'A neighbour', 'Un vecino'],
  ],
  settings: [
    ['form_title', 'form_id'],
    ['Después de la violencia', 'after'],
  ],
};

describe('A new call from an XLSForm', () => {
  it('asks the questions of the form, in its order, "if so" after a yes, and says what it cannot carry', async () => {
    await save('form.xlsx', FORM);
    const said = await run('form.xlsx', { id: 'after', language: 'es', into: folder });
    complete('after');
    const { call, catalogues, problems } = readCallFiles(filesOf(join(folder, 'after'), null));
    expect(problems).toEqual([]);
    const topics = call === null ? [] : topicsOf(call);
    expect(topics.map(({ id, number, prompts }) => [id, number, prompts.map((prompt) => prompt.id)])).toEqual([
      ['what-happened', '1', ['what-happened']],
      ['complaint', '2', ['complained', 'where-to', 'why-not', 'lawyer', 'cost']],
      ['people', '3', ['person']],
    ]);
    expect(topics[1]?.prompts.map(({ onlyIf }) => onlyIf ?? null)).toEqual([
      null,
      { question: 'complained', answer: 'yes' },
      { question: 'complained', answer: 'no' },
      { question: 'complained', answer: 'yes' },
      { question: 'complained', answer: 'yes' },
    ]);
    const { es } = catalogues;
    expect(es?.title).toBe('Después de la violencia');
    expect(es?.why['complaint']).toBe('Lo que hizo su familia.');
    expect(es?.topics['what-happened']?.prompts).toEqual({ 'what-happened': '¿Qué pasó después? Con sus palabras.' });
    expect(es?.topics['complaint']?.prompts).toMatchObject({
      complained: '¿Presentaron una denuncia?',
      lawyer: '¿Quién ayudó? (Una abogada · Un vecino)',
    });
    expect(said.filter((line) => line.startsWith('  '))).toEqual([
      '  row 3: the note: Le damos la bienvenida',
      '  row 9: a heading below another: Abogados',
      '  row 11: a condition, so that everybody is asked: ¿Cuánto costó? (${lawyer} > 3)',
      '  row 14: geopoint, which cannot be asked here: ¿Dónde fue?',
      '  row 15: the repetition, so that it is asked once: Personas',
      '  that 2 of 7 questions need an answer: here, all or none',
    ]);
  });

  it.each([
    ['no sheet of questions', { sheet1: [['a']] }, 'a sheet "survey"'],
    [
      'no labels',
      {
        survey: [
          ['type', 'name'],
          ['text', 'a'],
        ],
      },
      'the columns type, name and label',
    ],
    [
      'no question',
      {
        survey: [
          ['type', 'name', 'label'],
          ['note', 'a', 'Hello'],
        ],
      },
      'at least one question',
    ],
    [
      'a group without an end',
      {
        survey: [
          ['type', 'name', 'label'],
          ['begin group', 'g', 'G'],
          ['text', 'a', 'A?'],
        ],
      },
      'an end of the group g',
    ],
  ])('with %s is refused, and makes no folder', async (_what, sheets, expected) => {
    await save('form.xlsx', sheets);
    await expect(run('form.xlsx', { id: 'x', language: 'en', into: folder })).rejects.toThrow(expected);
    expect(readCallFiles(filesOf(join(folder, 'x'), null)).call).toBeNull();
  });

  it('from a file that is no workbook is refused', async () => {
    writeFileSync(join(folder, 'form.xlsx'), 'type,name,label');
    await expect(run('form.xlsx', { id: 'x', language: 'en', into: folder })).rejects.toThrow('no XLSX workbook');
  });
});

describe('A call as an XLSForm', () => {
  it('gives the same texts back, and its notes are never shown', async () => {
    cpSync('dialogs/emler-2024', join(folder, 'emler-2024'), { recursive: true });
    const sheet = join(folder, 'emler-2024', 'texts.csv');
    const before = parseCsv(readFileSync(sheet, 'utf8')).rows;
    await run('out.xlsx', { of: join(folder, 'emler-2024') });
    const [survey] = await readWorkbook(join(folder, 'out.xlsx'));
    const shown = (survey?.data ?? []).filter((row) => row[0] === 'note' && row[3] !== 'false()');
    expect(shown).toEqual([]);
    expect(survey?.data.some((row) => row[0] === 'begin_group')).toBe(true);
    await run('out.xlsx', { 'texts-of': join(folder, 'emler-2024') });
    expect(parseCsv(readFileSync(sheet, 'utf8')).rows).toEqual(before);
    expect(parseCsv(readFileSync(`${sheet}.before`, 'utf8')).rows).toEqual(before);
  });

  it('whose questions depend on an answer asks that one by yes and no, and comes back whole', async () => {
    await save('form.xlsx', FORM);
    await run('form.xlsx', { id: 'after', language: 'es', into: folder });
    complete('after');
    const place = join(folder, 'after');
    await run('out.xlsx', { of: place });
    const [survey, choices] = await readWorkbook(join(folder, 'out.xlsx'));
    const row = (name: string) => survey?.data.find((cells) => cells[1] === name && !String(cells[0]).startsWith('b'));
    expect(row('complained')?.[0]).toBe('select_one yes_no');
    expect(row('where-to')?.[3]).toBe("${complained} = 'yes'");
    expect(choices?.data.map((cells) => cells[1])).toEqual(['name', 'yes', 'no']);
    await run('out.xlsx', { id: 'again', language: 'es', into: folder });
    complete('again');
    const [first, second] = [place, join(folder, 'again')].map((one) => readCallFiles(filesOf(one, null)).call);
    expect(second?.response).toEqual(first?.response);
  });
});
