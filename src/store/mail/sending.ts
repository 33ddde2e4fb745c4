// The states of a mail: waiting → frozen → sending → sent | written | refused | uncertain; every step is a
// compare-and-set, so that two processes never take the same one.

import type { EventBody, MailOutcome } from '../../dialog/engine/event.ts';
import { seal } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { noteWritten, type Queries } from '../db/database.ts';
import { hashMessageId, keyOf } from '../encryption/keys.ts';
import { releasedAmong } from '../reviews/review-mail.ts';
import type { MailState } from '../schema/feature-tables.ts';
import { postWithin } from '../turns/inbox.ts';
import { type MailAnswer, noteMailsOver, noteMailStarted, saveAttempt } from './mail-attempts.ts';
import { outboxContext } from './open-items.ts';

/**
 * waiting → frozen, once. Returns false if it was cancelled meanwhile.
 * @throws if this exact content was not approved: nothing may leave then, and staff should know.
 */
export async function markFrozen(context: Context, id: string, bytes: Uint8Array, at: string): Promise<boolean> {
  return context.database.write(async (db) => {
    const row = await db
      .selectFrom('outbox')
      .select((e) => [
        'contribution',
        'reference',
        e
          .exists(
            e
              .selectFrom('approvals')
              .select('approvals.id')
              .whereRef('approvals.contribution', '=', 'outbox.contribution')
              .whereRef('approvals.reference', '=', 'outbox.reference')
              .whereRef('approvals.sha256', '=', 'outbox.sha256'),
          )
          .as('approved'),
      ])
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('doubted', '=', 0)
      .executeTakeFirst();
    if (row === undefined) return false;
    if (!row.approved) throw new Error(`The mail ${row.reference} contains something that was not approved.`);
    if (!(await releasedAmong(db, [id])).has(id)) throw new Error(`The mail ${row.reference} lacks a release.`);
    const key = await keyOf(context, db, row.contribution);
    const result = await db
      .updateTable('outbox')
      .set({
        state: 'frozen',
        bytes: seal(key, outboxContext('bytes', row.contribution, id), bytes),
        message_mark: markOf(context, bytes),
        due_at: at,
      })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('doubted', '=', 0)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  });
}

/** Null if the bytes have no Message-ID: a bounce is then found by the address that it quotes. */
function markOf(context: Context, bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16_384)).toString('latin1').split('\r\n\r\n')[0] ?? '';
  const id = /^Message-ID:\s*(<[^<>\s]+>)/im.exec(head)?.[1];
  return id === undefined ? null : hashMessageId(context.master, id);
}

/**
 * frozen | uncertain → sending, committed before connecting. Returns false if another process has or had it since it
 * was read with this many `attempts`, or it was cancelled.
 */
export async function startSending(context: Context, id: string, holder: string, attempts: number): Promise<boolean> {
  const started = await context.database.write((db) =>
    db
      .updateTable('outbox')
      .set((e) => ({ state: 'sending', attempts: e('attempts', '+', 1), sending_by: holder, beat: e('beat', '+', 1) }))
      .where('id', '=', id)
      .where('state', 'in', ['frozen', 'uncertain'])
      .where('attempts', '=', attempts)
      .where('doubted', '=', 0)
      .where('bytes', 'is not', null)
      .returning('attempts')
      .executeTakeFirst(),
  );
  if (started === undefined) return false;
  noteMailStarted(context, id, started.attempts);
  return true;
}

/**
 * Ends an attempt, and posts the outcome to the person's inbox in the same transaction. `retryAt`: the time of the next
 * try. A bounce may arrive long after the end; any other outcome ends a running attempt. Returns false, with nothing
 * changed, if another process than `holder` has the mail by now.
 */
export async function endAttempt(context: Context, id: string, end: AttemptEnded): Promise<boolean> {
  const { ended, isThere } = await context.database.write(async (db) => ({
    ended: await endAttemptWithin(context, db, id, end),
    isThere: (await db.selectFrom('outbox').select('id').where('id', '=', id).execute()).length > 0,
  }));
  if (ended && isFinal(end.state)) noteMailsOver(context, [id]);
  return ended || !isThere || end.holder === undefined;
}

