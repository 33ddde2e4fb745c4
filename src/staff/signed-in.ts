// Who is at the desk. Every room of it is written against these.

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Language } from '../languages.ts';
import type { StaffRole } from '../store/schema/staff-columns.ts';

export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  /** The desk speaks it. */
  readonly language: Language;
  /** When they last proved who they are, with both factors (ISO). */
  readonly provedAt: string;
}

/** Behind the guard `staff` and `csrf` are always there. In tests there is no socket behind a request. */
export interface StaffEnv {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: { staff: SignedIn; csrf: string };
}

export type StaffContext = Context<StaffEnv>;
