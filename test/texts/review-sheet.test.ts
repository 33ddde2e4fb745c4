// A native reader's sheet goes out, comes back, and changes nothing that must not change.

import { describe, expect, it } from 'vitest';
import { appearsIn } from '../../tools/wording/as-it-appears.ts';
import { ourTexts } from '../../tools/wording/our-texts.ts';
import { changesOf, COLUMNS, type Row, sheetOf } from '../../tools/wording/review-sheet.ts';
import { changedSince, READ, readMark, written } from '../../tools/wording/take-review.ts';

const texts = ourTexts();
const spanish = texts.filter(({ language, file }) => language === 'es' && file === 'bot');
const appears = appearsIn('es');
const sheet = sheetOf(spanish.map((text) => ({ text, shown: appears(text.text), english: '', sense: null })));

/** The sheet after a reader has written into the rows of these keys. */
function readBy(reader: Readonly<Record<string, readonly [text: string, read: string]>>): readonly Row[] {
  return sheet.map((row) => {
    const [text, read] = reader[row[1] ?? ''] ?? ['', ''];
    return row === sheet[0] ? row : [...row.slice(0, 7), text, read];
  });
}

const rowOf = (key: string) => sheet.findIndex((row) => row[1] === key) + 1;

describe('a sheet for a native reader', () => {
  it('has each text with where it appears, as it appears, and what must not change', () => {
    expect(sheet[0]).toEqual(COLUMNS);
    expect(sheet).toHaveLength(spanish.length + 1);
    const [file, key, where, shown, , must] = sheet[rowOf('keep.ask') - 1] ?? [];
    expect([file, key, where]).toEqual(['bot', 'keep.ask', expect.stringContaining('whether we may keep it')]);
    expect(shown).toContain('Nuestro equipo (Casa Exemplo)');
    expect(shown).toContain('12 días');
    expect(must).toContain('*borrar*');
    expect(must).toContain('{{org}}');
    for (const row of sheet.slice(1)) expect(row[3], row[1]).not.toMatch(/\{\{/u);
  });

  it('comes back with nothing if nobody wrote into it', () => {
    expect(changesOf(sheet, texts, 'es')).toEqual({ changes: [], problems: [] });
  });

  it('comes back with the texts that were written, and those that were ticked', () => {
    const { changes, problems } = changesOf(
      readBy({
        'saved.plain': ['', 'x'],
        'held.erased': ['Ya están borradas.', ''],
        'held.used': ['Bien. Van ahí.', 'sí'],
      }),
      texts,
      'es',
    );
    expect(problems).toEqual([]);
    expect(changes).toEqual([
      expect.objectContaining({ key: 'held.used', text: 'Bien. Van ahí.', isNew: true, isRead: true }),
      expect.objectContaining({ key: 'held.erased', text: 'Ya están borradas.', isNew: true, isRead: false }),
      expect.objectContaining({ key: 'saved.plain', isNew: false, isRead: true }),
    ]);
  });

  it.each([
    ['held.ask', 'Ya escribió algo. ¿Las uso?', 'the places must be words'],
    ['erase.ask', '¿Borrar todo?\nPara hacerlo, escriba BORRAR. Para seguir: *volver*.', 'ELIMINAR'],
    ['pause.done', 'Descanse. Se guarda hasta el {{date}}. *dormir*', 'does not know *dormir*'],
    ['held.used', 'Bien... son parte.', '…'],
    ['story.family', '{{spare}} {{asked}} {{date}} *siguiente* *pausa*', 'the line breaks must stay'],
    ['held.used', 'x'.repeat(601), 'at most 600 characters'],
  ])('names the row of a text that cannot be taken: %s', (key, text, problem) => {
    const { changes, problems } = changesOf(readBy({ [key]: [text, 'x'], 'saved.plain': ['', 'x'] }), texts, 'es');
    expect(changes).toEqual([]);
    expect(problems.join('\n')).toContain(`row ${rowOf(key)} (bot ${key}): `);
    expect(problems.join('\n')).toContain(problem);
  });

  it('names a row that is old, unknown, doubled or ticked with something else, and a sheet without its columns', () => {
    const rows = [
      ...(sheet[0] === undefined ? [] : [sheet[0]]),
      ['bot', 'held.used', '', '', '', '', 'Antes.', '', 'x'],
      ['bot', 'held.nothing', '', '', '', '', '', '', 'x'],
      ['bot', 'held.used', '', '', '', '', '', '', 'x'],
      ['bot', 'saved.plain', '', '', '', '', '', '', 'perhaps'],
    ];
    expect(changesOf(rows, texts, 'es').problems).toEqual([
      'row 2 (bot held.used): the text has changed since this sheet was made',
      'row 3 (bot held.nothing): there is no such text in es',
      'row 4 (bot held.used): a second row for this text',
      'row 5 (bot saved.plain): the last column takes an x or nothing',
    ]);
    expect(changesOf([['key', 'text']], texts, 'es').problems).toEqual([
      expect.stringMatching(/^row 1: no column file/u),
    ]);
  });
});

describe('what a reader ticked', () => {
  const files = { 'teams.json': JSON.stringify({ reviewed: false, a: 'Uno', b: { c: ['Dos', 'Tres'] } }) };
  const contents = (name: string) => Object.entries(files).find(([one]) => one === name)?.[1] ?? null;
  const change = (key: string, text: string, isRead = true) => ({ file: 'teams', key, text, isNew: true, isRead });

  it('is noted by its text, and a file is reviewed once all of it was ticked', () => {
    const one = written([change('a', 'Solo uno')], contents);
    expect(JSON.parse(one.get('teams.json') ?? '')).toEqual({
      reviewed: false,
      a: 'Solo uno',
      b: { c: ['Dos', 'Tres'] },
    });
    expect(JSON.parse(one.get(READ) ?? '')).toEqual({ teams: { a: readMark('Solo uno') } });
    const all = written([change('a', 'Uno'), change('b.c', 'Dos\nCuatro')], contents);
    expect(JSON.parse(all.get('teams.json') ?? '')).toEqual({ reviewed: true, a: 'Uno', b: { c: ['Dos', 'Cuatro'] } });
  });

  it('goes to its own place, also if a name there has a point', () => {
    const acts = { 'acts.json': JSON.stringify({ reviewed: false, acts: { list: { own: 'A' }, 'list.view': 'B' } }) };
    const given = (key: string) => ({ ...change(key, 'Nuevo'), file: 'acts' });
    const take = (key: string): unknown => {
      const files = written([given(key)], (name) => (name in acts ? acts['acts.json'] : null));
      return JSON.parse(files.get('acts.json') ?? '');
    };
    expect(take('acts.list.view')).toMatchObject({ acts: { list: { own: 'A' }, 'list.view': 'Nuevo' } });
    expect(take('acts.list.own')).toMatchObject({ acts: { list: { own: 'Nuevo' }, 'list.view': 'B' } });
    expect(() => take('acts.list.none')).toThrow('there is no text');
  });

  it('is unread again when the text changes', () => {
    const before = written([change('a', 'Uno'), change('b.c', 'Dos\nTres')], contents);
    const after = written([change('a', 'Otro', false)], (name) => before.get(name) ?? null);
    expect(JSON.parse(after.get('teams.json') ?? '')).toMatchObject({ reviewed: false, a: 'Otro' });
  });

  it('is found if its text was changed without a sheet, and the file still says that all of it was read', () => {
    const read = written([change('a', 'Uno'), change('b.c', 'Dos\nTres')], contents);
    const found = (teams: string) => changedSince((name) => (name === READ ? read.get(name) : teams) ?? null);
    const teams = read.get('teams.json') ?? '';
    expect(found(teams)).toEqual([]);
    expect(found(teams.replace('Dos', 'Cuatro'))).toEqual(['teams b.c']);
    expect(found(teams.replace('Dos', 'Cuatro').replace('true', 'false'))).toEqual([]);
    expect(changedSince(() => null)).toEqual([]);
  });
});
