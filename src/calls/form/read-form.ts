// A questionnaire as an XLSForm, the workbook of Kobo and ODK, with the sheets survey, choices and settings.
// https://xlsform.org/en/ and its reference table.

import type { Table } from '../csv.ts';

/** The rows of each sheet by its name, every cell as text. */
export type Workbook = Readonly<Record<string, Table>>;

export interface FormQuestion {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** The labels of the choices; empty if any text may be written. */
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  /** Asked only after this answer to an earlier question. */
  readonly onlyIf: { readonly question: string; readonly answer: 'yes' | 'no' } | null;
}

export interface FormHeading {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly onlyIf: FormQuestion['onlyIf'];
}

/** Questions under a heading, or one question without. */
export interface FormEntry {
  readonly heading: FormHeading | null;
  readonly questions: readonly FormQuestion[];
}

export interface Form {
  readonly title: string | null;
  readonly entries: readonly FormEntry[];
  /** Everything that a conversation cannot carry, one line each, with the row. */
  readonly leftOut: readonly string[];
}

export type FormRead = { readonly ok: true; readonly form: Form } | { readonly ok: false; readonly expected: string };

const ASKED = /^(?:text|integer|decimal|range|date|time|datetime|select_one|select_multiple|rank)\b/u;
/** "${q} = 'yes'", "selected(${q}, 'yes')". */
const EQUALS = /^\s*\$\{([^{}]{1,100})\}\s*=\s*['"]([^'"]{1,100})['"]\s*$/u;
const SELECTED = /^\s*selected\(\s*\$\{([^{}]{1,100})\}\s*,\s*['"]([^'"]{1,100})['"]\s*\)\s*$/u;
const META = /^(?:start|end|today|deviceid|username|phonenumber|email|audit|simserial|subscriberid)$/u;

interface Row {
  readonly kind: string;
  /** Of choices: "select_one LIST". */
  readonly list: string;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly relevant: string;
  readonly isRequired: boolean;
  /** As spreadsheets count. */
  readonly at: number;
}

/** `language`: the tag of the labels to take, if the form has several. */
export function readForm(workbook: Workbook, language: string): FormRead {
  const survey = sheetNamed(workbook, 'survey');
  if (survey === null) return { ok: false, expected: 'a sheet "survey"' };
  const rows = rowsOf(survey, language);
  if (rows === null)
    return {
      ok: false,
      expected: `in the sheet "survey" the columns type, name and label (or label::… (${language}))`,
    };
  const choices = choicesOf(workbook, language);
  const leftOut: string[] = [];
  const entries: FormEntry[] = [];
  const open: { readonly heading: FormHeading; readonly questions: FormQuestion[] }[] = [];
  const lists = new Map<string, string>();
  for (const row of rows) {
    const say = (what: string) => leftOut.push(`row ${row.at}: ${what}`);
    if (row.kind === 'begin repeat') say(`the repetition, so that it is asked once: ${row.label || row.name}`);
    if (row.kind === 'begin group' || row.kind === 'begin repeat') {
      if (open.length > 0 && row.label !== '') say(`a heading below another: ${row.label}`);
      const heading = { name: row.name, label: row.label, hint: row.hint, onlyIf: conditionOf(row, say) };
      open.push({ heading, questions: open[0]?.questions ?? [] });
    } else if (row.kind === 'end group' || row.kind === 'end repeat') {
      const ended = open.pop();
      if (ended !== undefined && open.length === 0 && ended.questions.length > 0) entries.push(ended);
    } else if (row.kind === 'note') {
      if (row.label !== '') say(`the note: ${row.label}`);
    } else if (!ASKED.test(row.kind)) {
      if (row.kind !== '' && !META.test(row.kind))
        say(`${row.kind}, which cannot be asked here: ${row.label || row.name}`);
    } else if (row.label !== '') {
      const question = questionOf(row, say);
      lists.set(row.name, row.list);
      const [group] = open;
      if (group === undefined) entries.push({ heading: null, questions: [question] });
      else group.questions.push(question);
    }
  }
  if (open.length > 0) return { ok: false, expected: `an end of the group ${open[0]?.heading.name ?? ''}` };
  if (entries.length === 0) return { ok: false, expected: `at least one question with a label (${language})` };
  const title = recordsOf(sheetNamed(workbook, 'settings') ?? [])[0]?.['form_title']?.trim() ?? '';
  return { ok: true, form: { title: title === '' ? null : title, entries, leftOut } };

  function questionOf(row: Row, say: (what: string) => void): FormQuestion {
    // That of the outermost group is the group's own.
    const around = open.slice(1).flatMap(({ heading: { onlyIf } }) => onlyIf ?? [])[0] ?? null;
    const own = conditionOf(row, say);
    if (own !== null && around !== null) say(`one of two conditions: ${row.label}`);
    const offered = choices.get(row.list);
    return {
      ...{ name: row.name, label: row.label, hint: row.hint, isRequired: row.isRequired, onlyIf: own ?? around },
      choices: isYesNo(offered) ? [] : (offered ?? []).map(({ label }) => label),
    };
  }

  function conditionOf({ relevant, label, name }: Row, say: (what: string) => void): FormQuestion['onlyIf'] {
    if (relevant === '') return null;
    const [, question = '', value = ''] = EQUALS.exec(relevant) ?? SELECTED.exec(relevant) ?? [];
    const list = lists.get(question);
    const answer = list === undefined ? null : yesOrNo(value, choices.get(list));
    if (answer !== null) return { question, answer };
    say(`a condition, so that everybody is asked: ${label || name} (${relevant})`);
    return null;
  }
}

