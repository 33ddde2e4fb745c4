// Replies to our mails: filed once, sealed under the key of the contribution, together with their consequences.

import type { KeyObject } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { fingerprint, type MasterKeys, seal, sealValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashMessageId, keysOf, makeKey } from '../encryption/keys.ts';
import { ANSWERS } from '../schema/feature-tables.ts';
import type { Tables } from '../schema/tables.ts';
import { livingOwner } from '../sealed/sealed-rows.ts';
import { postWithin } from '../turns/inbox.ts';
import { noteMailsOver } from './mail-attempts.ts';
import { decryptItems } from './open-items.ts';
import {
  type AnsweredMail,
  type Assigned,
  bytesContext,
  decryptMails,
  type FiledMail,
  type ListedMail,
  listMails,
  MAIL_DROPPED,
  type MailboxPosition,
  type MailDropped,
  type MailInToFile,
  NOBODY,
  oneMail,
  sealedFor,
  summaryContext,
} from './read-mails-in.ts';
import { endAttemptWithin } from './sending.ts';

// Staff file an unmatched mail under a case, and can take that back: sealed again each time under the key of its new
// owner. Nobody is told, and no mail ends by it.

function assignMail(
  context: Context,
  id: string,
  { reference, by, at }: { readonly reference: string; readonly by: string; readonly at: string },
): Promise<Assigned> {
  return context.database.write(async (db) => {
    const ours = await db
      .selectFrom('outbox')
      .select(['id', 'person', 'contribution'])
      .where('reference', '=', reference)
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    const to = ours === undefined ? null : await livingOwner(context, db, ours.contribution);
    if (ours === undefined || to === null) return 'unknown';
    const row = await db
      .selectFrom('mails_in')
      .selectAll()
      .where('id', '=', id)
      .where('contribution', 'is', null)
      .executeTakeFirst();
    const nobody = (await keysOf(context, db, [NOBODY])).get(NOBODY);
    if (row === undefined || nobody === undefined) return 'gone';
    const { numUpdatedRows } = await db
      .updateTable('mails_in')
      .set({
        ...{ person: ours.person, contribution: to.id, outbox: ours.id, reference, moved_by: by, moved_at: at },
        ...sealedFor(row, { id: NOBODY, key: nobody }, to),
      })
      .where('id', '=', id)
      .where('contribution', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? 'assigned' : 'gone';
  });
}

function unassignMail(
  context: Context,
  id: string,
  { case: caseId, at }: { readonly case: string; readonly at: string },
): Promise<boolean> {
  return context.database.write(async (db) => {
    const row = await db
      .selectFrom('mails_in')
      .innerJoin('contributions as c', 'c.id', 'mails_in.contribution')
      .selectAll('mails_in')
      .where('mails_in.id', '=', id)
      .where('c.case_id', '=', caseId)
      .where('moved_by', 'is not', null)
      .executeTakeFirst();
    const contribution = row?.contribution ?? null;
    if (row === undefined || contribution === null) return false;
    const keys = await keysOf(context, db, [NOBODY, contribution]);
    const key = keys.get(contribution);
    if (key === undefined) return false;
    const to = { id: NOBODY, key: keys.get(NOBODY) ?? (await makeKey(context, db, NOBODY)) };
    const { numUpdatedRows } = await db
      .updateTable('mails_in')
      .set({
        ...{ person: null, contribution: null, outbox: null, reference: null, moved_by: null, moved_at: at },
        ...sealedFor(row, { id: contribution, key }, to),
      })
      .where('id', '=', id)
      .where('contribution', '=', contribution)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  });
}

/** More unmatched mails mean that somebody floods the mailbox; further ones are counted and stay in the mailbox. */
const UNMATCHED_LIMIT = 500;

export function mailsIn(context: Context) {
  const { database, master } = context;
  return {
    /** Our mail that one of these belongs to: the first known token, then the first Message-ID. */
    find: find.bind(null, context),
    /** Files it once under the case of `item`, with the event for the person. `repeat`: filed before. `gone`: the case was erased. */
    file: file.bind(null, context),
    /** Stores a mail that belongs to no known case; `full`: there are too many of them. */
    fileUnmatched: fileUnmatched.bind(null, context),
    /** Oldest first. */
    async ofReference(reference: string): Promise<readonly FiledMail[]> {
      const query = database.read.selectFrom('mails_in').selectAll().where('reference', '=', reference);
      return decryptMails(context, await query.orderBy('arrival').execute());
    },
    /** Oldest first; of several of our mails. */
    listOf: listMails.bind(null, context),
    /** Oldest first. */
    unmatched: (): Promise<readonly ListedMail[]> => listMails(context, null),
    /** `of` null: among the unmatched ones. Null if there is none. */
    one: oneMail.bind(null, context),
    /**
     * Staff file it under the case of our mail with this reference: sealed again under its key. The person is told
     * nothing and no mail ends by it. `unknown`: none of our mails has this reference; `gone`: it is not unmatched (any
     * more).
     */
    assign: assignMail.bind(null, context),
    /** Reverts `assign`. Returns false if it was not assigned by hand, or not to this case. */
    unassign: unassignMail.bind(null, context),
    /** Staff have handled it. Returns false if there is none. */
    async removeUnmatched(id: string): Promise<boolean> {
      const { numDeletedRows } = await database.write((db) =>
        db.deleteFrom('mails_in').where('id', '=', id).where('contribution', 'is', null).executeTakeFirst(),
      );
      return numDeletedRows === 1n;
    },
    countUnmatched: (): Promise<number> => countUnmatched(database.read),
    /** Counts a mail that was not stored, and why. */
    countDropped: (why: MailDropped): Promise<void> =>
      database.write(async (db) => {
        await db
          .insertInto('meta')
          .values({ name: droppedName(why), value: '1' })
          .onConflict((c) =>
            c.column('name').doUpdateSet({ value: sql<string>`cast(cast(meta.value as integer) + 1 as text)` }),
          )
          .execute();
      }),
    async dropped(): Promise<Readonly<Record<MailDropped, number>>> {
      const rows = await database.read
        .selectFrom('meta')
        .selectAll()
        .where('name', 'in', MAIL_DROPPED.map(droppedName))
        .execute();
      const count = (why: MailDropped) => Number(rows.find(({ name }) => name === droppedName(why))?.value ?? 0);
      return { erased: count('erased'), full: count('full'), ours: count('ours') };
    },
    /** The last stored position in a mailbox; null before the first time. */
    async position(mailbox: string): Promise<MailboxPosition | null> {
      const name = positionName(master, mailbox);
      const row = await database.read.selectFrom('meta').select('value').where('name', '=', name).executeTakeFirst();
      const [, validity, lastUid] = /^(\d+) (\d+)$/.exec(row?.value ?? '') ?? [];
      return validity === undefined ? null : { validity, lastUid: Number(lastUid) };
    },
    async setPosition(mailbox: string, { validity, lastUid }: MailboxPosition): Promise<void> {
      const row = { name: positionName(master, mailbox), value: `${validity} ${lastUid}` };
      await database.write((db) =>
        db
          .insertInto('meta')
          .values(row)
          .onConflict((c) => c.column('name').doUpdateSet({ value: row.value }))
          .execute(),
      );
    },
  };
}

export type MailsIn = ReturnType<typeof mailsIn>;

async function find(
  context: Context,
  tokens: readonly string[],
  messageIds: readonly string[],
): Promise<AnsweredMail | null> {
  const query = () => context.database.read.selectFrom('outbox').selectAll();
  for (const token of tokens) {
    const row = await query().where('reply_token', '=', token).executeTakeFirst();
    if (row !== undefined) return (await decryptItems(context, [row]))[0] ?? null;
  }
  for (const id of messageIds) {
    const row = await query().where('message_mark', '=', hashMessageId(context.master, id)).executeTakeFirst();
    if (row !== undefined) return (await decryptItems(context, [row]))[0] ?? null;
  }
  return null;
}

async function file(context: Context, item: AnsweredMail, mail: MailInToFile): Promise<'filed' | 'repeat' | 'gone'> {
  const outcome = await context.database.write(async (db) => {
    const row = await db
      .selectFrom('outbox')
      .select(['person', 'contribution', 'kind', 'reference'])
      .where('id', '=', item.id)
      .executeTakeFirst();
    const to = row === undefined ? null : await livingOwner(context, db, row.contribution);
    if (row === undefined || to === null) return 'gone';
    const { person, reference } = row;
    const owner = { person, contribution: to.id, outbox: item.id, reference };
    const id = await insertMail(context, db, { key: to.key, of: to.id, owner, mail });
    if (id === null) return 'repeat';
    if (mail.kind === 'bounce') {
      await endAttemptWithin(context, db, item.id, {
        state: 'refused',
        outcome: { kind: 'bounced', at: mail.at },
        at: mail.at,
        retryAt: null,
      });
    }
    if (ANSWERS.includes(mail.kind)) {
      await postWithin(context, db, person, {
        id: `mail-in/${id}`,
        at: mail.at,
        kind: 'answered',
        reference,
        mail: row.kind,
      });
    }
    return 'filed';
  });
  if (outcome === 'filed' && mail.kind === 'bounce') noteMailsOver(context, [item.id]);
  return outcome;
}

function fileUnmatched(context: Context, mail: MailInToFile): Promise<'filed' | 'repeat' | 'full'> {
  return context.database.write(async (db) => {
    if ((await countUnmatched(db)) >= UNMATCHED_LIMIT) return 'full';
    const known = await keysOf(context, db, [NOBODY]);
    const key = known.get(NOBODY) ?? (await makeKey(context, db, NOBODY));
    const owner = { person: null, contribution: null, outbox: null, reference: null };
    return (await insertMail(context, db, { key, of: NOBODY, owner, mail })) === null ? 'repeat' : 'filed';
  });
}

/** Its id; null if this mail was stored before. */
async function insertMail(
  context: Context,
  db: Queries,
  filing: {
    readonly key: KeyObject;
    readonly of: string;
    readonly owner: Pick<Selectable<Tables['mails_in']>, 'person' | 'contribution' | 'outbox' | 'reference'>;
    readonly mail: MailInToFile;
  },
): Promise<string | null> {
  const { key, of, owner, mail } = filing;
  const id = context.newId();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('mails_in')
    .values({
      id,
      mark: fingerprint(context.master, 'mail-in', mail.identity),
      ...owner,
      kind: mail.kind,
      at: mail.at,
      sealed: sealValue(key, summaryContext(of, id), mail.summary),
      bytes: seal(key, bytesContext(of, id), mail.bytes),
    })
    .onConflict((c) => c.column('mark').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n ? id : null;
}

async function countUnmatched(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('mails_in')
    .select((e) => e.fn.countAll().as('count'))
    .where('contribution', 'is', null)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function droppedName(why: MailDropped): string {
  return `mails-in/dropped/${why}`;
}

function positionName(master: MasterKeys, mailbox: string): string {
  return `mails-in/position/${fingerprint(master, 'mailbox', mailbox)}`;
}
