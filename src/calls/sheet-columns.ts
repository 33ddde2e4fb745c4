// The first row of a sheet of texts: which column holds the texts or hints of which language. A column whose heading is
// not understood would leave people with questions in another language, so it is a fault.

import { fold } from './page/page.ts';
import type { Csv } from './csv.ts';
import { isLanguage, LANGUAGE_FACTS, LANGUAGES, WHOLE_LANGUAGES } from '../languages.ts';

export interface TextColumn {
  readonly kind: 'label' | 'hint';
  /** A language tag. */
  readonly language: string;
  readonly place: number;
}

export interface SheetFault {
  readonly line: number;
  readonly path: string;
  readonly expected: string;
}

export function columnsOf({ rows, lines }: Csv): {
  readonly columns: readonly TextColumn[];
  readonly faults: readonly SheetFault[];
} {
  const header = rows[0] ?? [];
  const columns: TextColumn[] = [];
  const faults: SheetFault[] = [];
  const width = Math.max(0, ...rows.map((row) => row.length));
  for (let place = 0; place < width; place++) {
    const heading = header[place] ?? '';
    const wrong = (expected: string) =>
      faults.push({ line: lines[0] ?? 1, path: `column ${letterOf(place)} "${heading}"`, expected });
    const [, of = '', name = ''] = /^(label|hint)\s*::?(.*)$/iu.exec(heading) ?? [];
    const kind = of.toLowerCase() === 'hint' ? 'hint' : 'label';
    const language = of === '' ? null : languageIn(name.trim());
    if (language !== null) {
      if (columns.some((column) => column.kind === kind && column.language === language))
        wrong(`one column ${kind} of ${language}, but there is another`);
      columns.push({ kind, language, place });
    } else if (!OTHER.test(heading) && (heading !== '' || rows.some((row) => (row[place] ?? '') !== ''))) {
      wrong(`${examplesOf(kind)}; a column of remarks begins with #`);
    }
  }
  return { columns, faults };
}

/** Columns without texts that are shown: ours, and those that XLSForm, Kobo and ODK know. A heading with # is a remark. */
const OTHER =
  /^(?:type|name|for|relevant|required|read_?only|appearance|default|constraint|calculation|trigger|choice_filter|repeat_count|parameters|note|disabled|or_other|[#$_].*|kobo--.*|(?:constraint_message|required_message|guidance_hint|(?:big-)?image|audio|video|media|bind|body|instance|control)(?::.*)?)$/iu;

function examplesOf(kind: TextColumn['kind']): string {
  return `a language after ${kind}::, one of ${LANGUAGES.map((tag) => `"${kind}::${nameOf(tag)}"`).join(', ')}`;
}

/** "English (en)", as a column is headed. */
export function nameOf(tag: string): string {
  const own = isLanguage(tag) ? LANGUAGE_FACTS[tag].name : undefined;
  const name = own ?? new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return `${name.charAt(0).toLocaleUpperCase(tag)}${name.slice(1)} (${tag})`;
}

/** "Español (es)", "es", "Español" and "Spanish"; null for any other, and for a name that contradicts its code. */
function languageIn(text: string): string | null {
  const open = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  const name = NAMES.get(fold((open < 0 ? text : text.slice(0, open)).trim().normalize('NFC'))) ?? null;
  const tag = tagIn(open < 0 ? text : text.slice(open + 1, -1).trim());
  if (open < 0) return name ?? tag;
  return name === null || name === tag ? tag : null;
}

/** "pt-BR" and "por" are pt; a language that has a name, but no conversations, may be the language of the page. */
function tagIn(text: string): string | null {
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/iu.test(text)) return null;
  try {
    const { language } = new Intl.Locale(text);
    if (isLanguage(language)) return language;
    const isKnown = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(language) !== undefined;
    return isKnown ? text : null;
  } catch {
    return null;
  }
}

/** The languages of conversations by their names, in themselves and in the others that every machine knows, folded. */
const NAMES: ReadonlyMap<string, string> = new Map(
  LANGUAGES.flatMap((tag) => {
    const own = nameOf(tag).replace(/ \(.*$/u, '');
    const others = WHOLE_LANGUAGES.map((other) => new Intl.DisplayNames([other], { type: 'language' }).of(tag) ?? tag);
    // Kreyòl ayisyen is called Kreyòl by those who speak it.
    return [own, own.split(' ')[0] ?? own, ...others].map((name) => [fold(name.normalize('NFC')), tag] as const);
  }),
);

/** As spreadsheets name their columns: A, … Z, AA. */
function letterOf(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : `${letterOf(Math.floor(place / 26) - 1)}${last}`;
}
