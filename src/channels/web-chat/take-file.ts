// What comes to the page as a file, a recording or a Word file, and goes to the inbox like what is written.

import { createHash } from 'node:crypto';
import type { Incoming } from '../channel.ts';
import type { EventBody } from '../../dialog/engine/event.ts';
import { guessLanguage } from './accept-language.ts';
import { mayTakePart } from './open-page.ts';
import { webAddress } from './ports.ts';
import { notice, type Room, type WebContext } from './room.ts';
import { drawAnswer, mayWrite } from './say.ts';
import { tokenOf } from './visitor.ts';

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
  room: Room,
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
      language: guessLanguage(c.req.header('accept-language')),
    });
    sitting.greeted = true;
    return await drawAnswer(c, room, token, { farewell, after, draft: '' });
  } catch (error) {
    deps.onFault(error);
    c.header('Retry-After', '5');
    return notice(c, room, 503, 'notSaved');
  }
}
