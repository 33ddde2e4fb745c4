// What the ledger must know of mails, so that a restored backup never sends one again or sends one that was taken
// back. Written after the commit and before connecting: a crash in between leaves the database ahead, never behind.

import type { Context } from '../db/context.ts';
import { markMail } from '../encryption/marks.ts';

/** Nothing follows: cancelled, sent, written or refused. */
export function noteMailsOver(context: Context, ids: readonly string[]): void {
  for (const id of ids) note(context, markMail(context.master, id, 'over'));
}

/** Refused after so many attempts, and to be tried once more: what was over is not. */
export function noteMailAgain(context: Context, id: string, attempts: number): void {
  note(context, markMail(context.master, id, `again/${attempts}`));
}

/** `attempt`: 1 for the first. */
export function noteMailStarted(context: Context, id: string, attempt: number): void {
  note(context, markMail(context.master, id, attempt));
}

function note(context: Context, fingerprint: string): void {
  context.ledger.append({ kind: 'mail', fingerprint, at: context.now() });
}
