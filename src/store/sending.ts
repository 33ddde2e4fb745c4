// A mail's way: waiting → frozen → sending → sent | written | refused | uncertain, every step a compare-and-set, so
// that two processes never take the same one.

import type { EventBody, MailOutcome } from '../dialog/event.ts';
import { seal } from '../vault/seal.ts';
import type { Context } from './context.ts';
import type { Queries } from './database.ts';
import { postWithin } from './inbox.ts';
import { keyOf } from './keys.ts';
import { saveAttempt } from './mail-attempts.ts';
import { noteMailsOver, noteMailStarted } from './mail-ledger.ts';
import { markMessageId } from './marks.ts';
import { placeOf } from './outbox.ts';
import { releasedAmong } from './review-mail.ts';
import type { MailAnswer, MailState } from './store.ts';

/** @throws when this exact content was not approved: nothing may leave then, and somebody should know. */
export async function freezeMail(context: Context, id: string, bytes: Uint8Array, at: string): Promise<boolean> {
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
      .executeTakeFirst();
    if (row === undefined) return false;
    if (!row.approved) throw new Error(`The mail ${row.reference} holds what nobody approved.`);
    if (!(await releasedAmong(db, [id])).has(id)) throw new Error(`The mail ${row.reference} lacks a release.`);
    const key = await keyOf(context, db, row.contribution);
    const result = await db
      .updateTable('outbox')
      .set({
        state: 'frozen',
        bytes: seal(key, placeOf('bytes', row.contribution, id), bytes),
        message_mark: markOf(context, bytes),
        due_at: at,
      })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  });
}

/** Null where the bytes have no Message-ID: then a bounce is found by the address that it quotes. */
function markOf(context: Context, bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16_384)).toString('latin1').split('\r\n\r\n')[0] ?? '';
  const id = /^Message-ID:\s*(<[^<>\s]+>)/im.exec(head)?.[1];
  return id === undefined ? null : markMessageId(context.master, id);
}

export async function startSending(context: Context, id: string, _at: string): Promise<boolean> {
  const started = await context.database.write((db) =>
    db
      .updateTable('outbox')
      .set((e) => ({ state: 'sending', attempts: e('attempts', '+', 1) }))
      .where('id', '=', id)
      .where('state', 'in', ['frozen', 'uncertain'])
      .where('bytes', 'is not', null)
      .returning('attempts')
      .executeTakeFirst(),
  );
  if (started === undefined) return false;
  noteMailStarted(context, id, started.attempts);
  return true;
}

/** A bounce may come long after the end; anything else ends an attempt that runs. No-op where the case was erased. */
export async function endAttempt(context: Context, id: string, end: AttemptEnded): Promise<void> {
  const ended = await context.database.write((db) => endAttemptWithin(context, db, id, end));
  if (ended && isFinal(end.state)) noteMailsOver(context, [id]);
}

export interface AttemptEnded {
  readonly state: MailState;
  readonly outcome: MailOutcome;
  readonly at: string;
  readonly retryAt: string | null;
  readonly answer?: MailAnswer;
}

const NO_ANSWER: MailAnswer = { server: null, reply: null };

/** False where nothing of that kind can end any more. The ledger is the caller's, after the commit. */
export async function endAttemptWithin(
  context: Context,
  db: Queries,
  id: string,
  { state, outcome, at, retryAt, answer = NO_ANSWER }: AttemptEnded,
): Promise<boolean> {
  const row = await db
    .updateTable('outbox')
    .set({
      state,
      ended_at: isFinal(state) ? at : null,
      ...(retryAt !== null && { due_at: retryAt }),
      ...(outcome.kind === 'uncertain' && { handed_over: 1 }),
    })
    .where('id', '=', id)
    .where('state', 'in', statesBefore(state, outcome))
    .returning(['person', 'contribution', 'kind', 'reference', 'attempts'])
    .executeTakeFirst();
  if (row === undefined) return false;
  const body: EventBody = { kind: 'mail', reference: row.reference, mail: row.kind, outcome };
  const { contribution } = row;
  await saveAttempt(context, db, { mail: id, contribution, state, outcome: outcome.kind, answer, at });
  const suffix = outcome.kind === 'bounced' ? '/bounced' : state === 'held' ? '/held' : '';
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

/** A bounce comes after the end; what is held back may never have begun. */
function statesBefore(state: MailState, outcome: MailOutcome): readonly MailState[] {
  if (outcome.kind === 'bounced') return ['sending', 'uncertain', 'sent'];
  return state === 'held' ? ['waiting', 'frozen', 'uncertain', 'sending'] : ['sending'];
}

/** A dead process may have handed everything over: then the same bytes again, and the mail counts as handed over. */
export async function recoverSending(context: Context, at: string): Promise<void> {
  await context.database.write((db) =>
    db
      .updateTable('outbox')
      .set({ state: 'uncertain', handed_over: 1, due_at: at })
      .where('state', '=', 'sending')
      .execute(),
  );
}

export async function releaseMail(context: Context, id: string, at: string): Promise<boolean> {
  const result = await context.database.write((db) =>
    db
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
      .executeTakeFirst(),
  );
  return result.numUpdatedRows === 1n;
}
