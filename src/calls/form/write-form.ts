// A call as an XLSForm, for people who ask its questions with Kobo or ODK; and its sheet of texts back from one.

import type { Table } from '../csv.ts';
import type { Workbook } from './read-form.ts';

/** A condition that never holds: the form keeps these rows and shows none of them. */
const NEVER = 'false()';
const YES_NO = 'select_one yes_no';

export interface FormFacts {
  readonly id: string;
  readonly title: string;
  /** Increases with each change of the call. */
  readonly version: number;
  /** As a column is headed: "English (en)". */
  readonly language: string;
}

/** `texts`: the sheet of the call. `words`: "yes" and "no" in the language of each column, in its order. */
export function formOf(
  texts: Table,
  facts: FormFacts,
  words: readonly { readonly yes: string; readonly no: string }[],
): Workbook {
  const [header = [], ...rows] = texts;
  const at = columnsOf(header);
  const asked = new Set(rows.flatMap((row) => /^\$\{([^{}]{1,100})\}/u.exec(row[at.relevant] ?? '')?.[1] ?? []));
  const labels = header.filter((cell) => cell.startsWith('label::'));
  const survey = rows.map((row) => {
    const type = row[at.type] ?? '';
    if (type === 'note') return replaced(row, at.relevant, NEVER);
    if (type === 'text' && asked.has(row[at.name] ?? '')) return replaced(row, at.type, YES_NO);
    return replaced(row, at.type, type.replace(' ', '_'));
  });
  return {
    survey: [header, ...survey],
    choices: [
      ['list_name', 'name', ...labels],
      ['yes_no', 'yes', ...words.map(({ yes }) => yes)],
      ['yes_no', 'no', ...words.map(({ no }) => no)],
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'default_language'],
      [facts.title, facts.id, String(facts.version), facts.language],
    ],
  };
}

/** The sheet of texts in such a form, after people have worked on it. Null if it is none. */
export function textsOfForm({ survey }: Workbook): Table | null {
  const [header, ...rows] = survey ?? [];
  if (header === undefined || !header.includes('type') || !header.includes('relevant')) return null;
  const at = columnsOf(header);
  return [
    header,
    ...rows.map((row) => {
      const type = row[at.type] ?? '';
      if (type === 'note' && row[at.relevant] === NEVER) return replaced(row, at.relevant, '');
      return replaced(row, at.type, type === YES_NO ? 'text' : type.replace('_', ' '));
    }),
  ];
}

function columnsOf(header: readonly string[]) {
  return { type: header.indexOf('type'), name: header.indexOf('name'), relevant: header.indexOf('relevant') };
}

function replaced(row: readonly string[], at: number, value: string): readonly string[] {
  return row.map((cell, index) => (index === at ? value : cell));
}
