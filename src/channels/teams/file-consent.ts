// A document is offered with a card; Teams asks the person, and names the upload URL in their own OneDrive.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DocumentKind } from './ports.ts';

const contextSchema = z.strictObject({
  griot: z.strictObject({
    kind: z.enum(['preview', 'final', 'copy']),
    format: z.enum(['docx', 'pdf']),
    /** The beginning of the file's SHA-256: another document must not be sent under this card. */
    mark: z.string().max(64),
    /** Its contribution: one person may have several texts. */
    of: z.string().min(1).max(100).exactOptional(),
  }),
});

const consentSchema = z.discriminatedUnion('action', [
  z.looseObject({
    action: z.literal('accept'),
    context: contextSchema,
    uploadInfo: z.looseObject({
      contentUrl: z.string().max(4000),
      uploadUrl: z.string().max(4000),
      uniqueId: z.string().max(500),
      name: z.string().max(500),
      fileType: z.string().max(50),
    }),
  }),
  z.looseObject({ action: z.literal('decline') }),
]);

export interface OfferedDocument {
  readonly kind: DocumentKind;
  readonly format: 'docx' | 'pdf';
  readonly mark: string;
  readonly of?: string;
}

export interface UploadPlace {
  readonly contentUrl: string;
  readonly uploadUrl: string;
  readonly uniqueId: string;
  readonly name: string;
  readonly fileType: string;
}

export type FileConsent =
  | { readonly kind: 'accepted'; readonly document: OfferedDocument; readonly place: UploadPlace }
  | { readonly kind: 'declined' };

export function parseConsent(value: unknown): FileConsent | null {
  const parsed = consentSchema.safeParse(value);
  if (!parsed.success) return null;
  const { data } = parsed;
  if (data.action === 'decline') return { kind: 'declined' };
  const { contentUrl, uploadUrl, uniqueId, name, fileType } = data.uploadInfo;
  const place = { contentUrl, uploadUrl, uniqueId, name, fileType };
  return { kind: 'accepted', document: data.context.griot, place };
}

export function markOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** The card that offers a file; its name reveals nothing. */
export function consentCard(offered: OfferedDocument, size: number, description: string) {
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name: `document.${offered.format}`,
    content: { description, sizeInBytes: size, acceptContext: { griot: offered }, declineContext: {} },
  };
}

/** The card that links the uploaded file. */
export function infoCard({ contentUrl, name, uniqueId, fileType }: UploadPlace) {
  return {
    contentType: 'application/vnd.microsoft.teams.card.file.info',
    contentUrl,
    name,
    content: { uniqueId, fileType },
  };
}
