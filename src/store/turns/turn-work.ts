// A turn as it comes to the store, and what the parts of saveTurn share while they fill one transaction.

import type { KeyObject } from 'node:crypto';
import type { Address } from '../../channels/channel.ts';
import type { ConsentPurpose, Effect } from '../../dialog/engine/effect.ts';
import type { Event, MailKind } from '../../dialog/engine/event.ts';
import type { IfUnreachable } from '../../dialog/staff-review/review.ts';
import type { Language } from '../../languages.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

export interface ConsentRow {
  readonly purpose: ConsentPurpose;
  readonly subject: 'author' | 'harmed';
  readonly value: string;
  readonly wordingHash: string;
  /** What they said yes or no to, as it was shown; rows of older versions have none. */
  readonly words?: string;
  /** The choices below it. */
  readonly choices?: readonly string[];
  /** Words of the person stand in `words`, perhaps those that they want withheld. */
  readonly quotes?: true;
  readonly language: Language;
  readonly messageId: string;
  readonly at: string;
  /** Said, not written or tapped: all that was written down on the way to the yes. */
  readonly spoken?: string;
  /** Theirs who wrote it, whosever case was open. */
  readonly mine?: true;
}

/** Clear columns of a session's row. */
export interface SessionState {
  readonly step: string;
  readonly language: Language;
  readonly reference: string | null;
  readonly callId: string;
  readonly case: string | null;
  readonly contribution: string | null;
}

export interface SessionToSave {
  readonly session: unknown;
  readonly state: SessionState;
}

/** Where the sessions of somebody with many cases go. */
export interface CasesToSave {
  /** Which row `session` is saved in: that of the case that was open, a new one, another one, or the organiser's own. */
  readonly row: 'open' | 'new' | 'home' | { readonly other: string };
  /** False for what happens to a case while another one is open. */
  readonly opens: boolean;
  /** The session that was open before; null where it stays open, or is the organiser's own. */
  readonly left: SessionToSave | 'dropped' | null;
  /** The organiser's own session; absent for a person who takes one case over for themselves. */
  readonly home?: unknown;
}

export interface MailToQueue {
  readonly kind: MailKind;
  readonly reference: string;
  /** SHA-256 of the approved manifest, or of the withdrawal's text. */
  readonly sha256: string;
  readonly notBefore: string;
  /** All that buildMail needs and that is not in the stored document; sealed. */
  readonly request: unknown;
  /** Staff release it first; without it, the mail leaves on the person's word. */
  readonly review?: ReviewTerms;
}

/** What was agreed at SEND. */
export interface ReviewTerms {
  readonly needed: 1 | 2;
  readonly ifUnreachable: IfUnreachable | null;
  /** The confidential version, approved together with the other; null where none may leave in its place. */
  readonly fallback: { readonly sha256: string; readonly request: unknown } | null;
}

/** One pending event with all that a turn over it needs. */
export interface PendingTurn {
  readonly inboxId: string;
  readonly person: string;
  readonly event: Event;
  readonly language: Language | null;
  /** Where it came from; null for what happened within. */
  readonly address: Address | null;
  /** Where the answer goes: there, or to where the person last wrote from. */
  readonly answersAt: Address | null;
  /** Unparsed: the engine's parseSession() reads it. Null before the first turn, and where an organiser has no case open. */
  readonly session: unknown;
  /** The organiser's own session, outside every case, unparsed; absent for everybody else. */
  readonly home?: unknown;
  /** Bumped by every turn; a save over an older one is refused. */
  readonly version: number;
  /** A start of the program began this turn, and has not come back from it. */
  readonly begun: boolean;
}

export interface ReplyToSave {
  /** Rendered and ready for the channel (channels/render.ts), serialisable; sealed. */
  readonly body: unknown;
  readonly promptId: string | null;
  readonly replaces: string | null;
}

export interface DocumentToSave {
  /** `fallback`: the confidential version of a final document, approved together with it. */
  readonly kind: 'preview' | 'final' | 'fallback' | 'copy';
  readonly reference: string;
  /** SHA-256 (hex) of the manifest; null for a preview. */
  readonly sha256: string | null;
  /** Canonical manifest as text; null for a preview. */
  readonly manifest: string | null;
  readonly files: readonly { readonly format: 'docx' | 'pdf'; readonly name: string; readonly bytes: Uint8Array }[];
}

/** Effects that need something from outside the engine come to the store with it; every other one comes as it is. */
interface Prepared {
  /** The reference and the call of the session after the turn. */
  readonly 'open-case': Extract<Effect, { kind: 'open-case' }> & {
    readonly callId: string;
    readonly reference: string | null;
  };
  readonly consent: { readonly kind: 'consent'; readonly row: ConsentRow };
  readonly approve: { readonly kind: 'approve'; readonly mail: MailToQueue };
  readonly withdraw: { readonly kind: 'withdraw'; readonly mail: MailToQueue };
  /** `name`, `number`: what the case was called by whoever gave it, who is told. */
  readonly 'take-case': {
    readonly kind: 'take-case';
    readonly code: string;
    readonly name: string;
    readonly number?: number;
  };
  /** `shownAs`: the prompt id of the replies; `mark`: rendered, stands in their place. */
  readonly unsay: { readonly kind: 'unsay'; readonly shownAs: string; readonly mark: unknown };
  /** `ids`: these messages only; all that is held of the person if absent. */
  readonly 'held.use': Extract<Effect, { kind: 'held.use' }> & { readonly ids?: readonly string[] };
  /** What is said in this turn is then sealed for the person. */
  readonly erase: { readonly kind: 'erase'; readonly case: string };
}

/** Each effect as the store gets it, by its kind. */
export type EffectsToSave = {
  readonly [K in Effect['kind']]: K extends keyof Prepared ? Prepared[K] : Extract<Effect, { kind: K }>;
};

export type EffectToSave = EffectsToSave[Effect['kind']];

/** A turn as it was taken: saved in one transaction or not at all. */
export interface TurnToSave {
  readonly pending: PendingTurn;
  /** Clear columns; the session itself is sealed. */
  readonly session: unknown;
  readonly state: SessionState;
  /** Null for everybody who has one case at a time. */
  readonly cases: CasesToSave | null;
  readonly at: string;
  /** What the transcript keeps of the event; null if nothing was said (opened, mail). */
  readonly said: string | null;
  readonly effects: readonly EffectToSave[];
  readonly replies: readonly ReplyToSave[];
  /** Channels whose people draw the replies from the transcript: what goes there is sent when it is saved. Default none. */
  readonly drawnOn?: readonly string[];
  /** Milliseconds for which a reply waits that a newer one may take the place of. Default 0. */
  readonly gathers?: number;
  /** What came of `build` and `copy`. */
  readonly documents: readonly DocumentToSave[];
  /** Call pinned by this turn, with its archived text. */
  readonly archive: { readonly hash: string; readonly callId: string; readonly text: string } | null;
}

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
