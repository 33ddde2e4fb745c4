// GET /aloud: a line of the conversation as sound, only while it stands on the page.

import { z } from 'zod';
import { drawn, languageDrawn, type Room, type WebContext } from './room.ts';
import { tokenOf } from './visitor.ts';

const querySchema = z.object({ line: z.string().min(1).max(200), as: z.enum(['opus', 'wav']).default('opus') });
const TYPES = { opus: 'audio/ogg', wav: 'audio/wav' } as const;

/** 404 for whatever is not there to be heard: nobody but a player asks here. */
export async function aloud(c: WebContext, room: Room): Promise<Response> {
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
