// The parts of a mail that we need. Runs in a Worker (read-mail.ts): a mail of ten megabytes can be made so that its
// parts take gigabytes.

import PostalMime, { decodeWords, type Attachment } from 'postal-mime';
import { z } from 'zod';

const TEXT_LIMIT = 200_000;
const FILES = 50;
const SHORT = 500;
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 512 * 1024, forceRfc822Attachments: true } as const;

const schema = z.object({
  /** Lower-case name → values, unfolded, in their order. */
  headers: z.map(z.string(), z.array(z.string())),
  /** The mail's own claims, which anybody can forge. */
  from: z.string(),
  subject: z.string(),
  /** ISO 8601, or the header as it is; null if there is none. */
  date: z.string().nullable(),
  /** Plain text, even if the mail has only HTML. */
  text: z.string(),
  files: z.array(z.object({ name: z.string(), type: z.string(), size: z.number() })),
  /** Number of files that are not listed. */
  moreFiles: z.number(),
  /** The parts of type message/delivery-status. */
  statuses: z.array(z.string()),
  /** Headers of the returned mail, if there is one. */
  returned: z.string(),
});

export type UnderstoodMail = z.infer<typeof schema>;

/** Parses the Worker's result; returns null for anything else. */
export function parseUnderstood(value: unknown): UnderstoodMail | null {
  return schema.safeParse(value).data ?? null;
}

/** Throws if its parts cannot be parsed. */
export async function understandMail(bytes: Uint8Array): Promise<UnderstoodMail> {
  const email = await PostalMime.parse(bytes, LIMITS);
  const headers = new Map<string, string[]>();
  for (const { key, value } of email.headers) {
    const values = headers.get(key);
    if (values === undefined) headers.set(key, [value]);
    else values.push(value);
  }
  const reports = email.attachments.filter(({ mimeType }) => isReport(mimeType));
  const files = filesOf(email);
  const text = email.text ?? (await textOfHtml(email.html ?? ''));
  return {
    headers,
    from: oneLine(decodeWords(headers.get('from')?.[0] ?? '')),
    subject: oneLine(email.subject ?? ''),
    date: email.date === undefined ? null : oneLine(email.date),
    text: printable(text.slice(0, TEXT_LIMIT)),
    files: files.slice(0, FILES).map(fileOf),
    moreFiles: Math.max(files.length - FILES, 0),
    statuses: reports.filter(({ mimeType }) => STATUS.test(mimeType)).map((part) => textOf(part)),
    returned: reports
      .filter(({ mimeType }) => RETURNED.test(mimeType))
      .map((part) => headText(textOf(part)))
      .join('\n'),
  };
}

/** One file, by its index in `files`; null if there is none. Throws like understandMail(). */
export async function takeFile(bytes: Uint8Array, index: number): Promise<Uint8Array | null> {
  const content = filesOf(await PostalMime.parse(bytes, LIMITS)).slice(0, FILES)[index]?.content;
  if (content === undefined) return null;
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : new Uint8Array(content);
}

function filesOf({ attachments }: { readonly attachments: readonly Attachment[] }): readonly Attachment[] {
  return attachments.filter(({ mimeType }) => !isReport(mimeType));
}

/** `message/global-*` are the forms of RFC 6533, for addresses beyond ASCII. */
const STATUS = /^message\/(?:global-)?delivery-status$/;
const RETURNED = /^(?:text\/rfc822-headers|message\/(?:rfc822|global|global-headers))$/;

function isReport(type: string): boolean {
  return STATUS.test(type) || RETURNED.test(type);
}

/** Converts HTML with the library: it does so only for a mail with HTML alone, so it gets one. */
async function textOfHtml(html: string): Promise<string> {
  if (html === '') return '';
  const base64 = Buffer.from(withoutCode(html.slice(0, 4 * TEXT_LIMIT))).toString('base64');
  const parts = [
    'Content-Type: text/plain\n\n',
    `Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${base64}`,
  ];
  const both = `Content-Type: multipart/mixed; boundary=b\n\n${parts.map((part) => `--b\n${part}\n`).join('')}--b--\n`;
  return ((await PostalMime.parse(both, LIMITS)).text ?? '').trim();
}

/** Without the contents of style, script and head. */
function withoutCode(html: string): string {
  let out = '';
  let from = 0;
  let inside: string | null = null;
  for (const { 0: tag, 1: slash, 2: name, index } of html.matchAll(/<(\/?)(style|script|head)\b[^<>]{0,2000}>/gi)) {
    const what = (name ?? '').toLowerCase();
    if (inside === null && slash === '') {
      out += html.slice(from, index);
      inside = what;
    } else if (inside === what && slash === '/') {
      inside = null;
      from = index + tag.length;
    }
  }
  return inside === null ? out + html.slice(from) : out;
}

function fileOf({ filename, mimeType, content }: Attachment): UnderstoodMail['files'][number] {
  const size = typeof content === 'string' ? content.length : content.byteLength;
  return { name: oneLine(filename ?? ''), type: oneLine(mimeType), size };
}

function textOf({ content }: Attachment): string {
  const text = typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('utf8');
  return text.slice(0, TEXT_LIMIT);
}

function headText(text: string): string {
  return text.slice(0, /\r?\n\r?\n/.exec(text)?.index ?? text.length);
}

/** Without control characters and marks that change the direction of text. */
function oneLine(text: string): string {
  return printable(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .trim()
    .slice(0, SHORT)
    .toWellFormed();
}

function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}
