// One case, decrypted for a reviewer: each contribution under its own key. Parts whose key was destroyed are left out.

import type { Part } from '../../dialog/engine/effect.ts';
import type { Language } from '../../languages.ts';
import type { Context } from '../db/context.ts';
import { keysOf } from '../encryption/keys.ts';
import { attemptsOf, type KnownLater, knownLater, type MailAttempt, type OutboxItem } from '../mail/mail-attempts.ts';
import { mailsOf } from '../mail/outbox.ts';
import { consents } from '../turns/consents.ts';
import { documentOf, newestFinal, type StoredDocument } from '../turns/documents.ts';
import { type Sealing, sealingsOf } from '../sealed/sealed-rows.ts';
import { parts } from '../turns/parts.ts';
import { openSession } from '../turns/pending.ts';
import { type TranscriptLine, transcriptOf } from '../turns/transcript.ts';
import type { ConsentRow } from '../turns/turn-work.ts';
import { type Note, notesOf } from './desk-acts.ts';
import { actsOf, decidedIn, once } from './acts-of.ts';
import type { FlagRow } from './queue-row.ts';

export interface DeskMail extends OutboxItem {
  readonly queuedAt: string;
  readonly endedAt: string | null;
  readonly attemptsMade: readonly MailAttempt[];
  /** Of a held mail: what the ledger knows of it, and the restored backup did not. */
  readonly later: KnownLater | null;
}

/** One person's part of a case, decrypted. */
export interface DeskContribution {
  readonly id: string;
  readonly person: string;
  readonly channel: string | null;
  readonly language: Language;
  readonly openedAt: string;
  readonly parts: readonly Part[];
  readonly consents: readonly ConsentRow[];
  readonly flags: readonly FlagRow[];
  /** The document that would leave: that of the newest mail, else the newest final one. */
  readonly document: StoredDocument | null;
  /** The confidential version, if it may leave instead of `document` at the deadline. */
  readonly fallback: StoredDocument | null;
  /** SHA-256 of a document that was built after the approved one. */
  readonly newer: string | null;
  readonly mails: readonly DeskMail[];
  readonly notes: readonly Note[];
  /** The session, unparsed, as long as it is about this case. */
  readonly session: unknown;
  /** Only these keys of staff open what was written before then; null: it can be opened here. */
  readonly sealed: { readonly at: string; readonly recipients: readonly string[] } | null;
}

export interface DeskCase {
  readonly id: string;
  readonly reference: string | null;
  readonly callId: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly contributions: readonly DeskContribution[];
  readonly assignedTo: string | null;
  readonly steppedBack: readonly string[];
}

export interface DeskLine extends TranscriptLine {
  readonly channel: string | null;
}

/** Decrypted; null if it does not exist (any more). */
export async function deskCase(context: Context, id: string): Promise<DeskCase | null> {
  const db = context.database.read;
  const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const [people, assigned] = await Promise.all([
    db
      .selectFrom('contributions as c')
      .innerJoin('persons as p', 'p.id', 'c.person')
      .leftJoin('addresses as a', 'a.mark', 'p.address_mark')
      .select(['c.id', 'c.person', 'c.opened_at', 'p.language', 'a.channel'])
      .where('c.case_id', '=', id)
      .orderBy('c.opened_at')
      .execute(),
    db.selectFrom('desk_assignments').select('staff').where('case_id', '=', id).executeTakeFirst(),
  ]);
  const acts = await actsOf(db, id);
  const sealings = await sealingsOf(
    db,
    people.map((one) => one.id),
  );
  const later = new Set([...sealings.values()].map(({ goesOn }) => goesOn));
  const contributions: DeskContribution[] = [];
  for (const person of people) {
    if (later.has(person.id)) continue;
    const sealing = sealings.get(person.id) ?? null;
    contributions.push({
      id: person.id,
      person: person.person,
      channel: person.channel,
      language: person.language ?? 'en',
      openedAt: person.opened_at,
      ...(await openContribution(context, { id: person.id, person: person.person }, sealing)),
      sealed: sealing === null ? null : { at: sealing.at, recipients: sealing.recipients },
    });
  }
  return {
    id,
    reference: row.reference,
    callId: row.call_id,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    contributions,
    assignedTo: assigned?.staff ?? null,
    steppedBack: decidedIn(acts).steppedBack,
  };
}

