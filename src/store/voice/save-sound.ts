// Stores a recording with its message.

import type { KeyObject } from 'node:crypto';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { hashMessage, keyOf } from '../encryption/keys.ts';
import { sealSound, type Sound } from './voice-seal.ts';

interface Arrived {
  readonly person: string;
  readonly key: KeyObject;
  readonly note: string;
  readonly sound: Sound;
}

/** In the transaction of its message: sealed for the case that the person is in, else for the person. */
export async function saveSound(context: Context, db: Queries, { person, key, note, sound }: Arrived): Promise<void> {
  const session = await db
    .selectFrom('persons')
    .innerJoin('sessions', 'sessions.id', 'persons.current_session')
    .select('sessions.contribution')
    .where('persons.id', '=', person)
    .executeTakeFirst();
  const contribution = session?.contribution ?? null;
  const owner =
    contribution === null ? { id: person, key } : { id: contribution, key: await keyOf(context, db, contribution) };
  const mark = hashMessage(context.master, person, note);
  await db
    .insertInto('voice_notes')
    .values({
      person,
      contribution,
      mark,
      ...sealSound(owner, mark, note, sound),
      state: 'held',
      language: null,
      due_at: null,
      lease: null,
      held_by: null,
      arrived_at: context.now(),
    })
    .onConflict((c) => c.columns(['person', 'mark']).doNothing())
    .execute();
}
