// Opens the store: connects, migrates the tables, replays the ledger.

import { statSync } from 'node:fs';
import { type Deadlines, DEADLINES } from '../deadlines.ts';
import type { MailOutcome } from '../dialog/engine/event.ts';
import { emptyLedger, type Ledger, LedgerError, openLedger } from '../vault/ledger.ts';
import { bindAll, type Context } from './db/context.ts';
import type { CommitListener, Database } from './db/database.ts';
import { openSqlite } from './db/sqlite.ts';
import { deskRows } from './desk/desk.ts';
import { staffNeeds } from './desk/staff-needs.ts';
import { troubleRows } from './desk/troubles.ts';
import { ownKeys } from './encryption/own-keys.ts';
import { eraseCase, erasePerson } from './erasure/erase.ts';
import { keptUntil } from './erasure/kept-until.ts';
import { purge } from './erasure/purge.ts';
import { holdAllMails, replayLedger } from './erasure/replay.ts';
import { keepSending, type MailAnswer, sendingMails, takeOverMail } from './mail/mail-attempts.ts';
import { mailsIn } from './mail/mails-in.ts';
import { approvals, dueMails, heldMails, mail } from './mail/outbox.ts';
import { endAttempt, markFrozen, releaseMail, startSending } from './mail/sending.ts';
import { accountRows } from './messengers/account-rows.ts';
import { sentRows } from './messengers/sent-rows.ts';
import { figures } from './figures.ts';
import { migrate, wasUsed } from './migrations/migrations.ts';
import { findCode, offeredCase } from './organisers/codes.ts';
import { contributionsOf } from './organisers/joints.ts';
import { sessions, sessionWithPart } from './organisers/organisers.ts';
import { mergeIdentities } from './people/merge-identities.ts';
import { goOnByNumber, moveAddress } from './people/move-address.ts';
import { resumeAt, resumeHere } from './people/resume-codes.ts';
import { endedUncleanly, recordStart, recordStop } from './people/runs.ts';
import { reviews } from './reviews/reviews.ts';
import { saveTurn } from './save-turn.ts';
import type { MailState } from './schema/feature-tables.ts';
import { closedKeys } from './sealed/proofs.ts';
import { openAgain } from './sealed/open-again.ts';
import { sealClosed } from './sealed/seal-closed.ts';
import { sealedCase } from './sealed/sealed-case.ts';
import { sharedRows } from './processes/shared-rows.ts';
import { auditRows } from './staff/audit-rows.ts';
import { passkeyRows } from './staff/passkey-rows.ts';
import { staffRows } from './staff/staff-codes.ts';
import { staffTries } from './staff/staff-tries.ts';
import { archivedCall, callAddresses, recordCallAddresses } from './turns/calls.ts';
import { consents } from './turns/consents.ts';
import { dueReplies } from './turns/due-replies.ts';
import { document, documentOf } from './turns/documents.ts';
import { addAlias, noteReach, peopleWaiting, personAt, post, receive, removeAddress } from './turns/inbox.ts';
import { held, parts } from './turns/parts.ts';
import { nextTurn, organiserHome, session } from './turns/pending.ts';
import { isUnheard, newestAsking, replyFailed, replySent, replyTextSent } from './turns/replies.ts';
import { settingAside } from './turns/set-aside.ts';
import { lastSaid, transcript, transcriptByReference, transcriptOfContribution } from './turns/transcript.ts';
import { voiceRows } from './voice/voice-rows.ts';
import { cloudRows, replyHeld } from './whatsapp/cloud-rows.ts';
import { whatsAppRows } from './whatsapp/whatsapp-rows.ts';

export type DatabaseAt =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

export interface StoreOptions {
  readonly database: DatabaseAt;
  /** 32 bytes (vault/master-key.ts). */
  readonly masterKey: Buffer;
  /** Outside the database and its backups. */
  readonly ledgerFile: string;
  /** Refuses a database that was used before if its ledger is not there. Default: an empty one is made. */
  readonly needsLedger?: boolean;
  readonly newId: () => string;
  /** ISO 8601, UTC. */
  readonly now: () => string;
  /** For a database on a server. */
  readonly deadlines?: Pick<Deadlines, 'database' | 'closing'>;
}

/** The driver of PostgreSQL is imported only if it is used: loading code is most of the cost of a start. */
export async function openDatabase(at: DatabaseAt, deadlines?: StoreOptions['deadlines']): Promise<Database> {
  if (at.kind === 'sqlite') return openSqlite(at.file);
  const { openPostgres } = await import('./db/postgres.ts');
  return openPostgres(at.url, deadlines ?? DEADLINES);
}