export interface AttemptEnded {
  readonly state: MailState;
  readonly outcome: MailOutcome;
  readonly at: string;
  readonly retryAt: string | null;
  readonly answer?: MailAnswer;
  /** The process whose attempt it was: a mail of another process stays unchanged. */
  readonly holder?: string;
}

const NO_ANSWER: MailAnswer = { server: null, reply: null };

/** Returns false if no attempt can end that way any more. The caller writes the ledger after the commit. */
export async function endAttemptWithin(
  context: Context,
  db: Queries,
  id: string,
  { state, outcome, at, retryAt, answer = NO_ANSWER, holder }: AttemptEnded,
): Promise<boolean> {
  const set = db
    .updateTable('outbox')
    .set({
      state,
      ended_at: isFinal(state) ? at : null,
      ...(retryAt !== null && { due_at: retryAt }),
      ...(outcome.kind === 'uncertain' && { handed_over: 1 }),
    })
    .where('id', '=', id)
    .returning(['person', 'contribution', 'kind', 'reference', 'attempts']);
  const own = await set
    .where('state', 'in', statesBefore(state, outcome))
    .$if(holder !== undefined, (q) =>
      q.where((e) => e.or([e('state', '!=', 'sending'), e('sending_by', '=', holder ?? '')])),
    )
    .executeTakeFirst();
  // A server accepted the mail in an attempt that was considered dead: it counts, and ends the doubt.
  const late = own === undefined && holder !== undefined && outcome.kind === 'accepted';
  const row = late
    ? await set.where('state', 'in', ['sending', 'uncertain', 'held']).where('handed_over', '=', 1).executeTakeFirst()
    : own;
  if (row === undefined) return false;
  const body: EventBody = { kind: 'mail', reference: row.reference, mail: row.kind, outcome };
  const { contribution } = row;
  await saveAttempt(context, db, { mail: id, contribution, state, outcome: outcome.kind, answer, at });
  const suffix = late ? '/late' : outcome.kind === 'bounced' ? '/bounced' : state === 'held' ? '/held' : '';
  await postWithin(context, db, row.person, { id: `mail/${id}/${row.attempts}${suffix}`, at, ...body });
  return true;
}

/** Nothing follows by itself or by a release; a held mail may still leave. */
function isFinal(state: MailState): boolean {
  switch (state) {
    case 'sent':
    case 'written':
    case 'refused':
    case 'cancelled':
      return true;
    case 'review':
    case 'given-back':
    case 'waiting':
    case 'frozen':
    case 'sending':
    case 'uncertain':
    case 'held':
      return false;
  }
}

/** A bounce comes after the end; a held mail may never have begun to leave. */
function statesBefore(state: MailState, outcome: MailOutcome): readonly MailState[] {
  if (outcome.kind === 'bounced') return ['sending', 'uncertain', 'sent'];
  return state === 'held' ? ['waiting', 'frozen', 'uncertain', 'sending'] : ['sending'];
}

/** held → waiting, frozen or uncertain, as it was before. Returns false if it is not held. */
export async function releaseMail(context: Context, id: string, at: string): Promise<boolean> {
  return context.database.write(async (db) => {
    const row = await db
      .updateTable('outbox')
      .set((e) => ({
        state: e
          .case()
          .when('bytes', 'is', null)
          .then('waiting' as const)
          .when('handed_over', '=', 1)
          .then('uncertain' as const)
          .else('frozen' as const)
          .end(),
        due_at: e.case().when('not_before', '>', at).then(e.ref('not_before')).else(at).end(),
      }))
      .where('id', '=', id)
      .where('state', '=', 'held')
      .returning('person')
      .executeTakeFirst();
    if (row !== undefined) noteWritten(db, 'outbox', row.person);
    return row !== undefined;
  });
}
