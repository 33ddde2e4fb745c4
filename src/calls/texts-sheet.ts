// The shape of dialogs/<call-id>/texts.csv: the texts of a call in all its languages, one row a text, with the columns of
// XLSForm, the sheets of Kobo and ODK.

import type { CallCatalogue } from './catalogue.ts';
import { topicsOf } from './call.ts';
import { type Csv, parseCsv, type Table } from './csv.ts';
import type { CallForInputs } from './schema.ts';
import { columnsOf, nameOf, type SheetFault } from './sheet-columns.ts';

export interface SheetRow {
  readonly type: string;
  /** "title", "body.name", "topic-id", "topic-id.short", or within a group the id of a question. */
  readonly name: string;
  /** The topic around a question. */
  readonly group: string | null;
  /** By language tag. */
  readonly label: Readonly<Record<string, string>>;
  readonly hint: Readonly<Record<string, string>>;
  /** Of the file, counted from 1. */
  readonly line: number;
}

export interface TextsSheet {
  readonly languages: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Columns that are not read. */
  readonly faults: readonly SheetFault[];
}

/** Untrusted text → its rows, or why it is no such sheet. */
export function parseSheet(
  text: string,
): { readonly ok: true; readonly sheet: TextsSheet } | { readonly ok: false; readonly expected: string } {
  const csv: Csv = parseCsv(text);
  const { rows, lines } = csv;
  const header = rows[0] ?? [];
  const { columns, faults } = columnsOf(csv);
  const at = (name: string) => header.indexOf(name);
  if (at('type') < 0 || at('name') < 0) return { ok: false, expected: 'a first row with the columns type and name' };
  const languages = columns.flatMap(({ kind, language }) => (kind === 'label' ? language : []));
  if (languages.length === 0) return { ok: false, expected: 'a column for each language, e.g. "label::English (en)"' };
  let group: string | null = null;
  const read = rows.slice(1).map((cells, index): SheetRow => {
    const of = (kind: string) =>
      Object.fromEntries(
        columns.flatMap((column) => (column.kind === kind ? [[column.language, cells[column.place] ?? '']] : [])),
      );
    const [type, name] = [(cells[at('type')] ?? '').replace('_', ' '), cells[at('name')] ?? ''];
    if (type === 'begin group') group = name;
    const row = { type, name, group, label: of('label'), hint: of('hint'), line: lines[index + 1] ?? 0 };
    if (type === 'end group') group = null;
    return row;
  });
  const texts = read.filter(({ type }) => type !== 'end group');
  return { ok: true, sheet: { languages: [...new Set(languages)], rows: texts, faults } };
}

/** Whether a language has any text; `official` and `reviewed` are none. */
export function isWrittenIn({ rows }: TextsSheet, language: string): boolean {
  return rows.some(
    ({ name, label }) => name !== 'official' && name !== 'reviewed' && (label[language] ?? '').trim() !== '',
  );
}

/** A text that cannot be shown in a language, so that another is shown instead; "all missing": every one of them. */
export interface Gap {
  readonly why: 'missing' | 'too long' | 'all missing';
  readonly language: string;
  readonly name: string;
  readonly line: number;
}

