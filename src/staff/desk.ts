// What every area of the desk is given.

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Language } from '../languages.ts';
import type { Store } from '../store/open.ts';
import type { StaffRole } from '../store/schema/staff-columns.ts';
import type { StaffTexts } from '../texts/catalogues.ts';
import type { Asset } from '../web/toolkit/assets.ts';
import type { Audit } from './audit/audit.ts';
import type { Knowledge } from './call-facts.ts';
import type { Organisation } from './sign-in/organisation.ts';
import type { Throttle } from './sign-in/throttle.ts';

// Who is at the desk. Every area of it is written against these.

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

/** Enough for accounts: also the commands have it. */
export interface StaffDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly texts: Readonly<Record<Language, StaffTexts>>;
  /** Under which people reach this server. */
  readonly publicUrl: URL;
  readonly trustProxy: boolean;
  readonly trial: boolean;
  /** IANA name, in which the desk tells times. */
  readonly timeZone: string;
  readonly operatorName: string;
  /** Its own sign-in service; null where there is none. */
  readonly organisation: Organisation | null;
  readonly now: () => Date;
  readonly randomBytes: (count: number) => Uint8Array;
  /** HMAC under a key of the master key's, another one in each domain. */
  readonly fingerprint: (domain: string, text: string) => string;
  readonly onFault: (error: unknown) => void;
}

export interface DeskDeps extends StaffDeps {
  readonly knows: Knowledge;
  /** Who must agree to what leaves (RELEASE). Where two must, two must agree to an erasure as well. */
  readonly release: 'person' | 'staff' | 'two';
  /** For how many days a code that leads back to a text is good. */
  readonly codeDays: number;
  /** What staff did lies in people's inboxes: takes it from there, and looks for mails that may leave. */
  readonly afterAct: () => Promise<void>;
}

export interface Desk extends DeskDeps {
  readonly style: Asset;
  readonly script: Asset;
  readonly passkeyScript: Asset;
  readonly throttle: Throttle;
}
