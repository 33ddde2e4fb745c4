// Proves that two databases hold the same rows, whatever their kind and the order in which they give them.

import { createHash } from 'node:crypto';
import type { Snapshot, Value } from './read-rows.ts';

export interface TableDigest {
  readonly rows: number;
  /** Of all rows together; the order does not count. */
  readonly sha256: string;
}

export async function digestsOf(snapshot: Snapshot): Promise<ReadonlyMap<string, TableDigest>> {
  const digests = new Map<string, TableDigest>();
  for (const table of snapshot.tables) {
    let rows = 0;
    let sum = 0n;
    for await (const row of snapshot.rows(table)) {
      rows += 1;
      sum = (sum + BigInt(`0x${hashOf(row)}`)) % 2n ** 256n;
    }
    digests.set(table, { rows, sha256: sum.toString(16).padStart(64, '0') });
  }
  return digests;
}

function hashOf(row: Readonly<Record<string, Value>>): string {
  const hash = createHash('sha256');
  for (const column of Object.keys(row).toSorted()) {
    const value = row[column] ?? null;
    const text =
      value instanceof Uint8Array ? `b${Buffer.from(value).toString('base64')}` : value === null ? '' : `v${value}`;
    hash.update(`${JSON.stringify([column, text])}\n`);
  }
  return hash.digest('hex');
}

/** The tables in which they differ. */
export function differences(
  one: ReadonlyMap<string, TableDigest>,
  other: ReadonlyMap<string, TableDigest>,
): readonly string[] {
  const tables = new Set([...one.keys(), ...other.keys()]);
  return [...tables].filter((table) => {
    const [a, b] = [one.get(table), other.get(table)];
    return a?.rows !== b?.rows || a?.sha256 !== b?.sha256;
  });
}