/** The texts in one language, to be parsed as a catalogue; an empty cell is filled from the call's own language. */
export function textsIn(
  sheet: TextsSheet,
  call: CallForInputs,
  language: string,
): { readonly value: unknown; readonly gaps: readonly Gap[] } {
  const own = ownLanguage(sheet, call);
  const gaps: Gap[] = [];
  const cell = (row: SheetRow | undefined, from: 'label' | 'hint'): string | undefined => {
    if (row === undefined) return undefined;
    const written = row[from][language] ?? '';
    if (written !== '' || language === own) return written === '' ? undefined : written;
    const instead = row[from][own] ?? '';
    if (instead !== '')
      gaps.push({ why: 'missing', language, name: from === 'hint' ? `${row.name}, hint` : row.name, line: row.line });
    return instead === '' ? undefined : instead;
  };
  const plain = sheet.rows.filter(({ group }) => group === null);
  const named = (name: string) =>
    cell(
      plain.find((row) => row.name === name),
      'label',
    );
  const is = (name: string) => /^(?:yes|true|1)$/iu.test(plain.find((row) => row.name === name)?.label[language] ?? '');
  const below = (prefix: string) =>
    Object.fromEntries(
      plain.flatMap((row) => {
        const text = row.name.startsWith(prefix) ? cell(row, 'label') : undefined;
        return text === undefined ? [] : [[row.name.slice(prefix.length), text]];
      }),
    );
  const groups = sheet.rows.filter(({ type }) => type === 'begin group');
  const about = groups.map((row) => {
    const title = cell(row, 'label');
    return { row, title, why: cell(row, 'hint') ?? title };
  });
  // Phrases for the middle of a sentence: words of another language would not fit into it.
  const body = Object.fromEntries(
    plain.flatMap(({ name, label }) => {
      const text = name.startsWith('body.') ? (label[language] ?? '') : '';
      return text === '' ? [] : [[name.slice('body.'.length), text]];
    }),
  );
  const title = named('title');
  const value = {
    ...{ official: is('official'), reviewed: is('reviewed'), title, short: named('short') ?? shortened(title) },
    ...{ issuer: named('issuer') ?? call.issuers.join(' · '), ...(Object.keys(body).length > 0 ? { body } : {}) },
    ...{ stem: named('stem') ?? title, lenses: below('lens.'), 'how-used': named('how-used') },
    why: Object.fromEntries(about.map((each) => [each.row.name, each.why])),
    topics: Object.fromEntries(
      about.map((each) => [each.row.name, { title: each.title, ...topic(each.row.name, each.title) }]),
    ),
    ...Object.fromEntries(
      plain.flatMap(({ name, type }) => (type !== 'begin group' && !isKnown(name) ? [[name, '']] : [])),
    ),
  };
  const lacks = gaps.some(({ why }) => why === 'missing');
  const borrowed = lacks ? { borrowed: { from: own, all: !isWrittenIn(sheet, language) } } : {};
  return { value: { ...value, ...borrowed }, gaps };

  function topic(id: string, heading: string | undefined) {
    const rows = sheet.rows.filter((row) => row.group === id && row.type !== 'begin group');
    const asked = rows.filter(({ name }) => !name.startsWith(`${id}.`));
    const own = (name: string) => rows.find((row) => row.name === `${id}.${name}`);
    const prompts = asked.map((row) => [row.name, cell(row, 'label')] as const);
    const hint = (role: 'family' | 'organisation') => {
      const row = own(`hints.${role}`);
      const written = row?.label[language] ?? '';
      if (written !== '' && written.length <= BUBBLE) return written;
      if (row !== undefined && written !== '') gaps.push({ why: 'too long', language, name: row.name, line: row.line });
      const isWhole = asked.every((each) => (each.label[language] ?? '') !== '');
      return (isWhole ? undefined : cell(row, 'label')) ?? composedHint(call, id, role, new Map(prompts));
    };
    // In another language it would be no heading: the short name is one.
    const few = own('heading')?.label[language] ?? '';
    return {
      ...(few === '' ? {} : { heading: few }),
      short: cell(own('short'), 'label') ?? shortened(heading),
      hints: { family: hint('family'), organisation: hint('organisation') },
      prompts: Object.fromEntries(prompts),
    };
  }
}

const KNOWN = /^(?:official|reviewed|title|short|issuer|stem|how-used|body\..+|lens\..+)$/u;
const isKnown = (name: string) => KNOWN.test(name);

/** The language of the page, else the first column. */
function ownLanguage({ languages }: TextsSheet, { sources }: CallForInputs): string {
  const tags = [...sources.filter(({ official }) => official), ...sources].map(({ language }) => language);
  return tags.find((tag) => languages.includes(tag)) ?? languages[0] ?? '';
}

const LINE = 60;
const BUBBLE = 500;

