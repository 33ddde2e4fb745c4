// The columns of every case that are not sealed: states, times and counts.

import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { validReleases } from '../reviews/review-mail.ts';
import { ANSWERS } from '../schema/feature-tables.ts';
import { actsOf, decidedIn, once } from './acts-of.ts';
import { callerFacts } from './queue-callers.ts';
import type { Facts, QueueMail, QueueReview } from './queue-row.ts';

/** Mails that somebody should read. */
const TO_READ = [...ANSWERS, 'bounce', 'unclear-bounce'] as const;

/** Every stored case, the oldest first, then people who ask and have none. `only`: the id of one case. */
export async function queueFacts(context: Context, only?: string): Promise<readonly Facts[]> {
  const facts = await caseFacts(context, only);
  return only === undefined ? [...facts, ...(await callerFacts(context))] : facts;
}

async function caseFacts(context: Context, only: string | undefined): Promise<readonly Facts[]> {
  const db = context.database.read;
  const rows = await rowsOfCases(db, only, context.now());
  const newest = new Map(rows.mails.map((mail) => [mail.case_id, mail]));
  const takenBack = rows.mails.filter(({ kind }) => kind === 'withdrawal');
  const withdrawals = new Map(takenBack.map((mail) => [mail.case_id, mail]));
  const attempts = new Map(rows.attempts.map((attempt) => [attempt.mail, attempt]));
  const terms = new Map(rows.terms.map((row) => [row.mail, row]));
  const owners = new Map(rows.assigned.map((row) => [row.case_id, row]));
  const dealt = new Map(rows.dealt.map(({ case_id, at }) => [case_id, at]));
  const putOff = new Map(rows.putOff.map((row) => [row.case_id, row]));
  const peopleOf = Map.groupBy(rows.people, ({ case_id }) => case_id);
  const flagsOf = Map.groupBy(rows.flags, ({ person, contribution }) => contribution ?? person);
  const actsBy = Map.groupBy(rows.acts, ({ case_id }) => case_id ?? '');
  const releasesOf = Map.groupBy(rows.releases, ({ mail }) => mail ?? '');
  const mailsIn = Map.groupBy(rows.mailsIn, ({ case_id }) => case_id);
  const recordings = new Map(rows.recordings.map((row) => [row.case_id, row]));
  const readers = Map.groupBy(rows.readers, ({ case_id }) => case_id);
  return rows.cases.flatMap((one): readonly Facts[] => {
    const mine = peopleOf.get(one.id) ?? [];
    const [first] = mine;
    if (first === undefined) return [];
    const mail = newest.get(one.id);
    const withdrawal = withdrawals.get(one.id);
    const acts = decidedIn(actsBy.get(one.id) ?? []);
    const dealtAt = dealt.get(one.id) ?? null;
    const back = (mailsIn.get(one.id) ?? []).filter(({ at }) => dealtAt === null || at > dealtAt);
    const sound = recordings.get(one.id);
    const owner = owners.get(one.id);
    const off = putOff.get(one.id);
    return [
      {
        case: one.id,
        person: first.person,
        reference: one.reference,
        callId: one.call_id,
        channel: first.channel,
        language: first.language ?? 'en',
        openedAt: one.opened_at,
        lastAt: mine.map(({ seen_at }) => seen_at).reduce((a, b) => (a > b ? a : b)),
        contributions: mine.length,
        words: mine.reduce((sum, { words }) => sum + Number(words ?? 0), 0),
        people: mine.map(({ id }) => id),
        flags: once(mine.flatMap(({ id, person }) => [...(flagsOf.get(id) ?? []), ...(flagsOf.get(person) ?? [])])),
        closed: one.closed_at !== null,
        mail: mail === undefined ? null : readMail(mail, attempts.get(mail.id)),
        withdrawal: withdrawal === undefined ? null : readMail(withdrawal, attempts.get(withdrawal.id)),
        review: mail === undefined ? null : reviewOf(mail.state, terms.get(mail.id), releasesOf.get(mail.id)),
        assignedTo: owner?.staff ?? null,
        assignedAt: owner?.at ?? null,
        ...acts,
        dealtAt,
        cameBack: back[0] === undefined ? null : { count: back.length, since: back[0].at },
        recordings: sound === undefined ? null : { count: Number(sound.count), since: sound.since },
        putOff: off === undefined ? null : { until: off.until, why: off.why, staff: off.staff, at: off.at },
        readers: (readers.get(one.id) ?? []).map(({ staff, since }) => ({ staff, since })),
      },
    ];
  });
}

