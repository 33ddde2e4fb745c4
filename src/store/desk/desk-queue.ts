// The queue: all stored cases, described by unencrypted columns and the few sealed words that a reviewer needs.

import type { Flag } from '../../dialog/engine/effect.ts';
import type { MailKind } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keysOf } from '../encryption/keys.ts';
import type { MailState } from '../schema/feature-tables.ts';
import { publicationsOf } from '../turns/consents.ts';
import { type DocumentFacts, factsOfDocuments } from '../turns/document-facts.ts';

export interface FlagRow {
  readonly flag: Flag;
  /** The first time. */
  readonly at: string;
  readonly lastAt: string;
}

/** One case, or a person without a case who asked for help. Contains nothing that a person wrote. */
export interface QueueRow {
  /** Null before a case is open. */
  readonly case: string | null;
  readonly person: string;
  readonly reference: string | null;
  readonly callId: string;
  /** The channel that the person last wrote from; null if no address is left. */
  readonly channel: string | null;
  readonly language: Language;
  readonly openedAt: string;
  /** When somebody of the case last wrote. */
  readonly lastAt: string;
  readonly contributions: number;
  /** Words of the document that would leave, else of the answers so far. */
  readonly words: number;
  /** The last choice of each contribution, without duplicates; empty if nobody was asked yet. */
  readonly publication: readonly string[];
  /** Each once, in the order of their first time. */
  readonly flags: readonly FlagRow[];
  /** The newest mail of the case. */
  readonly mail: QueueMail | null;
  /** The text was built again after its approval. */
  readonly changed: boolean;
  readonly assignedTo: string | null;
  /** Accounts of staff who have stepped back from it. */
  readonly steppedBack: readonly string[];
  /** When staff last wrote to its people, or asked them something; null: never. */
  readonly answeredAt: string | null;
}

export interface QueueMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly reference: string;
  readonly state: MailState;
  readonly sha256: string;
  readonly handedOver: boolean;
  readonly queuedAt: string;
  readonly notBefore: string;
  readonly endedAt: string | null;
  /** The outcome of the last attempt, e.g. 'bounced'; null before the first. */
  readonly outcome: string | null;
}

type Scope = 'open' | 'done';

const MOST_DONE = 200;
/** In days: a case whose mail has ended stays in the open work, since a reply may arrive. */
const STAYS_DAYS = 3;
const DAY = 86_400_000;

/** These ask for a person, even before there is a case. */
const CALLS: readonly Flag[] = ['asks-for-person', 'in-danger', 'under-age', 'wants-contact'];

/** Open work; `done`: ended cases that are still stored, newest first, at most 200. */
export async function queue(context: Context, scope: Scope): Promise<readonly QueueRow[]> {
  const all = await clearRows(context);
  const keepFrom = new Date(Date.parse(context.now()) - STAYS_DAYS * DAY).toISOString();
  const isDone = (mail: QueueMail | null) =>
    mail !== null && mail.endedAt !== null && mail.state !== 'refused' && mail.endedAt < keepFrom;
  const wanted = all.filter(({ mail }) => isDone(mail) === (scope === 'done'));
  const shown = scope === 'done' ? wanted.slice(-MOST_DONE).reverse() : wanted;
  const keys = await keysOf(
    context,
    context.database.read,
    shown.flatMap(({ people }) => people.map(({ id }) => id)),
  );
  const [publications, facts] = await Promise.all([publicationsOf(context, keys), factsOfDocuments(context, keys)]);
  const rows = shown.map((row) => readRow(row, publications, facts));
  return scope === 'done' ? rows : [...rows, ...(await callers(context))];
}

type ClearRow = Awaited<ReturnType<typeof clearRows>>[number];

function readRow(
  { people, ...row }: ClearRow,
  publications: ReadonlyMap<string, string>,
  facts: ReadonlyMap<string, DocumentFacts>,
): QueueRow {
  const documents = people.flatMap(({ id }) => facts.get(id) ?? []);
  const told = people.reduce((sum, { words }) => sum + words, 0);
  return {
    ...row,
    contributions: people.length,
    words: documents.length === 0 ? told : documents.reduce((sum, { words }) => sum + words, 0),
    publication: [...new Set(people.flatMap(({ id }) => publications.get(id) ?? []))],
    changed: row.mail !== null && documents.some(({ sha256 }) => sha256 !== null && sha256 !== row.mail?.sha256),
  };
}

