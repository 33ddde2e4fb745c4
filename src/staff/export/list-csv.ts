// The queue as a table for a spreadsheet: clear columns only, nothing that a person wrote. Pure.

import type { QueueRow } from '../../store/desk/desk-port.ts';

type Cell = string | number | boolean | null | readonly string[];

const COLUMNS: readonly (readonly [string, (row: QueueRow) => Cell])[] = [
  ['reference', (row) => row.reference],
  ['call', (row) => row.callId],
  ['channel', (row) => row.channel],
  ['language', (row) => row.language],
  ['opened', (row) => row.openedAt],
  ['last message', (row) => row.lastAt],
  ['contributions', (row) => row.contributions],
  ['words', (row) => row.words],
  ['publication', (row) => row.publication],
  ['flags', (row) => row.flags.map(({ flag }) => flag)],
  ['changed since approval', (row) => row.changed],
  ['staff wrote', (row) => row.answeredAt],
  ['mail', (row) => row.mail?.kind ?? null],
  ['mail state', (row) => row.mail?.state ?? null],
  ['mail outcome', (row) => row.mail?.outcome ?? null],
  ['mail queued', (row) => row.mail?.queuedAt ?? null],
  ['mail ended', (row) => row.mail?.endedAt ?? null],
  ['assigned to', (row) => row.assignedTo],
];

/** RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read the letters right. `nameOf`: an account's name. */
export function listCsv(rows: readonly QueueRow[], nameOf: (staff: string) => string): string {
  const named = rows.map((row) => ({ ...row, assignedTo: row.assignedTo === null ? null : nameOf(row.assignedTo) }));
  const lines = [COLUMNS.map(([name]) => name), ...named.map((row) => COLUMNS.map(([, value]) => textOf(value(row))))];
  return `\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

function textOf(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(' ') : String(value);
}

/** A spreadsheet takes these for the beginning of a formula (OWASP, "CSV Injection"), also behind spaces. */
const FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

export function cell(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
