// Incoming mails, decrypted: lists without their bytes, and single ones with them.

import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { MailKind } from '../../dialog/engine/event.ts';
import { open, openValue, seal, type SealContext, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { keysOf } from '../encryption/keys.ts';
import type { MailInKind } from '../schema/feature-tables.ts';
import type { Tables } from '../schema/tables.ts';
import type { Owner } from '../turns/turn-work.ts';

export function sealedFor({ id, sealed, bytes }: Selectable<Tables['mails_in']>, from: Owner, to: Owner) {
  const summary = openValue(from.key, summaryContext(from.id, id), sealed);
  const whole = open(from.key, bytesContext(from.id, id), bytes);
  return {
    sealed: sealValue(to.key, summaryContext(to.id, id), summary),
    bytes: seal(to.key, bytesContext(to.id, id), whole),
  };
}

/** The parts of it that staff see. Everything in it is claimed by the writer of the mail. */
export interface MailInSummary {
  readonly from: string;
  readonly subject: string;
  /** ISO 8601, or the header as it is; null if there is none. */
  readonly date: string | null;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  /** Number of files that are not listed. */
  readonly moreFiles: number;
  /** `cut`: only its beginning is stored; `broken`: its parts could not be parsed. */
  readonly state: 'whole' | 'cut' | 'broken';
}

/** Our mail that somebody replied to, or that bounced. */
export interface AnsweredMail {
  readonly id: string;
  readonly person: string;
  readonly contribution: string;
  readonly kind: MailKind;
  readonly reference: string;
  /** As it was queued; null if it cannot be decrypted. */
  readonly request: unknown;
}

export interface MailInToFile {
  /** The same for every copy of one mail. */
  readonly identity: string;
  readonly kind: MailInKind;
  readonly summary: MailInSummary;
  /** As received, or its beginning. */
  readonly bytes: Uint8Array;
  readonly at: string;
}

/** An incoming mail, without its bytes. */
export interface ListedMail extends MailInSummary {
  readonly id: string;
  readonly kind: MailInKind;
  /** The reference of our mail; null if it is not known. */
  readonly reference: string | null;
  /** When we read it. */
  readonly at: string;
  /** The account that filed it under its case; null if it was filed automatically, or has no case. */
  readonly byHand: string | null;
}

export interface FiledMail extends ListedMail {
  readonly bytes: Uint8Array;
}

/** `erased`: about an erased case; `full`: too many unmatched mails; `ours`: our own notice. */
export const MAIL_DROPPED = ['erased', 'full', 'ours'] as const;
export type MailDropped = (typeof MAIL_DROPPED)[number];

export type Assigned = 'assigned' | 'unknown' | 'gone';

export interface MailboxPosition {
  /** A recreated mailbox counts from the beginning (RFC 3501, 2.3.1.1). */
  readonly validity: string;
  readonly lastUid: number;
}

/** Owner of the key of unmatched mails. */
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

/** Oldest first; null: unmatched ones. */
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

/** `of` null: only if it is unmatched. */
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

/** Rows that cannot be decrypted any more are left out. */
export async function decryptMails(context: Context, rows: readonly Row[]): Promise<readonly FiledMail[]> {
  const keys = await keysOf(context, context.database.read, rows.map(ownerOf));
  return rows.flatMap((row) => {
    const key = keys.get(ownerOf(row));
    if (key === undefined) return [];
    return { ...listed(row, key), bytes: open(key, bytesContext(ownerOf(row), row.id), row.bytes) };
  });
}

function listed(row: ListedRow, key: KeyObject): ListedMail {
  return {
    id: row.id,
    kind: row.kind,
    reference: row.reference,
    at: row.at,
    byHand: row.moved_by,
    ...openValue(key, summaryContext(ownerOf(row), row.id), row.sealed),
  };
}

function ownerOf({ contribution }: ListedRow): string {
  return contribution ?? NOBODY;
}

export function summaryContext(owner: string, row: string): ValueContext<MailInSummary> {
  return { table: 'mails_in', column: 'sealed', owner, row };
}

export function bytesContext(owner: string, row: string): SealContext {
  return { table: 'mails_in', column: 'bytes', owner, row };
}
