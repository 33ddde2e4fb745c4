// The audit log as rows: each contains the hash of the one before, under a key that is not in the database, so that a
// thief of the database cannot compute a valid chain (docs/decisions/0062). Rows can only be added and read: the
// database refuses all else.

import { sql } from 'kysely';
import { fingerprint, type MasterKeys } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';

/** One act: ids, references and fixed words. Never personal data of people who testify. */
export interface AuditEntry {
  /** An account's id; null if it is not known, e.g. at a failed sign-in. */
  readonly staff: string | null;
  /** "subject.verb", e.g. "case.view". */
  readonly action: string;
  readonly reference: string | null;
  readonly case: string | null;
  /** A short fixed word or a number. */
  readonly detail: string | null;
}

export interface AuditRow extends AuditEntry {
  /** From 1, without gaps. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The hash of the row before; "" for the first. */
  readonly previous: string;
  /** HMAC-SHA-256 over the row and `previous`, under a key derived from the master key. */
  readonly hash: string;
}

export interface AuditFilter {
  readonly reference?: string;
  /** In addition to `reference`: rows that have only the id of that case. */
  readonly orCase?: string;
  readonly case?: string;
  readonly staff?: string;
  readonly action?: string;
  /** Any of these. */
  readonly actions?: readonly string[];
  /** Rows before this number only. */
  readonly before?: number;
}

/** Arbitrary, but the same in every process: PostgreSQL's key of the lock under which rows get their number. */
const LOCK = 716_504;

export function auditRows(context: Context) {
  const { database, master } = context;
  const select = (db = database.read) =>
    db
      .selectFrom('audit')
      .select(['number', 'at', 'staff', 'action', 'reference', 'case_id as case', 'detail', 'previous', 'hash']);
  return {
    /** Committed before it resolves. */
    append: (entry: AuditEntry): Promise<AuditRow> =>
      database.write(async (db) => {
        if (database.kind === 'postgres') await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
        const before = await select(db).orderBy('number', 'desc').limit(1).executeTakeFirst();
        const { staff, action, reference, detail } = entry;
        const link = { number: (before?.number ?? 0) + 1, at: context.now(), previous: before?.hash ?? '' };
        const row: AuditRow = { ...link, staff, action, reference, case: entry.case, detail, hash: '' };
        const hash = hashOf(master, row);
        await db
          .insertInto('audit')
          .values({ ...link, staff, action, reference, case_id: entry.case, detail, hash })
          .execute();
        return { ...row, hash };
      }),
    row: async (number: number): Promise<AuditRow | null> =>
      (await select().where('number', '=', number).executeTakeFirst()) ?? null,
    last: async (): Promise<AuditRow | null> =>
      (await select().orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null,
    /** Newest first. */
    find: (
      { reference, staff, action, actions, before, ...of }: AuditFilter,
      limit: number,
    ): Promise<readonly AuditRow[]> =>
      select()
        .$if(reference !== undefined, (q) =>
          q.where((e) => e.or([e('reference', '=', reference ?? ''), e('case_id', '=', of.orCase ?? '')])),
        )
        .$if(actions !== undefined, (q) => q.where('action', 'in', actions ?? []))
        .$if(of.case !== undefined, (q) => q.where('case_id', '=', of.case ?? ''))
        .$if(staff !== undefined, (q) => q.where('staff', '=', staff ?? ''))
        .$if(action !== undefined, (q) => q.where('action', '=', action ?? ''))
        .$if(before !== undefined, (q) => q.where('number', '<', before ?? 0))
        .orderBy('number', 'desc')
        .limit(limit)
        .execute(),
    /** Oldest first, from `after` on (not included). */
    following: (after: number, limit: number): Promise<readonly AuditRow[]> =>
      select().where('number', '>', after).orderBy('number').limit(limit).execute(),
    /** True if the row matches its own hash. */
    isWhole: (row: AuditRow): boolean => hashOf(master, row) === row.hash,
  };
}

export type AuditRows = ReturnType<typeof auditRows>;

/** The canonical form of a row: an array in a fixed order, as JSON. */
function hashOf(
  master: MasterKeys,
  { number, at, previous, ...entry }: AuditEntry & Omit<AuditRow, keyof AuditEntry>,
): string {
  const { staff, action, reference, detail } = entry;
  const canonical = JSON.stringify([1, number, at, staff, action, reference, entry.case, detail, previous]);
  return fingerprint(master, 'audit', canonical);
}
