// Retention: erases data that is older than people were promised. A case whose mail has not ended is never touched.

import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { dropOldCodes } from '../people/resume-codes.ts';
import { purgeSounds } from '../voice/save-voice.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../worker.ts';
import { dropOldSessions } from '../processes/web-sessions.ts';
import { eraseCase, erasePerson } from './erase.ts';

/** In days; `heldHours` for messages from before the consent. */
export interface Retention {
  readonly idleDays: number;
  readonly closedDays: number;
  readonly heldHours: number;
  /** For a recording whose transcription was neither accepted nor refused. Default 7. */
  readonly voiceDays?: number;
}

// The worker that erases expired data; a failed run is reported as a fault.

const HOUR = 3_600_000;
/** Hours for which messages from before the consent are kept. */
export const HELD_HOURS = 24;

/** Numbers of erased items. */
interface Erased {
  readonly drafts: number;
  readonly closed: number;
  readonly held: number;
}

interface RetentionDeps {
  readonly store: { purge(now: string, keep: Retention): Promise<Erased> };
  readonly now: () => Date;
  readonly keep: { readonly idleDays: number; readonly closedDays: number; readonly voiceDays?: number };
  /** Puts closed cases under the keys of staff. Default: does nothing. */
  readonly seal?: () => Promise<unknown>;
  /** Called after each run that erased something, with the numbers. */
  readonly onErased?: (erased: Erased) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  readonly log: Pick<Logger, 'info'>;
  readonly mayRun?: WorkerOptions['mayRun'];
}

function daysOf({ idleDays, closedDays, voiceDays }: RetentionDeps['keep']) {
  return { idleDays, closedDays, ...(voiceDays === undefined ? {} : { voiceDays }) };
}

/** Erases expired data now, and every hour from now on. */
export function startRetention({ store, now, keep, seal, onErased, onFault, log, mayRun }: RetentionDeps): Worker {
  const run = async () => {
    const erased = await store.purge(now().toISOString(), { ...daysOf(keep), heldHours: HELD_HOURS });
    if (erased.drafts + erased.closed + erased.held > 0) {
      log.info(erased, 'erased what was kept long enough');
      await onErased?.(erased);
    }
    await seal?.();
  };
  return startWorker(run, { everyMs: HOUR, mayRun, onFault });
}

/** Most days for which a recording is kept, if nothing else is configured. */
const VOICE_DAYS = 7;

/** Erases expired data; returns the numbers. */
export async function purge(context: Context, now: string, keep: Retention): Promise<Erased> {
  const idle = before(now, keep.idleDays * 24);
  await context.database.write((db) => dropOldCodes(db, idle));
  const held = await purgeHeld(context, before(now, keep.heldHours));
  const voiceHours = (keep.voiceDays ?? VOICE_DAYS) * 24;
  const sounds = await purgeSounds(context, before(now, keep.heldHours), before(now, voiceHours));
  if (sounds > 0) await context.database.scrub();
  await purgeUnmatched(context, idle);
  if (context.database.kind === 'postgres') await dropOldSessions(context, now);
  const drafts = await draftsIdleSince(context.database.read, idle);
  const closed = await casesClosedBefore(context.database.read, before(now, keep.closedDays * 24));
  for (const caseId of [...drafts, ...closed]) await eraseCase(context, caseId);
  await purgeUnagreed(context, idle);
  for (const person of await strangersIdleSince(context.database.read, idle)) await erasePerson(context, person);
  return { drafts: drafts.length, closed: closed.length, held };
}

/** Unused messages from before the consent: held parts, their lines, and the bot's answers. */
async function purgeHeld(context: Context, cutoff: string): Promise<number> {
  const count = await context.database.write(async (db) => {
    const gone = await db.deleteFrom('held').where('held_at', '<', cutoff).executeTakeFirst();
    await db
      .updateTable('lines')
      .set({ sealed: null })
      .where('contribution', 'is', null)
      .where('sealed', 'is not', null)
      .where('at', '<', cutoff)
      .execute();
    await db
      .deleteFrom('replies')
      .where('contribution', 'is', null)
      .where('state', '!=', 'waiting')
      .where('at', '<', cutoff)
      .execute();
    // Messages that were set aside, of people who never consented.
    await db
      .updateTable('inbox')
      .set({ sealed: null, person: null, address_mark: null })
      .where('aside_at', '<', cutoff)
      .where('person', 'is not', null)
      .where('person', 'not in', (e) => e.selectFrom('cases').select('cases.person'))
      .execute();
    return Number(gone.numDeletedRows);
  });
  if (count > 0) await context.database.scrub();
  return count;
}

