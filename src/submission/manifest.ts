// The manifest that a person approves: one text, identified by its SHA-256.

import { createHash } from 'node:crypto';
import type { ConsentPurpose } from '../dialog/engine/effect.ts';
import type { DocumentModel } from './document-model.ts';

export interface ManifestConsent {
  readonly purpose: ConsentPurpose;
  readonly subject: 'author' | 'harmed';
  readonly value: string;
  readonly wordingHash: string;
}

/** Everything that leaves, but not when or how: date, Message-ID and Reply-To are not approved. */
export interface ManifestContent {
  readonly model: DocumentModel;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Of the mail. */
  readonly body: string;
  readonly recipient: string;
  readonly subject: string;
  /** In the order in which they were given. */
  readonly consents: readonly ManifestConsent[];
  readonly late: boolean;
}

export interface Manifest {
  /** Canonical JSON: keys sorted, no white space. */
  readonly text: string;
  /** Hex. */
  readonly sha256: string;
}

const VERSION = 1;

/** The same content gives the same manifest; one changed byte gives another one. */
export function buildManifest({ model, files, consents, ...mail }: ManifestContent): Manifest {
  const text = canonicalJson({
    ...mail,
    version: VERSION,
    model,
    files: Object.fromEntries(files.map(({ name, bytes }) => [name, sha256(bytes)])),
    consents: consents.map(({ purpose, subject, value, wordingHash }) => ({ purpose, subject, value, wordingHash })),
  });
  return { text, sha256: sha256(text) };
}

/** SHA-256 in hex; a text is hashed as UTF-8. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
