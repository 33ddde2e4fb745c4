// The dependencies of every part of the store.

import type { Ledger } from '../../vault/ledger.ts';
import type { Database } from './database.ts';
import type { MasterKeys } from '../../vault/seal.ts';

export interface Context {
  readonly database: Database;
  readonly master: MasterKeys;
  readonly ledger: Ledger;
  /** A random id that was never given before. */
  readonly newId: () => string;
  /** ISO 8601, UTC. */
  readonly now: () => string;
}

/** A function of the store without its first parameter, the context. */
type Bound<F> = F extends (context: Context, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/** Binds each of these functions to the context; the types are kept. */
export function bindAll<F extends Readonly<Record<string, (context: Context, ...rest: never[]) => unknown>>>(
  context: Context,
  functions: F,
): { readonly [Name in keyof F]: Bound<F[Name]> } {
  const bound = Object.entries(functions).map(([name, one]) => [name, one.bind(null, context)] as const);
  return Object.fromEntries(bound) as { readonly [Name in keyof F]: Bound<F[Name]> };
}
