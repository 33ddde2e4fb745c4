// The complete bytes of one message (RFC 5322). The same input always gives the same bytes.

import type { Publication } from '../../dialog/engine/draft.ts';
import { fileName } from '../../submission/file-name.ts';
import { addressesIn } from '../recipients.ts';
import type { MailRequest } from './mail-request.ts';
import type { Answered } from './mail-thread.ts';

export interface MailParts {
  readonly from: { readonly name: string; readonly address: string };
  /** One address each, because a string with a comma would be two. */
  readonly to: readonly string[];
  readonly replyTo: { readonly name: string; readonly address: string } | null;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }[];
}

/** Values that would otherwise differ in every build. */
export interface MailStamp {
  /** With angle brackets: `<id@domain>`. */
  readonly messageId: string;
  readonly date: Date;
  /** Shared part of the MIME boundaries; letters and digits. */
  readonly boundary: string;
  /** Message-IDs of the thread that it belongs to, the oldest first. Default: it begins one. */
  readonly answers?: Answered;
}

/** CRLF line ends; no program name, no time zone, nothing read from a file or the network. */
export async function composeMail(parts: MailParts, stamp: MailStamp): Promise<Uint8Array> {
  const { createTransport } = await import('nodemailer');
  const composer = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { answers = [] } = stamp;
  const inReplyTo = answers.at(-1);
  const { message } = await composer.sendMail({
    from: onlyText(parts.from),
    to: parts.to.map((address) => onlyText({ name: '', address })),
    ...(parts.replyTo === null ? {} : { replyTo: onlyText(parts.replyTo) }),
    subject: plainHeader(parts.subject),
    // Quoted-printable keeps every line as it was approved; the default would mark long plain lines as "flowed".
    text: { content: parts.text, contentTransferEncoding: 'quoted-printable' },
    headers: parts.headers,
    attachments: parts.attachments.map((file) => ({
      filename: file.name,
      contentType: file.contentType,
      content: Buffer.from(file.bytes),
    })),
    messageId: stamp.messageId,
    ...(inReplyTo === undefined ? {} : { inReplyTo, references: [...answers] }),
    date: stamp.date,
    baseBoundary: stamp.boundary,
    xMailer: false,
  });
  if (!Buffer.isBuffer(message)) throw new Error('The composer did not return bytes');
  return new Uint8Array(message);
}

function onlyText(mailbox: { readonly name: string; readonly address: string }): { name: string; address: string } {
  return { name: plainHeader(mailbox.name), address: mailbox.address };
}

/**
 * A name or subject can neither become a second header nor read otherwise than it was written: line breaks and other
 * controls become spaces, marks that change the direction of text are removed, and `=?` is split by an invisible space,
 * so that no mail program takes it for an encoded word (RFC 2047).
 */
function plainHeader(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .replaceAll('=?', '=\u200b?')
    .trim();
}

type Headers = Readonly<Partial<Record<'Sensitivity' | 'Keywords', string>>>;

/**
 * Headers for the publication choice, which mail programs show or search. English constants, never translated, without
 * personal data; people read the sentence in the first line of the body. Why these headers: docs/decisions/0020.
 */
const HEADERS: Readonly<Record<Publication, Headers>> = {
  'public-named': {},
  'public-unnamed': { Keywords: 'publish-without-names' },
  confidential: { Sensitivity: 'Company-Confidential', Keywords: 'confidential, do-not-publish' },
};

/** A withdrawal is confidential, whatever was chosen for the submission that it withdraws. */
function publicationHeaders({ kind, publication, partly }: MailRequest): Headers {
  if (kind === 'withdrawal') return HEADERS.confidential;
  const { Keywords, ...headers } = HEADERS[publication];
  const words = [...(Keywords === undefined ? [] : [Keywords]), ...(partly === true ? ['partly-confidential'] : [])];
  return words.length === 0 ? headers : { ...headers, Keywords: words.join(', ') };
}

interface MailFile {
  readonly format: 'docx' | 'pdf';
  readonly bytes: Uint8Array;
}

export interface FreezeStamp extends MailStamp {
  /** The address of this row only. */
  readonly replyTo: string;
}

const CONTENT_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const satisfies Record<MailFile['format'], string>;

/**
 * Builds the bytes of the mail from an approved request and its stored files. Done once per outbox row, when the window
 * has closed, so that the date is true; every attempt sends these bytes. A withdrawal has no files; any other mail
 * without a file makes it throw.
 */
export async function buildFrozenMail(
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
      to: addressesIn(request.to),
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
