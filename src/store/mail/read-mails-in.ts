// Mails that came, opened: lists without their bytes, and one with them.

import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import { open } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { keysOf, openValue } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';
import type { FiledMail, ListedMail, MailInSummary } from './mails-in-port.ts';

/** Owner of the key of mails that belong to nobody. */
export const NOBODY = 'mails-in';

type Row = Selectable<Tables['mails_in']>;
type ListedRow = Omit<Row, 'bytes'>;

const LISTED = [
  'arrival',
  'id',
  'mark',
  'person',
  'contribution',
  'outbox',
  'reference',
  'kind',
  'at',
  'sealed',
  'moved_by',
  'moved_at',
] as const satisfies readonly (keyof ListedRow)[];

/** Oldest first; null: what belongs to no case. */
export async function listMails(
  context: Context,
  references: readonly string[] | null,
): Promise<readonly ListedMail[]> {
  if (references?.length === 0) return [];
  const query = context.database.read.selectFrom('mails_in').select(LISTED).orderBy('arrival');
  const rows = await (
    references === null ? query.where('contribution', 'is', null) : query.where('reference', 'in', references)
  ).execute();
  const keys = await keysOf(context, context.database.read, rows.map(ownerOf));
  return rows.flatMap((row) => {
    const key = keys.get(ownerOf(row));
    return key === undefined ? [] : [listed(row, key)];
  });
}

/** `of` null: only where it belongs to no case. */
export async function oneMail(
  context: Context,
  id: string,
  of: { readonly case: string } | null,
): Promise<FiledMail | null> {
  const query = context.database.read.selectFrom('mails_in').selectAll('mails_in').where('mails_in.id', '=', id);
  const row = await (
    of === null
      ? query.where('contribution', 'is', null)
      : query.innerJoin('contributions as c', 'c.id', 'mails_in.contribution').where('c.case_id', '=', of.case)
  ).executeTakeFirst();
  return row === undefined ? null : ((await decryptMails(context, [row]))[0] ?? null);
}

/** What does not open any more is left out. */
export async function decryptMails(context: Context, rows: readonly Row[]): Promise<readonly FiledMail[]> {
  const keys = await keysOf(context, context.database.read, rows.map(ownerOf));
  return rows.flatMap((row) => {
    const key = keys.get(ownerOf(row));
    if (key === undefined) return [];
    return { ...listed(row, key), bytes: open(key, mailInContext('bytes', ownerOf(row), row.id), row.bytes) };
  });
}

function listed(row: ListedRow, key: KeyObject): ListedMail {
  return {
    id: row.id,
    kind: row.kind,
    reference: row.reference,
    at: row.at,
    byHand: row.moved_by,
    ...openValue<MailInSummary>(key, mailInContext('sealed', ownerOf(row), row.id), row.sealed),
  };
}

function ownerOf({ contribution }: ListedRow): string {
  return contribution ?? NOBODY;
}

export function mailInContext(column: 'sealed' | 'bytes', owner: string, row: string) {
  return { table: 'mails_in', column, owner, row };
}
