// What the parts of saveTurn share while they fill one transaction.

import type { KeyObject } from 'node:crypto';
import type { Context } from './context.ts';
import type { Queries } from './database.ts';
import type { TurnToSave } from './store.ts';

/** A key and whose it is: values are sealed for an owner. */
export interface Owner {
  readonly id: string;
  readonly key: KeyObject;
}

export interface TurnWork {
  readonly context: Context;
  readonly db: Queries;
  readonly turn: TurnToSave;
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
}
