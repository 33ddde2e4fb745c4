// The outcome of each attempt to send a mail, with the server's own words: sealed, since servers repeat addresses.

import type { MailKind } from '../../dialog/engine/event.ts';
import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Lease } from '../../lease.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashMail, keysOf } from '../encryption/keys.ts';
import type { MailState } from '../schema/feature-tables.ts';

/** One attempt to send a mail. */
export interface MailAttempt {
  readonly at: string;
  readonly state: MailState;
  /** 'accepted', 'refused', 'bounced' … */
  readonly outcome: string;
  /** The host that answered, and its words; null if it said nothing. */
  readonly server: string | null;
  readonly reply: string | null;
}

export interface OutboxItem {
  readonly id: string;
  readonly person: string;
  readonly case: string;
  readonly contribution: string;
  readonly kind: MailKind;
  readonly reference: string;
  readonly sha256: string;
  readonly state: MailState;
  readonly notBefore: string;
  readonly attempts: number;
  readonly replyToken: string;
  readonly request: unknown;
  /** The frozen RFC 5322 bytes; null until frozen. */
  readonly bytes: Uint8Array | null;
  /** Of a sealed case, whose bytes cannot be decrypted: the Message-IDs of its thread. */
  readonly thread?: readonly string[];
  /** True once all bytes were transmitted at least once without an answer. */
  readonly handedOver: boolean;
  /**
   * True if it needs no release, has all needed releases for exactly this SHA-256, or leaves by the person's choice for
   * the deadline.
   */
  readonly released: boolean;
}

/** The host at the end of an attempt, and its words. */
export interface MailAnswer {
  readonly server: string | null;
  readonly reply: string | null;
}

// The ledger's entries of mails, so that a restored backup never repeats one, or sends one that was taken back. Written
// after the commit and before connecting: after a crash in between the database is ahead, never behind.

/** Nothing follows: cancelled, sent, written or refused. */
export function noteMailsOver(context: Context, ids: readonly string[]): void {
  for (const id of ids) note(context, hashMail(context.master, id, 'over'));
}

/** The word of the ledger about a mail: `over`: it left, was refused or was stopped; `tried`: an attempt began. */
export type KnownLater = 'over' | 'tried';

/** Marks of mails in the ledger, with the place of the last line of each. */
type MailMarks = ReadonlyMap<string, number>;

export function mailMarks({ ledger }: Context): MailMarks {
  return new Map(
    ledger.entries().flatMap(({ kind, fingerprint }, line) => (kind === 'mail' ? [[fingerprint, line]] : [])),
  );
}

interface Counted {
  readonly id: string;
  readonly attempts: number;
}

/** Known to the ledger and not to the database, which is older: a backup was restored. Null: nothing. */
export function knownLater(context: Context, { id, attempts }: Counted, marks = mailMarks(context)): KnownLater | null {
  const { master } = context;
  const over = marks.get(hashMail(master, id, 'over'));
  const again = Array.from(
    { length: attempts + 1 },
    (_, tried) => marks.get(hashMail(master, id, `again/${tried}`)) ?? -1,
  );
  if (over !== undefined && over > Math.max(...again)) return 'over';
  return marks.has(hashMail(master, id, attempts + 1)) ? 'tried' : null;
}

/** The number of the newest attempt that the database or the ledger knows. */
export function newestAttempt(context: Context, { id, attempts }: Counted): number {
  const marks = mailMarks(context);
  let newest = attempts;
  while (marks.has(hashMail(context.master, id, newest + 1))) newest += 1;
  return newest;
}

/** To be tried again after this many attempts, though it was refused or a restored backup has it: the mail is no longer over. */
export function noteMailAgain(context: Context, id: string, attempts: number): void {
  note(context, hashMail(context.master, id, `again/${attempts}`));
}

/** `attempt`: 1 for the first. */
export function noteMailStarted(context: Context, id: string, attempt: number): void {
  note(context, hashMail(context.master, id, attempt));
}

function note(context: Context, fingerprint: string): void {
  context.ledger.append({ kind: 'mail', fingerprint, at: context.now() });
}

// The process that sends a mail. A growing beat shows that it lives; no clock is used, so that neither a clock that
// jumps nor two that differ can make two processes send the same mail.

/** Every mail that a process is sending. */
export async function sendingMails(context: Context): Promise<readonly Lease[]> {
  const rows = await context.database.read
    .selectFrom('outbox')
    .select(['id', 'sending_by', 'beat'])
    .where('state', '=', 'sending')
    .orderBy('position')
    .execute();
  return rows.map(({ id, sending_by: holder, beat }) => ({ id, holder, beat }));
}

/** Renews the lease. Returns false if another process has taken it over. */
export async function keepSending(context: Context, id: string, holder: string): Promise<boolean> {
  const { numUpdatedRows } = await context.database.write((db) =>
    db
      .updateTable('outbox')
      .set((e) => ({ beat: e('beat', '+', 1) }))
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .where('sending_by', '=', holder)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

/**
 * sending → uncertain, due at `at`: how much was transmitted is not known, so the same bytes are sent again, and the
 * mail counts as handed over. Returns false if its holder has renewed the lease.
 */
export async function takeOverMail(context: Context, { id, holder, beat }: Lease, at: string): Promise<boolean> {
  const { numUpdatedRows } = await context.database.write((db) =>
    db
      .updateTable('outbox')
      .set({ state: 'uncertain', handed_over: 1, due_at: at, sending_by: null })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .where('sending_by', holder === null ? 'is' : '=', holder)
      .where('beat', '=', beat)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

interface Ended {
  readonly mail: string;
  readonly contribution: string;
  readonly state: MailState;
  readonly outcome: string;
  readonly answer: MailAnswer;
  readonly at: string;
}

/** Call it in the transaction that ends the attempt. */
export async function saveAttempt(context: Context, db: Queries, ended: Ended): Promise<void> {
  const { mail, contribution, state, outcome, answer, at } = ended;
  const key = (await keysOf(context, db, [contribution])).get(contribution);
  if (key === undefined) return;
  const id = context.newId();
  const sealed = sealValue(key, contextOf(contribution, id), answer);
  await db.insertInto('mail_attempts').values({ id, mail, state, outcome, sealed, at }).execute();
}

/** Of these mails of one contribution, oldest first. */
export async function attemptsOf(
  context: Context,
  contribution: string,
  mails: readonly string[],
): Promise<ReadonlyMap<string, readonly MailAttempt[]>> {
  const db = context.database.read;
  const key = (await keysOf(context, db, [contribution])).get(contribution);
  if (key === undefined || mails.length === 0) return new Map();
  const rows = await db
    .selectFrom('mail_attempts')
    .selectAll()
    .where('mail', 'in', mails)
    .orderBy('position')
    .execute();
  const all = new Map<string, MailAttempt[]>();
  for (const { id, mail, state, outcome, sealed, at } of rows) {
    const { server, reply } = openValue(key, contextOf(contribution, id), sealed);
    all.set(mail, [...(all.get(mail) ?? []), { at, state, outcome, server, reply }]);
  }
  return all;
}

function contextOf(owner: string, row: string): ValueContext<MailAnswer> {
  return { table: 'mail_attempts', column: 'sealed', owner, row };
}
