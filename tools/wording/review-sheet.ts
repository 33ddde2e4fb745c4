// A sheet for native readers: each text of one language, its place, its look, and the parts that must not change; and a
// sheet that somebody has read, as changes of the catalogues. Pure: no file is read or written here.

import type { Language } from '../../src/languages.ts';
import { breachesIn } from './typography.ts';
import type { OurText } from './our-texts.ts';

/** The columns, in their order. Readers write into the last two. */
export const COLUMNS = [
  'file',
  'key',
  'where it appears',
  'as it appears',
  'in English',
  'must not change',
  'text',
  'your text',
  'read (x)',
] as const;

export type Row = readonly string[];

/** Most characters of a bubble. */
const BUBBLE = 600;

const PLACE = /\{\{(\w+)(?:, \w+)?\}\}/gu;
const COMMAND = /(?<!\w)\*[^*{}\n]+\*/gu;
/** A word that is typed in capitals, to send or to erase. */
const TYPED = /(?<!\p{L})\p{Lu}{5,}(?!\p{L})/gu;

function found(pattern: RegExp, text: string): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([whole]) => whole))].sort();
}

/** The places of a text by name, without their units. */
function placesIn(text: string): string {
  return [...new Set([...text.matchAll(PLACE)].map(([, name = '']) => name))].sort().join(' ');
}

/** The first part of a key, in words that a reader understands. */
const WHERE: Readonly<Record<string, string>> = {
  hello: 'the first message',
  safety: 'the advice before anything is written',
  keep: 'the question whether we may keep it',
  minor: 'for people under 18',
  story: 'when somebody tells their story',
  terms: 'a part of other sentences',
  names: 'the questions about names',
  others: 'other people who are named',
  publication: 'the question who may read it',
  send: 'before it is sent',
  delivery: 'after it was sent',
  withdraw: 'taking it back',
  erase: 'erasing everything',
  danger: 'to somebody in danger',
  despair: 'to somebody in despair',
  gathering: 'for organisers who write for others',
  choices: 'the label of a choice',
  commands: 'a word that people write',
  voice: 'about recordings',
  signIn: 'signing in',
  account: 'one’s own account',
  colleagues: 'the accounts of all staff',
  audit: 'the log of what staff did',
  queue: 'the list of cases',
  case: 'the page of a case',
  release: 'deciding about a case',
  exports: 'taking a case out',
  mails: 'mails that belong to no case',
  passkeys: 'signing in without a code',
  kept: 'what is erased, and when',
  doctor: 'what is right and wrong with the installation, for administrators',
  figures: 'the figures',
};

const FILES: Readonly<Record<string, string>> = {
  bot: 'the conversation',
  web: 'the web page',
  document: 'the document, among the person’s own words',
  mail: 'a mail',
  teams: 'Microsoft Teams',
  whatsapp: 'WhatsApp',
  setup: 'the questions to operators',
  staff: 'the desk of the staff',
};

function whereOf({ file, key }: Pick<OurText, 'file' | 'key'>): string {
  const part = WHERE[key.split('.')[0] ?? ''];
  return [FILES[file] ?? `the call ${file}`, ...(part === undefined ? [] : [part])].join(': ');
}

export interface Shown {
  readonly text: OurText;
  /** With values filled in. */
  readonly shown: string;
  readonly english: string;
  /** Of the table in docs/wording.md. */
  readonly sense: string | null;
}

export function sheetOf(texts: readonly Shown[]): readonly Row[] {
  const rows = texts.map(({ text: one, shown, english, sense }): Row => {
    const kept = [...found(PLACE, one.text), ...found(COMMAND, one.text), ...found(TYPED, one.text)].join('  ');
    const must = [sense ?? '', kept].filter((part) => part !== '').join('\n');
    return [one.file, one.key, whereOf(one), shown, english, must, one.text, '', ''];
  });
  return [[...COLUMNS], ...rows];
}

export interface Change {
  readonly file: string;
  readonly key: string;
  readonly text: string;
  readonly isNew: boolean;
  /** Somebody whose language it is has read it and ticked it. */
  readonly isRead: boolean;
}

/** Untrusted rows, the first of which names the columns → the changes, or every problem with its row as spreadsheets count. */
export function changesOf(
  rows: readonly Row[],
  texts: readonly OurText[],
  language: Language,
): { readonly changes: readonly Change[]; readonly problems: readonly string[] } {
  const columns = COLUMNS.map((name) => (rows[0] ?? []).findIndex((cell) => cell.trim() === name));
  const missing = COLUMNS.filter((_, at) => columns[at] === -1);
  if (missing.length > 0) return { changes: [], problems: [`row 1: no column ${missing.join(', ')}`] };
  const problems: string[] = [];
  const changes: Change[] = [];
  const seen = new Set<string>();
  rows.slice(1).forEach((cells, index) => {
    const at = (name: (typeof COLUMNS)[number]) => cells[columns[COLUMNS.indexOf(name)] ?? -1] ?? '';
    const [file, key] = [at('file').trim(), at('key').trim()];
    if (cells.every((cell) => cell.trim() === '')) return;
    const wrong = (what: string) => problems.push(`row ${index + 2} (${file} ${key}): ${what}`);
    const now = texts.find((one) => one.language === language && one.file === file && one.key === key);
    if (now === undefined) return void wrong(`there is no such text in ${language}`);
    if (seen.has(`${file} ${key}`)) return void wrong('a second row for this text');
    seen.add(`${file} ${key}`);
    const given = at('your text').trim();
    const isRead = /^[x✓✔1]$|^(?:yes|sí|si|oui|sim)$/iu.test(at('read (x)').trim());
    if (!isRead && at('read (x)').trim() !== '') return void wrong('the last column takes an x or nothing');
    if (given === '' && !isRead) return;
    if (at('text') !== now.text) return void wrong('the text has changed since this sheet was made');
    const text = given === '' ? now.text : given;
    for (const problem of faultsOf(now, text, language)) wrong(problem);
    changes.push({ file, key, text, isNew: text !== now.text, isRead });
  });
  return { changes: problems.length > 0 ? [] : changes, problems };
}

function faultsOf(now: OurText, text: string, language: Language): readonly string[] {
  const [has, had] = [placesIn(text), placesIn(now.text)];
  const lost = found(TYPED, now.text).filter((word) => !text.includes(word));
  return [
    ...(has === had ? [] : [`the places must be ${had === '' ? 'none' : had}`]),
    ...(lost.length === 0 ? [] : [`the word in capitals must stay: ${lost.join(', ')}`]),
    ...found(COMMAND, text)
      .filter((word) => !now.text.includes(word))
      .map((word) => `the program does not know ${word} here`),
    ...(text.length <= Math.max(BUBBLE, now.text.length) ? [] : [`at most ${BUBBLE} characters`]),
    ...(text.split('\n').length >= now.text.split('\n').length ? [] : ['the line breaks must stay']),
    ...breachesIn(language, text, now.mixed).map(({ at, better }) => `"${at}": ${better}`),
  ];
}
