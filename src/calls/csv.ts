// Tables as comma-separated text (RFC 4180), as spreadsheets save them: also with semicolons or tabs.

export type Table = readonly (readonly string[])[];

export interface Csv {
  readonly rows: Table;
  /** The line of the file in which each row begins, counted from 1. */
  readonly lines: readonly number[];
}

/** The separator is the one that the first line has most of. Rows without any text are left out. */
export function parseCsv(text: string): Csv {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  const lines: number[] = [];
  let [row, cell, isQuoted, line, begun]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((each) => each !== '')) {
      rows.push(row);
      lines.push(begun);
    }
    row = [];
    begun = line;
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === '\n') line++;
    if (isQuoted && letter === '"' && text.charAt(at + 1) === '"') cell += text.charAt(at++);
    else if (letter === '"' && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted;
    else if (isQuoted) cell += letter;
    else if (letter === separator) endCell();
    else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || row.length > 0) endRow();
  return { rows, lines };
}

function separatorOf(text: string): string {
  const first = text.split('\n', 1)[0] ?? '';
  const often = [',', ';', '\t'].map((separator) => ({ separator, times: first.split(separator).length }));
  return often.sort((one, other) => other.times - one.times)[0]?.separator ?? ',';
}

export function formatCsv(rows: Table): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
