// POST /speak: a recording, from the page's own buttons or as a file. It goes to the inbox like what is written; of one person only
// so many wait, and fewer before they have said that their words may be kept.

import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { LARGEST_SOUND, readSound } from '../media/read-sound.ts';
import { webAddress } from './ports.ts';
import { drawn, fileFormOf, languageDrawn, notice, type ChatContext, type WebContext } from './chat-context.ts';
import { type FileRead, takeFile } from './take-file.ts';
import { tokenOf, type WebEnv } from './visitor.ts';

// GET /aloud: a line of the conversation as sound, only while it stands on the page.

const querySchema = z.object({ line: z.string().min(1).max(200), as: z.enum(['opus', 'wav']).default('opus') });
const TYPES = { opus: 'audio/ogg', wav: 'audio/wav' } as const;

/** 404 for whatever is not there to be heard: nobody but a player asks here. */
export async function aloud(c: WebContext, room: ChatContext): Promise<Response> {
  const query = querySchema.safeParse(c.req.query());
  const token = tokenOf(c, room.deps);
  const found = query.success && token !== null ? await drawn(room, token) : null;
  const line = found?.shown.lines.find(({ id }) => id === query.data?.line);
  const { speak } = room.deps;
  if (!query.success || found === null || line?.kind !== 'bot' || line.aloud === null || speak === null) {
    return c.body(null, 404);
  }
  const sound = await speak(line.aloud, languageDrawn(c, room, found.shown), query.data.as);
  if (sound === null) return c.body(null, 503);
  return c.body(new Uint8Array(sound), 200, { 'Content-Type': TYPES[query.data.as] });
}

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
export function maySpeak(room: ChatContext): MiddlewareHandler<WebEnv> {
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

export async function speak(c: WebContext, room: ChatContext): Promise<Response> {
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
