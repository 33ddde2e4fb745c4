// Opens the store: connects, brings the tables up to date, replays the ledger, and composes the parts.

import { openLedger } from '../vault/ledger.ts';
import { addAlias, personAt, removeAddress } from './addresses.ts';
import { archivedCall, callAddress, setCallAddress } from './calls.ts';
import { consents } from './consents.ts';
import type { Context } from './context.ts';
import { document, documentOf } from './documents.ts';
import { eraseCase, erasePerson } from './erase.ts';
import { peopleWaiting, post, receive } from './inbox.ts';
import { checkMasterKey } from './master-check.ts';
import { migrate } from './migrations.ts';
import { approvals, dueMails, heldMails, mail } from './outbox.ts';
import { held, parts } from './parts.ts';
import { nextTurn, session } from './pending.ts';
import { openPostgres } from './postgres.ts';
import { purge } from './purge.ts';
import { replayLedger } from './replay.ts';
import { dueReplies, replyFailed, replySent } from './replies.ts';
import { endAttempt, freezeMail, recoverSending, releaseMail, startSending } from './sending.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';
import { transcript, transcriptByReference } from './transcript.ts';
import { saveTurn } from './turns.ts';

export type DatabaseAt =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

export interface StoreOptions {
  readonly database: DatabaseAt;
  /** 32 bytes (vault/master-key.ts). */
  readonly masterKey: Buffer;
  /** Outside the database and outside its backups. */
  readonly ledgerFile: string;
  readonly newId: () => string;
  /** ISO 8601, UTC. */
  readonly now: () => string;
}

/** @throws when the database belongs to another master key, is newer than this program, or cannot be made durable. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { masterKey: master, newId, now } = options;
  const ledger = openLedger(options.ledgerFile);
  const database =
    options.database.kind === 'sqlite'
      ? await openSqlite(options.database.file)
      : await openPostgres(options.database.url);
  const context: Context = { database, master, ledger, newId, now };
  try {
    await migrate(database);
    await checkMasterKey(context);
    await replayLedger(context);
  } catch (error) {
    await database.close();
    ledger.close();
    throw error;
  }
  return composeStore(context);
}

function composeStore(context: Context): Store {
  return {
    receive: (incoming) => receive(context, incoming),
    post: (person, event) => post(context, person, event),
    personAt: (address) => personAt(context, address),
    addAlias: (person, address) => addAlias(context, person, address),
    removeAddress: (address) => removeAddress(context, address),
    peopleWaiting: () => peopleWaiting(context),

    nextTurn: (person) => nextTurn(context, person),
    parts: (contribution) => parts(context, contribution),
    held: (person) => held(context, person),
    saveTurn: (turn) => saveTurn(context, turn),

    dueReplies: (channel, limit) => dueReplies(context, channel, limit),
    replySent: (id, at) => replySent(context, id, at),
    replyFailed: (id, error, retryAt) => replyFailed(context, id, error, retryAt),

    transcript: (person, since) => transcript(context, person, since),
    transcriptByReference: (reference) => transcriptByReference(context, reference),
    session: (person) => session(context, person),
    consents: (contribution) => consents(context, contribution),
    document: (person, kind) => document(context, person, kind),

    dueMails: (at, limit) => dueMails(context, at, limit),
    mail: (reference) => mail(context, reference),
    documentOf: (item) => documentOf(context, item),
    approvals: (reference) => approvals(context, reference),
    freezeMail: (id, bytes, at) => freezeMail(context, id, bytes, at),
    startSending: (id, at) => startSending(context, id, at),
    endAttempt: (id, state, outcome, at, retryAt) => endAttempt(context, id, state, outcome, at, retryAt),
    heldMails: () => heldMails(context),
    releaseMail: (id, at) => releaseMail(context, id, at),
    recoverSending: (at) => recoverSending(context, at),

    callAddress: (callId) => callAddress(context, callId),
    setCallAddress: (address) => setCallAddress(context, address),
    archivedCall: (hash) => archivedCall(context, hash),

    erasePerson: (person) => erasePerson(context, person),
    eraseCase: (caseId) => eraseCase(context, caseId),
    purge: (at, keep) => purge(context, at, keep),

    async ping() {
      const value = context.now();
      await context.database.write((db) =>
        db
          .insertInto('meta')
          .values({ name: 'ping', value })
          .onConflict((c) => c.column('name').doUpdateSet({ value }))
          .execute(),
      );
    },
    async close() {
      await context.database.close();
      context.ledger.close();
    },
  };
}
