// Finds cases that need a person: by flags, mails that wait for a reviewer, and returned mails. Contains nothing that
// anybody wrote.

import { sql } from 'kysely';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { ANSWERS } from '../schema/feature-tables.ts';

export type StaffNeedKind =
  | 'in-danger'
  | 'asks-for-person'
  /** A person has written after words of staff. */
  | 'wrote-back'
  /** A person under age who wants contact. */
  | 'under-age'
  /** A text that its author wants translated. */
  | 'wants-translation'
  | 'review'
  | 'bounce'
  | 'answer'
  /** A mail arrived that belongs to no known case; perhaps a person wrote it. */
  | 'unmatched'
  /** A message could not be processed, and was set aside: a fault of the program. */
  | 'set-aside';

export interface StaffNeed {
  /** A contribution, or a person without one, or "unmatched". */
  readonly subject: string;
  readonly kind: StaffNeedKind;
  readonly person: string | null;
  readonly contribution: string | null;
  readonly case: string | null;
  readonly reference: string | null;
  /** When it last became true. */
  readonly since: string;
}

const HOUR = 3_600_000;
const FLAGS = ['in-danger', 'asks-for-person', 'wrote-back', 'under-age', 'wants-translation', 'set-aside'] as const;
const UNMATCHED = 'unmatched';

export function staffNeeds(context: Context) {
  const { database } = context;
  return {
    noteNews: (news: StaffNews, at: string) => noteNews(context, news, at),
    news: (now: string) => pendingNews(context, now),
    claimDigest: (now: string, minutes: number) => claimDigest(context, now, minutes),
    digestTold: (news: readonly PendingNews[], went: boolean) => digestTold(context, news, went),
    /** New since staff were last told about this kind of this case, and not within an hour of that. At most a day old. */
    async due(now: string): Promise<readonly StaffNeed[]> {
      const since = new Date(Date.parse(now) - 24 * HOUR).toISOString();
      const hourAgo = new Date(Date.parse(now) - HOUR).toISOString();
      const db = database.read;
      const needs = [
        ...(await fromFlags(db, since)),
        ...(await fromReview(db, since)),
        ...(await fromMails(db, since)),
      ];
      const told = await toldOf(db, needs);
      return needs.filter((need) => {
        const before = told.get(`${need.subject} ${need.kind}`);
        if (before === undefined) return true;
        return before.at <= hourAgo && (before.sent === 0 || before.at < need.since);
      });
    },
    /** Returns true for one process only, which then tells staff. */
    claim: ({ subject, kind, person }: StaffNeed, now: string): Promise<boolean> =>
      database.write(async (db) => {
        const hourAgo = new Date(Date.parse(now) - HOUR).toISOString();
        const row = { subject, kind, person, at: now, sent: 0 };
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('staff_notices')
          .values(row)
          .onConflict((c) =>
            c.columns(['subject', 'kind']).doUpdateSet({ at: now, sent: 0 }).where('staff_notices.at', '<=', hourAgo),
          )
          .executeTakeFirst();
        return (numInsertedOrUpdatedRows ?? 0n) > 0n;
      }),
    /** Stores the result. Not delivered: due again. Without a result, because the process died: due again after an hour. */
    told: ({ subject, kind }: StaffNeed, went: boolean): Promise<void> =>
      database.write(async (db) => {
        if (went) {
          await noticeOf(db.updateTable('staff_notices').set({ sent: 1 }), subject, kind).execute();
        } else {
          await db.deleteFrom('staff_notices').where('subject', '=', subject).where('kind', '=', kind).execute();
        }
      }),
  };
}

/** News of a mail for staff, until a digest has told it. */
export interface StaffNews {
  readonly reference: string;
  readonly kind: string;
  readonly state: string;
}

/** News that wait: a row each, deleted with their contribution. */
type PendingNews = StaffNews & { readonly subject: string; readonly row: string; readonly at: string };

/** The row that says when the last digest was sent. */
const DIGEST = { subject: 'digest', kind: 'digest', person: null };
const NEWS = 'news/';

/** Returns false if there is no such mail (any more). */
async function noteNews({ database }: Context, { reference, kind, state }: StaffNews, at: string): Promise<boolean> {
  return database.write(async (db) => {
    const mail = await db
      .selectFrom('outbox')
      .select(['person', 'contribution'])
      .where('reference', '=', reference)
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (mail === undefined) return false;
    await db
      .insertInto('staff_notices')
      .values({
        subject: mail.contribution,
        kind: `${NEWS}${kind}/${state}/${reference}`,
        person: mail.person,
        at,
        sent: 0,
      })
      .onConflict((c) => c.columns(['subject', 'kind']).doUpdateSet({ at, sent: 0 }))
      .execute();
    return true;
  });
}

/** Oldest first; at most a day old. */
async function pendingNews({ database }: Context, now: string): Promise<readonly PendingNews[]> {
  const rows = await database.read
    .selectFrom('staff_notices')
    .select(['subject', 'kind', 'at'])
    .where('kind', 'like', `${NEWS}%`)
    .where('sent', '=', 0)
    .where('at', '>=', new Date(Date.parse(now) - 24 * HOUR).toISOString())
    .orderBy('at')
    .execute();
  return rows.map(({ subject, kind: row, at }) => {
    const [kind = '', state = '', reference = ''] = row.slice(NEWS.length).split('/');
    return { subject, row, at, kind, state, reference };
  });
}

