// Nothing leaves that was not approved as it is. Before every attempt, the first and each repetition, what lies in the
// outbox is held against the approvals on record and against the address that a person verified.

import { createHash } from 'node:crypto';
import type { OutboxItem, Store, StoredDocument } from '../store/store.ts';
import { isTrialAddress } from './mail-address.ts';
import { parseMailRequest } from './mail-request.ts';
import type { MailRequest } from './mail-request.ts';

/** What a manifest says about the mail (submission/ writes and reads it). */
export interface ManifestMail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly { readonly format: 'docx' | 'pdf'; /** Hex. */ readonly sha256: string }[];
}

/** Null for what is not a manifest. */
export type ReadManifest = (manifest: string) => ManifestMail | null;

/** Why a mail is held back. Codes without content: they are logged. */
export type HoldReason =
  | 'request-unreadable'
  | 'not-approved'
  | 'document-changed'
  | 'mail-changed'
  | 'address-not-verified'
  | 'trial-address';

export type Checked =
  | { readonly ok: true; readonly request: MailRequest; readonly document: StoredDocument | null }
  | { readonly ok: false; readonly reason: HoldReason };

export interface CheckDeps {
  readonly store: Pick<Store, 'approvals' | 'callAddress' | 'documentOf'>;
  readonly readManifest: ReadManifest;
  /** True where a mail really leaves: then a trial address is refused too. */
  readonly leavesMachine: boolean;
}

export async function checkApproved(item: OutboxItem, deps: CheckDeps): Promise<Checked> {
  const parsed = parseMailRequest(item.request);
  if (!parsed.ok) return held('request-unreadable');
  const { request } = parsed;
  if (request.reference !== item.reference || request.kind !== item.kind) return held('mail-changed');
  if (!(await deps.store.approvals(item.reference)).includes(item.sha256)) return held('not-approved');

  const verified = await deps.store.callAddress(request.callId);
  if (verified?.address !== request.to) return held('address-not-verified');
  if (deps.leavesMachine && isTrialAddress(request.to)) return held('trial-address');

  if (request.kind === 'withdrawal') {
    return sha256(request.body) === item.sha256 ? { ok: true, request, document: null } : held('mail-changed');
  }
  const document = await deps.store.documentOf(item);
  const reason = document === null ? 'document-changed' : difference(item, request, document, deps.readManifest);
  return reason === null ? { ok: true, request, document } : held(reason);
}

/** The manifest must be the approved one, the files those it names, and the mail the one it describes: byte for byte. */
function difference(
  item: OutboxItem,
  request: MailRequest,
  document: StoredDocument,
  readManifest: ReadManifest,
): HoldReason | null {
  if (document.manifest === null || sha256(document.manifest) !== item.sha256) return 'document-changed';
  const approved = readManifest(document.manifest);
  if (approved === null) return 'document-changed';
  const stored = document.files.map((file) => `${file.format} ${sha256(file.bytes)}`);
  const named = approved.files.map((file) => `${file.format} ${file.sha256}`);
  if (stored.length === 0 || stored.toSorted().join() !== named.toSorted().join()) return 'document-changed';
  const same = approved.to === request.to && approved.subject === request.subject && approved.body === request.body;
  return same ? null : 'mail-changed';
}

function held(reason: HoldReason): Checked {
  return { ok: false, reason };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
