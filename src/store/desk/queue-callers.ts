// Belongs to no case and waits: people who asked for somebody, and mails.

import type { Flag } from '../../dialog/engine/effect.ts';
import type { Context } from '../db/context.ts';
import { actsOf, decidedIn, once } from './acts-of.ts';
import type { Facts, QueueRow } from './queue-row.ts';

/** These ask for a person, even before there is a case. */
const CALLS: readonly Flag[] = ['asks-for-person', 'in-danger', 'under-age', 'wants-contact', 'wrote-back'];

/** People who asked for somebody and have no case (yet). */
export async function callerFacts(context: Context): Promise<readonly Facts[]> {
  const db = context.database.read;
  const [acts, owned, rows] = await Promise.all([
    actsOf(db),
    db.selectFrom('desk_callers').selectAll().execute(),
    db
      .selectFrom('flags as f')
      .innerJoin('persons as p', 'p.id', 'f.person')
      .leftJoin('sessions as s', 's.id', 'p.current_session')
      .leftJoin('addresses as a', 'a.mark', 'p.address_mark')
      .select(['f.person', 'f.flag', 'f.at', 'p.language', 'p.created_at', 'p.seen_at', 'a.channel', 's.call_id'])
      .where('f.contribution', 'is', null)
      .where('f.flag', 'in', CALLS)
      .where((e) => e.not(e.exists(e.selectFrom('cases').select('cases.id').whereRef('cases.person', '=', 'f.person'))))
      .orderBy('f.at')
      .execute(),
  ]);
  const owners = new Map(owned.map((row) => [row.person, row]));
  return [...Map.groupBy(rows, ({ person }) => person)].flatMap(([person, mine]): readonly Facts[] => {
    const [first] = mine;
    if (first === undefined) return [];
    const owner = owners.get(person);
    return [
      {
        ...{ case: null, person, reference: null, callId: first.call_id ?? '' },
        ...{ channel: first.channel, language: first.language ?? 'en' },
        ...{ openedAt: first.created_at, lastAt: first.seen_at, contributions: 0, words: 0, people: [] },
        flags: once(mine),
        ...{
          closed: false,
          mail: null,
          withdrawal: null,
          review: null,
          assignedTo: owner?.staff ?? null,
          assignedAt: owner?.at ?? null,
        },
        ...decidedIn(acts.filter((act) => act.person === person)),
        ...{ dealtAt: null, cameBack: null, recordings: null, putOff: null, readers: [] },
      },
    ];
  });
}

/** Mails that belong to no case. */
export async function unmatchedMails({ database }: Context): Promise<QueueRow['cameBack']> {
  const row = await database.read
    .selectFrom('mails_in')
    .select((e) => [
      e.fn.countAll<number | string>().as('count'),
      e.fn.min<string | null>(e.fn.coalesce('moved_at', 'at')).as('since'),
    ])
    .where('contribution', 'is', null)
    .executeTakeFirst();
  return row === undefined || row.since === null ? null : { count: Number(row.count), since: row.since };
}