/** The columns of all these cases, a query for each kind of row. */
async function rowsOfCases(db: Queries, only: string | undefined, now: string) {
  const isOne = only !== undefined;
  const id = only ?? '';
  const [cases, people, flags, mails, attempts, terms, releases, acts] = await Promise.all([
    db
      .selectFrom('cases')
      .selectAll()
      .$if(isOne, (q) => q.where('id', '=', id))
      .orderBy('opened_at')
      .execute(),
    db
      .selectFrom('contributions as c')
      .innerJoin('persons as p', 'p.id', 'c.person')
      .leftJoin('addresses as a', 'a.mark', 'p.address_mark')
      .leftJoin('parts', 'parts.contribution', 'c.id')
      // A contribution that goes on for a sealed one is of the same person.
      .leftJoin('sealed_keys as sealed', 'sealed.goes_on', 'c.id')
      .where('sealed.goes_on', 'is', null)
      .select((e) => [
        'c.id',
        'c.case_id',
        'c.person',
        'p.language',
        'p.seen_at',
        'a.channel',
        e.fn.sum<number | string | null>('parts.words').as('words'),
      ])
      .$if(isOne, (q) => q.where('c.case_id', '=', id))
      .groupBy(['c.id', 'c.case_id', 'c.person', 'c.opened_at', 'p.language', 'p.seen_at', 'a.channel'])
      .orderBy('c.opened_at')
      .execute(),
    db
      .selectFrom('flags')
      .selectAll()
      .$if(isOne, (q) =>
        q.where('person', 'in', (e) =>
          e.selectFrom('contributions').select('contributions.person').where('contributions.case_id', '=', id),
        ),
      )
      .orderBy('at')
      .execute(),
    db
      .selectFrom('outbox')
      .select(['id', 'case_id', 'kind', 'reference', 'state', 'sha256', 'handed_over', 'doubted'])
      .select(['queued_at', 'not_before', 'ended_at'])
      .$if(isOne, (q) => q.where('case_id', '=', id))
      .orderBy('position')
      .execute(),
    db
      .selectFrom('mail_attempts as m')
      .innerJoin('outbox', 'outbox.id', 'm.mail')
      .select(['m.mail', 'm.outcome', 'm.at'])
      .$if(isOne, (q) => q.where('outbox.case_id', '=', id))
      .orderBy('m.position')
      .execute(),
    db
      .selectFrom('review_terms as t')
      .innerJoin('outbox', 'outbox.id', 't.mail')
      .select(['t.mail', 't.needed', 't.on_hold', 't.alarmed_for', 't.decided', 't.if_unreachable'])
      .$if(isOne, (q) => q.where('outbox.case_id', '=', id))
      .execute(),
    validReleases(db, isOne ? { case: id } : {}),
    actsOf(db, only),
  ]);
  return { cases, people, flags, mails, attempts, terms, releases, acts, ...(await rowsOfWork(db, only, now)) };
}

/** Rows about the work of staff on a case, and about what came back. */
async function rowsOfWork(db: Queries, only: string | undefined, now: string) {
  const isOne = only !== undefined;
  const id = only ?? '';
  const [assigned, dealt, putOff, readers, mailsIn, recordings] = await Promise.all([
    db
      .selectFrom('desk_assignments')
      .selectAll()
      .$if(isOne, (q) => q.where('case_id', '=', id))
      .execute(),
    db
      .selectFrom('desk_dealt')
      .selectAll()
      .$if(isOne, (q) => q.where('case_id', '=', id))
      .execute(),
    db
      .selectFrom('desk_put_off')
      .selectAll()
      .where('until', '>', now)
      .$if(isOne, (q) => q.where('case_id', '=', id))
      .execute(),
    db
      .selectFrom('desk_readers')
      .selectAll()
      .where('until', '>', now)
      .$if(isOne, (q) => q.where('case_id', '=', id))
      .orderBy('since')
      .execute(),
    db
      .selectFrom('mails_in as m')
      .innerJoin('contributions as c', 'c.id', 'm.contribution')
      .select(['c.case_id', 'm.kind', 'm.at'])
      .where('m.kind', 'in', TO_READ)
      // A person who filed it by hand has read it.
      .where('m.moved_by', 'is', null)
      .$if(isOne, (q) => q.where('c.case_id', '=', id))
      .orderBy('m.at')
      .execute(),
    db
      .selectFrom('voice_notes as v')
      .innerJoin('contributions as c', 'c.id', 'v.contribution')
      .select((e) => [
        'c.case_id',
        e.fn.countAll<number | string>().as('count'),
        e.fn.min<string>('v.arrived_at').as('since'),
      ])
      .where('v.state', '=', 'person')
      .$if(isOne, (q) => q.where('c.case_id', '=', id))
      .groupBy('c.case_id')
      .execute(),
  ]);
  return { assigned, dealt, putOff, readers, mailsIn, recordings };
}

type Rows = Awaited<ReturnType<typeof rowsOfCases>>;

function readMail(mail: Rows['mails'][number], attempt: Rows['attempts'][number] | undefined): QueueMail {
  const { id, kind, reference, state, sha256 } = mail;
  return {
    ...{ id, kind, reference, state, sha256 },
    handedOver: mail.handed_over === 1,
    doubted: mail.doubted === 1,
    queuedAt: mail.queued_at,
    notBefore: mail.not_before,
    endedAt: mail.ended_at,
    outcome: attempt?.outcome ?? null,
    attemptAt: attempt?.at ?? null,
  };
}

function reviewOf(
  state: QueueMail['state'],
  terms: Rows['terms'][number] | undefined,
  releases: Rows['releases'] = [],
): QueueReview | null {
  if (terms === undefined) return null;
  return {
    needed: terms.needed,
    releasedBy: releases.flatMap(({ reviewer }) => reviewer ?? []),
    onHold: terms.on_hold === 1,
    state: state === 'review' ? 'waiting' : state === 'given-back' ? 'with-person' : 'over',
    ifUnreachable: terms.if_unreachable,
    alarmed: terms.alarmed_for !== null,
    decided: terms.decided,
  };
}
