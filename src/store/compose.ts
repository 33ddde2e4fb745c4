// The store out of its parts, each of which knows one subject.

import type { Context } from './db/context.ts';
import type { DeskStore } from './desk/desk-port.ts';
import { deskRows } from './desk/desk.ts';
import { staffNeeds } from './desk/staff-needs.ts';
import { eraseCase, erasePerson } from './erasure/erase.ts';
import { purge } from './erasure/purge.ts';
import { keepSending, sendingMails, takeOverMail } from './mail/mail-attempts.ts';
import { mailsIn } from './mail/mails-in.ts';
import { approvals, dueMails, heldMails, mail } from './mail/outbox.ts';
import { endAttempt, markFrozen, releaseMail, startSending } from './mail/sending.ts';
import { findCode, offeredCase } from './organisers/codes.ts';
import { contributionsOf } from './organisers/joints.ts';
import { sessions, sessionWithPart } from './organisers/organisers.ts';
import { addAlias, personAt, removeAddress } from './people/addresses.ts';
import { endedUncleanly, recordStart, recordStop } from './people/runs.ts';
import { resumeAt, resumeHere } from './people/resume-codes.ts';
import { mergeIdentities } from './people/merge-identities.ts';
import { reviews } from './reviews/reviews.ts';
import { saveTurn } from './save-turn.ts';
import { auditRows } from './staff/audit-rows.ts';
import { passkeyRows } from './staff/passkey-rows.ts';
import { staffRows } from './staff/staff-codes.ts';
import { staffTries } from './staff/staff-tries.ts';
import { archivedCall, callAddress, setCallAddress } from './turns/calls.ts';
import { consents } from './turns/consents.ts';
import { document, documentOf } from './turns/documents.ts';
import { peopleWaiting, post, receive } from './turns/inbox.ts';
import { held, parts } from './turns/parts.ts';
import { nextTurn, session } from './turns/pending.ts';
import { dueReplies, isUnheard, newestAsking, replyFailed, replySent } from './turns/replies.ts';
import { settingAside } from './turns/set-aside.ts';
import { lastSaid, transcript, transcriptByReference, transcriptOfContribution } from './turns/transcript.ts';
import { voiceRows } from './voice/voice-rows.ts';
import { whatsAppRows } from './whatsapp/whatsapp-rows.ts';

export function composeStore(context: Context): DeskStore {
  let closing: Promise<void> | null = null;
  return {
    receive: (incoming) => receive(context, incoming),
    post: (person, event) => post(context, person, event),
    personAt: (address) => personAt(context, address),
    addAlias: (person, address) => addAlias(context, person, address),
    removeAddress: (address) => removeAddress(context, address),
    resumeAt: (code, to, since) => resumeAt(context, code, to, since),
    resumeHere: (code, from, since) => resumeHere(context, code, from, since),
    mergeIdentities: (meeting) => mergeIdentities(context, meeting),
    peopleWaiting: () => peopleWaiting(context),

    nextTurn: (person) => nextTurn(context, person),
    parts: (contribution) => parts(context, contribution),
    held: (person) => held(context, person),
    contributionsOf: (caseId) => contributionsOf(context, caseId),
    findCode: (typed, now) => findCode(context, typed, now),
    offeredCase: (code, now) => offeredCase(context, code, now),
    sessions: (person) => sessions(context, person),
    sessionWithPart: (person, messageId) => sessionWithPart(context, person, messageId),
    saveTurn: (turn) => saveTurn(context, turn),
    ...settingAside(context),

    dueReplies: (channel, limit) => dueReplies(context, channel, limit),
    replySent: (id, at) => replySent(context, id, at),
    replyFailed: (id, error, retryAt) => replyFailed(context, id, error, retryAt),

    transcript: (person, since, drawnOn) => transcript(context, person, since, drawnOn),
    transcriptOfContribution: (person, contribution) => transcriptOfContribution(context, person, contribution),
    transcriptByReference: (reference) => transcriptByReference(context, reference),
    session: (person) => session(context, person),
    newestAsking: (person, promptId) => newestAsking(context, person, promptId),
    isUnheard: (person) => isUnheard(context, person),
    lastSaid: (person) => lastSaid(context, person),
    consents: (contribution) => consents(context, contribution),
    document: (person, kind, contribution) => document(context, person, kind, contribution),

    dueMails: (at, limit) => dueMails(context, at, limit),
    mail: (reference) => mail(context, reference),
    documentOf: (item) => documentOf(context, item),
    approvals: (reference) => approvals(context, reference),
    freezeMail: (id, bytes, at) => markFrozen(context, id, bytes, at),
    startSending: (id, holder, attempts) => startSending(context, id, holder, attempts),
    sendingMails: () => sendingMails(context),
    keepSending: (id, holder) => keepSending(context, id, holder),
    takeOverMail: (lease, at) => takeOverMail(context, lease, at),
    endAttempt: (id, state, outcome, at, retryAt, answer, holder) =>
      endAttempt(context, id, {
        ...{ state, outcome, at, retryAt },
        ...(answer !== undefined && { answer }),
        ...(holder !== undefined && { holder }),
      }),
    heldMails: () => heldMails(context),
    releaseMail: (id, at) => releaseMail(context, id, at),

    callAddress: (callId) => callAddress(context, callId),
    setCallAddress: (address) => setCallAddress(context, address),
    archivedCall: (hash) => archivedCall(context, hash),

    erasePerson: (person) => erasePerson(context, person),
    eraseCase: (caseId) => eraseCase(context, caseId),
    purge: (at, keep) => purge(context, at, keep),

    mailsIn: mailsIn(context),
    staffNeeds: staffNeeds(context),
    desk: deskRows(context),
    whatsapp: whatsAppRows(context),
    voice: voiceRows(context),
    staff: staffRows(context),
    passkeys: passkeyRows(context),
    tries: staffTries(context),
    audit: auditRows(context),
    reviews: reviews(context),

    onCommit: (listener) => context.database.onCommit(listener),

    recordStart: (boot) => recordStart(context, boot),
    recordStop: (boot) => recordStop(context, boot),
    endedUncleanly: (boot) => endedUncleanly(context, boot),

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
    close: () => (closing ??= close(context)),
  };
}

async function close({ database, ledger }: Context): Promise<void> {
  await database.close();
  ledger.close();
}
