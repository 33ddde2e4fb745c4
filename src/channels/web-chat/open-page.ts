// GET / : greets who is new, draws the running sitting, and after a quiet time only what the bot says now.

import { createHash } from 'node:crypto';
import { hopPage } from '../../web/toolkit/page.ts';
import { acceptedLanguage, senderOf } from '../../web/toolkit/request.ts';
import type { Taken } from '../channel.ts';
import {
  type ChatContext,
  draw,
  drawn,
  frameOf,
  languageDrawn,
  newFormId,
  notice,
  type WebContext,
} from './chat-context.ts';
import { chatPage, farewellPage } from './page/chat-page.ts';
import { webAddress } from './ports.ts';
import { giveToken, languageOf, mayBegin, takeToken, tokenOf, type WebSession } from './visitor.ts';

export async function openPage(c: WebContext, room: ChatContext): Promise<Response> {
  const { deps, sittings } = room;
  // Looking ahead is not opening: link previews and prefetching must not begin a conversation.
  if (c.req.method === 'HEAD') return c.body(null);
  if (c.req.header('sec-purpose')?.startsWith('prefetch') === true) return c.body(null, 503);

  const known = tokenOf(c, deps);
  if (known === null && !mayBegin(c)) {
    const language = languageOf(c, deps, sittings);
    return c.html(hopPage(language, '/?here', deps.texts[language].arriving));
  }
  const token = known ?? giveToken(c, deps);
  const sitting = await sittingOf(room, token);
  if (!sitting.greeted) {
    if (!(await mayTakePart(c, room, token, sitting))) return notice(c, room, 429, 'tooMany');
    const taken = await greet(c, room, token, sitting);
    if (taken.farewell.length > 0) {
      takeToken(c, deps);
      sittings.forget(token);
      return draw(c, farewellPage(frameOf(c, room, taken.farewell[0]?.language), taken.farewell));
    }
    sitting.greeted = true;
    sittings.open(token);
  }
  return drawChat(c, room, token);
}

/** Anew where its person was erased meanwhile, from elsewhere: whoever holds this cookie is somebody new. */
async function sittingOf({ deps, sittings }: ChatContext, token: string): Promise<WebSession> {
  const sitting = sittings.open(token);
  if (!sitting.greeted || (await deps.people.personAt(webAddress(token))) !== null) return sitting;
  sittings.forget(token);
  return sittings.open(token);
}

/**
 * Asked before the first turn of a sitting. Notes whether this cookie has lines from before; where it is nobody's yet,
 * also a made-up one, the beginning is counted.
 */
export async function mayTakePart(
  c: WebContext,
  room: ChatContext,
  token: string,
  sitting: WebSession,
): Promise<boolean> {
  sitting.earlier = (await room.deps.people.personAt(webAddress(token))) !== null;
  return sitting.earlier || room.limits.beginnings.take(senderOf(c, room.deps));
}

/** Draws the whole page. What was typed before and not sent stays in the field, but where a word of one's own is asked for. */
async function drawChat(c: WebContext, room: ChatContext, token: string): Promise<Response> {
  const found = await drawn(room, token);
  if (found === null) return notice(c, room, 503, 'fault');
  const { shown } = found;
  const sitting = room.sittings.running(token);
  if (sitting !== null) sitting.key ??= Buffer.from(room.deps.randomBytes(32)).toString('base64');
  const page = {
    shown,
    formId: newFormId(room),
    draft: shown.locked ? '' : room.sittings.draft(token),
    hidesEarlier: sitting?.earlier === true,
    key: sitting?.key ?? '',
  };
  return draw(c, chatPage(frameOf(c, room, languageDrawn(c, room, shown)), page));
}

/** One opening per sitting, however often the page is loaded. */
async function greet(c: WebContext, { deps }: ChatContext, token: string, sitting: WebSession): Promise<Taken> {
  const id = `opened-${createHash('sha256').update(`${token} ${sitting.start}`).digest('base64url').slice(0, 24)}`;
  return deps.inbox.take({
    from: webAddress(token),
    messageId: id,
    event: { id, at: deps.now().toISOString(), kind: 'opened' },
    language: acceptedLanguage(c.req.header('accept-language')),
  });
}
