// How each attempt to hand a mail over ended, with the server's own words: sealed, for servers repeat addresses.

import { openValue, sealValue } from '../encryption/sealed-value.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import type { MailAttempt } from '../desk/desk-port.ts';
import { keysOf } from '../encryption/keys.ts';
import type { MailAnswer, MailState } from '../store.ts';

interface Ended {
  readonly mail: string;
  readonly contribution: string;
  readonly state: MailState;
  readonly outcome: string;
  readonly answer: MailAnswer;
  readonly at: string;
}

/** In the transaction that ends the attempt. */
export async function saveAttempt(context: Context, db: Queries, ended: Ended): Promise<void> {
  const { mail, contribution, state, outcome, answer, at } = ended;
  const key = (await keysOf(context, db, [contribution])).get(contribution);
  if (key === undefined) return;
  const id = context.newId();
  const sealed = sealValue(key, placeOf(contribution, id), answer);
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
    const { server, reply } = openValue<MailAnswer>(key, placeOf(contribution, id), sealed);
    all.set(mail, [...(all.get(mail) ?? []), { at, state, outcome, server, reply }]);
  }
  return all;
}

function placeOf(owner: string, row: string) {
  return { table: 'mail_attempts', column: 'sealed', owner, row };
}
