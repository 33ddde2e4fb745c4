// Forward only. Each step runs once, in the transaction that also stores its number; a released step is never edited.

import { sql, type CreateTableBuilder } from 'kysely';
import type { Database, Queries } from '../db/database.ts';
import {
  addCloudStatus,
  addMailDoubt,
  addMailLease,
  addMailsInMoved,
  addRestOnly,
  addTries,
  addVoiceLease,
  addWhatsAppTold,
} from './added-columns.ts';
import { makeCallRecipients } from './call-recipients.ts';
import { makeVoiceTable } from './make-voice-table.ts';
import { makeMailsInTables } from './mails-in-tables.ts';
import { makeCodeTables, makeJointTable, makeOrganiserTables } from './organiser-tables.ts';
import { makeDeskTables } from './desk-tables.ts';
import { makeDeskWorkTables } from './desk-work-tables.ts';
import { makePasskeyTables } from './passkey-tables.ts';
import { makeProcessTables } from './process-tables.ts';
import { makeStaffTables, makeTriesTable } from './staff-tables.ts';
import { makeReviewTables } from './review-tables.ts';
import { makeSealedTables } from './sealed-tables.ts';
import { makeWhatsAppTables } from './whatsapp-tables.ts';

type Step = (db: Queries, kind: Database['kind']) => Promise<void>;

const STEPS: readonly Step[] = [
  makeTables,
  makeWhatsAppTables,
  makeDeskTables,
  addWhatsAppTold,
  makeStaffTables,
  makeOrganiserTables,
  makeMailsInTables,
  makeVoiceTable,
  makeCodeTables,
  makeJointTable,
  makeReviewTables,
  makePasskeyTables,
  makeTriesTable,
  addMailLease,
  addMailsInMoved,
  addMailDoubt,
  addTries,
  addVoiceLease,
  makeCallRecipients,
  addCloudStatus,
  makeProcessTables,
  makeDeskWorkTables,
  addRestOnly,
  makeSealedTables,
];

/** The version of the tables that this program makes. */
export const SCHEMA = STEPS.length;

/** False for a database in which nothing was ever kept. */
export async function wasUsed({ read }: Pick<Database, 'read'>): Promise<boolean> {
  const tables = await read.introspection.getTables();
  if (!tables.some(({ name }) => name === 'meta')) return false;
  const row = await read.selectFrom('meta').select('value').where('name', '=', 'master').executeTakeFirst();
  return row !== undefined;
}

/** `upTo`: an earlier version of the tables. @throws if a newer version of this program wrote the database. */
export async function migrate(database: Database, upTo = SCHEMA): Promise<void> {
  await database.write(async (db) => {
    await db.schema
      .createTable('meta')
      .ifNotExists()
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull())
      .execute();
    // Two processes that start at once on PostgreSQL: the second waits here.
    if (database.kind === 'postgres') await sql`lock table meta in exclusive mode`.execute(db);
    const row = await db.selectFrom('meta').select('value').where('name', '=', 'schema').executeTakeFirst();
    const found = Number(row?.value ?? 0);
    if (found > STEPS.length) throw new Error(`The database has schema ${found}; this program knows ${STEPS.length}.`);
    for (const step of STEPS.slice(found, upTo)) await step(db, database.kind);
    await db
      .insertInto('meta')
      .values({ name: 'schema', value: String(upTo) })
      .onConflict((c) => c.column('name').doUpdateSet({ value: String(upTo) }))
      .execute();
  });
}

