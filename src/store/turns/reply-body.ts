// The sealed body of a reply.

import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import { openValue, type SealContext, sealValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { openRows } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';
import { spokenBy, spokenText, withoutSecret } from './reply-words.ts';

// A reply's id consists of person, turn, and place in the turn.

interface ReplyPlace {
  readonly person: string;
  readonly turn: number;
  readonly place: number;
}

export function replyId({ person, turn, place }: ReplyPlace): string {
  return `${person}.${turn}.${place}`;
}

/** Returns null if it is no such id. */
export function parseReplyId(id: string): ReplyPlace | null {
  const found = /^(.+)\.(\d{1,9})\.(\d{1,9})$/.exec(id);
  const [, person, turn, place] = found ?? [];
  if (person === undefined) return null;
  return { person, turn: Number(turn), place: Number(place) };
}

export function sealReply(key: KeyObject, owner: string, id: string, body: unknown): Buffer {
  return sealValue(key, replyContext(owner, id), body);
}

export function openReply(key: KeyObject, owner: string, id: string, sealed: Uint8Array): unknown {
  return openValue(key, replyContext(owner, id), sealed);
}

/** A reply as a line of the transcript. */
export interface ReplyLine {
  readonly turn: number;
  readonly channel: string;
  readonly at: string;
  readonly from: 'bot' | 'staff';
  readonly id: string;
  readonly text: string | null;
  readonly edited: false;
  /** As rendered. */
  readonly body: unknown;
  readonly promptId: string | null;
}

/** `drawnOn`: replies to this channel keep the characters that are for the person only. */
export async function replyLines(
  context: Context,
  db: Queries,
  rows: readonly Selectable<Tables['replies']>[],
  drawnOn: string | undefined,
): Promise<readonly ReplyLine[]> {
  const sealed = rows.map((row) => ({ ...row, context: replyContext(row.contribution ?? row.person, replyId(row)) }));
  return (await openRows(context, db, sealed)).map((row) => {
    const body = row.channel === drawnOn ? row.value : withoutSecret(row.value);
    return {
      turn: row.turn,
      channel: row.channel,
      at: row.at,
      from: spokenBy(body),
      id: replyId(row),
      text: spokenText(body),
      edited: false,
      body,
      promptId: row.prompt_id,
    };
  });
}

function replyContext(owner: string, row: string): SealContext {
  return { table: 'replies', column: 'sealed', owner, row };
}
