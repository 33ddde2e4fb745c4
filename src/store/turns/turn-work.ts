// The input of saveTurn, and the data that its handlers share within one transaction.

import type { KeyObject } from 'node:crypto';
import type { Address } from '../../channels/channel.ts';
import type { ConsentPurpose, Effect } from '../../dialog/engine/effect.ts';
import type { Event, IfUnreachable, MailKind } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import type { Context } from '../db/context.ts';
import type { Queries } from '../db/database.ts';

export interface ConsentRow {
  readonly purpose: ConsentPurpose;
  readonly subject: 'author' | 'harmed';
  readonly value: string;
  readonly wordingHash: string;
  /** The wording that they said yes or no to, as shown; absent in old rows. */
  readonly words?: string;
  /** The choices below it. */
  readonly choices?: readonly string[];
  /** `words` quotes the person, perhaps words that they want withheld. */
  readonly quotes?: true;
  readonly language: Language;
  readonly messageId: string;
  readonly at: string;
  /** Given by voice: all transcriptions on the way to the yes. */
  readonly spoken?: string;
  /** About the writer themselves, whichever case was open. */
  readonly mine?: true;
}

/** Unencrypted columns of a session's row. */
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

/** How the sessions of an organiser are saved. */
export interface CasesToSave {
  /** The row for `session`: that of the open case, a new one, another one, or the organiser's own. */
  readonly row: 'open' | 'new' | 'home' | { readonly other: string };
  /** False if this event concerns a case that is not the open one. */
  readonly opens: boolean;
  /** The session that was open before; null if it stays open, or is the organiser's own. */
  readonly left: SessionToSave | 'dropped' | null;
  /** The organiser's own session; absent for a person who takes over their own case. */
  readonly home?: unknown;
}

export interface MailToQueue {
  readonly kind: MailKind;
  readonly reference: string;
  /** SHA-256 of the approved manifest, or of the withdrawal's text. */
  readonly sha256: string;
  readonly notBefore: string;
  /** The data for buildMail that is not in the stored document; sealed. */
  readonly request: unknown;
  /** Set if staff release it first; absent if the person's SEND is enough. */
  readonly review?: ReviewTerms;
}

/** Agreed at SEND. */
export interface ReviewTerms {
  readonly needed: 1 | 2;
  readonly ifUnreachable: IfUnreachable | null;
  /** The confidential version, approved together with the other; null if none may leave instead. */
  readonly fallback: { readonly sha256: string; readonly request: unknown } | null;
}

/** One pending event with everything that its turn needs. */
export interface PendingTurn {
  readonly inboxId: string;
  readonly person: string;
  readonly event: Event;
  readonly language: Language | null;
  /** The mark of the sender's address; null for internal events, and if it is not theirs any more. */
  readonly addressMark: string | null;
  /** The address for the replies: the sender's, else the one that the person last wrote from. */
  readonly answersAt: Address | null;
  /** Unparsed: the engine's parseSession() reads it. Null before the first turn, and if an organiser has no case open. */
  readonly session: unknown;
  /** The organiser's own session, outside every case, unparsed; absent for all others. */
  readonly home?: unknown;
  /** Incremented by every turn; a save with an older one is refused. */
  readonly version: number;
  /** Somebody sent the event who also has a chat whose account is blocked since then (ISO); absent: none. */
  readonly blocked?: string;
  /** A run of the program began this turn and has ended since (`died`), or goes on with it (`elsewhere`). */
  readonly begun: 'no' | 'died' | 'elsewhere';
}

export interface ReplyToSave {
  /** Rendered and ready for the channel (channels/render.ts), serialisable; sealed. */
  readonly body: unknown;
  readonly promptId: string | null;
  readonly replaces: string | null;
  /** Shows words of the person, which no other text may follow in the same bubble. */
  readonly quotes?: true;
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

/** Effects that need data from outside the engine are completed for the store; all others are unchanged. */
interface Prepared {
  /** The reference and the call of the session after the turn. */
  readonly 'open-case': Extract<Effect, { kind: 'open-case' }> & {
    readonly callId: string;
    readonly reference: string | null;
  };
  readonly consent: { readonly kind: 'consent'; readonly row: ConsentRow };
  readonly approve: { readonly kind: 'approve'; readonly mail: MailToQueue };
  readonly withdraw: { readonly kind: 'withdraw'; readonly mail: MailToQueue };
  /** `name`, `number`: what the former holder, who is told, called the case. */
  readonly 'take-case': {
    readonly kind: 'take-case';
    readonly code: string;
    readonly name: string;
    readonly number?: number;
  };
  /** `shownAs`: the prompt id of the replies; `mark`: rendered, replaces them. */
  readonly unsay: { readonly kind: 'unsay'; readonly shownAs: string; readonly mark: unknown };
  /** Words of this turn are then sealed for the person. */
  readonly erase: { readonly kind: 'erase'; readonly case: string };
}

/** Effects as the store applies them, by kind. */
export type EffectsToSave = {
  readonly [K in Effect['kind']]: K extends keyof Prepared ? Prepared[K] : Extract<Effect, { kind: K }>;
};

export type EffectToSave = EffectsToSave[Effect['kind']];

/** A complete turn: saved in one transaction or not at all. */
export interface TurnToSave {
  readonly pending: PendingTurn;
  /** `state`: unencrypted columns; the session itself is sealed. */
  readonly session: unknown;
  readonly state: SessionState;
  /** Null for people with one case at a time. */
  readonly cases: CasesToSave | null;
  readonly at: string;
  /** The event's text for the transcript; null if nothing was said (opened, mail). */
  readonly said: string | null;
  readonly effects: readonly EffectToSave[];
  readonly replies: readonly ReplyToSave[];
  /** Channels that draw replies from the transcript: replies to them count as sent when they are saved. Default none. */
  readonly drawnOn?: readonly string[];
  /** Milliseconds that a reply waits which a newer one may replace. Default 0. */
  readonly gathers?: number;
  /** The results of `build` and `copy`. */
  readonly documents: readonly DocumentToSave[];
  /** The call that this turn pins, with its archived text. */
  readonly archive: { readonly hash: string; readonly callId: string; readonly text: string } | null;
}

/** A key with its owner's id: values are sealed for an owner. */
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
  /** Seals everything before a case, and always the session. */
  readonly own: Owner;
  /** The contribution of this turn's answers, documents and mails; null before a case. */
  readonly contribution: Owner | null;
  readonly caseId: string | null;
  /** Seals the words of this turn: for the contribution of the session after it, or for the person. */
  readonly speaking: { readonly owner: Owner; readonly contribution: string | null };
  /** Ids of mails that this turn cancels; filled while it is saved. */
  readonly cancelled: string[];
}

/** Thrown within the transaction: something changed since the turn was loaded, so it is rolled back and taken again. */
export class StaleTurnError extends Error {}
