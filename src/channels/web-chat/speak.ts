// POST /speak: a recording, from the page's own buttons or as a file. It goes to the inbox like what is written.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readSound } from '../read-sound/read-sound.ts';
import type { EventBody } from '../../dialog/event.ts';
import { guessLanguage } from './accept-language.ts';
import { mayTakePart } from './open-page.ts';
import { webAddress } from './ports.ts';
import { formOf, notice, type Room, type WebContext } from './room.ts';
import { drawAnswer, mayWrite } from './say.ts';
import { tokenOf } from './visitor.ts';

const formSchema = z.object({
  id: z.string().regex(/^[\w-]{16,64}$/),
  sound: z.instanceof(File),
  after: z.string().max(200).optional(),
});

export async function speak(c: WebContext, room: Room): Promise<Response> {
  const { deps, sittings } = room;
  const parsed = formSchema.safeParse(await formOf(c));
  if (!parsed.success) return notice(c, room, 400, 'malformed');
  const token = tokenOf(c, deps);
  if (token === null) return notice(c, room, 403, 'noCookie');
  const { id: formId, sound, after = null } = parsed.data;
  const bytes = new Uint8Array(await sound.arrayBuffer());
  const sitting = sittings.open(token);
  try {
    const known = sitting.greeted || (await mayTakePart(c, room, token, sitting));
    if (!known || !mayWrite(c, room, token)) {
      c.header('Retry-After', '60');
      return await notice(c, room, 429, 'tooMany');
    }
    // The same form with the same recording is one message, however often it is sent.
    const id = `${formId}-${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}`;
    const read = readSound(bytes);
    const body: EventBody = read.ok ? { kind: 'voice' } : { kind: 'unusable', what: read.why };
    const { farewell } = await deps.inbox.take({
      from: webAddress(token),
      messageId: id,
      event: { id, at: deps.now().toISOString(), ...body },
      ...(read.ok ? { sound: { bytes, type: read.type } } : {}),
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
