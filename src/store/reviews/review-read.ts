// How submissions stand with their reviewers, and what was done.

import type { Context } from '../db/context.ts';
import { keysOf, openValue } from '../encryption/keys.ts';
import type { MailState } from '../schema/feature-tables.ts';
import { countingReleases, findMail, noteContext } from './review-mail.ts';
import type { ReviewRow, ReviewState } from './reviews-port.ts';

export async function reviewsOf(context: Context, reference: string): Promise<readonly ReviewRow[]> {
  const db = context.database.read;
  const cases = db.selectFrom('outbox').select('outbox.case_id').where('outbox.reference', '=', reference);
  const drafts = db.selectFrom('cases').select('cases.id').where('cases.reference', '=', reference);
  const rows = await db
    .selectFrom('reviews')
    .selectAll()
    .where((e) => e.or([e('case_id', 'in', cases), e('case_id', 'in', drafts)]))
    .orderBy('position')
    .execute();
  const ownerOf = (row: (typeof rows)[number]) => row.contribution ?? row.person;
  const keys = await keysOf(context, db, rows.map(ownerOf));
  return rows.map((row) => {
    const key = keys.get(ownerOf(row));
    const { id, act, reviewer, sha256, at } = row;
    const note =
      row.note === null || key === undefined ? null : openValue<string>(key, noteContext(ownerOf(row), id), row.note);
    return { id, act, reviewer, sha256, note, at };
  });
}

export async function stateOf(context: Context, reference: string): Promise<ReviewState | null> {
  const db = context.database.read;
  const mail = await findMail(db, reference);
  if (mail === undefined || mail.needed === null) return null;
  return {
    mail: mail.id,
    reference,
    case: mail.case_id,
    person: mail.person,
    sha256: mail.sha256,
    needed: mail.needed,
    releasedBy: await countingReleases(db, mail.id),
    onHold: mail.on_hold === 1,
    state: stateIn(mail.state),
    ifUnreachable: mail.if_unreachable,
    alarmed: mail.alarmed_for !== null,
    decided: mail.decided,
    since: mail.queued_at,
  };
}

function stateIn(state: MailState): ReviewState['state'] {
  if (state === 'review') return 'waiting';
  return state === 'given-back' ? 'with-person' : 'over';
}