async function makeTables(db: Queries, kind: Database['kind']): Promise<void> {
  const bytes = kind === 'sqlite' ? sql`blob` : sql`bytea`;
  const create = (name: string) => db.schema.createTable(name);
  /** A column of numbers greater than that of every existing row. */
  const counted = <T extends string, C extends string>(table: CreateTableBuilder<T, C>, column: string) =>
    table.addColumn(column, 'integer', (c) =>
      kind === 'sqlite' ? c.primaryKey() : c.primaryKey().generatedByDefaultAsIdentity(),
    );
  const id = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    table.addColumn('id', 'text', (c) => c.notNull().unique());
  const ofPerson = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    table.addColumn('person', 'text', (c) => c.notNull().references('persons.id'));
  const ofContribution = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    table.addColumn('contribution', 'text', (c) => c.references('contributions.id'));

  await create('persons')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('language', 'text')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('current_session', 'text')
    .addColumn('address_mark', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .execute();
  await create('keys')
    .addColumn('owner', 'text', (c) => c.primaryKey())
    .addColumn('wrapped', bytes, (c) => c.notNull())
    .execute();
  await ofPerson(create('addresses').addColumn('mark', 'text', (c) => c.primaryKey()))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .execute();
  await counted(create('inbox'), 'arrival')
    .addColumn('mark', 'text', (c) => c.notNull().unique())
    .addColumn('person', 'text', (c) => c.references('persons.id'))
    .addColumn('address_mark', 'text')
    .addColumn('sealed', bytes)
    .execute();
  await ofPerson(create('cases').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('reference', 'text')
    .addColumn('opened_at', 'text', (c) => c.notNull())
    .addColumn('closed_at', 'text')
    .execute();
  await ofPerson(create('contributions').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('opened_at', 'text', (c) => c.notNull())
    .execute();
  await ofContribution(ofPerson(create('sessions').addColumn('id', 'text', (c) => c.primaryKey())))
    .addColumn('case_id', 'text', (c) => c.references('cases.id'))
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('reference', 'text')
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute();
  await counted(create('parts'), 'position')
    .addColumn('contribution', 'text', (c) => c.notNull().references('contributions.id'))
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('words', 'integer', (c) => c.notNull())
    .addUniqueConstraint('parts_mark', ['contribution', 'mark'])
    .execute();
  await ofPerson(counted(create('held'), 'position'))
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('words', 'integer', (c) => c.notNull())
    .addColumn('held_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('held_mark', ['person', 'mark'])
    .execute();
  // Lines and replies have no index of contributions, so that a turn writes less: they are found by their person.
  await ofPerson(create('lines'))
    .addColumn('contribution', 'text')
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('edited', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('lines_mark', ['person', 'mark'])
    .execute();
  await ofContribution(ofPerson(id(counted(create('consents'), 'position'))))
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await ofContribution(ofPerson(create('flags')))
    .addColumn('flag', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await ofPerson(create('replies'))
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('contribution', 'text')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('address_mark', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('prompt_id', 'text')
    .addColumn('replaces', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('next_try', 'text', (c) => c.notNull())
    .addColumn('error', bytes)
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text')
    .addPrimaryKeyConstraint('replies_place', ['person', 'turn', 'place'])
    .execute();
  await ofContribution(ofPerson(id(counted(create('documents'), 'position'))))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text')
    .addColumn('manifest', bytes)
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await create('document_files')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('document', 'text', (c) => c.notNull().references('documents.id').onDelete('cascade'))
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('name', bytes, (c) => c.notNull())
    .addColumn('bytes', bytes, (c) => c.notNull())
    .execute();
  await create('calls')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await ofPerson(id(counted(create('outbox'), 'position')))
    .addColumn('case_id', 'text', (c) => c.notNull().references('cases.id'))
    .addColumn('contribution', 'text', (c) => c.notNull().references('contributions.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('not_before', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('reply_token', 'text', (c) => c.notNull())
    .addColumn('request', bytes, (c) => c.notNull())
    .addColumn('bytes', bytes)
    .addColumn('handed_over', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('queued_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .execute();
  await ofPerson(create('approvals').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('contribution', 'text', (c) => c.notNull().references('contributions.id'))
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await create('call_addresses')
    .addColumn('call_id', 'text', (c) => c.primaryKey())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('verified_by', 'text', (c) => c.notNull())
    .addColumn('verified_at', 'text', (c) => c.notNull())
    .execute();

  await sql`create index inbox_waiting on inbox (person, arrival) where person is not null`.execute(db);
  await sql`create index replies_waiting on replies (person, turn, place) where state = 'waiting'`.execute(db);
  await sql`create index outbox_due on outbox (due_at) where state in ('waiting', 'frozen', 'uncertain')`.execute(db);
  const INDEXES: readonly (readonly [string, readonly string[]])[] = [
    ['addresses', ['person']],
    ['cases', ['person']],
    ['cases', ['reference']],
    ['contributions', ['case_id']],
    ['contributions', ['person']],
    ['sessions', ['person']],
    ['sessions', ['case_id']],
    ['sessions', ['contribution']],
    ['consents', ['contribution']],
    ['consents', ['person']],
    ['flags', ['person']],
    ['flags', ['contribution']],
    ['documents', ['person', 'kind']],
    ['documents', ['contribution']],
    ['documents', ['reference']],
    ['document_files', ['document']],
    ['outbox', ['person']],
    ['outbox', ['case_id']],
    ['outbox', ['contribution']],
    ['outbox', ['reference']],
    ['approvals', ['reference', 'sha256']],
    ['approvals', ['contribution']],
    ['approvals', ['person']],
  ];
  for (const [table, columns] of INDEXES) {
    await db.schema
      .createIndex(`${table}_by_${columns.join('_')}`)
      .on(table)
      .columns([...columns])
      .execute();
  }
}
