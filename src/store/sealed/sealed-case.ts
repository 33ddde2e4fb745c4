// The sealed rows of a case, with everything but the key: it is opened with one of the keys of staff.

import { sql } from 'kysely';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { replyId } from '../turns/reply-body.ts';

/** One sealed value, with its place. */
export interface SealedCell {
  readonly table: string;
  readonly column: string;
  readonly row: string;
  /** Base64. */
  readonly sealed: string;
  /** Unencrypted columns of its row. */
  readonly about: Readonly<Record<string, string | number>>;
}

export interface SealedContribution {
  readonly contribution: string;
  readonly at: string;
  readonly recipients: readonly string[];
  /** The data key as an age file, base64. */
  readonly age: string;
  readonly cells: readonly SealedCell[];
}

type Row = Readonly<Record<string, unknown>>;

/** `of`: the condition of its rows for a contribution; `row`: the place of a row. */
interface Kind {
  readonly table: string;
  readonly of?: string;
  readonly row: (row: Row) => string;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const byId = (row: Row) => text(row['id']);
const byMark = (row: Row) => text(row['mark']);
const byReply = (row: Row) =>
  replyId({ person: text(row['person']), turn: Number(row['turn']), place: Number(row['place']) });

const KINDS: readonly Kind[] = [
  { table: 'lines', row: byMark },
  { table: 'replies', row: byReply },
  { table: 'parts', row: byMark },
  { table: 'consents', row: byId },
  { table: 'documents', row: byId },
  {
    table: 'document_files',
    of: 'document in (select d.id from documents d where d.contribution = ',
    row: byId,
  },
  { table: 'outbox', row: byId },
  { table: 'mail_attempts', of: 'mail in (select o.id from outbox o where o.contribution = ', row: byId },
  { table: 'review_terms', row: (row) => text(row['mail']) },
  { table: 'reviews', row: byId },
  { table: 'mails_in', row: byId },
  { table: 'desk_notes', row: byId },
];

/** Columns that say nothing about a person, and lead nowhere. */
const CLEAR = [
  ...['at', 'turn', 'place', 'position', 'edited', 'kind', 'reference', 'format', 'document', 'mail', 'state'],
  ...['purpose', 'act', 'outcome', 'staff', 'queued_at', 'ended_at', 'channel', 'words'],
];

/** The sealed contributions of a case; empty if it is not sealed. */
export async function sealedCase(context: Context, caseId: string): Promise<readonly SealedContribution[]> {
  const db = context.database.read;
  const rows = await db
    .selectFrom('sealed_keys as s')
    .innerJoin('contributions as c', 'c.id', 's.contribution')
    .select(['s.contribution', 's.age', 's.recipients', 's.put_away', 's.at'])
    .where('c.case_id', '=', caseId)
    .execute();
  const all: SealedContribution[] = [];
  for (const { contribution, age, recipients, put_away: putAway, at } of rows) {
    const cells: SealedCell[] = [
      { table: 'sealed_keys', column: 'put_away', row: contribution, sealed: base64(putAway), about: { at } },
    ];
    for (const kind of KINDS) cells.push(...(await cellsOf(db, kind, contribution)));
    all.push({ contribution, at, recipients: recipients.split(' '), age: base64(age), cells });
  }
  return all;
}

/** The sealed values of a contribution that has words after a sealing, with the ids of their rows. */
export async function cellsUnder(db: Queries, contribution: string) {
  const found: { table: string; column: string; row: string; id: string; value: Uint8Array }[] = [];
  for (const { table, of, row } of KINDS.filter((kind) => kind.row === byId)) {
    const condition = of === undefined ? sql`contribution = ${contribution}` : sql`${sql.raw(of)}${contribution})`;
    const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${condition}`.execute(db);
    for (const one of rows)
      for (const [column, value] of Object.entries(one))
        if (value instanceof Uint8Array) found.push({ table, column, row: row(one), id: text(one['id']), value });
  }
  return found;
}

async function cellsOf(db: Queries, { table, of, row }: Kind, contribution: string): Promise<readonly SealedCell[]> {
  const condition = of === undefined ? sql`contribution = ${contribution}` : sql`${sql.raw(of)}${contribution})`;
  const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${condition}`.execute(db);
  return rows.flatMap((one) => {
    const entries = Object.entries(one);
    const about = Object.fromEntries(
      entries.filter(
        (entry): entry is [string, string | number] =>
          CLEAR.includes(entry[0]) && (typeof entry[1] === 'string' || typeof entry[1] === 'number'),
      ),
    );
    return entries.flatMap(([column, value]) =>
      value instanceof Uint8Array ? [{ table, column, row: row(one), sealed: base64(value), about }] : [],
    );
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
