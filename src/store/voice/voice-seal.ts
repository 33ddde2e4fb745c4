// A recording's row, sealed and opened.

import type { KeyObject } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Language } from '../../languages.ts';
import { open, openValue, seal, type SealContext, sealValue, type ValueContext } from '../../vault/seal.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';
import { keysOf } from '../encryption/keys.ts';
import type { Tables } from '../schema/tables.ts';
import type { Owner } from '../turns/turn-work.ts';

/** A recording as a channel received it. */
export interface Sound {
  readonly bytes: Uint8Array;
  /** By its bytes, e.g. "audio/ogg". */
  readonly type: string;
}

/** One recording, for the holder of its lease. */
export interface VoiceJob {
  readonly person: string;
  readonly mark: string;
  readonly lease: string;
  /** The id of its message. */
  readonly note: string;
  readonly sound: Sound;
  /** Null if the machine has to detect it. */
  readonly language: Language | null;
  /** Tries that ended without a result. */
  readonly attempts: number;
}

/** One recording that waits for staff to transcribe it. */
export interface VoiceToType {
  readonly position: number;
  readonly contribution: string;
  readonly reference: string | null;
  readonly language: Language;
  readonly arrivedAt: string;
}

type Row = Selectable<Tables['voice_notes']>;

interface About {
  /** The id of its message. */
  readonly note: string;
  readonly type: string;
}

/** Null if its key was destroyed. */
export async function openRow(
  context: Context,
  db: Queries,
  row: Row,
): Promise<{ readonly note: string; readonly sound: Sound } | null> {
  const id = row.contribution ?? row.person;
  const key = (await keysOf(context, db, [id])).get(id);
  if (key === undefined) return null;
  const { note, type } = openValue(key, aboutContext(id, row.mark), row.about);
  return { note, sound: { bytes: open(key, soundContext(id, row.mark), row.sound), type } };
}

export function sealSound(owner: Owner, mark: string, note: string, { bytes, type }: Sound) {
  const about: About = { note, type };
  return {
    about: sealValue(owner.key, aboutContext(owner.id, mark), about),
    sound: seal(owner.key, soundContext(owner.id, mark), bytes),
  };
}

/** Seals it for another owner: from the person's key to that of the contribution that it now belongs to. */
export function sealSoundFor(from: KeyObject, row: Row, to: Owner) {
  const owner = row.contribution ?? row.person;
  const { note, type } = openValue(from, aboutContext(owner, row.mark), row.about);
  return sealSound(to, row.mark, note, { bytes: open(from, soundContext(owner, row.mark), row.sound), type });
}

function aboutContext(owner: string, row: string): ValueContext<About> {
  return { table: 'voice_notes', column: 'about', owner, row };
}

function soundContext(owner: string, row: string): SealContext {
  return { table: 'voice_notes', column: 'sound', owner, row };
}
