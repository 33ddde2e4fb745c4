// What comes to the page as a file, a recording or a Word file, and goes to the inbox like what is written.

import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { EventBody } from '../../dialog/engine/event.ts';
import type { Incoming } from '../channel.ts';
import { acceptedLanguage } from './accept-language.ts';
import { mayTakePart } from './open-page.ts';
import { webAddress } from './ports.ts';
import { drawn, fileFormOf, notice, type ChatContext, type WebContext } from './chat-context.ts';
import { drawAnswer, mayWrite } from './say.ts';
import { tokenOf, type WebEnv } from './visitor.ts';

export interface FileOfForm {
  readonly formId: string;
  readonly file: File;
  /** The last line that the page shows; null draws the page anew. */
  readonly after: string | null;
}

export type FileRead = { readonly body: EventBody } & Pick<Incoming, 'sound'>;

/** `read`: what is in it; it must not throw for what a file can hold. */
export async function takeFile(
  c: WebContext,
  room: ChatContext,
  { formId, file, after }: FileOfForm,
  read: (bytes: Uint8Array) => FileRead | Promise<FileRead>,
): Promise<Response> {
  const { deps, sittings } = room;
  const token = tokenOf(c, deps);
  if (token === null) return notice(c, room, 403, 'noCookie');
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
    const { body, ...more } = await read(bytes);
    const { farewell } = await deps.inbox.take({
      from: webAddress(token),
      messageId: id,
      event: { id, at: deps.now().toISOString(), ...body },
      ...more,
      language: acceptedLanguage(c.req.header('accept-language')),
    });
    sitting.greeted = true;
    return await drawAnswer(c, room, token, { farewell, after, draft: '' });
  } catch (error) {
    deps.onFault(error);
    c.header('Retry-After', '5');
    return notice(c, room, 503, 'notSaved');
  }
}

// POST /file: an earlier interview as a Word file, where it is asked for. It is read here, and only its words go on.

/** Bytes of a file at most; more is given back unread. */
export const LARGEST_FILE = 5 * 1024 * 1024;

const formSchema = z.object({ id: z.string().regex(/^[\w-]{16,64}$/), file: z.instanceof(File) });

/** Before the file is read: the page that stands open asks for one. */
export function mayBring(room: ChatContext): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const token = tokenOf(c, room.deps);
    const found = token === null ? null : await drawn(room, token);
    if (found === null) return notice(c, room, 403, 'noCookie');
    return found.shown.takesFile ? next() : notice(c, room, 409, 'notAsked');
  };
}

export async function bringFile(c: WebContext, room: ChatContext): Promise<Response> {
  const parsed = formSchema.safeParse(await fileFormOf(c));
  if (!parsed.success) return notice(c, room, 400, 'malformed');
  const { id: formId, file } = parsed.data;
  return takeFile(c, room, { formId, file, after: null }, wordsOf);
}

async function wordsOf(bytes: Uint8Array): Promise<FileRead> {
  // Read with the first file, not at the start.
  const { readDocx } = await import('../media/read-docx.ts');
  const read = await readDocx(bytes);
  if (read.ok) return { body: { kind: 'file-read', text: read.text } };
  return { body: { kind: 'unusable', what: read.why === 'busy' ? 'file-busy' : 'file' } };
}
