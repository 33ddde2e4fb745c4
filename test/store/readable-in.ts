// The words that somebody reads who has the database and the master key.

import type { KeyObject } from 'node:crypto';
import { withSnapshot } from '../../src/store/backup/read-rows.ts';
import { keysOfMaster, open, unwrapKeys } from '../../src/vault/seal.ts';
import type { TempStore } from '../support/temp-store.ts';

/** Where words stand that the master key opens: every sealed value is tried with every key, in every place. */
export async function readableIn(
  { database, masterKey }: TempStore,
  words: readonly string[],
): Promise<readonly string[]> {
  const rows: { table: string; row: Readonly<Record<string, unknown>> }[] = [];
  await withSnapshot(database, async (snapshot) => {
    for (const table of snapshot.tables) for await (const row of snapshot.rows(table)) rows.push({ table, row });
  });
  const wrapped = rows.flatMap(({ table, row }) =>
    table === 'keys' && row['wrapped'] instanceof Uint8Array
      ? [{ owner: String(row['owner']), wrapped: row['wrapped'] }]
      : [],
  );
  const known = unwrapKeys(keysOfMaster(masterKey), wrapped);
  const found = new Set<string>();
  for (const { table, row } of rows) {
    for (const [column, value] of Object.entries(row)) {
      const texts = value instanceof Uint8Array ? opened(known, { table, column, row }, value) : [String(value)];
      const bytes = value instanceof Uint8Array ? [Buffer.from(value).toString('utf8')] : [];
      if ([...texts, ...bytes].some((text) => words.some((word) => text.includes(word))))
        found.add(`${table}.${column}`);
    }
  }
  return [...found].toSorted();
}

interface Cell {
  readonly table: string;
  readonly column: string;
  readonly row: Readonly<Record<string, unknown>>;
}

function opened(known: ReadonlyMap<string, KeyObject>, { table, column, row }: Cell, sealed: Uint8Array) {
  const reply = `${String(row['person'])}.${String(row['turn'])}.${String(row['place'])}`;
  const names = ['id', 'mark', 'person', 'contribution', 'mail', 'owner', 'name', 'staff'];
  const places = [...names.map((name) => String(row[name])), reply];
  const texts: string[] = [];
  for (const [owner, key] of known) {
    for (const place of places) {
      try {
        texts.push(open(key, { table, column, owner, row: place }, sealed).toString('utf8'));
      } catch {
        // Not with this key, or not here.
      }
    }
  }
  return texts;
}
