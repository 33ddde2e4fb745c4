// POST /file: an earlier interview as a Word file, where it is asked for. It is read here, and only its words go on.

import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { drawn, fileFormOf, notice, type Room, type WebContext } from './room.ts';
import { takeFile, type FileRead } from './take-file.ts';
import { tokenOf, type WebEnv } from './visitor.ts';

/** Bytes of a file at most; more is given back unread. */
export const LARGEST_FILE = 5 * 1024 * 1024;

const formSchema = z.object({ id: z.string().regex(/^[\w-]{16,64}$/), file: z.instanceof(File) });

/** Before the file is read: the page that stands open asks for one. */
export function mayBring(room: Room): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const token = tokenOf(c, room.deps);
    const found = token === null ? null : await drawn(room, token);
    if (found === null) return notice(c, room, 403, 'noCookie');
    return found.shown.takesFile ? next() : notice(c, room, 409, 'notAsked');
  };
}

export async function bringFile(c: WebContext, room: Room): Promise<Response> {
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
