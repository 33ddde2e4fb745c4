// /back: a come-back code binds this browser to the conversation it belongs to.

import { html } from 'hono/html';
import { parseComeBackCode } from './code.ts';
import { type Frame, type Html, layout } from './page/layout.ts';
import { hopPage } from './page/notice-page.ts';
import { webAddress } from './ports.ts';
import { draw, formOf, frameOf, type ChatContext, type WebContext } from './chat-context.ts';
import { languageOf, newToken, senderOf, setToken, takeToken, tokenOf } from './visitor.ts';

// POST /leave: the browser forgets this page at once, and an everyday page takes its place. Nothing kept is erased.

export async function leave(c: WebContext, { deps, sittings }: ChatContext): Promise<Response> {
  const language = languageOf(c, deps, sittings);
  const token = tokenOf(c, deps);
  if (token !== null) {
    sittings.forget(token);
    // Going must work also when nothing else does; then only the cookie's loss closes the door.
    await deps.people.removeAddress(webAddress(token)).catch(deps.onFault);
  }
  takeToken(c, deps);
  c.header('Clear-Site-Data', '"cache", "cookies", "storage"');
  return c.html(hopPage(language, deps.leaveUrl.href, deps.texts[language].leaving));
}

/** Where a come-back code is typed; `problem` says why the last try did not open anything. */
function backPage(frame: Frame, problem: 'unknown' | 'tooMany' | null): Html {
  const { back, toChat } = frame.texts;
  return layout(
    frame,
    html`<h1>${back.heading}</h1>
      ${problem !== null && html`<p role="alert" class="note">${back[problem]}</p>`}
      <p>${back.what}</p>
      <p>${back.replaces}</p>
      <form method="post" action="/back" autocomplete="off">
        <label for="code">${back.label}</label>
        <input
          id="code"
          name="code"
          class="code"
          maxlength="60"
          aria-describedby="hint"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
        />
        <p id="hint" class="hint">${back.hint}</p>
        <button class="send">${back.open}</button>
      </form>
      <p><a class="button" href="/">${toChat}</a></p>`,
  );
}

export function askBack(c: WebContext, room: ChatContext): Response | Promise<Response> {
  return draw(c, backPage(frameOf(c, room), null));
}

/** A code of this page goes on working, one of another chat does not: who comes back and loses the browser again must not stand before a locked door. */
export async function comeBack(c: WebContext, room: ChatContext): Promise<Response> {
  const { deps, limits, sittings } = room;
  const { code: typed } = await formOf(c);
  if (!limits.codes.take(senderOf(c, deps))) return draw(c, backPage(frameOf(c, room), 'tooMany'), 429);
  const code = typeof typed === 'string' ? parseComeBackCode(typed) : null;
  const before = tokenOf(c, deps);
  const token = newToken(deps);
  const since = new Date(deps.now().getTime() - deps.codeDays * 86_400_000).toISOString();
  if (code === null || !(await deps.people.resumeAt(code, webAddress(token), since))) {
    return draw(c, backPage(frameOf(c, room), 'unknown'), 404);
  }
  setToken(c, deps, token);
  if (before !== null) {
    sittings.forget(before);
    await deps.people.removeAddress(webAddress(before));
  }
  return c.redirect('/', 303);
}