/** A heading in a line, cut between two words. */
export function shortened(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= LINE) return text;
  return `${text.slice(0, LINE - 1).replace(/\s+\S*$/u, '')}…`;
}

/** As many of a role's questions as fit into a bubble. */
function composedHint(
  call: CallForInputs,
  topicId: string,
  role: 'family' | 'organisation',
  texts: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const prompts = topicsOf(call).find(({ id }) => id === topicId)?.prompts ?? [];
  const asked = prompts.filter((prompt) => prompt.for.includes(role));
  const questions = (asked.length > 0 ? asked : prompts).flatMap(({ id }) => texts.get(id) ?? []);
  const fitting = questions.filter((_, index) => questions.slice(0, index + 1).join(' ').length <= BUBBLE);
  return fitting.length > 0 ? fitting.join(' ') : questions[0];
}

/** The rows of the body's phrases; from `reprisals` on a call may leave them out. */
export const BODY_PARTS = [
  ...(['name', 'readers', 'some-readers', 'purpose'] as const),
  ...(['reprisals', 'wants', 'wants-organisation', 'matters', 'spared'] as const),
] as const;

/** The first row: each language has a column for texts, and one for hints. */
export function headOf(languages: readonly string[]): readonly string[] {
  const texts = languages.map(nameOf).flatMap((name) => [`label::${name}`, `hint::${name}`]);
  return ['type', 'name', 'for', 'relevant', ...texts];
}

/** The sheet of a call, for languages in this order. */
export function sheetOf(
  call: CallForInputs,
  texts: readonly { readonly language: string; readonly catalogue: CallCatalogue }[],
): Table {
  type Say = (catalogue: CallCatalogue) => string | undefined;
  const row = (type: string, name: string, label: Say, more: { hint?: Say; for?: string; relevant?: string } = {}) => [
    ...[type, name, more.for ?? '', more.relevant ?? ''],
    ...texts.flatMap(({ catalogue }) => [label(catalogue) ?? '', more.hint?.(catalogue) ?? '']),
  ];
  const note = (name: string, label: Say) => row('note', name, label);
  const yes = (is: boolean) => (is ? 'yes' : 'no');
  const lenses = call.response.kind === 'topics' ? call.response.lenses : [];
  return [
    headOf(texts.map(({ language }) => language)),
    note('official', ({ official }) => yes(official)),
    note('reviewed', ({ reviewed }) => yes(reviewed)),
    note('title', ({ title }) => title),
    note('short', ({ short }) => short),
    note('issuer', ({ issuer }) => issuer),
    ...BODY_PARTS.map((part) => note(`body.${part}`, ({ body }) => body?.[part])),
    note('stem', ({ stem }) => stem),
    ...lenses.map((lens) => note(`lens.${lens}`, (catalogue) => catalogue.lenses[lens])),
    note('how-used', (catalogue) => catalogue['how-used']),
    ...topicsOf(call).flatMap(({ id, prompts }) => [
      row('begin group', id, ({ topics }) => topics[id]?.title, { hint: ({ why }) => why[id] }),
      note(`${id}.short`, ({ topics }) => topics[id]?.short),
      ...(texts.some(({ catalogue }) => catalogue.topics[id]?.heading !== undefined)
        ? [note(`${id}.heading`, ({ topics }) => topics[id]?.heading)]
        : []),
      note(`${id}.hints.family`, ({ topics }) => topics[id]?.hints.family),
      note(`${id}.hints.organisation`, ({ topics }) => topics[id]?.hints.organisation),
      ...prompts.map((prompt) =>
        row('text', prompt.id, ({ topics }) => topics[id]?.prompts[prompt.id], {
          for: prompt.for.length === 2 ? '' : prompt.for.join(' '),
          ...(prompt.onlyIf === undefined
            ? {}
            : { relevant: `\${${prompt.onlyIf.question}} = '${prompt.onlyIf.answer}'` }),
        }),
      ),
      row('end group', id, () => ''),
    ]),
  ];
}
