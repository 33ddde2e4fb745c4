// Word counts of documents for the queue. A document is decrypted once; afterwards its number is cached, since a
// document never changes.

import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { openValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { manifestContext } from './documents.ts';

export interface DocumentFacts {
  readonly sha256: string | null;
  readonly words: number;
}

const schema = z.object({ model: z.object({ words: z.number() }) });

const MOST = 2_000;
const known = new WeakMap<Context, Map<string, DocumentFacts>>();

/** Of the newest final document of each contribution whose key is given. */
export async function factsOfDocuments(
  context: Context,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<ReadonlyMap<string, DocumentFacts>> {
  const remembered = known.get(context) ?? new Map<string, DocumentFacts>();
  known.set(context, remembered);
  if (remembered.size > MOST) remembered.clear();
  const found = new Map<string, DocumentFacts>();
  if (keys.size === 0) return found;
  const rows = await context.database.read
    .selectFrom('documents')
    .select(['id', 'contribution', 'sha256'])
    .where('kind', '=', 'final')
    .where('contribution', 'in', [...keys.keys()])
    .orderBy('position')
    .execute();
  const newest = new Map(rows.map((row) => [row.contribution, row]));
  for (const { id, contribution, sha256 } of newest.values()) {
    const key = contribution === null ? undefined : keys.get(contribution);
    if (contribution === null || key === undefined) continue;
    const facts = remembered.get(id) ?? (await read(context, key, { id, contribution, sha256 }));
    if (facts === null) continue;
    remembered.set(id, facts);
    found.set(contribution, facts);
  }
  return found;
}

async function read(
  context: Context,
  key: KeyObject,
  { id, contribution, sha256 }: { readonly id: string; readonly contribution: string; readonly sha256: string | null },
): Promise<DocumentFacts | null> {
  const row = await context.database.read
    .selectFrom('documents')
    .select('manifest')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.manifest === null) return null;
  const parsed = schema.safeParse(JSON.parse(openValue(key, manifestContext(contribution, id), row.manifest)));
  if (!parsed.success) return null;
  return { sha256, words: parsed.data.model.words };
}
