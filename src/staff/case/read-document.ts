// Reads a stored document back for the page, from its manifest.

import { z } from 'zod';
import { PUBLICATIONS } from '../../dialog/engine/draft.ts';
import { LANGUAGES } from '../../languages.ts';
import type { StoredDocument } from '../../store/turns/documents.ts';
import type { BlockKind } from '../../submission/block.ts';
import { sha256 } from '../../submission/manifest.ts';
import type { AuditAction } from '../audit/audit.ts';
import type { Desk, SignedIn, StaffContext } from '../desk.ts';
import { notice } from '../layout.ts';

/**
 * Call it before a case is shown. Returns false if the case does not exist: the log then says so without the id, which
 * anybody may have made up.
 */
export async function recordView(
  desk: Desk,
  staff: SignedIn,
  view: { readonly action: AuditAction; readonly case: string; readonly detail?: string },
): Promise<boolean> {
  const found = await desk.store.desk.named(view.case);
  const reference = found?.reference ?? null;
  await desk.audit.record(
    found === null
      ? { staff, action: view.action, detail: 'no such case' }
      : { staff, ...view, ...(reference !== null && { reference }) },
  );
  return found !== null;
}

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/**
 * The exact bytes that would leave: saved under a fixed name, never opened in the browser. `confidential`: those for
 * the deadline.
 */
export async function sendFile(c: StaffContext, desk: Desk, version: 'document' | 'confidential') {
  const id = c.req.param('id') ?? '';
  const format = c.req.param('format');
  const detail = `${format === 'pdf' ? 'pdf' : 'docx'}${version === 'confidential' ? ', confidential' : ''}`;
  if (!(await recordView(desk, c.var.staff, { action: 'case.file', case: id, detail }))) {
    return notice(c, desk, 404, 'notFound');
  }
  const found = await desk.store.desk.case(id);
  const kept = found?.contributions.find((one) => one.id === c.req.param('contribution'));
  const document = (version === 'confidential' ? kept?.fallback : kept?.document) ?? null;
  const file = document?.files.find((one) => one.format === format);
  if (file === undefined || document === null) return notice(c, desk, 404, 'notFound');
  const name = `${document.reference.replaceAll(/[^A-Z0-9-]/g, '')}${version === 'confidential' ? '-confidential' : ''}.${file.format}`;
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': TYPES[file.format],
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}

/** Every kind of block: a manifest with another one could not be shown. */
const KINDS = [
  ...(['publication', 'title', 'subtitle', 'byline', 'heading1', 'heading2', 'heading3'] as const),
  ...(['paragraph', 'link', 'cell'] as const),
] satisfies readonly BlockKind[];

const schema = z.object({
  recipient: z.string(),
  subject: z.string(),
  body: z.string(),
  late: z.boolean(),
  files: z.record(z.string(), z.string()),
  model: z.object({
    language: z.enum(LANGUAGES),
    reference: z.string(),
    publication: z.enum(PUBLICATIONS),
    footer: z.string(),
    words: z.number(),
    counted: z.number().exactOptional(),
    aside: z.array(z.string()).exactOptional(),
    standing: z.array(z.string()),
    blocks: z.array(
      z.object({
        kind: z.enum(KINDS),
        text: z.string(),
        slot: z.string().exactOptional(),
        cell: z.object({ row: z.number(), column: z.number() }).exactOptional(),
        marks: z.array(z.object({ kind: z.string(), start: z.number(), end: z.number() })).exactOptional(),
      }),
    ),
  }),
});

type Read = z.infer<typeof schema>;
export type DocumentBlock = Read['model']['blocks'][number];

export interface ReadDocument extends Omit<Read, 'files'> {
  readonly sha256: string;
  /** The stored bytes match the manifest, and the manifest matches its hash. */
  readonly isWhole: boolean;
  readonly formats: readonly ('docx' | 'pdf')[];
}

/** A person's words: not a heading, nor the heading of a row or column. */
export function isAnswer(block: DocumentBlock): block is DocumentBlock & { readonly slot: string } {
  const { kind, slot, cell, text } = block;
  if (slot === undefined) return false;
  if (kind !== 'cell') return kind === 'paragraph' || kind === 'link';
  return cell !== undefined && cell.row > 0 && cell.column > 0 && text !== '';
}

/** Null for a preview, or a manifest of another version. */
export function readDocument(document: StoredDocument): ReadDocument | null {
  if (document.manifest === null || document.sha256 === null) return null;
  const parsed = schema.safeParse(parseJson(document.manifest));
  if (!parsed.success) return null;
  const { files, ...rest } = parsed.data;
  const model = { ...rest.model, words: rest.model.counted ?? rest.model.words };
  const isWhole =
    sha256(document.manifest) === document.sha256 &&
    document.files.length === Object.keys(files).length &&
    document.files.every(({ name, bytes }) => files[name] === sha256(bytes));
  return { ...rest, model, sha256: document.sha256, isWhole, formats: document.files.map(({ format }) => format) };
}

/** The mark of the choice who may read it, from the foot of the pages; '' if there is none. */
export function markIn({ model: { footer, reference } }: ReadDocument): string {
  return footer === reference ? '' : footer.replace(` (${reference})`, '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