type Opened = Omit<DeskContribution, 'id' | 'person' | 'channel' | 'language' | 'openedAt' | 'sealed'>;

/** Of a sealed one, what came afterwards. */
async function openContribution(
  context: Context,
  one: { id: string; person: string },
  sealing: Sealing | null,
): Promise<Opened> {
  const db = context.database.read;
  const open = sealing?.goesOn ?? one.id;
  const flags = await db
    .selectFrom('flags')
    .select(['flag', 'at'])
    .where((e) =>
      e.or([e('contribution', '=', one.id), e.and([e('person', '=', one.person), e('contribution', 'is', null)])]),
    )
    .orderBy('at')
    .execute();
  const before = await deskMails(context, one.id);
  const mails = sealing === null ? before : [...before, ...(await deskMails(context, open))];
  const last = mails.findLast(({ kind }) => kind !== 'withdrawal');
  const newest = await newestFinal(context, one.id);
  const carried = last === undefined ? null : await documentOf(context, last);
  const document = carried ?? newest;
  return {
    parts: (await parts(context, one.id)).filter(({ pending }) => pending !== true),
    consents: await consents(context, open),
    flags: once(flags),
    document,
    fallback: last === undefined ? null : await fallbackOf(context, last),
    newer: newest !== null && newest.sha256 !== document?.sha256 ? newest.sha256 : null,
    mails,
    notes: await notesOf(context, open),
    session: await sessionOf(context, one),
  };
}

async function fallbackOf(context: Context, mail: DeskMail): Promise<StoredDocument | null> {
  const terms = await context.database.read
    .selectFrom('review_terms')
    .select('fallback_sha256 as sha256')
    .where('mail', '=', mail.id)
    .executeTakeFirst();
  const sha256 = terms?.sha256 ?? mail.sha256;
  return sha256 === mail.sha256 ? null : documentOf(context, { ...mail, sha256 });
}

async function deskMails(context: Context, contribution: string): Promise<readonly DeskMail[]> {
  const mails = await mailsOf(context, contribution);
  const attempts = await attemptsOf(
    context,
    contribution,
    mails.map(({ id }) => id),
  );
  return mails.map((mail) => ({
    ...mail,
    attemptsMade: attempts.get(mail.id) ?? [],
    later: mail.state === 'held' ? knownLater(context, mail) : null,
  }));
}

async function sessionOf(context: Context, { id, person }: { id: string; person: string }): Promise<unknown> {
  const db = context.database.read;
  const row = await db
    .selectFrom('sessions')
    .select(['id', 'sealed'])
    .where('person', '=', person)
    .where('contribution', '=', id)
    .orderBy('updated_at', 'desc')
    .executeTakeFirst();
  const key = (await keysOf(context, db, [person])).get(person);
  if (row === undefined || key === undefined) return null;
  return openSession(key, person, row.id, row.sealed);
}

/** Decrypts nothing. */
export async function caseExists(context: Context, id: string): Promise<boolean> {
  return (await caseNamed(context, id)) !== null;
}

/** Null if it does not exist (any more). Decrypts nothing. */
export async function caseNamed(
  { database }: Context,
  id: string,
): Promise<{ readonly reference: string | null } | null> {
  const row = await database.read.selectFrom('cases').select('reference').where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Finds a case by exactly this reference: its own, or that of any of its documents. */
export async function findCase(context: Context, reference: string): Promise<string | null> {
  const db = context.database.read;
  const own = await db.selectFrom('cases').select('id').where('reference', '=', reference).executeTakeFirst();
  if (own !== undefined) return own.id;
  const older = await db
    .selectFrom('documents')
    .innerJoin('contributions as c', 'c.id', 'documents.contribution')
    .select('c.case_id as id')
    .where('documents.reference', '=', reference)
    .executeTakeFirst();
  return older?.id ?? null;
}

export async function linesOf(context: Context, contribution: string): Promise<readonly DeskLine[]> {
  const row = await context.database.read
    .selectFrom('contributions')
    .select('person')
    .where('id', '=', contribution)
    .executeTakeFirst();
  const isSealed = (await sealingsOf(context.database.read, [contribution])).has(contribution);
  return row === undefined || isSealed
    ? []
    : transcriptOf(context, { people: [row.person], contributions: [contribution] });
}