/** Unmatched mails: staff had as much time for them as a draft has. */
async function purgeUnmatched(context: Context, cutoff: string): Promise<void> {
  const gone = await context.database.write((db) =>
    db
      .deleteFrom('mails_in')
      .where('contribution', 'is', null)
      .where((e) => e(e.fn.coalesce('moved_at', 'at'), '<', cutoff))
      .executeTakeFirst(),
  );
  if (gone.numDeletedRows > 0n) await context.database.scrub();
}

/** Sessions that an organiser began for people who never consented: without a case, and not the open one. */
async function purgeUnagreed(context: Context, cutoff: string): Promise<void> {
  await context.database.write((db) =>
    db
      .deleteFrom('sessions')
      .where('case_id', 'is', null)
      .where('id', 'in', (e) =>
        e
          .selectFrom('sessions as s')
          .innerJoin('persons', 'persons.id', 's.person')
          .innerJoin('organisers', 'organisers.person', 'persons.id')
          .select('s.id')
          .where('persons.seen_at', '<', cutoff)
          .where((w) =>
            w.or([w('persons.current_session', 'is', null), w('persons.current_session', '!=', w.ref('s.id'))]),
          ),
      )
      .execute(),
  );
}

/** A draft's age counts from its person's last message, whichever case it was about. */
async function draftsIdleSince(db: Queries, cutoff: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('cases')
    .innerJoin('persons', 'persons.id', 'cases.person')
    .select('cases.id')
    .where('cases.closed_at', 'is', null)
    .where('persons.seen_at', '<', cutoff)
    .where((e) => e.not(e.exists(mailsUnderWay(db))))
    .where((e) => e.not(e.exists(waitingEvents(db))))
    .execute();
  return rows.map(({ id }) => id);
}

/** Counted from the closing or from the end of the last mail, whichever was later. */
async function casesClosedBefore(db: Queries, cutoff: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('cases')
    .select('cases.id')
    .where((e) =>
      e.or([e('cases.closed_at', '<', cutoff), e.and([e('cases.closed_at', 'is', null), e.exists(sentMails(db))])]),
    )
    .where((e) =>
      e.not(e.exists(mailsOf(db).where((o) => o.or([o('ended_at', 'is', null), o('ended_at', '>=', cutoff)])))),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** People without a case. */
async function strangersIdleSince(db: Queries, cutoff: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('persons')
    .select('persons.id')
    .where('persons.seen_at', '<', cutoff)
    .where((e) =>
      e.not(
        e.exists(db.selectFrom('cases').select('cases.id').where('cases.person', '=', sql.ref<string>('persons.id'))),
      ),
    )
    .where((e) => e.not(e.exists(waitingEvents(db))))
    .execute();
  return rows.map(({ id }) => id);
}

function mailsOf(db: Queries) {
  return db.selectFrom('outbox').select('outbox.id').where('outbox.case_id', '=', sql.ref<string>('cases.id'));
}

/** Without mails that wait for their person: given back, or withheld at the deadline. */
function mailsUnderWay(db: Queries) {
  const withheld = db
    .selectFrom('review_terms')
    .select('review_terms.mail')
    .where('review_terms.mail', '=', sql.ref<string>('outbox.id'))
    .where('review_terms.decided', 'is not', null);
  return mailsOf(db)
    .where('outbox.state', 'not in', ['cancelled', 'given-back'])
    .where((e) => e.not(e.and([e('outbox.state', '=', 'review'), e.exists(withheld)])));
}

function sentMails(db: Queries) {
  return mailsOf(db).where('outbox.state', '!=', 'cancelled');
}

function waitingEvents(db: Queries) {
  return db
    .selectFrom('inbox')
    .select('inbox.arrival')
    .where('inbox.person', '=', sql.ref<string>('persons.id'))
    .where('inbox.aside_at', 'is', null);
}

function before(now: string, hours: number): string {
  return new Date(Date.parse(now) - hours * 3_600_000).toISOString();
}