/** @throws if the database belongs to another master key, is newer than this program, or cannot be made durable. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { newId, now } = options;
  const database = await openDatabase(options.database, options.deadlines);
  const ledger = await openLedgerOf(database, options).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  try {
    await migrate(database);
    const master = await ownKeys(database, options.masterKey);
    const context: Context = { database, master, ledger, newId, now };
    await replayLedger(context);
    return composeStore(context);
  } catch (error) {
    await database.close();
    ledger.close();
    throw error;
  }
}

async function openLedgerOf(database: Database, { ledgerFile, needsLedger = false }: StoreOptions): Promise<Ledger> {
  // An unreachable one throws: it is not a lost one.
  const isThere = statSync(ledgerFile, { throwIfNoEntry: false }) !== undefined;
  if (needsLedger && !isThere && (await wasUsed(database))) {
    throw new LedgerError(
      `The ledger ${ledgerFile} is not there, but there is data that it belongs to. Put it back; nothing was changed. If it is lost for good and no backup was restored, make an empty one: ${emptyLedger(ledgerFile)}`,
    );
  }
  return openLedger(ledgerFile);
}

/** Callers pass and get plain values; personal data is sealed in the tables. */
export function composeStore(context: Context) {
  let closing: Promise<void> | null = null;
  const accounts = accountRows(context);
  const sent = sentRows(context);
  return {
    ...bindAll(context, {
      receive,
      post,
      personAt,
      addAlias,
      noteReach,
      removeAddress,
      resumeAt,
      resumeHere,
      mergeIdentities,
      moveAddress,
      goOnByNumber,
      peopleWaiting,

      nextTurn,
      organiserHome,
      parts,
      held,
      contributionsOf,
      findCode,
      offeredCase,
      sessions,
      sessionWithPart,
      saveTurn,

      dueReplies,
      replySent,
      replyFailed,
      replyHeld,
      replyTextSent,

      transcript,
      transcriptOfContribution,
      transcriptByReference,
      session,
      newestAsking,
      isUnheard,
      lastSaid,
      consents,
      document,

      dueMails,
      mail,
      documentOf,
      approvals,
      freezeMail: markFrozen,
      startSending,
      sendingMails,
      keepSending,
      takeOverMail,
      heldMails,
      holdAllMails,
      releaseMail,

      callAddresses,
      recordCallAddresses,
      archivedCall,

      erasePerson,
      eraseCase,
      purge,
      keptUntil,
      sealClosed,
      sealedCase,
      openAgain,

      figures,
      recordStart,
      recordStop,
      endedUncleanly,
    }),
    ...settingAside(context),
    endAttempt: (
      id: string,
      state: MailState,
      outcome: MailOutcome,
      at: string,
      retryAt: string | null,
      answer?: MailAnswer,
      holder?: string,
    ): Promise<boolean> =>
      endAttempt(context, id, {
        ...{ state, outcome, at, retryAt },
        ...(answer !== undefined && { answer }),
        ...(holder !== undefined && { holder }),
      }),

    mailsIn: mailsIn(context),
    staffNeeds: staffNeeds(context),
    troubles: troubleRows(context),
    desk: deskRows(context),
    accounts,
    sent,
    whatsapp: { ...accounts, ...sent, ...whatsAppRows(context), ...cloudRows(context) },
    voice: voiceRows(context),
    staff: staffRows(context),
    passkeys: passkeyRows(context),
    tries: staffTries(context),
    closedKeys: closedKeys(context),
    audit: auditRows(context),
    reviews: reviews(context),
    /** Everything that the master key gives for this database. */
    keys: context.master,
    /** Shared by several processes; null on SQLite, which has one. */
    shared: context.database.kind === 'postgres' ? sharedRows(context) : null,

    /** Announces what each later transaction of this process wrote, after its commit (store/db/database.ts). */
    onCommit: (listener: CommitListener): void => {
      context.database.onCommit(listener);
    },
    /** The same of other processes, if the database says it: a wake-up may be lost, so look regularly as well. */
    onCommitElsewhere: (listener: CommitListener): void => {
      context.database.onCommitElsewhere(listener);
    },
    /** Throws if the database cannot be written to. */
    async ping(): Promise<void> {
      const value = context.now();
      await context.database.write((db) =>
        db
          .insertInto('meta')
          .values({ name: 'ping', value })
          .onConflict((c) => c.column('name').doUpdateSet({ value }))
          .execute(),
      );
    },
    close: (): Promise<void> => (closing ??= close(context)),
  };
}

async function close({ database, ledger }: Context): Promise<void> {
  await database.close();
  ledger.close();
}

export type Store = ReturnType<typeof composeStore>;
