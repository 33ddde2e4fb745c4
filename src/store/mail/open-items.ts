// The rows of mails, decrypted.

import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import { open, openValue, SealBrokenError } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { keysOf } from '../encryption/keys.ts';
import { releasedAmong } from '../reviews/review-mail.ts';
import type { Tables } from '../schema/tables.ts';
import { type KeptMail, keptMailsOf } from '../sealed/sealed-rows.ts';
import type { OutboxItem } from './mail-attempts.ts';

export async function decryptItems(
  context: Context,
  rows: readonly Selectable<Tables['outbox']>[],
): Promise<readonly OutboxItem[]> {
  const keys = await keysOf(
    context,
    context.database.read,
    rows.map((row) => row.contribution),
  );
  const released = await releasedAmong(
    context.database.read,
    rows.map(({ id }) => id),
  );
  const locked = rows.flatMap(({ contribution }) => (keys.has(contribution) ? [] : [contribution]));
  const kept = locked.length === 0 ? new Map<string, KeptMail>() : await keptMailsOf(context, locked);
  return rows.flatMap((row) => {
    const [key, mail] = [keys.get(row.contribution), kept.get(row.id)];
    if (key === undefined && mail === undefined) return [];
    return [openItem(row, released.has(row.id), key === undefined ? { bytes: null, ...mail } : whatLeaves(key, row))];
  });
}

type Leaves = Pick<OutboxItem, 'bytes' | 'thread'> & { readonly request?: unknown };

function openItem(row: Selectable<Tables['outbox']>, released: boolean, leaves: Leaves): OutboxItem {
  return {
    id: row.id,
    person: row.person,
    case: row.case_id,
    contribution: row.contribution,
    kind: row.kind,
    reference: row.reference,
    sha256: row.sha256,
    state: row.state,
    notBefore: row.not_before,
    attempts: row.attempts,
    replyToken: row.reply_token,
    request: null,
    ...leaves,
    handedOver: row.handed_over === 1,
    released,
  };
}

/** Null for values that cannot be decrypted: this mail is then held as unreadable, and all others still leave. */
function whatLeaves(key: KeyObject, row: Selectable<Tables['outbox']>): Pick<OutboxItem, 'request' | 'bytes'> {
  try {
    return {
      request: openValue(key, outboxContext('request', row.contribution, row.id), row.request),
      bytes: row.bytes === null ? null : open(key, outboxContext('bytes', row.contribution, row.id), row.bytes),
    };
  } catch (error) {
    if (error instanceof SealBrokenError) return { request: null, bytes: null };
    throw error;
  }
}

export function outboxContext(column: 'request' | 'bytes', owner: string, row: string) {
  return { table: 'outbox', column, owner, row };
}
