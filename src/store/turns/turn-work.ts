// What the parts of saveTurn share while they fill one transaction.

import type { KeyObject } from 'node:crypto';
import type { Event } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

/** A key and whose it is: values are sealed for an owner. */
export interface Owner {
  readonly id: string;
  readonly key: KeyObject;
}

export interface TurnWork {
  readonly context: Context;
  readonly db: Queries;
  /** When the turn was taken; ISO 8601 UTC. */
  readonly at: string;
  readonly event: Event;
  /** Of the conversation after the turn. */
  readonly language: Language;
  readonly person: string;
  /** 1 for the first turn. */
  readonly number: number;
  /** Seals what comes before a case, and the session always. */
  readonly own: Owner;
  /** The contribution that answers, documents and mails of this turn belong to; null before a case. */
  readonly contribution: Owner | null;
  readonly caseId: string | null;
  /** Seals what is said in this turn: the contribution that the session is in after it, or the person. */
  readonly speaking: { readonly owner: Owner; readonly contribution: string | null };
  /** Ids of mails that this turn takes back; filled while it is saved. */
  readonly cancelled: string[];
}

/** Thrown within the transaction: something moved since the turn was loaded, so it is rolled back and taken again. */
export class StaleTurnError extends Error {}
