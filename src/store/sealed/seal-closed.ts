// Seals closed cases to the public keys of staff: their data key is encrypted to these, and destroyed here.
// docs/decisions/0232-closed-cases-for-staff-keys.md.

import { sql } from 'kysely';
import { open, openValue, sealValue, unwrapKey } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { queueFacts } from '../desk/queue-facts.ts';
import { isOver, mayBeInDanger, type QueueRow } from '../desk/queue-row.ts';
import { makeKey } from '../encryption/keys.ts';
import { outboxContext } from '../mail/open-items.ts';
import { threadOf } from '../mail/thread.ts';
import { noteContext } from '../reviews/review-mail.ts';
import { consentContext } from '../turns/consents.ts';
import { openSession, sealSession } from '../turns/pending.ts';
import type { SessionState } from '../turns/turn-work.ts';
import { type KeptMails, putAwayContext, sealKeptMails } from './sealed-rows.ts';

/** The session that stays after the words are put away. */
export interface Remainder {
  readonly session: unknown;
  readonly state: SessionState;
}

export interface SealOptions {
  /** Cases that closed, or whose last mail arrived, before this time (ISO). */
  readonly before: string;
  readonly recipients: readonly string[];
  /** An age file that each recipient can open. @throws if one of them cannot be encrypted to. */
  readonly encrypt: (dataKey: Uint8Array) => Promise<Uint8Array>;
  /** Null: something of this text is still open. */
  readonly remainderOf: (session: unknown, at: string) => Remainder | null;
  /** False as long as a text for this call can still be corrected. */
  readonly isOver: (callId: string) => boolean;
  /** Called after each case that was sealed. */
  readonly onSealed?: (sealed: { readonly case: string; readonly reference: string | null }) => Promise<void>;
  /** For tests: called within the transaction, at its end. */
  readonly atTheEnd?: () => void;
}

/** The session as it was, and everything else of the case that was under the person's key. */
export interface PutAwayRows {
  readonly session: unknown;
  readonly consents: readonly { readonly purpose: string; readonly at: string; readonly given: unknown }[];
  readonly notes: readonly { readonly act: string; readonly at: string; readonly text: string }[];
}

/** Returns the number of sealed cases. Each has a separate transaction: it is sealed wholly, or not at all. */
export async function sealClosed(context: Context, at: string, options: SealOptions): Promise<number> {
  let sealed = 0;
  for (const found of await candidates(context.database.read, options.before)) {
    const quiet = options.isOver(found.call_id) ? await quietRow(context, found.id) : null;
    if (quiet === null || !(await seal(context, found, at, options))) continue;
    sealed += 1;
    await options.onSealed?.({ case: found.id, reference: quiet.reference });
  }
  if (sealed > 0) await context.database.scrub();
  return sealed;
}

type Candidate = Awaited<ReturnType<typeof candidates>>[number];

/**
 * The only text of a person who writes for themselves, sent, with nothing under way: no mail, message, recording, reply, and
 * no words that are under the person's key for a day.
 */
async function candidates(db: Queries, before: string, only?: string) {
  const none = (table: 'held' | 'inbox' | 'voice_notes' | 'organisers' | 'handovers' | 'codes') =>
    sql<boolean>`not exists (select 1 from ${sql.table(table)} t where t.person = c.person)`;
  return db
    .selectFrom('cases as c')
    .innerJoin('persons as p', 'p.id', 'c.person')
    .innerJoin('sessions as s', 's.id', 'p.current_session')
    .innerJoin('contributions as k', 'k.id', 's.contribution')
    .innerJoin('keys as own', 'own.owner', 'p.id')
    .innerJoin('keys as theirs', 'theirs.owner', 'k.id')
    .select(['c.id', 'c.call_id', 'c.person', 'p.version', 's.id as session', 's.sealed', 'k.id as contribution'])
    .select(['own.wrapped as own_key', 'theirs.wrapped as data_key'])
    .whereRef('s.case_id', '=', 'c.id')
    .whereRef('k.case_id', '=', 'c.id')
    .whereRef('k.person', '=', 'c.person')
    .$if(only !== undefined, (q) => q.where('c.id', '=', only ?? ''))
    .where('p.seen_at', '<', before)
    .where((e) => e.or([e('c.closed_at', 'is', null), e('c.closed_at', '<', before)]))
    .where(sql<boolean>`(select count(*) from cases o where o.person = c.person) = 1`)
    .where(sql<boolean>`(select count(*) from contributions o where o.case_id = c.id or o.person = c.person) = 1`)
    .where(sql<boolean>`(select count(*) from sessions o where o.person = c.person) = 1`)
    .where(sql<boolean>`exists (select 1 from outbox o where o.case_id = c.id and o.state in ('sent', 'written'))`)
    .where(
      sql<boolean>`not exists (select 1 from outbox o where o.case_id = c.id and (o.doubted = 1 or o.ended_at is null
        or o.ended_at >= ${before} or o.kind = 'withdrawal' or o.state not in ('sent', 'written', 'cancelled')))`,
    )
    .where(
      sql<boolean>`not exists (select 1 from reviews r where r.case_id = c.id and r.act = 'open-again'
        and r.at >= ${before})`,
    )
    .where(none('held'))
    .where(none('inbox'))
    .where(none('voice_notes'))
    .where(none('organisers'))
    .where(none('handovers'))
    .where(none('codes'))
    .where(sql<boolean>`not exists (select 1 from joint_members t where t.case_id = c.id or t.contribution = k.id)`)
    .where(sql<boolean>`not exists (select 1 from documents t where t.person = c.person and t.contribution is null)`)
    .where(
      sql<boolean>`not exists (select 1 from lines t where t.person = c.person and t.contribution is null
        and t.sealed is not null)`,
    )
    .where(
      sql<boolean>`not exists (select 1 from replies t where t.person = c.person
        and (t.contribution is null or t.state = 'waiting'))`,
    )
    .where(sql<boolean>`not exists (select 1 from mails_in t where t.contribution = k.id and t.at >= ${before})`)
    .execute();
}

