// What must be true after every fault (I1–I7), looked up in the files that the fault left behind.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openConfiguredStore } from '../../src/app/open-store.ts';
import { readConfig } from '../../src/config/config.ts';
import type { EventBody } from '../../src/dialog/engine/event.ts';
import type { Session } from '../../src/dialog/engine/session.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import type { Store } from '../../src/store/open.ts';
import { Player } from './player.ts';

/** Reads the store of a stopped app; closes it again. */
export async function lookInto<T>(env: Record<string, string>, look: (store: Store) => Promise<T>): Promise<T> {
  const { config, secrets } = readConfig(env);
  const { store } = await openConfiguredStore(config, secrets, () => new Date());
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/** Table, column and what it points at; none of them may point at nothing. */
const POINTERS = [
  ['addresses', 'person', 'persons'],
  ['lines', 'person', 'persons'],
  ['replies', 'person', 'persons'],
  ['sessions', 'person', 'persons'],
  ['held', 'person', 'persons'],
  ['inbox', 'person', 'persons'],
  ['cases', 'person', 'persons'],
  ['contributions', 'case_id', 'cases'],
  ['lines', 'contribution', 'contributions'],
  ['replies', 'contribution', 'contributions'],
  ['parts', 'contribution', 'contributions'],
  ['consents', 'contribution', 'contributions'],
  ['flags', 'contribution', 'contributions'],
  ['documents', 'contribution', 'contributions'],
  ['approvals', 'contribution', 'contributions'],
  ['outbox', 'contribution', 'contributions'],
  ['outbox', 'case_id', 'cases'],
  ['sessions', 'contribution', 'contributions'],
  ['document_files', 'document', 'documents'],
  ['persons', 'current_session', 'sessions'],
] as const;

export interface Condition {
  /** I6: 'ok'. */
  readonly integrity: unknown;
  /** I6: rows that point at nothing, and keys that open nothing. */
  readonly orphans: readonly string[];
  /** Messages that were received and not yet answered. */
  readonly waiting: number;
  /** I4: mails past their first commit without an approval of the same SHA-256. */
  readonly unapproved: number;
}

/** What a database should be in when its app has stopped in peace. */
export const SOUND: Condition = { integrity: 'ok', orphans: [], waiting: 0, unapproved: 0 };

/** Of the database file in this folder. The app may run; it is only read. */
export function conditionOf(dir: string): Condition {
  const db = new DatabaseSync(join(dir, 'griot.db'), { timeout: 60_000 });
  try {
    const count = (sql: string) => Number(db.prepare(`select count(*) as n ${sql}`).get()?.['n']);
    const broken = POINTERS.filter(
      ([table, column, to]) =>
        count(`from ${table} where ${column} is not null and ${column} not in (select id from ${to})`) > 0,
    ).map(([table, column]) => `${table}.${column}`);
    const keys = count('from keys where owner not in (select id from persons union select id from contributions)');
    return {
      integrity: db.prepare('pragma integrity_check').get()?.['integrity_check'],
      orphans: keys === 0 ? broken : [...broken, 'keys.owner'],
      waiting: count('from inbox where person is not null'),
      unapproved: count(
        `from outbox where state not in ('waiting', 'cancelled', 'held') and not exists (
           select 1 from approvals where approvals.reference = outbox.reference and approvals.sha256 = outbox.sha256)`,
      ),
    };
  } finally {
    db.close();
  }
}

/** Whether the app has nothing left to do: no message to answer, and no mail on its way, whose outcome would be told. */
export function isAtRest(dir: string): boolean {
  const db = new DatabaseSync(join(dir, 'griot.db'), { timeout: 60_000, readOnly: true });
  try {
    const busy = db
      .prepare(
        `select (select count(*) from inbox where person is not null)
              + (select count(*) from outbox where state in ('waiting', 'sending')) as n`,
      )
      .get();
    return busy?.['n'] === 0;
  } finally {
    db.close();
  }
}

/** A session without what differs between two runs of the same conversation: random ids, times, how often it was asked, the turn of
 * further wordings. */
export function comparable(session: Session) {
  const {
    boot: _,
    lastAt: __,
    version: ___,
    unlockedAt: ____,
    namedIn: _____,
    codeTold: ______,
    codeUntil: _______,
    worded: ________,
    case: file,
    contribution,
    reference,
    built,
    ...rest
  } = session;
  return {
    ...rest,
    call: session.call.id,
    case: file !== null,
    contribution: contribution !== null,
    reference: reference !== null,
    built: built !== null,
    ownWord: session.ownWord !== null,
    news: session.news.length,
    mails: session.mails.map(({ mail, outcome }) => ({ mail, outcome })),
  };
}

/** I2: the same messages, once each and in this order, on the engine alone. */
export async function replay(events: readonly EventBody[], language: WholeLanguage = 'en') {
  const player = new Player({ language, operator: { windowMinutes: 0 } });
  for (const event of events) await player.hears(event);
  return { session: comparable(player.session), parts: player.parts.map(({ text }) => text) };
}

/** I7: which of these words stand in any file below the folder, as UTF-8 or UTF-16, or in a file's name. */
export function wordsFoundIn(dir: string, words: readonly string[], skip: (file: string) => boolean = () => false) {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const read = files.map(({ name, parentPath }) => ({ name, path: join(parentPath, name) }));
  return words.filter((word) =>
    read.some(({ name, path }) => {
      if (name.includes(word)) return true;
      if (skip(path)) return false;
      const bytes = readFileSync(path);
      return bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le'));
    }),
  );
}
