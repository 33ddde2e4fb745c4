// Puts one approved mail into a real store, by the way that every mail takes: a message, a turn, a saved turn.

import { addressesIn } from '../../src/mail/recipients.ts';
import type { MailRequest } from '../../src/mail/outbox/mail-request.ts';
import type { Store } from '../../src/store/open.ts';
import type { DocumentToSave, PendingTurn, TurnToSave } from '../../src/store/turns/turn-work.ts';
import { fileName } from '../../src/submission/file-name.ts';
import { buildManifest, sha256 } from '../../src/submission/manifest.ts';
import { type Change, turnOver } from '../store/family.ts';
import { modelOf } from './a-model.ts';

export const QUEUED_AT = '2026-03-01T12:00:00.000Z';
export const PHONE = '+5571987654321';
const ADDRESS = { channel: 'whatsapp', account: 'acc-canary-77', address: PHONE } as const;

export const FILES = [
  { format: 'docx', bytes: new Uint8Array(Buffer.from('the Word file of a family')) },
  { format: 'pdf', bytes: new Uint8Array(Buffer.from('the PDF file of a family')) },
] as const;

export interface QueueOptions {
  /** What lies in the store after the approval; by default what was approved. */
  readonly tamper?: (document: DocumentToSave) => DocumentToSave;
  /** The request as queued, where it is not the one that was approved. */
  readonly queuedRequest?: MailRequest;
  readonly verified?: string | null;
  /** Of the Word file; a few by default. */
  readonly bytes?: number;
  /** Set apart several persons in one store. */
  readonly name?: string;
}

export async function queueMail(store: Store, request: MailRequest, options: QueueOptions = {}) {
  const name = options.name ?? 'one';
  const from = { ...ADDRESS, address: `${PHONE}${name === 'one' ? '' : name}` };
  const event = { id: `m-${name}`, at: QUEUED_AT, kind: 'message', text: 'ENVIAR' } as const;
  const { person } = await store.receive({ from, messageId: event.id, language: 'pt', event });
  const pending = await store.nextTurn(person);
  if (pending === null) throw new Error('no turn');

  const verified = options.verified === undefined ? request.to : options.verified;
  if (verified !== null) {
    const provenance = { source: 'the official page', verifiedBy: 'Ana and Bea', verifiedAt: QUEUED_AT };
    const { callId } = request;
    await store.recordCallAddresses(
      addressesIn(verified).map((address) => ({ callId, address, ...provenance, withdrawnAt: null })),
    );
  }
  const document = request.kind === 'withdrawal' ? null : approvedDocument(request, options.bytes);
  const approved = document?.sha256 ?? sha256(request.body);
  const caseId = `case-${name}`;
  const saved = await store.saveTurn(
    emptyTurn(pending, {
      openCase: { case: caseId, contribution: `contribution-${name}` },
      state: {
        step: 'sent',
        language: 'pt',
        reference: request.reference,
        callId: request.callId,
        case: caseId,
        contribution: `contribution-${name}`,
      },
      documents: document === null ? [] : [options.tamper?.(document) ?? document],
      mails: [
        {
          kind: request.kind,
          reference: request.reference,
          sha256: approved,
          notBefore: QUEUED_AT,
          request: options.queuedRequest ?? request,
        },
      ],
    }),
  );
  if (saved !== 'saved') throw new Error('stale');
  return { person, caseId };
}

/** *stop* inside the window. */
export async function cancelMail(store: Store, person: string, reference: string): Promise<void> {
  const event = { id: 'm-stop', at: QUEUED_AT, kind: 'message', text: 'PARAR' } as const;
  await store.receive({ from: ADDRESS, messageId: event.id, language: 'pt', event });
  const pending = await store.nextTurn(person);
  if (pending === null) throw new Error('no turn');
  await store.saveTurn(emptyTurn(pending, { cancel: [reference] }));
}

function approvedDocument(request: MailRequest, bytes?: number): DocumentToSave {
  const files = FILES.map((file) => ({
    ...file,
    ...(bytes !== undefined && file.format === 'docx' && { bytes: new Uint8Array(bytes).fill(0x41) }),
    name: fileName(request, file.format),
  }));
  const { text, sha256: hash } = buildManifest({
    model: modelOf(request),
    files,
    body: request.body,
    recipient: request.to,
    subject: request.subject,
    consents: [{ purpose: 'publication', subject: 'author', value: request.publication, wordingHash: 'ab12' }],
    late: request.late,
  });
  return { kind: 'final', reference: request.reference, sha256: hash, manifest: text, files };
}

/** A turn that only consumes its event. */
export async function saveEmpty(store: Store, pending: PendingTurn): Promise<void> {
  await store.saveTurn(emptyTurn(pending));
}

function emptyTurn(pending: PendingTurn, change: Change = {}): TurnToSave {
  const none = { step: 'sent', language: 'pt', reference: null, callId: 'emler-2024', case: null } as const;
  return turnOver(pending, {
    ...{ session: { step: 'sent' }, state: { ...none, contribution: null }, at: QUEUED_AT, said: null },
    ...change,
  });
}