/** Null if somebody of staff has something left to do, or has it open. */
async function quietRow(context: Context, caseId: string): Promise<Pick<QueueRow, 'reference'> | null> {
  const [row] = await queueFacts(context, caseId);
  if (row === undefined) return null;
  const isQuiet = isOver(row) && !mayBeInDanger(row) && row.putOff === null && row.readers.length === 0;
  return isQuiet ? row : null;
}

async function seal(context: Context, found: Candidate, at: string, options: SealOptions): Promise<boolean> {
  const { contribution } = found;
  const dataKey = unwrapKey(context.master, contribution, found.data_key);
  const age = await options.encrypt(dataKey.export());
  return context.database.write(async (db) => {
    if (context.database.kind === 'postgres') {
      await sql`select id from persons where id = ${found.person} for update`.execute(db);
    }
    const [now] = await candidates(db, options.before, found.id);
    const isSame = now?.version === found.version && Buffer.from(now.data_key).equals(Buffer.from(found.data_key));
    if (now === undefined || !isSame) return false;
    const own = unwrapKey(context.master, now.person, now.own_key);
    const session = openSession(own, now.person, now.session, now.sealed);
    const remainder = options.remainderOf(session, at);
    if (remainder === null) return false;
    const putAway: PutAwayRows = { session, ...(await takeRowsOfPerson(db, own, now.person)) };
    const goesOn = context.newId();
    await db
      .insertInto('contributions')
      .values({ id: goesOn, case_id: now.id, person: now.person, opened_at: at })
      .execute();
    const later = await makeKey(context, db, goesOn);
    await db
      .insertInto('sealed_keys')
      .values({
        ...{ contribution, goes_on: goesOn, age, at },
        recipients: options.recipients.join(' '),
        put_away: sealValue(dataKey, putAwayContext(contribution), putAway),
        mails: sealKeptMails(later, goesOn, contribution, await mailsToKeep(db, dataKey, contribution)),
      })
      .execute();
    const { state } = remainder;
    await db
      .updateTable('sessions')
      .set({
        ...{ step: state.step, case_id: state.case, contribution: null, updated_at: at },
        sealed: sealSession(own, now.person, now.session, remainder.session),
      })
      .where('id', '=', now.session)
      .execute();
    await db
      .updateTable('replies')
      .set({ error: null })
      .where('person', '=', now.person)
      .where('contribution', '=', contribution)
      .execute();
    await db
      .updateTable('persons')
      .set((e) => ({ version: e('version', '+', 1) }))
      .where('id', '=', now.person)
      .execute();
    await db.deleteFrom('keys').where('owner', '=', contribution).execute();
    options.atTheEnd?.();
    return true;
  });
}

/** Consents and words of staff from before the case: they leave their rows. */
async function takeRowsOfPerson(
  db: Queries,
  own: ReturnType<typeof unwrapKey>,
  person: string,
): Promise<Pick<PutAwayRows, 'consents' | 'notes'>> {
  const consents = await db
    .selectFrom('consents')
    .select(['id', 'purpose', 'sealed', 'at'])
    .where('person', '=', person)
    .where('contribution', 'is', null)
    .orderBy('position')
    .execute();
  const notes = await db
    .selectFrom('reviews')
    .select(['id', 'act', 'note', 'at'])
    .where('person', '=', person)
    .where('contribution', 'is', null)
    .where('note', 'is not', null)
    .orderBy('position')
    .execute();
  await db.deleteFrom('consents').where('person', '=', person).where('contribution', 'is', null).execute();
  await db
    .updateTable('reviews')
    .set({ note: null })
    .where('person', '=', person)
    .where('contribution', 'is', null)
    .execute();
  return {
    consents: consents.map(({ id, purpose, sealed, at }) => ({
      ...{ purpose, at },
      given: openValue(own, consentContext(person, id), sealed),
    })),
    notes: notes.map(({ id, act, note, at }) => ({
      ...{ act, at },
      text: note === null ? '' : openValue(own, noteContext(person, id), note),
    })),
  };
}

async function mailsToKeep(db: Queries, key: ReturnType<typeof unwrapKey>, contribution: string): Promise<KeptMails> {
  const rows = await db.selectFrom('outbox').selectAll().where('contribution', '=', contribution).execute();
  return Object.fromEntries(
    rows.map(({ id, request, bytes }) => {
      const asked: unknown = openValue(key, outboxContext('request', contribution, id), request);
      const known = typeof asked === 'object' && asked !== null && 'callId' in asked ? asked.callId : null;
      const thread = bytes === null ? [] : threadOf(open(key, outboxContext('bytes', contribution, id), bytes));
      return [id, { request: typeof known === 'string' ? { callId: known } : {}, thread }];
    }),
  );
}