async function clearRows(context: Context) {
  const db = context.database.read;
  const [cases, people, flags, mails, attempts, assigned, acts] = await Promise.all([
    db.selectFrom('cases').selectAll().orderBy('opened_at').execute(),
    db
      .selectFrom('contributions as c')
      .innerJoin('persons as p', 'p.id', 'c.person')
      .leftJoin('addresses as a', 'a.mark', 'p.address_mark')
      .leftJoin('parts', 'parts.contribution', 'c.id')
      .select((e) => [
        'c.id',
        'c.case_id',
        'c.person',
        'p.language',
        'p.seen_at',
        'a.channel',
        e.fn.sum<number | string | null>('parts.words').as('words'),
      ])
      .groupBy(['c.id', 'c.case_id', 'c.person', 'c.opened_at', 'p.language', 'p.seen_at', 'a.channel'])
      .orderBy('c.opened_at')
      .execute(),
    db.selectFrom('flags').selectAll().orderBy('at').execute(),
    db
      .selectFrom('outbox')
      .select([
        'id',
        'case_id',
        'kind',
        'reference',
        'state',
        'sha256',
        'handed_over',
        'queued_at',
        'not_before',
        'ended_at',
      ])
      .orderBy('position')
      .execute(),
    db.selectFrom('mail_attempts').select(['mail', 'outcome']).orderBy('position').execute(),
    db.selectFrom('desk_assignments').selectAll().execute(),
    actsOf(db),
  ]);
  const outcomes = new Map(attempts.map(({ mail, outcome }) => [mail, outcome]));
  const newest = new Map(mails.map((mail) => [mail.case_id, mail]));
  const peopleOf = grouped(people, ({ case_id }) => case_id);
  const flagsOf = grouped(flags, ({ person, contribution }) => contribution ?? person);
  const actsBy = grouped(acts, ({ case_id }) => case_id ?? '');
  const owners = new Map(assigned.map(({ case_id, staff }) => [case_id, staff]));
  return cases.flatMap((one) => {
    const mine = peopleOf.get(one.id) ?? [];
    const first = mine[0];
    if (first === undefined) return [];
    const mail = newest.get(one.id);
    return [
      {
        case: one.id,
        person: first.person,
        reference: one.reference,
        callId: one.call_id,
        channel: first.channel,
        language: first.language ?? ('en' as const),
        openedAt: one.opened_at,
        lastAt: mine.map(({ seen_at }) => seen_at).reduce((a, b) => (a > b ? a : b)),
        people: mine.map(({ id, words }) => ({ id, words: Number(words ?? 0) })),
        flags: once(mine.flatMap(({ id, person }) => [...(flagsOf.get(id) ?? []), ...(flagsOf.get(person) ?? [])])),
        mail: mail === undefined ? null : readMail(mail, outcomes.get(mail.id) ?? null),
        assignedTo: owners.get(one.id) ?? null,
        ...decidedIn(actsBy.get(one.id) ?? []),
      },
    ];
  });
}

interface MailRow {
  readonly id: string;
  readonly kind: QueueMail['kind'];
  readonly reference: string;
  readonly state: QueueMail['state'];
  readonly sha256: string;
  readonly handed_over: number;
  readonly queued_at: string;
  readonly not_before: string;
  readonly ended_at: string | null;
}

function readMail(mail: MailRow, outcome: string | null): QueueMail {
  const { id, kind, reference, state, sha256 } = mail;
  return {
    ...{ id, kind, reference, state, sha256, outcome },
    handedOver: mail.handed_over === 1,
    queuedAt: mail.queued_at,
    notBefore: mail.not_before,
    endedAt: mail.ended_at,
  };
}

/** People who asked for somebody and have no case (yet). */
export async function callers(context: Context): Promise<readonly QueueRow[]> {
  const acts = await actsOf(context.database.read);
  const rows = await context.database.read
    .selectFrom('flags as f')
    .innerJoin('persons as p', 'p.id', 'f.person')
    .leftJoin('sessions as s', 's.id', 'p.current_session')
    .leftJoin('addresses as a', 'a.mark', 'p.address_mark')
    .select(['f.person', 'f.flag', 'f.at', 'p.language', 'p.created_at', 'p.seen_at', 'a.channel', 's.call_id'])
    .where('f.contribution', 'is', null)
    .where('f.flag', 'in', CALLS)
    .where((e) => e.not(e.exists(e.selectFrom('cases').select('cases.id').whereRef('cases.person', '=', 'f.person'))))
    .orderBy('f.at')
    .execute();
  return [...grouped(rows, ({ person }) => person)].flatMap(([person, mine]) => {
    const first = mine[0];
    if (first === undefined) return [];
    return [
      {
        case: null,
        person,
        reference: null,
        callId: first.call_id ?? '',
        channel: first.channel,
        language: first.language ?? 'en',
        openedAt: first.created_at,
        lastAt: first.seen_at,
        contributions: 0,
        words: 0,
        publication: [],
        flags: once(mine),
        mail: null,
        changed: false,
        assignedTo: null,
        ...decidedIn(acts.filter((act) => act.person === person)),
      },
    ];
  });
}

/** Expects the oldest first. */
export function once(rows: readonly { readonly flag: Flag; readonly at: string }[]): QueueRow['flags'] {
  const times = Map.groupBy(rows, ({ flag }) => flag);
  return [...times].map(([flag, all]) => ({ flag, at: all[0]?.at ?? '', lastAt: all.at(-1)?.at ?? '' }));
}

/** Acts by which staff wrote to the person. */
const ANSWERS = ['say', 'give-back', 'propose-withholding'] as const;

/** Acts of staff that show whom a case may wait for, oldest first. */
export async function actsOf(db: Queries) {
  return db
    .selectFrom('reviews')
    .select(['case_id', 'person', 'reviewer', 'act', 'at'])
    .where('act', 'in', ['step-back', ...ANSWERS])
    .orderBy('position')
    .execute();
}

export function decidedIn(
  acts: readonly { readonly act: string; readonly reviewer: string | null; readonly at: string }[],
): Pick<QueueRow, 'steppedBack' | 'answeredAt'> {
  return {
    steppedBack: acts.flatMap(({ act, reviewer }) => (act === 'step-back' && reviewer !== null ? [reviewer] : [])),
    answeredAt: acts.findLast(({ act }) => ANSWERS.some((one) => one === act))?.at ?? null,
  };
}

function grouped<T>(rows: readonly T[], by: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, by);
}
