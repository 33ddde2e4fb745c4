// POST /say: a typed or tapped message goes to the inbox; the page is drawn again once its turn is saved.

import { acceptedLanguage, formOf, senderOf } from '../../web/toolkit/request.ts';
import type { Rendered } from '../channel.ts';
import {
  type ChatContext,
  draw,
  drawn,
  frameOf,
  languageDrawn,
  newFormId,
  notice,
  type Shown,
  type WebContext,
} from './chat-context.ts';
import { mayTakePart } from './open-page.ts';
import { chatPartial, farewellPage } from './page/chat-page.ts';
import { type Message, parseSaid } from './parse-said.ts';
import { takeToken, tokenOf, webAddress } from './visitor.ts';

/** Tells the script the kind of response: new lines, or a page that replaces this one. */
const PART_HEADER = 'x-part';

export async function say(c: WebContext, chat: ChatContext): Promise<Response> {
  const { deps, sessions } = chat;
  const said = parseSaid(await formOf(c));
  if (said.kind === 'malformed') return notice(c, chat, 400, 'malformed');
  if (said.kind === 'too-long') return notice(c, chat, 413, 'tooLong', said);

  const unsent = { formId: said.formId, text: said.draft || (said.messages.find(({ choice }) => !choice)?.text ?? '') };
  const token = tokenOf(c, deps);
  if (token === null) return notice(c, chat, 403, 'noCookie', unsent);
  const farewell: Rendered[] = [];
  try {
    const session = await sessions.open(token);
    if (said.go !== null) {
      await sessions.keepDraft(token, session, said.draft);
      return c.redirect(said.go, 303);
    }
    const known = session.greeted || (await mayTakePart(c, chat, token, session));
    if (!known || !(await maySayAll(c, chat, token, said.messages))) {
      c.header('Retry-After', '60');
      return await notice(c, chat, 429, 'tooMany', unsent);
    }
    for (const message of said.messages) farewell.push(...(await take(c, chat, token, message)));
    if (!session.greeted && said.messages.length > 0) await sessions.change(token, session, { greeted: true });
  } catch (error) {
    deps.onFault(error);
    c.header('Retry-After', '5');
    return await notice(c, chat, 503, 'notSaved', unsent);
  }
  return drawAnswer(c, chat, token, { farewell, after: said.after, draft: said.draft });
}

interface Answered {
  readonly farewell: readonly Rendered[];
  /** The last line of the page. */
  readonly after: string | null;
  readonly draft: string;
}

/** The response to a message, once its turn is saved. */
export async function drawAnswer(
  c: WebContext,
  chat: ChatContext,
  token: string,
  { farewell, after, draft }: Answered,
): Promise<Response> {
  const { deps, sessions } = chat;
  if (farewell.length > 0) {
    takeToken(c, deps);
    await sessions.forget(token);
    c.header(PART_HEADER, 'page');
    return draw(c, farewellPage(await frameOf(c, chat, farewell[0]?.language), farewell));
  }
  // The answer counts as seen, even if the browser does not fetch it.
  const session = await sessions.open(token);
  const isScript = c.req.header(PART_HEADER) === 'lines';
  // The script keeps the field itself.
  await sessions.keepDraft(token, session, isScript ? '' : draft);
  return isScript ? newLines(c, chat, token, after) : c.redirect('/#answer', 303);
}

/** GET /lines?after=<line>: the lines after that one; 204 if there are none. */
export async function linesAfter(c: WebContext, chat: ChatContext): Promise<Response> {
  const token = tokenOf(c, chat.deps);
  if (token === null || (await chat.sessions.running(token)) === null) return c.body(null, 204);
  return newLines(c, chat, token, c.req.query('after') ?? null);
}

async function newLines(c: WebContext, chat: ChatContext, token: string, after: string | null): Promise<Response> {
  const found = await drawn(chat, token);
  if (found === null) return c.body(null, 204);
  const { lines } = found.shown;
  const shown: Shown = { ...found.shown, lines: lines.slice(lines.findIndex(({ id }) => id === after) + 1) };
  c.header(PART_HEADER, 'lines');
  const frame = await frameOf(c, chat, await languageDrawn(c, chat, shown));
  return draw(c, chatPartial(frame, { shown, formId: newFormId(chat), draft: '', hidesEarlier: false }));
}

/** Commands that must always work are never rate limited. */
async function maySayAll(c: WebContext, chat: ChatContext, token: string, messages: readonly Message[]) {
  for (const { text } of messages) {
    if (!chat.deps.isCommand(text) && !(await mayWrite(c, chat, token))) return false;
  }
  return true;
}

export async function mayWrite(c: WebContext, { deps, limits }: ChatContext, token: string): Promise<boolean> {
  return (await limits.messages.take(token)) && (await limits.sender.take(senderOf(c, deps)));
}

export async function take(
  c: WebContext,
  { deps }: ChatContext,
  token: string,
  message: Message,
): Promise<readonly Rendered[]> {
  const { id, text, choice } = message;
  const event = { id, at: deps.now().toISOString(), kind: 'message', text } as const;
  const { farewell } = await deps.inbox.take({
    from: webAddress(token),
    messageId: id,
    event: choice === null ? event : { ...event, choice },
    language: acceptedLanguage(c.req.header('accept-language')),
  });
  return farewell;
}
