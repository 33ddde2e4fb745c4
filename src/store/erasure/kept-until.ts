// When retention erases each case, computed from the same rows as purge.ts, so that it can be shown before it happens.

import type { Context } from '../db/context.ts';
import type { MailState } from '../schema/feature-tables.ts';

export interface KeptCase {
  readonly case: string;
  readonly reference: string | null;
  readonly openedAt: string;
  /** `idle`: a draft, unless its person writes before. `ended`: its mail has ended, or it was closed. */
  readonly because: 'idle' | 'ended';
  /** ISO 8601 UTC; the hour after it, retention erases the case. */
  readonly erasedAt: string;
}

export interface KeptDays {
  readonly idleDays: number;
  readonly closedDays: number;
}

interface MailRow {
  readonly state: MailState;
  readonly ended_at: string | null;
  readonly decided: string | null;
}

const DAY = 86_400_000;

/** Cases that have a day, the earliest first. All others wait for the end of a mail, or for a message to be taken. */
export async function keptUntil(context: Context, days: KeptDays): Promise<readonly KeptCase[]> {
  const db = context.database.read;
  const [cases, mails, waiting] = await Promise.all([
    db
      .selectFrom('cases as c')
      .innerJoin('persons as p', 'p.id', 'c.person')
      .select(['c.id', 'c.reference', 'c.person', 'c.opened_at', 'c.closed_at', 'p.seen_at'])
      .execute(),
    db
      .selectFrom('outbox as o')
      .leftJoin('review_terms as t', 't.mail', 'o.id')
      .select(['o.case_id', 'o.state', 'o.ended_at', 't.decided'])
      .execute(),
    db.selectFrom('inbox').select('person').where('person', 'is not', null).where('aside_at', 'is', null).execute(),
  ]);
  const mailsOf = Map.groupBy(mails, ({ case_id }) => case_id);
  const waits = new Set(waiting.map(({ person }) => person));
  return cases
    .flatMap((one): readonly KeptCase[] => {
      const of = mailsOf.get(one.id) ?? [];
      const ended = endedAt(one.closed_at, of);
      const about = { case: one.id, reference: one.reference, openedAt: one.opened_at };
      if (ended !== null) return [{ ...about, because: 'ended', erasedAt: later(ended, days.closedDays) }];
      if (one.closed_at !== null || waits.has(one.person) || of.some(isUnderWay)) return [];
      return [{ ...about, because: 'idle', erasedAt: later(one.seen_at, days.idleDays) }];
    })
    .sort((a, b) => (a.erasedAt < b.erasedAt ? -1 : a.erasedAt > b.erasedAt ? 1 : 0));
}

/** The closing or the end of the last mail, whichever was later; null while a mail is open, or if nothing was sent. */
function endedAt(closedAt: string | null, mails: readonly MailRow[]): string | null {
  if (closedAt === null && !mails.some(({ state }) => state !== 'cancelled')) return null;
  const ends = [closedAt ?? '', ...mails.map(({ ended_at }) => ended_at)];
  return ends.reduce((last, one) => (last === null || one === null ? null : last > one ? last : one), '');
}

/** Not one that waits for its person: given back, or withheld at the deadline. */
function isUnderWay({ state, decided }: MailRow): boolean {
  return state !== 'cancelled' && state !== 'given-back' && !(state === 'review' && decided !== null);
}

function later(at: string, days: number): string {
  return new Date(Date.parse(at) + days * DAY).toISOString();
}
