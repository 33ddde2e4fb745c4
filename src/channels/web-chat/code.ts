// /code: a resume code, with which a person comes back after the browser has forgotten them. It is made only on
// request, shown once, and can be ended.

import { inGroups, makeCrockford, parseCrockford, RESUME_LENGTH } from '../../crockford.ts';
import { html } from 'hono/html';
import { hopPage, type Html } from '../../web/toolkit/page.ts';
import { acceptedLanguage, formOf, senderOf } from '../../web/toolkit/request.ts';
import type { Address } from '../channel.ts';
import { type ChatContext, draw, frameOf, notice, type WebContext } from './chat-context.ts';
import { type Frame, layout } from './page/layout.ts';
import { languageOf, newToken, setToken, takeToken, tokenOf, webAddress } from './visitor.ts';

/** Codes are addresses of their own channel, on which nothing is ever sent. */
function codeAddress(code: string): Address {
  return { channel: 'code', account: 'default', address: code };
}

type CodeState =
  | { readonly kind: 'asked' }
  | { readonly kind: 'made'; readonly code: string }
  | { readonly kind: 'ended' }
  | { readonly kind: 'unknown' };

/** Explains the resume code, with buttons to make and to end one. */
function codePage(frame: Frame, state: CodeState): Html {
  const { code, toChat } = frame.texts;
  const made =
    state.kind === 'made' &&
    html`<section role="status" class="card">
      <h2>${code.made}</h2>
      <p class="code">${state.code}</p>
      <p>${code.once}</p>
    </section>`;
  const answer =
    (state.kind === 'ended' || state.kind === 'unknown') && html`<p role="status" class="note">${code[state.kind]}</p>`;
  return layout(
    frame,
    html`<h1>${code.heading}</h1>
      ${made} ${answer}
      <p>${code.what}</p>
      <p>${code.keep}</p>
      <p>${code.risk}</p>
      ${state.kind !== 'made' && html`<form method="post" action="/code"><button class="send">${code.make}</button></form>`}
      <p><a class="button" href="/">${toChat}</a></p>
      <h2>${code.endHeading}</h2>
      <p>${code.end}</p>
      <form method="post" action="/code/end" autocomplete="off">
        <label for="old">${code.endLabel}</label>
        <input id="old" name="code" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" />
        <button>${code.endButton}</button>
      </form>`,
  );
}

export async function askCode(c: WebContext, chat: ChatContext): Promise<Response> {
  if (tokenOf(c, chat.deps) === null) return c.redirect('/', 303);
  return draw(c, codePage(await frameOf(c, chat), { kind: 'asked' }));
}

export async function makeCode(c: WebContext, chat: ChatContext): Promise<Response> {
  return forPerson(c, chat, async (person) => {
    const code = makeCrockford(RESUME_LENGTH, chat.deps.randomBytes);
    await chat.deps.people.addAlias(person, codeAddress(code));
    return { kind: 'made', code: inGroups(code) };
  });
}

/** Ends a code of the person's own conversation; a code of another one is unknown here. */
export async function endCode(c: WebContext, chat: ChatContext): Promise<Response> {
  const { code: typed } = await formOf(c);
  return forPerson(c, chat, async (person) => {
    const code = typeof typed === 'string' ? parseCrockford(typed, RESUME_LENGTH) : null;
    const owner = code === null ? null : await chat.deps.people.personAt(codeAddress(code));
    if (code === null || owner?.person !== person) return { kind: 'unknown' };
    await chat.deps.people.removeAddress(codeAddress(code));
    return { kind: 'ended' };
  });
}

async function forPerson(
  c: WebContext,
  chat: ChatContext,
  answer: (person: string) => Promise<CodeState>,
): Promise<Response> {
  const { deps, limits } = chat;
  const token = tokenOf(c, deps);
  const known = token === null ? null : await deps.people.personAt(webAddress(token));
  if (known === null) return c.redirect('/', 303);
  if (!(await limits.codes.take(senderOf(c, deps)))) return notice(c, chat, 429, 'tooMany');
  return draw(c, codePage(await frameOf(c, chat), await answer(known.person)));
}

// POST /leave: the browser forgets this page at once, and an everyday page replaces it. Nothing stored is erased.

export async function leave(c: WebContext, { deps, sessions }: ChatContext): Promise<Response> {
  const language = await languageOf(c, deps, sessions).catch(() => acceptedLanguage(c.req.header('accept-language')));
  const token = tokenOf(c, deps);
  if (token !== null) {
    // Leaving must work even if the store fails; removing the cookie is then enough.
    await sessions.forget(token).catch(deps.onFault);
    await deps.people.removeAddress(webAddress(token)).catch(deps.onFault);
  }
  takeToken(c, deps);
  c.header('Clear-Site-Data', '"cache", "cookies", "storage"');
  return c.html(hopPage(language, deps.leaveUrl.href, deps.texts[language].leaving));
}

// /back: a resume code binds this browser to its conversation.

/** The form for the code; `problem` says why the last try failed. */
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

export async function askBack(c: WebContext, chat: ChatContext): Promise<Response> {
  return draw(c, backPage(await frameOf(c, chat), null));
}

/**
 * A code of this page stays valid, one of another chat does not: a person who comes back and loses the browser again
 * must not be locked out.
 */
export async function comeBack(c: WebContext, chat: ChatContext): Promise<Response> {
  const { deps, limits, sessions } = chat;
  const { code: typed } = await formOf(c);
  if (!(await limits.codes.take(senderOf(c, deps)))) return draw(c, backPage(await frameOf(c, chat), 'tooMany'), 429);
  const code = typeof typed === 'string' ? parseCrockford(typed, RESUME_LENGTH) : null;
  const before = tokenOf(c, deps);
  const token = newToken(deps);
  const since = new Date(deps.now().getTime() - deps.codeDays * 86_400_000).toISOString();
  if (code === null || !(await deps.people.resumeAt(code, webAddress(token), since))) {
    return draw(c, backPage(await frameOf(c, chat), 'unknown'), 404);
  }
  setToken(c, deps, token);
  if (before !== null) {
    await sessions.forget(before);
    await deps.people.removeAddress(webAddress(before));
  }
  return c.redirect('/', 303);
}
