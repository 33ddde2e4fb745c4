// One row of numbers and dates for each stored case, for figures. Unencrypted columns only.

import type { Language } from '../../languages.ts';
import type { Context } from '../db/context.ts';

export interface FigureRow {
  readonly call: string;
  readonly language: Language;
  /** Null if no address is left. */
  readonly channel: string | null;
  /** ISO 8601 UTC: when the text was begun. */
  readonly receivedAt: string;
  /** Approved by SEND, and not taken back before it left. */
  readonly sent: boolean;
  /** A server of the body took it. */
  readonly accepted: boolean;
  /** Taken back before it left, or a withdrawal was asked for. */
  readonly withdrawn: boolean;
  /** Milliseconds from SEND to the last release; null: not released, or nobody had to. */
  readonly releasedAfter: number | null;
}

export async function figures(context: Context): Promise<readonly FigureRow[]> {
  const db = context.database.read;
  const [cases, mails, accepted, releases] = await Promise.all([
    db
      .selectFrom('cases as c')
      .innerJoin('persons as p', 'p.id', 'c.person')
      .leftJoin('addresses as a', 'a.mark', 'p.address_mark')
      .select(['c.id', 'c.call_id', 'c.opened_at', 'p.language', 'a.channel'])
      .orderBy('c.opened_at')
      .execute(),
    db.selectFrom('outbox').select(['id', 'case_id', 'kind', 'state', 'queued_at']).orderBy('position').execute(),
    db.selectFrom('mail_attempts').select('mail').distinct().where('outcome', '=', 'accepted').execute(),
    db
      .selectFrom('reviews')
      .select(['mail', (e) => e.fn.max('at').as('at')])
      .where('act', '=', 'release')
      .where('mail', 'is not', null)
      .groupBy('mail')
      .execute(),
  ]);
  const taken = new Set(accepted.map(({ mail }) => mail));
  const released = new Map(releases.map(({ mail, at }) => [mail, at]));
  const mailsOf = Map.groupBy(mails, ({ case_id }) => case_id);
  return cases.map(({ id, call_id: call, opened_at: receivedAt, language, channel }) => {
    const of = mailsOf.get(id) ?? [];
    const texts = of.filter(({ kind }) => kind !== 'withdrawal');
    const last = texts.at(-1);
    const left = texts.findLast((one) => released.has(one.id) && !STAYED.some((state) => state === one.state));
    const at = left === undefined ? undefined : released.get(left.id);
    return {
      ...{ call, language: language ?? 'en', channel, receivedAt },
      sent: last !== undefined && last.state !== 'cancelled',
      accepted: texts.some((one) => taken.has(one.id)),
      withdrawn: last?.state === 'cancelled' || of.length > texts.length,
      releasedAfter: left === undefined || at === undefined ? null : Date.parse(at) - Date.parse(left.queued_at),
    };
  });
}

/** Not released (any more). */
const STAYED = ['review', 'given-back', 'cancelled'] as const;
