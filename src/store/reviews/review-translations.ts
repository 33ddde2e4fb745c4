// Texts that staff were asked to translate, found by the flag of their contribution. A translation goes to the person's
// inbox, and becomes their text only with their yes.

import { type Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { openRows } from '../encryption/keys.ts';
import type { Flag } from '../../dialog/engine/effect.ts';
import type { Event } from '../../dialog/engine/event.ts';
import { postWithin } from '../turns/inbox.ts';
import { type Done, hasSteppedBack, insertAct, type NotDone, noteContext, type Reviewer } from './review-mail.ts';

const WANTED: Flag = 'wants-translation';

/** Contains nothing that the person wrote. */
export interface TextToTranslate {
  readonly case: string;
  readonly contribution: string;
  readonly reference: string | null;
  readonly callId: string;
  /** When it was asked for last. */
  readonly since: string;
}

/** Oldest first. */
export async function toTranslate({ database }: Context): Promise<readonly TextToTranslate[]> {
  const rows = await database.read
    .selectFrom('flags as f')
    .innerJoin('contributions as k', 'k.id', 'f.contribution')
    .innerJoin('cases as c', 'c.id', 'k.case_id')
    .select(['c.id as case', 'k.id as contribution', 'c.reference', 'c.call_id'])
    .select((e) => e.fn.max('f.at').as('since'))
    .where('f.flag', '=', WANTED)
    .groupBy(['c.id', 'k.id', 'c.reference', 'c.call_id'])
    .orderBy('since')
    .execute();
  return rows.map(({ call_id: callId, ...row }) => ({ ...row, callId }));
}

type Translated = Extract<Event, { kind: 'translated-by-staff' }>['parts'];

interface Given {
  readonly reviewer: Reviewer;
  readonly contribution: string;
  readonly at: string;
}

/** Goes to its author, whose turn ends the request if nothing is missing. */
export async function giveTranslation(
  context: Context,
  { parts, ...given }: Given & { readonly parts: Translated },
): Promise<Done | NotDone> {
  const { at } = given;
  return acting(context, given, async (db, asked) => {
    const id = await insertAct(context, db, { ...asked, act: 'translate', note: null });
    const event: Event = { id: `staff/${id}`, at, kind: 'translated-by-staff', case: asked.caseId, parts };
    await dropKept(db, given.contribution);
    await postWithin(context, db, asked.person, event);
  });
}

/** Keeps an unfinished translation, so that any reviewer can go on with it. */
export async function keepTranslation(
  context: Context,
  { written, ...given }: Given & { readonly written: Readonly<Record<string, string>> },
): Promise<Done | NotDone> {
  return acting(context, given, async (db, asked) => {
    await dropKept(db, given.contribution);
    await insertAct(context, db, { ...asked, act: 'translation-kept', note: JSON.stringify(written) });
  });
}

/** The unfinished translation as it was kept; null if there is none. */
export async function keptTranslation(context: Context, contribution: string): Promise<unknown> {
  const db = context.database.read;
  const rows = await db
    .selectFrom('reviews')
    .selectAll()
    .where('contribution', '=', contribution)
    .where('act', '=', 'translation-kept')
    .execute();
  const sealed = rows.map((row) => ({ ...row, sealed: row.note, context: noteContext(contribution, row.id) }));
  const [kept] = await openRows(context, db, sealed);
  const value = kept?.value ?? null;
  return value === null ? null : JSON.parse(value);
}

async function dropKept(db: Queries, contribution: string): Promise<void> {
  await db
    .deleteFrom('reviews')
    .where('contribution', '=', contribution)
    .where('act', '=', 'translation-kept')
    .execute();
}

type Asked = Omit<Parameters<typeof insertAct>[2], 'act' | 'note' | 'caseId'> & { readonly caseId: string };

/** In one transaction, if the translation is still wanted and this reviewer may give it. */
async function acting(
  { database }: Context,
  { reviewer, contribution, at }: Given,
  act: (db: Queries, asked: Asked) => Promise<void>,
): Promise<Done | NotDone> {
  if (reviewer.role === 'reader') return { kind: 'not-allowed', why: 'reader' };
  return database.write(async (db): Promise<Done | NotDone> => {
    const row = await db
      .selectFrom('contributions')
      .innerJoin('flags', 'flags.contribution', 'contributions.id')
      .select(['contributions.person', 'contributions.case_id'])
      .where('contributions.id', '=', contribution)
      .where('flags.flag', '=', WANTED)
      .executeTakeFirst();
    if (row === undefined) return { kind: 'unknown' };
    const { person, case_id: caseId } = row;
    if (await hasSteppedBack(db, caseId, reviewer.id)) return { kind: 'not-allowed', why: 'stepped-back' };
    const about = { reviewer: reviewer.id, person, caseId, contribution, at };
    await act(db, { ...about, mail: null, sha256: null, round: 0 });
    return { kind: 'done' };
  });
}
