// The dependencies of every area of the desk.

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Language } from '../languages.ts';
import type { Retention } from '../store/erasure/purge.ts';
import type { Store } from '../store/open.ts';
import type { OpenedAgain } from '../store/sealed/open-again.ts';
import type { StaffRole } from '../store/schema/staff-columns.ts';
import type { StaffTexts } from '../texts/catalogues.ts';
import type { Asset } from '../web/toolkit/assets.ts';
import type { Modules } from '../web/toolkit/modules.ts';
import type { Audit } from './audit/audit.ts';
import type { Knowledge } from './call-facts.ts';
import type { Looked } from './doctor/finding.ts';
import type { Organisation } from './sign-in/organisation.ts';
import type { Passwords } from './sign-in/password.ts';
import type { Throttle } from './sign-in/throttle.ts';
import type { Domain } from '../vault/purposes.ts';

// The signed-in person, as every area of the desk sees them.

export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  /** The language of the desk for this person. */
  readonly language: Language;
  /** The last proof of both factors (ISO). */
  readonly provedAt: string;
}

/** Behind the guard `staff` and `csrf` are always set. In tests a request has no socket. */
export interface StaffEnv {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: { staff: SignedIn; csrf: string };
}

export type StaffContext = Context<StaffEnv>;

/** The part that accounts need: the commands also have it. */
export interface StaffDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly texts: Readonly<Record<Language, StaffTexts>>;
  /** The public URL of this server. */
  readonly publicUrl: URL;
  readonly trustProxy: boolean;
  readonly trial: boolean;
  /** IANA name; times on the desk are in it. */
  readonly timeZone: string;
  readonly operatorName: string;
  /** The operator's own sign-in service; null if there is none. */
  readonly organisation: Organisation | null;
  readonly now: () => Date;
  readonly randomBytes: (count: number) => Uint8Array;
  /** HMAC under a key derived from the master key, a different one per domain. */
  readonly fingerprint: (domain: Domain, text: string) => string;
  readonly onFault: (error: unknown) => void;
}

export interface DeskDeps extends StaffDeps {
  readonly knows: Knowledge;
  /** The people who must agree to a submission (RELEASE). If two must, two must also agree to an erasure. */
  readonly release: 'person' | 'staff' | 'two';
  /** Minutes in which a reviewer can take their release back before the mail leaves. */
  readonly releaseMinutes: number;
  /** How long things are kept. */
  readonly kept: Required<Retention>;
  /** Days for which a resume code is valid. */
  readonly codeDays: number;
  /** Takes the events that staff's acts posted to people's inboxes, and looks for mails that may leave. */
  readonly afterAct: () => Promise<void>;
  /** The findings of `griot doctor`, at most some minutes old; null: not known yet. Never slow. */
  readonly lookAtInstallation: () => Promise<Looked | null>;
  /** Opens a case that is sealed to the keys of staff again, for everybody who may read cases here. */
  readonly openAgain: (
    caseId: string,
    given: { readonly by: string; readonly dataKeys: ReadonlyMap<string, Uint8Array> },
  ) => Promise<OpenedAgain>;
  /** Cheaper ones, for tests. */
  readonly passwords?: Passwords;
}

export interface Desk extends DeskDeps {
  readonly style: Asset;
  readonly script: Asset;
  readonly passkeyScript: Asset;
  /** For pages of sealed cases; loaded when the first of them is shown. */
  readonly sealedModules: () => Modules;
  readonly throttle: Throttle;
  readonly passwords: Passwords;
}
