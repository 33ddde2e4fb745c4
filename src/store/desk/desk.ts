import { sql } from 'kysely';
import { giveWayBack } from '../people/resume-codes.ts';
import { bindAll, type Context } from '../db/context.ts';
import { addNote, assign, look } from './desk-acts.ts';
import { caseExists, caseNamed, deskCase, findCase, linesOf } from './desk-case.ts';
import { figures } from './desk-figures.ts';
import { openQueue, queue } from './desk-queue.ts';
import {
  beginReading,
  claim,
  dealtWith,
  handCallerBack,
  keepReading,
  putOff,
  readersOf,
  removeView,
  saveView,
  viewsOf,
  wake,
} from './desk-work.ts';
import { unmatchedMails } from './queue-callers.ts';
import { queueFacts } from './queue-facts.ts';
import { eraseCaller, eraseOnRequest, holderOf } from '../erasure/erase.ts';
import { transcriptOf } from '../turns/transcript.ts';

export function deskRows(context: Context) {
  return bindAll(context, {
    queue,
    facts: queueFacts,
    open: openQueue,
    unmatchedMails,
    figures,
    pulse,
    find: findCase,
    exists: caseExists,
    named: caseNamed,
    case: deskCase,
    transcript: linesOf,
    holdsMore,
    giveWayBack,
    eraseOnRequest,
    eraseCaller,
    caller,
    assign,
    addNote,
    look,
    claim,
    putOff,
    wake,
    dealtWith,
    handCallerBack,
    beginReading,
    keepReading,
    readersOf,
    viewsOf,
    saveView,
    removeView,
  });
}

export type DeskRows = ReturnType<typeof deskRows>;

/** The transcript of a person without a case, until it is erased; null for nobody. */
async function caller(context: Context, person: string) {
  const found = (await queueFacts(context)).find((one) => one.case === null && one.person === person);
  const [row] = found === undefined ? [] : await openQueue(context, [found]);
  return row === undefined ? null : { row, lines: await transcriptOf(context, { person, since: null }) };
}

/**
 * Changes whenever the queue may have changed. Contains only numbers about cases, flags, mails and acts. Cheap, since
 * it is requested every few seconds. People's messages do not change it.
 */
async function pulse({ database }: Context): Promise<string> {
  const { rows } = await sql<{ readonly pulse: string }>`
    select
      coalesce((select count(*) from cases), 0) || '/' ||
      coalesce((select count(*) from flags), 0) || '/' ||
      coalesce((select max(position) from reviews), 0) || '/' ||
      coalesce((select max(position) from outbox), 0) || '/' ||
      coalesce((select max(position) from mail_attempts), 0) || '/' ||
      coalesce((select sum(case state when 'waiting' then 1 when 'frozen' then 101 when 'sending' then 10007
        when 'held' then 1000003 when 'review' then 1000000007 when 'given-back' then 1000000000039 else 0 end) from outbox), 0) || '/' ||
      coalesce((select max(at) from desk_assignments), '') || '/' ||
      coalesce((select count(*) from desk_assignments), 0) || '/' ||
      coalesce((select max(at) from desk_callers), '') || '/' ||
      coalesce((select max(at) from desk_put_off), '') || '/' ||
      coalesce((select max(at) from desk_dealt), '') || '/' ||
      coalesce((select max(arrival) from mails_in), 0) || '/' ||
      coalesce((select count(*) from voice_notes where state = 'person'), 0) as pulse`.execute(database.read);
  return rows[0]?.pulse ?? '';
}

/**
 * True if the holder of the case also holds others, or is an organiser: a resume code would open all of it. Null if
 * there is no such case.
 */
async function holdsMore({ database }: Context, caseId: string): Promise<boolean | null> {
  return (await holderOf(database.read, caseId))?.holdsMore ?? null;
}
