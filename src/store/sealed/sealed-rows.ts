// The facts that the server still has about a case whose key only staff have.

import type { KeyObject } from 'node:crypto';
import { openValue, sealValue, type SealContext, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keysOf } from '../encryption/keys.ts';
import type { Owner } from '../turns/turn-work.ts';

/** Of a mail that left: what a withdrawal, and an answer to it, need. */
export interface KeptMail {
  /** Of what was queued: the call. */
  readonly request: { readonly callId?: string };
  /** The Message-IDs of its thread, the oldest first, its own last. */
  readonly thread: readonly string[];
}

/** By the ids of the mails. */
export type KeptMails = Readonly<Record<string, KeptMail>>;

export interface Sealing {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Public keys that open it. */
  readonly recipients: readonly string[];
  /** Words after the sealing belong to this contribution. */
  readonly goesOn: string;
}

export function keptMailsContext(goesOn: string, contribution: string): ValueContext<KeptMails> {
  return { table: 'sealed_keys', column: 'mails', owner: goesOn, row: contribution };
}

export function putAwayContext(contribution: string): SealContext {
  return { table: 'sealed_keys', column: 'put_away', owner: contribution, row: contribution };
}

export function sealKeptMails(key: KeyObject, goesOn: string, contribution: string, mails: KeptMails): Buffer {
  return sealValue(key, keptMailsContext(goesOn, contribution), mails);
}

/** The contributions among these that are sealed. */
export async function sealingsOf(
  db: Queries,
  contributions: readonly string[],
): Promise<ReadonlyMap<string, Sealing & { readonly mails: Uint8Array }>> {
  if (contributions.length === 0) return new Map();
  const rows = await db
    .selectFrom('sealed_keys')
    .select(['contribution', 'goes_on', 'recipients', 'mails', 'at'])
    .where('contribution', 'in', [...new Set(contributions)])
    .execute();
  return new Map(
    rows.map(({ contribution, goes_on, recipients, mails, at }) => [
      contribution,
      { at, recipients: recipients.split(' '), goesOn: goes_on, mails },
    ]),
  );
}

/** The mails of these sealed contributions, by their ids. */
export async function keptMailsOf(
  context: Context,
  contributions: readonly string[],
): Promise<ReadonlyMap<string, KeptMail>> {
  const db = context.database.read;
  const sealings = await sealingsOf(db, contributions);
  const keys = await keysOf(
    context,
    db,
    [...sealings.values()].map(({ goesOn }) => goesOn),
  );
  return new Map(
    [...sealings].flatMap(([contribution, { goesOn, mails }]) => {
      const key = keys.get(goesOn);
      if (key === undefined) return [];
      return Object.entries(openValue(key, keptMailsContext(goesOn, contribution), mails));
    }),
  );
}

/** The contribution that new words about this one belong to: another one if it is sealed. */
export async function livingOf(db: Queries, contribution: string): Promise<string> {
  const row = await db
    .selectFrom('sealed_keys')
    .select('goes_on')
    .where('contribution', '=', contribution)
    .executeTakeFirst();
  return row?.goes_on ?? contribution;
}

/** The same with its key; null if it was erased. */
export async function livingOwner(context: Context, db: Queries, contribution: string): Promise<Owner | null> {
  const id = await livingOf(db, contribution);
  const key = (await keysOf(context, db, [id])).get(id);
  return key === undefined ? null : { id, key };
}
