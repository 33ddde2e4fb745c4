// POST /speak: a recording, from the page's own buttons or as a file. It goes to the inbox like what is written.

import { z } from 'zod';
import { readSound } from '../read-sound/read-sound.ts';
import { formOf, notice, type Room, type WebContext } from './room.ts';
import { takeFile, type FileRead } from './take-file.ts';

const formSchema = z.object({
  id: z.string().regex(/^[\w-]{16,64}$/),
  sound: z.instanceof(File),
  after: z.string().max(200).optional(),
});

export async function speak(c: WebContext, room: Room): Promise<Response> {
  const parsed = formSchema.safeParse(await formOf(c));
  if (!parsed.success) return notice(c, room, 400, 'malformed');
  const { id: formId, sound, after = null } = parsed.data;
  return takeFile(c, room, { formId, file: sound, after }, recordingIn);
}

function recordingIn(bytes: Uint8Array): FileRead {
  const read = readSound(bytes);
  return read.ok
    ? { body: { kind: 'voice' }, sound: { bytes, type: read.type } }
    : { body: { kind: 'unusable', what: read.why } };
}
