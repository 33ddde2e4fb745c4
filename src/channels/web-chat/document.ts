// GET /document: the document that the conversation has just shown, as a file under a name that says nothing.

import { z } from 'zod';
import { drawn, notice, type ChatContext, type WebContext } from './chat-context.ts';
import { offered } from './shown.ts';
import { tokenOf } from './visitor.ts';

const querySchema = z.object({
  kind: z.enum(['preview', 'final', 'copy']).default('final'),
  format: z.enum(['docx', 'pdf']).default('docx'),
});

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** Only while the line that offers it stands on the page: whoever opens the page later must not find it by its address. */
export async function documentFile(c: WebContext, room: ChatContext): Promise<Response> {
  const query = querySchema.safeParse(c.req.query());
  if (!query.success) return notice(c, room, 404, 'notFound');
  const { kind, format } = query.data;
  const token = tokenOf(c, room.deps);
  const found = token === null ? null : await drawn(room, token);
  const offer = found === null ? undefined : offered(found.shown).find((one) => one.kind === kind);
  if (found === null || offer === undefined) return notice(c, room, 404, 'noDocument');
  const kept = await room.deps.people.document(found.person, kind, offer.contribution);
  const file = kept?.files.find((one) => one.format === format);
  if (file === undefined) return notice(c, room, 404, 'noDocument');
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="document.${format}"`,
  });
}
