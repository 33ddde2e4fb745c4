// The port to what is kept. Values go in and come out open; what a person wrote or is lies sealed in the tables.
// SQLite and PostgreSQL stand behind the same queries (store/open.ts).

import type { Address, Incoming } from '../channels/channel.ts';
import type { Event, MailOutcome } from '../dialog/engine/event.ts';
import type { Effect, Part } from '../dialog/engine/effect.ts';
import type { Language } from '../languages.ts';
import type { GoingOn } from './people/going-on-port.ts';
import type { VoiceRetention } from './voice/voice-port.ts';
import type { ConsentRow } from './turns/consent-row.ts';
import type { CasesToSave, OrganiserStore, SessionState } from './organisers/organiser-port.ts';
import type { RowsOfRooms } from './rows-of-rooms.ts';
import type { MailAnswer, MailLease, MailState, MailToQueue, OutboxItem } from './mail/mail-port.ts';
import type { SettingAside } from './turns/set-aside-port.ts';

export type { MailAnswer, MailLease, MailState, MailToQueue, OutboxItem, ReviewTerms } from './mail/mail-port.ts';

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

export type { ConsentRow } from './turns/consent-row.ts';

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

export interface StoredDocument extends DocumentToSave {
  readonly id: string;
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

export interface DueReply {
  readonly id: string;
  readonly person: string;
  readonly address: Address;
  readonly body: unknown;
  readonly attempts: number;
}

/** One line of a transcript, oldest first. */
export interface TranscriptLine {
  readonly at: string;
  /** `staff`: a person of the operator. */
  readonly from: 'person' | 'bot' | 'staff';
  /** The message's id for a person, the reply's for the bot. */
  readonly id: string;
  /** Null where it was deleted or redacted: a mark without content. */
  readonly text: string | null;
  readonly edited: boolean;
  /** The reply as rendered, for channels that draw it. */
  readonly body: unknown;
  readonly promptId: string | null;
}

export interface CallAddress {
  readonly callId: string;
  readonly address: string;
  readonly source: string;
  readonly verifiedBy: string;
  readonly verifiedAt: string;
}

export interface Store extends RowsOfRooms, OrganiserStore, GoingOn, SettingAside {
  // — messages in —
  /**
   * Durable before it resolves. `new: false` for a repeat. Makes the person where the address is new. A repeat of what
   * somebody erased wrote is dropped, and `person` is then an id that nobody has.
   */
  receive(incoming: Incoming): Promise<{ readonly person: string; readonly new: boolean }>;
  /** An event from within (a mail's outcome): same inbox, own key. Repeats are dropped by `event.id`. */
  post(person: string, event: Event): Promise<void>;
  /** The person behind an address, or null; `since`: when this address became theirs (ISO). */
  personAt(address: Address): Promise<{ readonly person: string; readonly since: string } | null>;
  /** Another address of the same person, e.g. a new browser after the code was given. */
  addAlias(person: string, address: Address): Promise<void>;
  /** Takes one address away (leave quickly, code used up). */
  removeAddress(address: Address): Promise<void>;
  /** Persons with events not yet turned into turns (after a restart). */
  peopleWaiting(): Promise<readonly string[]>;

  // — a turn —
  nextTurn(person: string): Promise<PendingTurn | null>;
  parts(contribution: string): Promise<readonly Part[]>;
  held(person: string): Promise<readonly Part[]>;
  /** 'stale': another process was faster; load again. */
  saveTurn(turn: TurnToSave): Promise<'saved' | 'stale'>;

  // — replies out —
  /** In order per person; a reply waits for the one before it. At most `limit` people at a time. */
  dueReplies(channel: string, limit: number): Promise<readonly DueReply[]>;
  /** `at`: when it was known to have arrived; null: not yet. */
  replySent(id: string, at: string | null): Promise<void>;
  /** `retryAt: null`: it can never be sent; marked and skipped. */
  replyFailed(id: string, error: string, retryAt: string | null): Promise<void>;

  // — what was said —
  /** From `since` (ISO) on; all of it where null. `drawnOn`: what was for the person only stands in replies to this channel. */
  transcript(person: string, since: string | null, drawnOn?: string): Promise<readonly TranscriptLine[]>;
  /** Of one contribution alone. */
  transcriptOfContribution(person: string, contribution: string): Promise<readonly TranscriptLine[]>;
  /** For staff: by the reference that stands in the document. */
  transcriptByReference(reference: string): Promise<readonly TranscriptLine[] | null>;
  /** The session as last saved, unparsed. */
  session(person: string): Promise<unknown>;
  consents(contribution: string): Promise<readonly ConsentRow[]>;
  /** `contribution`: of this text; without it the newest of all. */
  document(person: string, kind: 'preview' | 'final' | 'copy', contribution?: string): Promise<StoredDocument | null>;

  // — mail out —
  dueMails(now: string, limit: number): Promise<readonly OutboxItem[]>;
  mail(reference: string): Promise<readonly OutboxItem[]>;
  documentOf(item: Pick<OutboxItem, 'contribution' | 'reference' | 'sha256'>): Promise<StoredDocument | null>;
  /** The approvals on record for a reference: SHA-256 of manifests. Nothing leaves that is not among them. */
  approvals(reference: string): Promise<readonly string[]>;
  /** waiting → frozen, once; false where it was cancelled meanwhile. */
  freezeMail(id: string, bytes: Uint8Array, at: string): Promise<boolean>;
  /**
   * frozen | uncertain → sending, committed before connecting; false where another process has or had it since it was
   * read with so many `attempts`, or it was cancelled.
   */
  startSending(id: string, holder: string, attempts: number): Promise<boolean>;
  /** Every mail that some process is handing over. */
  sendingMails(): Promise<readonly MailLease[]>;
  /** "I still hand it over"; false where it is not this process's any more. */
  keepSending(id: string, holder: string): Promise<boolean>;
  /** sending → uncertain, due then, to be sent again with the same bytes; false where its holder has moved since. */
  takeOverMail(lease: MailLease, at: string): Promise<boolean>;
  /**
   * Ends an attempt, and posts the outcome to the person's inbox in the same transaction. `retryAt`: tried again then.
   * False, and nothing changed, where another process than `holder` has the mail.
   */
  endAttempt(
    id: string,
    state: MailState,
    outcome: MailOutcome,
    at: string,
    retryAt: string | null,
    answer?: MailAnswer,
    holder?: string,
  ): Promise<boolean>;
  /** Mails that wait for a person of the operator, because the database was restored from a backup. */
  heldMails(): Promise<readonly OutboxItem[]>;
  /** held → waiting, frozen or uncertain, as far as it had come; false where it is not held. */
  releaseMail(id: string, at: string): Promise<boolean>;

  // — addresses of calls —
  callAddress(callId: string): Promise<CallAddress | null>;
  setCallAddress(address: CallAddress): Promise<void>;
  /** The archived text of a pinned call. */
  archivedCall(hash: string): Promise<string | null>;

  // — erasure —
  /** Destroys the person's keys, removes the rows, writes the ledger; in SQLite also truncates the WAL. */
  erasePerson(person: string, at: string): Promise<void>;
  eraseCase(caseId: string, at: string): Promise<void>;
  /** Erases what is older than its promise; tells what was erased. */
  purge(
    now: string,
    keep: Retention,
  ): Promise<{ readonly drafts: number; readonly closed: number; readonly held: number }>;

  /** Throws when the database cannot be written to. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** In days; `heldHours` for what came before the yes. */
export interface Retention extends VoiceRetention {
  readonly idleDays: number;
  readonly closedDays: number;
  readonly heldHours: number;
}
