// A backup as lines of JSON: a head, for each table its columns and then a line for each row, an end with their number.
// Both kinds of database write and take the same.

import { z } from 'zod';
import type { Snapshot, Value } from './read-rows.ts';

const VERSION = 1;
const META = 'meta';

export class BackupError extends Error {
  override readonly name = 'BackupError';
}

const headSchema = z.strictObject({
  griot: z.literal('backup'),
  version: z.literal(VERSION),
  schema: z.number().int().positive(),
  at: z.iso.datetime(),
});
export type BackupHead = z.infer<typeof headSchema>;

const lineSchema = z.union([
  z.strictObject({ table: z.string(), columns: z.array(z.string()) }),
  z.strictObject({ end: z.number().int() }),
  z.array(z.union([z.null(), z.string(), z.number(), z.strictObject({ b: z.base64() })])),
]);

/** `meta` is the last table: until it is there, a restored database is refused. */
export async function* linesOf(snapshot: Snapshot, at: string): AsyncIterable<string> {
  const meta = new Map<Value | undefined, Value | undefined>();
  for await (const { name, value } of snapshot.rows(META)) meta.set(name, value);
  const head: BackupHead = { griot: 'backup', version: VERSION, schema: Number(meta.get('schema')), at };
  yield JSON.stringify(head);
  let count = 0;
  for (const table of [...snapshot.tables.filter((name) => name !== META), META]) {
    let columns: readonly string[] | null = null;
    for await (const row of snapshot.rows(table)) {
      if (columns === null) yield JSON.stringify({ table, columns: (columns = Object.keys(row)) });
      yield JSON.stringify(columns.map((column) => written(row[column] ?? null)));
      count += 1;
    }
  }
  yield JSON.stringify({ end: count });
}

function written(value: Value): null | string | number | { readonly b: string } {
  if (value instanceof Uint8Array) return { b: Buffer.from(value).toString('base64') };
  return typeof value === 'bigint' ? String(value) : value;
}

export interface BackupRow {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly Value[];
}

/** @throws {BackupError} if it is no backup, or not whole. */
export async function readBackup(lines: AsyncIterable<string>): Promise<{
  readonly head: BackupHead;
  /** To be read once. Throws at its end if it is not whole. */
  readonly rows: AsyncIterable<BackupRow>;
}> {
  const all = lines[Symbol.asyncIterator]();
  const first = await all.next();
  const head = headSchema.safeParse(first.done === true ? null : parseJson(first.value));
  if (!head.success) throw new BackupError('This is no backup of this program.');
  return { head: head.data, rows: rowsIn(all) };
}

async function* rowsIn(lines: AsyncIterator<string>): AsyncIterable<BackupRow> {
  let current: { readonly table: string; readonly columns: readonly string[] } | null = null;
  let count = 0;
  for (;;) {
    const next = await lines.next();
    const line = next.done === true ? null : lineSchema.safeParse(parseJson(next.value));
    if (line?.success !== true) break;
    const { data } = line;
    if (Array.isArray(data)) {
      if (current?.columns.length !== data.length) break;
      count += 1;
      yield { ...current, values: data.map(read) };
    } else if ('table' in data) current = data;
    else if (data.end === count) return;
    else break;
  }
  throw new BackupError('The backup is not whole: its end is missing or another one.');
}

function read(value: null | string | number | { readonly b: string }): Value {
  return typeof value === 'object' && value !== null ? Buffer.from(value.b, 'base64') : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
