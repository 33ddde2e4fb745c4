// The port to what is kept. Values go in and come out open; what a person wrote or is lies sealed in the tables.
// SQLite and PostgreSQL stand behind the same queries (store/open.ts).

import type { Address, Incoming } from '../channels/channel.ts';
import type { Part } from '../dialog/engine/effect.ts';
import type { Event, MailOutcome } from '../dialog/engine/event.ts';
import type { Retention } from './erasure/purge.ts';
import type { MailAnswer, MailLease, OutboxItem } from './mail/mail-attempts.ts';
import type { OrganiserStore } from './organisers/organiser-port.ts';
import type { CommitListener } from './db/database.ts';
import type { GoingOn } from './people/going-on-port.ts';
import type { RowsOfRooms } from './rows-of-rooms.ts';
import type { MailState } from './schema/feature-tables.ts';
import type { CallAddress } from './turns/calls.ts';
import type { StoredDocument } from './turns/documents.ts';
import type { DueReply } from './turns/replies.ts';
import type { SettingAside } from './turns/set-aside.ts';
import type { TranscriptLine } from './turns/transcript.ts';
import type { ConsentRow, PendingTurn, TurnToSave } from './turns/turn-work.ts';

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

  /** Tells what each later transaction of this process wrote, after its commit (store/db/database.ts). */
  onCommit(listener: CommitListener): void;
  /** Throws when the database cannot be written to. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
