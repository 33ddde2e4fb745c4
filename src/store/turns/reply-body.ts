// The sealed body of a reply, and its words.

import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import { openValue, type SealContext, sealValue } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { openRows } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';

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

/** The bubbles' texts with an empty line between them; null for a body without bubbles. */
function spokenText(body: unknown): string | null {
  const texts = bubbleTexts(body);
  return texts.length === 0 ? null : texts.join('\n\n');
}

/** Words of staff are among the bot's replies, marked. */
function spokenBy(body: unknown): 'bot' | 'staff' {
  const isStaff = typeof body === 'object' && body !== null && 'from' in body && body.from === 'staff';
  return isStaff ? 'staff' : 'bot';
}

/** One bubble's text, counted from 0; null if there is none. */
export function bubbleText(body: unknown, bubble: number): string | null {
  return bubbleTexts(body)[bubble] ?? null;
}

/** For readers of the transcript: without the characters that were for the person only. */
function withoutSecret(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('secret' in body) || typeof body.secret !== 'string') return body;
  const { secret, ...rest } = body;
  const bubbles = bubbleTexts(body).map((text) => ({ text: text.replaceAll(secret, '…'), bold: [] }));
  return { ...rest, bubbles };
}

function bubbleTexts(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('bubbles' in body) || !Array.isArray(body.bubbles)) return [];
  return body.bubbles.flatMap((bubble: unknown) =>
    typeof bubble === 'object' && bubble !== null && 'text' in bubble && typeof bubble.text === 'string'
      ? [bubble.text]
      : [],
  );
}

function replyContext(owner: string, row: string): SealContext {
  return { table: 'replies', column: 'sealed', owner, row };
}
