// Retention: what is older than its promise is erased. A case whose mail is not at its end is never touched.

import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { dropOldCodes } from '../people/resume-codes.ts';
import { purgeSounds } from '../voice/save-voice.ts';
import { startWorker, type Worker } from '../../worker.ts';
import { eraseCase, erasePerson } from './erase.ts';

/** In days; `heldHours` for what came before the yes. */
export interface Retention {
  readonly idleDays: number;
  readonly closedDays: number;
  readonly heldHours: number;
  /** For a recording whose words were neither accepted nor refused. Default 7. */
  readonly voiceDays?: number;
}

// What is kept no longer than people were told. A run that fails is an alarm, not a shrug.

const HOUR = 3_600_000;
/** Hours for which words written before the yes are held. */
export const HELD_HOURS = 24;

/** How many of each. */
interface Erased {
  readonly drafts: number;
  readonly closed: number;
  readonly held: number;
}

interface RetentionDeps {
  readonly store: { purge(now: string, keep: Retention): Promise<Erased> };
  readonly now: () => Date;
  readonly keep: { readonly idleDays: number; readonly closedDays: number; readonly voiceDays?: number };
  /** After each run that erased something: how many. */
  readonly onErased?: (erased: Erased) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  readonly log: Pick<Logger, 'info'>;
}

function daysOf({ idleDays, closedDays, voiceDays }: RetentionDeps['keep']) {
  return { idleDays, closedDays, ...(voiceDays === undefined ? {} : { voiceDays }) };
}

/** Erases what is due now, and every hour from now on. */
export function startRetention({ store, now, keep, onErased, onFault, log }: RetentionDeps): Worker {
  const run = async () => {
    const erased = await store.purge(now().toISOString(), { ...daysOf(keep), heldHours: HELD_HOURS });
    if (erased.drafts + erased.closed + erased.held === 0) return;
    log.info(erased, 'erased what was kept long enough');
    await onErased?.(erased);
  };
  return startWorker(run, { everyMs: HOUR, onFault });
}

/** Days for which a recording is kept at the longest, where nothing else is configured. */
const VOICE_DAYS = 7;

/** Erases what is older than its promise; tells what was erased. */
export async function purge(context: Context, now: string, keep: Retention): Promise<Erased> {
  const idle = before(now, keep.idleDays * 24);
  await context.database.write((db) => dropOldCodes(db, idle));
  const held = await purgeHeld(context, before(now, keep.heldHours));
  const voiceHours = (keep.voiceDays ?? VOICE_DAYS) * 24;
  const sounds = await purgeSounds(context, before(now, keep.heldHours), before(now, voiceHours));
  if (sounds > 0) await context.database.scrub();
  await purgeUnmatched(context, idle);
  const drafts = await draftsIdleSince(context.database.read, idle);
  const closed = await casesClosedBefore(context.database.read, before(now, keep.closedDays * 24));
  for (const caseId of [...drafts, ...closed]) await eraseCase(context, caseId);
  await purgeUnagreed(context, idle);
  for (const person of await strangersIdleSince(context.database.read, idle)) await erasePerson(context, person);
  return { drafts: drafts.length, closed: closed.length, held };
}

/** What was written before a yes and not used: held parts, their lines, and what the bot answered. */
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
    // What was set aside of whoever never said yes.
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

/** Mails that came and belong to no case: whoever was to look has had the time of a draft. */
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

/** What an organiser began for somebody who never said yes: a session without a case, which is not the open one. */
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

/** The clock of a draft is its person's last message, whichever case it was about. */
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

/** Counted from the closing or from the end of the last mail, whichever came later. */
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

/** Nobody's case hangs on them any more, or none ever did. */
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

/** Not those that wait for their person's word: given back, or withheld at the deadline. */
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
