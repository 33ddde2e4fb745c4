// Only approved content leaves. Before every attempt the outbox row is compared with the recorded approvals and the
// verified address.

import { z } from 'zod';
import { PUBLICATIONS } from '../../dialog/engine/draft.ts';
import { LANGUAGES } from '../../languages.ts';
import type { OutboxItem } from '../../store/mail/mail-attempts.ts';
import type { Store } from '../../store/open.ts';
import type { StoredDocument } from '../../store/turns/documents.ts';
import { sha256 } from '../../submission/manifest.ts';
import { SealBrokenError } from '../../vault/seal.ts';
import { isTrialAddress } from '../address.ts';
import { addressesIn, type RecipientOf } from '../recipients.ts';
import { type MailRequest, parseMailRequest } from './mail-request.ts';
import type { MailTransport } from './transport.ts';

/** Parses the part of submission/manifest.ts that a mail must match. */
const schema = z.object({
  version: z.literal(1),
  body: z.string(),
  recipient: z.string(),
  subject: z.string(),
  late: z.boolean(),
  /** File name → SHA-256 (hex). */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
  model: z.object({
    language: z.enum(LANGUAGES),
    reference: z.string(),
    publication: z.enum(PUBLICATIONS),
  }),
});

type ReadManifest = z.infer<typeof schema>;

/** Null if it is not a manifest of this version. */
function readManifest(text: string): ReadManifest | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Why a mail is held. Codes without content, since they are logged. */
export type HoldReason =
  | 'request-unreadable'
  | 'not-approved'
  | 'not-released'
  | 'document-changed'
  | 'mail-changed'
  | 'address-not-verified'
  | 'trial-address';

export type Checked =
  | { readonly ok: true; readonly request: MailRequest; readonly document: StoredDocument | null }
  | { readonly ok: false; readonly reason: HoldReason };

export interface Approving {
  readonly store: ApprovalStore;
  readonly recipientOf: RecipientOf;
  /** If a mail really leaves, a trial address is also refused. */
  readonly transport: Pick<MailTransport, 'leavesMachine'>;
}

export type ApprovalStore = Pick<Store, 'approvals' | 'documentOf'>;

export async function checkApproved(item: OutboxItem, { store, recipientOf, transport }: Approving): Promise<Checked> {
  const parsed = parseMailRequest(item.request);
  if (!parsed.ok) return held('request-unreadable');
  const { request } = parsed;
  if (request.reference !== item.reference || request.kind !== item.kind) return held('mail-changed');
  if (!(await store.approvals(item.reference)).includes(item.sha256)) return held('not-approved');
  if (!item.released) return held('not-released');

  if ((await recipientOf(request.callId)) !== request.to) return held('address-not-verified');
  if (transport.leavesMachine && addressesIn(request.to).some(isTrialAddress)) return held('trial-address');

  if (request.kind === 'withdrawal') {
    return sha256(request.body) === item.sha256 ? { ok: true, request, document: null } : held('mail-changed');
  }
  const document = await openDocument(item, store);
  const manifest = document?.manifest ?? null;
  if (document === null || manifest === null || sha256(manifest) !== item.sha256) return held('document-changed');
  const approved = readManifest(manifest);
  if (approved === null || !filesAgree(document, approved)) return held('document-changed');
  return mailAgrees(request, approved) ? { ok: true, request, document } : held('mail-changed');
}

/** Also null if a byte of it was changed in the database, so that it cannot be decrypted. */
async function openDocument(item: OutboxItem, store: ApprovalStore): Promise<StoredDocument | null> {
  try {
    return await store.documentOf(item);
  } catch (error) {
    if (error instanceof SealBrokenError) return null;
    throw error;
  }
}

/** Every stored file matches the manifest byte for byte, and none is missing. */
function filesAgree(document: StoredDocument, { files }: ReadManifest): boolean {
  return (
    document.files.length > 0 &&
    document.files.length === Object.keys(files).length &&
    document.files.every(({ name, bytes }) => files[name] === sha256(bytes))
  );
}

function mailAgrees(request: MailRequest, approved: ReadManifest): boolean {
  return (
    request.to === approved.recipient &&
    request.subject === approved.subject &&
    request.body === approved.body &&
    request.late === approved.late &&
    request.publication === approved.model.publication &&
    request.language === approved.model.language &&
    request.reference === approved.model.reference
  );
}

function held(reason: HoldReason): Checked {
  return { ok: false, reason };
}
