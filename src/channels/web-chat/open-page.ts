// GET /, and /c/<call-id>, the link of one call: greets a new person, draws the running session, and after a quiet time only the bot's new replies.

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
  type Visit,
  type WebContext,
} from './chat-context.ts';
import { chatPage, farewellPage } from './page/chat-page.ts';
import { giveToken, languageOf, mayBegin, takeToken, tokenOf, webAddress } from './visitor.ts';
import type { WebSession } from './kept-sessions.ts';

export async function openPage(c: WebContext, chat: ChatContext, call: string | null = null): Promise<Response> {
  const { deps, sessions } = chat;
  // Link previews and prefetching must not begin a conversation.
  if (c.req.method === 'HEAD') return c.body(null);
  if (c.req.header('sec-purpose')?.startsWith('prefetch') === true) return c.body(null, 503);

  const state = call === null ? 'open' : deps.callState(call);
  if (state !== 'open') return notice(c, chat, 404, state === 'over' ? 'callOver' : 'callUnknown');
  const known = tokenOf(c, deps);
  if (known === null && !mayBegin(c)) {
    const language = await languageOf(c, deps, sessions);
    return c.html(hopPage(language, call === null ? '/?here' : `/c/${call}?here`, deps.texts[language].arriving));
  }
  const token = known ?? giveToken(c, deps);
  const { session, visit } = await sessionOf(chat, token);
  if (!session.greeted || call !== null) {
    if (!session.greeted && !(await mayTakePart(c, chat, token, session))) return notice(c, chat, 429, 'tooMany');
    const taken = await greet(
      c,
      chat,
      token,
      session,
      call === null ? null : { id: call, after: await lastLine(chat, visit) },
    );
    if (taken.farewell.length > 0) {
      takeToken(c, deps);
      await sessions.forget(token);
      return draw(c, farewellPage(await frameOf(c, chat, taken.farewell[0]?.language), taken.farewell));
    }
    await sessions.change(token, session, { greeted: true });
    await sessions.open(token);
  }
  // Loading the page again is no second visit by the link.
  return call === null ? drawChat(c, chat, token, visit) : c.redirect('/', 303);
}

/** The session; a new one if its person was erased meanwhile, from another channel. `visit`: null before the greeting. */
async function sessionOf(
  { deps, sessions }: ChatContext,
  token: string,
): Promise<{ readonly session: WebSession; readonly visit: Visit | null }> {
  const session = await sessions.open(token);
  if (!session.greeted) return { session, visit: null };
  const known = await deps.people.personAt(webAddress(token));
  if (known !== null) return { session, visit: { person: known.person, session } };
  await sessions.forget(token);
  return { session: await sessions.open(token), visit: null };
}

/**
 * Called before the first turn of a session. Notes whether this cookie has earlier lines; if it belongs to nobody yet,
 * even if it was made up, the beginning is rate limited.
 */
export async function mayTakePart(
  c: WebContext,
  chat: ChatContext,
  token: string,
  session: WebSession,
): Promise<boolean> {
  const earlier = (await chat.deps.people.personAt(webAddress(token))) !== null;
  await chat.sessions.change(token, session, { earlier });
  return earlier || chat.limits.beginnings.take(senderOf(c, chat.deps));
}

/** Draws the whole page. An unsent draft stays in the field, except when the passphrase is asked for. */
async function drawChat(c: WebContext, chat: ChatContext, token: string, visit: Visit | null): Promise<Response> {
  const found = await drawn(chat, token, visit);
  if (found === null) return notice(c, chat, 503, 'fault');
  const { shown, session } = found;
  if (session?.key === null) {
    await chat.sessions.change(token, session, { key: Buffer.from(chat.deps.randomBytes(32)).toString('base64') });
  }
  const page = {
    shown,
    formId: newFormId(chat),
    draft: shown.locked || session === null ? '' : await chat.sessions.draft(token),
    hidesEarlier: session?.earlier === true,
    key: session?.key ?? '',
  };
  return draw(c, chatPage(await frameOf(c, chat, await languageDrawn(c, chat, shown)), page));
}

/** The id of the newest line; '' before the greeting. */
async function lastLine({ deps }: ChatContext, visit: Visit | null): Promise<string> {
  const from = visit?.session?.from;
  if (visit === null || from === undefined) return '';
  return (await deps.people.transcript(visit.person, from)).at(-1)?.id ?? '';
}

/**
 * One opening event per session, however often the page is loaded. A call's link may be opened again after something was
 * said: it leads back to the text for that call.
 */
async function greet(
  c: WebContext,
  { deps }: ChatContext,
  token: string,
  session: WebSession,
  link: { readonly id: string; readonly after: string } | null,
): Promise<Taken> {
  const by = link === null ? '' : ` ${link.id} ${link.after}`;
  const id = `opened-${createHash('sha256').update(`${token} ${session.start}${by}`).digest('base64url').slice(0, 24)}`;
  return deps.inbox.take({
    from: webAddress(token),
    messageId: id,
    event: { id, at: deps.now().toISOString(), kind: 'opened', ...(link === null ? {} : { call: link.id }) },
    language: acceptedLanguage(c.req.header('accept-language')),
  });
}
