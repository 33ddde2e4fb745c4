// The queue: all stored cases. Its order is made of columns that are not sealed; only the rows that are shown are opened.

import type { Context } from '../db/context.ts';
import { keysOf } from '../encryption/keys.ts';
import { publicationsOf } from '../turns/consents.ts';
import { type DocumentFacts, factsOfDocuments } from '../turns/document-facts.ts';
import { queueFacts } from './queue-facts.ts';
import { type Facts, isOver, type QueueRow } from './queue-row.ts';

/** All open work; `done`: ended cases that are still stored, newest first. Opens every row: for exports. */
export async function queue(context: Context, scope: 'open' | 'done'): Promise<readonly QueueRow[]> {
  const wanted = (await queueFacts(context)).filter((one) => isOver(one) === (scope === 'done'));
  return openQueue(context, scope === 'done' ? wanted.toReversed() : wanted);
}

/** These rows with what is sealed in them; the keys, choices and documents of no others are read. */
export async function openQueue(context: Context, wanted: readonly Facts[]): Promise<readonly QueueRow[]> {
  const keys = await keysOf(
    context,
    context.database.read,
    wanted.flatMap(({ people }) => people),
  );
  const [publications, documents] = await Promise.all([publicationsOf(context, keys), factsOfDocuments(context, keys)]);
  return wanted.map((row) => readRow(row, publications, documents));
}

function readRow(
  { people, ...row }: Facts,
  publications: ReadonlyMap<string, string>,
  facts: ReadonlyMap<string, DocumentFacts>,
): QueueRow {
  const documents = people.flatMap((id) => facts.get(id) ?? []);
  return {
    ...row,
    words: documents.length === 0 ? row.words : documents.reduce((sum, { words }) => sum + words, 0),
    publication: [...new Set(people.flatMap((id) => publications.get(id) ?? []))],
    changed: row.mail !== null && documents.some(({ sha256 }) => sha256 !== null && sha256 !== row.mail?.sha256),
  };
}
