// The transcript. A person's lines have their own table, the bot's are its replies; the turn's number orders both.

import { expressionBuilder, type Selectable } from 'kysely';
import { openValue, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import { prepareQuery, type Queries } from '../db/database.ts';
import { hashMessage, openRows } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';
import { type ReplyLine, replyLines } from './reply-body.ts';
import type { EffectsToSave, Owner, TurnWork } from './turn-work.ts';

/** One line of a transcript, oldest first. */
export interface TranscriptLine {
  readonly at: string;
  /** `staff`: written by staff. */
  readonly from: 'person' | 'bot' | 'staff';
  /** The message's id for a person, the reply's for the bot. */
  readonly id: string;
  /** Null if it was deleted or redacted: a marker without content. */
  readonly text: string | null;
  readonly edited: boolean;
  /** The reply as rendered, for channels that draw it. */
  readonly body: unknown;
  readonly promptId: string | null;
}

interface Said {
  readonly id: string;
  readonly text: string;
}

type Numbered = TranscriptLine & { readonly turn: number };

/** The lines to read: all of a person, or those of some contributions, whoever said them. */
type Whose =
  | { readonly person: string; readonly since: string | null; readonly drawnOn?: string | undefined }
  | { readonly people: readonly string[]; readonly contributions: readonly string[] };

/** Stores the words of the event. An edit changes the existing line, in its position. */
export async function saveLine(
  { context, db, event, person, number, speaking }: TurnWork,
  text: string,
): Promise<void> {
  const id = event.kind === 'edit' ? event.target : event.id;
  const mark = hashMessage(context.master, person, id);
  const { owner, contribution } = speaking;
  const sealed = sealValue(owner.key, contextOf(owner.id, mark), { id, text });
  const edited = event.kind === 'edit' ? 1 : 0;
  // The line of a sealed text keeps its words.
  if (event.kind === 'edit' && contribution === null && (await isLockedLine(db, person, mark))) return;
  await upsertLine(db, { person, contribution, mark, turn: number, sealed, edited, at: event.at });
}

async function isLockedLine(db: Queries, person: string, mark: string): Promise<boolean> {
  const row = await db
    .selectFrom('lines')
    .innerJoin('sealed_keys', 'sealed_keys.contribution', 'lines.contribution')
    .select('lines.mark')
    .where('lines.person', '=', person)
    .where('lines.mark', '=', mark)
    .executeTakeFirst();
  return row !== undefined;
}

export async function redactLines(
  { context, db, person }: TurnWork,
  redacted: readonly EffectsToSave['redact'][],
): Promise<void> {
  const marks = redacted.map(({ message }) => hashMessage(context.master, person, message));
  await db.updateTable('lines').set({ sealed: null }).where('person', '=', person).where('mark', 'in', marks).execute();
  // Of a sealed text nobody here can open the answers; they are erased all the same.
  const sealed = db
    .selectFrom('sealed_keys as s')
    .innerJoin('contributions as c', 'c.id', 's.contribution')
    .select('s.contribution')
    .where('c.person', '=', person);
  await db.deleteFrom('parts').where('contribution', 'in', sealed).where('mark', 'in', marks).execute();
}

const upsertLine = prepareQuery((db, row: Selectable<Tables['lines']>) =>
  db
    .insertInto('lines')
    .values({
      person: row.person,
      contribution: row.contribution,
      mark: row.mark,
      turn: row.turn,
      sealed: row.sealed,
      edited: row.edited,
      at: row.at,
    })
    .onConflict((c) =>
      c.columns(['person', 'mark']).doUpdateSet((e) => ({
        sealed: e.ref('excluded.sealed'),
        contribution: e.ref('excluded.contribution'),
        edited: e.ref('excluded.edited'),
      })),
    ),
);

/** Seals a line for another owner: from the person's key to that of the contribution that it is now part of. */
export function sealLineFor(from: Owner, to: Owner, mark: string, sealed: Uint8Array): Buffer {
  return sealValue(to.key, contextOf(to.id, mark), openValue(from.key, contextOf(from.id, mark), sealed));
}

/** From `since` (ISO) on; null for all. `drawnOn`: replies to this channel keep the characters that are for the person only. */
export async function transcript(
  context: Context,
  person: string,
  since: string | null,
  drawnOn?: string,
): Promise<readonly TranscriptLine[]> {
  return tell(context, { person, since, drawnOn });
}

/** The newest line of a person; its text is null if it was redacted. Null if they have said nothing. */
export async function lastSaid(
  context: Context,
  person: string,
): Promise<{ readonly at: string; readonly text: string | null } | null> {
  const db = context.database.read;
  const row = await db
    .selectFrom('lines')
    .selectAll()
    .where('person', '=', person)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const [line] = await openRows(context, db, [{ ...row, context: contextOf(ownerOf(row), row.mark) }]);
  return { at: row.at, text: line?.value?.text ?? null };
}

/** Of one contribution: an organiser has one transcript per case. */
export async function transcriptOfContribution(
  context: Context,
  person: string,
  contribution: string,
): Promise<readonly TranscriptLine[]> {
  return tell(context, { people: [person], contributions: [contribution] });
}

/** For staff: by the reference of a document. Null if nobody has it. */
export async function transcriptByReference(
  context: Context,
  reference: string,
): Promise<readonly TranscriptLine[] | null> {
  const rows = await context.database.read
    .selectFrom('contributions')
    .select(['contributions.id', 'contributions.person'])
    .where('case_id', 'in', (e) =>
      e
        .selectFrom('cases')
        .select('cases.id')
        .where('reference', '=', reference)
        .union(
          e
            .selectFrom('documents')
            .innerJoin('contributions as c', 'c.id', 'documents.contribution')
            .select('c.case_id as id')
            .where('documents.reference', '=', reference),
        ),
    )
    .execute();
  if (rows.length === 0) return null;
  return tell(context, { people: rows.map(({ person }) => person), contributions: rows.map(({ id }) => id) });
}

async function tell(context: Context, whose: Whose): Promise<readonly TranscriptLine[]> {
  return (await transcriptOf(context, whose)).map(({ channel: _, ...line }) => line);
}

/** Each line with its channel: that of the answer to it; null without an answer. */
export async function transcriptOf(
  context: Context,
  whose: Whose,
): Promise<readonly (TranscriptLine & { readonly channel: string | null })[]> {
  const all = await withThoseBefore(context, whose);
  const said = await personLines(context, all);
  const answered = await botLines(context, all);
  const channels = new Map(answered.map(({ turn, channel }) => [turn, channel]));
  return [...said, ...answered]
    .sort((a, b) => a.turn - b.turn)
    .map(({ turn, ...line }) => ({ ...line, channel: channels.get(turn) ?? null }));
}

/** Also includes people who held the case before a hand-over. */
async function withThoseBefore(context: Context, whose: Whose): Promise<Whose> {
  if ('person' in whose) return whose;
  const rows = await context.database.read
    .selectFrom('handovers')
    .select('person')
    .where('contribution', 'in', whose.contributions)
    .execute();
  return { ...whose, people: [...new Set([...whose.people, ...rows.map(({ person }) => person)])] };
}

async function personLines(context: Context, whose: Whose): Promise<readonly Numbered[]> {
  const db = context.database.read;
  const rows = await db.selectFrom('lines').selectAll().where(isOf(whose)).orderBy('turn').execute();
  const sealed = rows.map((row) => ({ ...row, context: contextOf(ownerOf(row), row.mark) }));
  return (await openRows(context, db, sealed)).map(({ turn, at, edited, value }) => ({
    turn,
    at,
    from: 'person',
    id: value?.id ?? '',
    text: value?.text ?? null,
    edited: edited === 1,
    body: null,
    promptId: null,
  }));
}

async function botLines(context: Context, whose: Whose): Promise<readonly ReplyLine[]> {
  const db = context.database.read;
  const rows = await db.selectFrom('replies').selectAll().where(isOf(whose)).orderBy('turn').orderBy('place').execute();
  return replyLines(context, db, rows, 'person' in whose ? whose.drawnOn : undefined);
}

/** A person's own transcript excludes lines of cases that were handed over. */
function isOf(whose: Whose) {
  const e = expressionBuilder<Tables, 'lines' | 'replies'>();
  if (!('person' in whose)) {
    return e.and([e('person', 'in', whose.people), e('contribution', 'in', whose.contributions)]);
  }
  const { person, since } = whose;
  const own = e.selectFrom('contributions').select('id').where('person', '=', person);
  return e.and([
    e('person', '=', person),
    e.or([e('contribution', 'is', null), e('contribution', 'in', own)]),
    ...(since === null ? [] : [e('at', '>=', since)]),
  ]);
}

function ownerOf(row: { readonly person: string; readonly contribution: string | null }): string {
  return row.contribution ?? row.person;
}

function contextOf(owner: string, row: string): ValueContext<Said> {
  return { table: 'lines', column: 'sealed', owner, row };
}
