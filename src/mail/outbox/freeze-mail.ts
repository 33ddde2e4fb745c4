// Turns an approved request and its stored files into the bytes that leave. Done once per outbox row, when the window
// has closed, so that the date is true; every attempt afterwards sends these bytes.

import { composeMail } from './compose-mail.ts';
import type { MailStamp } from './compose-mail.ts';
import type { MailRequest } from './mail-request.ts';
import { publicationHeaders } from './publication-headers.ts';
import { fileName } from '../../submission/file-name.ts';

export interface MailFile {
  readonly format: 'docx' | 'pdf';
  readonly bytes: Uint8Array;
}

export interface FreezeStamp extends MailStamp {
  /** The address that belongs to this row alone. */
  readonly replyTo: string;
}

const CONTENT_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const satisfies Record<MailFile['format'], string>;

/** A withdrawal has no files; every other mail at least one, or it throws. */
export async function freezeMail(
  request: MailRequest,
  files: readonly MailFile[],
  stamp: FreezeStamp,
): Promise<Uint8Array> {
  if ((request.kind === 'withdrawal') !== (files.length === 0)) {
    throw new Error(`A ${request.kind} cannot be frozen with ${files.length} files`);
  }
  return composeMail(
    {
      from: { name: request.fromName, address: request.from },
      to: { name: '', address: request.to },
      replyTo: { name: request.fromName, address: stamp.replyTo },
      subject: request.subject,
      text: request.body,
      headers: { ...publicationHeaders(request), 'Content-Language': request.language },
      attachments: files.map((file) => ({
        name: fileName(request, file.format),
        contentType: CONTENT_TYPES[file.format],
        bytes: file.bytes,
      })),
    },
    stamp,
  );
}
