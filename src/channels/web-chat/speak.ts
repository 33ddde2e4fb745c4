// POST /speak: a recording, from the page's own buttons or as a file. It goes to the inbox like what is written; of one person only
// so many wait, and fewer before they have said that their words may be kept.

import { z } from 'zod';
import type { MiddlewareHandler } from 'hono';
import { LARGEST_SOUND, readSound } from '../media/read-sound.ts';
import { fileFormOf, notice, type Room, type WebContext } from './room.ts';
import { webAddress } from './ports.ts';
import { takeFile, type FileRead } from './take-file.ts';
import { tokenOf, type WebEnv } from './visitor.ts';

const formSchema = z.object({
  id: z.string().regex(/^[\w-]{16,64}$/),
  sound: z.instanceof(File),
  after: z.string().max(200).optional(),
});

/** Of recordings that wait for their words, in bytes: of one person, of one who has not said yet that they may be kept, of all of these. */
const MOST_KEPT = 10 * LARGEST_SOUND;
const MOST_BEFORE_YES = LARGEST_SOUND;
const MOST_BEFORE_YES_OF_ALL = 32 * LARGEST_SOUND;
/** How many of one person before that yes: who speaks in short pieces answers four questions until then. */
const MOST_NOTES_BEFORE_YES = 20;

/** Before the recording is read: somebody is behind the cookie, and there is room for it. */
export function maySpeak(room: Room): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const { people, soundsKept } = room.deps;
    const token = tokenOf(c, room.deps);
    const known = token === null ? null : await people.personAt(webAddress(token));
    if (known === null) return notice(c, room, 403, 'noCookie');
    const { bytes, count, saidYes, beforeYesOfAll } = await soundsKept(known.person);
    const isFull = saidYes
      ? bytes > MOST_KEPT
      : bytes > MOST_BEFORE_YES || count >= MOST_NOTES_BEFORE_YES || beforeYesOfAll > MOST_BEFORE_YES_OF_ALL;
    return isFull ? notice(c, room, 429, 'soundsWait') : next();
  };
}

export async function speak(c: WebContext, room: Room): Promise<Response> {
  const parsed = formSchema.safeParse(await fileFormOf(c));
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
