// POST /file: an earlier interview as a Word file, where it is asked for. It is read here, and only its words go on.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventBody } from '../../dialog/event.ts';
import { guessLanguage } from './accept-language.ts';
import { mayTakePart } from './open-page.ts';
import { webAddress } from './ports.ts';
import { formOf, notice, type Room, type WebContext } from './room.ts';
import { drawAnswer, mayWrite } from './say.ts';
import { tokenOf } from './visitor.ts';

/** Bytes of a file at most; more is given back unread. */
export const LARGEST_FILE = 5 * 1024 * 1024;

const formSchema = z.object({ id: z.string().regex(/^[\w-]{16,64}$/), file: z.instanceof(File) });

export async function bringFile(c: WebContext, room: Room): Promise<Response> {
  const { deps, sittings } = room;
  const parsed = formSchema.safeParse(await formOf(c));
  if (!parsed.success) return notice(c, room, 400, 'malformed');
  const token = tokenOf(c, deps);
  if (token === null) return notice(c, room, 403, 'noCookie');
  const { id: formId, file } = parsed.data;
  const sitting = sittings.open(token);
  try {
    const known = sitting.greeted || (await mayTakePart(c, room, token, sitting));
    if (!known || !mayWrite(c, room, token)) {
      c.header('Retry-After', '60');
      return await notice(c, room, 429, 'tooMany');
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    // The same form with the same file is one message, however often it is sent.
    const id = `${formId}-${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}`;
    const { farewell } = await deps.inbox.take({
      from: webAddress(token),
      messageId: id,
      event: { id, at: deps.now().toISOString(), ...(await bodyOf(bytes)) },
      language: guessLanguage(c.req.header('accept-language')),
    });
    sitting.greeted = true;
    return await drawAnswer(c, room, token, { farewell, after: null, draft: '' });
  } catch (error) {
    deps.onFault(error);
    c.header('Retry-After', '5');
    return notice(c, room, 503, 'notSaved');
  }
}

async function bodyOf(bytes: Uint8Array): Promise<EventBody> {
  // Read with the first file, not at the start.
  const { readDocx } = await import('../read-docx/read-docx.ts');
  const read = await readDocx(bytes);
  return read.ok ? { kind: 'file-read', text: read.text } : { kind: 'unusable', what: 'file' };
}