/** Returns true for one process only, once in so many minutes. */
async function claimDigest({ database }: Context, now: string, minutes: number): Promise<boolean> {
  const before = new Date(Date.parse(now) - minutes * 60_000).toISOString();
  const { numInsertedOrUpdatedRows } = await database.write((db) =>
    db
      .insertInto('staff_notices')
      .values({ ...DIGEST, at: now, sent: 0 })
      .onConflict((c) =>
        c.columns(['subject', 'kind']).doUpdateSet({ at: now, sent: 0 }).where('staff_notices.at', '<=', before),
      )
      .executeTakeFirst(),
  );
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Not delivered: the next look may try again. */
async function digestTold({ database }: Context, news: readonly PendingNews[], went: boolean): Promise<void> {
  await database.write(async (db) => {
    if (!went) {
      await noticeOf(db.deleteFrom('staff_notices'), DIGEST.subject, DIGEST.kind).execute();
      return;
    }
    for (const { subject, row, at } of news) {
      // The same again while the mail was on its way is news for the next one.
      const told = db.updateTable('staff_notices').set({ sent: 1 }).where('at', '=', at);
      await noticeOf(told, subject, row).execute();
    }
    await noticeOf(db.updateTable('staff_notices').set({ sent: 1 }), DIGEST.subject, DIGEST.kind).execute();
  });
}

export type StaffNeeds = ReturnType<typeof staffNeeds>;

function noticeOf<T extends { where(column: 'subject' | 'kind', op: '=', value: string): T }>(
  query: T,
  subject: string,
  kind: string,
): T {
  return query.where('subject', '=', subject).where('kind', '=', kind);
}

async function fromFlags(db: Queries, since: string): Promise<readonly StaffNeed[]> {
  const rows = await db
    .selectFrom('flags as f')
    .leftJoin('contributions as k', 'k.id', 'f.contribution')
    .leftJoin('cases as c', 'c.id', 'k.case_id')
    .select(['f.person', 'f.contribution', 'f.flag', 'c.id as case', 'c.reference'])
    .select((e) => e.fn.max('f.at').as('since'))
    .where('f.flag', 'in', FLAGS)
    .where('f.at', '>=', since)
    .groupBy(['f.person', 'f.contribution', 'f.flag', 'c.id', 'c.reference'])
    .execute();
  const isMinor = (person: string) => rows.some((row) => row.person === person && row.flag === 'under-age');
  return rows.flatMap(({ flag, ...row }): readonly StaffNeed[] => {
    // The flag under-age alone is no need.
    if (flag === 'under-age') return [];
    const kind = flag === 'asks-for-person' && isMinor(row.person) ? 'under-age' : flag;
    return isNeed(kind) ? [{ ...row, kind, subject: row.contribution ?? row.person }] : [];
  });
}

function isNeed(flag: string): flag is StaffNeedKind & (typeof FLAGS)[number] {
  return FLAGS.some((one) => one === flag);
}

async function fromReview(db: Queries, since: string): Promise<readonly StaffNeed[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['person', 'contribution', 'case_id as case', 'reference', 'queued_at as since'])
    .where(sql<boolean>`state = 'review'`)
    .where('queued_at', '>=', since)
    // After an alarm or a decision at the deadline staff already got a separate mail.
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('review_terms as terms')
            .select('terms.mail')
            .whereRef('terms.mail', '=', 'outbox.id')
            .where((t) => t.or([t('terms.alarmed_for', 'is not', null), t('terms.decided', 'is not', null)])),
        ),
      ),
    )
    .execute();
  return rows.map((row) => ({ ...row, kind: 'review', subject: row.contribution }));
}

async function fromMails(db: Queries, since: string): Promise<readonly StaffNeed[]> {
  const rows = await db
    .selectFrom('mails_in as m')
    .leftJoin('contributions as k', 'k.id', 'm.contribution')
    .select(['m.person', 'm.contribution', 'k.case_id as case', 'm.reference', 'm.kind'])
    .select((e) => e.fn.max('m.at').as('since'))
    .where('m.kind', 'in', ['bounce', 'unclear-bounce', ...ANSWERS])
    .where('m.at', '>=', since)
    // A person who filed it by hand has read it.
    .where('m.moved_by', 'is', null)
    .groupBy(['m.person', 'm.contribution', 'k.case_id', 'm.reference', 'm.kind'])
    .execute();
  const found = new Map<string, StaffNeed>();
  for (const { kind: what, ...row } of rows) {
    // An unmatched bounce may be that of a notice to staff: telling them would cause the next one.
    if (row.contribution === null && !ANSWERS.includes(what)) continue;
    const kind = row.contribution === null ? UNMATCHED : ANSWERS.includes(what) ? 'answer' : 'bounce';
    const need: StaffNeed = { ...row, kind, subject: row.contribution ?? UNMATCHED };
    const before = found.get(`${need.subject} ${kind}`);
    if (before === undefined || before.since < need.since) found.set(`${need.subject} ${kind}`, need);
  }
  return [...found.values()];
}

async function toldOf(db: Queries, needs: readonly StaffNeed[]) {
  const subjects = [...new Set(needs.map(({ subject }) => subject))];
  if (subjects.length === 0) return new Map<string, { readonly at: string; readonly sent: number }>();
  const rows = await db.selectFrom('staff_notices').selectAll().where('subject', 'in', subjects).execute();
  return new Map(rows.map(({ subject, kind, at, sent }) => [`${subject} ${kind}`, { at, sent }]));
}