function rowsOf(table: Table, language: string): readonly Row[] | null {
  const header = (table[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const cell = (name: string, cells: readonly string[]) => (cells[header.indexOf(name)] ?? '').trim();
  const labels = columnOf(header, 'label', language);
  if (!header.includes('type') || !header.includes('name') || labels < 0) return null;
  const hints = columnOf(header, 'hint', language);
  return table.slice(1).map((cells, index): Row => {
    const [, kind = '', list = ''] = /^(\S+(?:[ _](?:group|repeat))?)(?:\s+(\S+))?/u.exec(cell('type', cells)) ?? [];
    return {
      kind: kind.toLowerCase().replace(/^(begin|end)_(group|repeat)$/u, '$1 $2'),
      ...{ list, name: cell('name', cells), label: (cells[labels] ?? '').trim() },
      ...{ hint: (cells[hints] ?? '').trim(), relevant: cell('relevant', cells) },
      isRequired: /^(?:yes|true|true\(\)|1)$/iu.test(cell('required', cells)),
      at: index + 2,
    };
  });
}

/** "label::Español (es)", "label::es", "label::Spanish", or "label" alone. */
function columnOf(header: readonly string[], kind: 'label' | 'hint', language: string): number {
  const named = [language, 'en'].map((of) =>
    new Intl.DisplayNames([of], { type: 'language' }).of(language)?.toLowerCase(),
  );
  const isOurs = (cell: string) => {
    const [, of, name = '', tag] = /^(label|hint)::?([^()]{1,60})(?:\(([a-z]{2,3})\))?$/u.exec(cell) ?? [];
    return of === kind && (tag === language || name.trim() === language || named.includes(name.trim()));
  };
  const own = header.findIndex(isOurs);
  return own >= 0 ? own : header.indexOf(kind);
}

type Choices = readonly { readonly name: string; readonly label: string }[];

function choicesOf(workbook: Workbook, language: string): ReadonlyMap<string, Choices> {
  const table = sheetNamed(workbook, 'choices') ?? [];
  const header = (table[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const [lists, names] = [header.findIndex((cell) => /^list[_ ]name$/u.test(cell)), header.indexOf('name')];
  const labels = columnOf(header, 'label', language);
  const all = new Map<string, { name: string; label: string }[]>();
  for (const cells of table.slice(1)) {
    const name = (cells[names] ?? '').trim();
    const list = (cells[lists] ?? '').trim();
    if (list !== '') all.set(list, [...(all.get(list) ?? []), { name, label: (cells[labels] ?? '').trim() || name }]);
  }
  return all;
}

const YES = /^(?:yes|y|true|1|oui|s[ií]|sim|wi|نعم)$/iu;
const NO = /^(?:no|n|false|0|non|não|nao|لا)$/iu;

/** Whether a list is for "yes" and "no" (and "I do not know"), which are answered in one's own words here. */
function isYesNo(choices: Choices | undefined): boolean {
  const is = (pattern: RegExp) =>
    choices?.some(({ name, label }) => pattern.test(name) || pattern.test(label)) === true;
  return choices !== undefined && choices.length <= 3 && is(YES) && is(NO);
}

function yesOrNo(value: string, choices: Choices | undefined): 'yes' | 'no' | null {
  if (!isYesNo(choices)) return null;
  const said = [value, choices?.find(({ name }) => name === value)?.label ?? ''];
  if (said.some((each) => YES.test(each))) return 'yes';
  return said.some((each) => NO.test(each)) ? 'no' : null;
}

function sheetNamed(workbook: Workbook, name: string): Table | null {
  return Object.entries(workbook).find(([sheet]) => sheet.trim().toLowerCase() === name)?.[1] ?? null;
}

function recordsOf([header = [], ...rows]: Table): readonly Readonly<Record<string, string>>[] {
  return rows.map((cells) =>
    Object.fromEntries(header.map((name, at) => [name.trim().toLowerCase(), cells[at] ?? ''])),
  );
}
