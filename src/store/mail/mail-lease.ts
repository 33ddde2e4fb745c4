// Which process hands a mail over right now. A beat that goes on says that it lives; no clock of any machine is asked,
// so that none that jumps, and no two that differ, can make two processes send the same mail.

import type { Context } from '../db/context.ts';
import type { MailLease } from './mail-port.ts';

export async function sendingMails(context: Context): Promise<readonly MailLease[]> {
  const rows = await context.database.read
    .selectFrom('outbox')
    .select(['id', 'sending_by', 'beat'])
    .where('state', '=', 'sending')
    .orderBy('position')
    .execute();
  return rows.map(({ id, sending_by: holder, beat }) => ({ mail: id, holder, beat }));
}

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

/** What was handed over by then is not known: the same bytes again, and the mail counts as handed over. */
export async function takeOverMail(context: Context, { mail, holder, beat }: MailLease, at: string): Promise<boolean> {
  const { numUpdatedRows } = await context.database.write((db) =>
    db
      .updateTable('outbox')
      .set({ state: 'uncertain', handed_over: 1, due_at: at, sending_by: null })
      .where('id', '=', mail)
      .where('state', '=', 'sending')
      .where('sending_by', holder === null ? 'is' : '=', holder)
      .where('beat', '=', beat)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}
