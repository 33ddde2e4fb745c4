// A calm page for what did not work.

import type { Context, MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { type Language, LANGUAGES } from '../languages.ts';
import type { StaffTexts } from '../texts/catalogues.ts';
import type { Desk } from './desk.ts';
import { type Html, layout } from './layout.ts';
import { pathWithin } from './sign-in/request.ts';
import type { SignedIn } from './signed-in.ts';

// Coming from elsewhere (a link in a mail, the organisation's sign-in service) the browser keeps our Strict cookie back, even
// for somebody who is signed in. An empty page goes on by itself, and then it comes along (docs/decisions/0031).

export function hopPage(to: string): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="0;url=${to}" />
        <title>Griot</title>
      </head>
      <body>
        <p><a href="${to}">${to}</a></p>
      </body>
    </html>`;
}

/** What the organisation's sign-in service sends back is read as it comes: its own cookie is not Strict. */
const COMES_FROM_ELSEWHERE = '/desk/sign-in/organisation/back';

export function arrive(): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const fromElsewhere = site === 'cross-site' || site === 'same-site';
    if (c.req.method !== 'GET' || !fromElsewhere || c.req.path === COMES_FROM_ELSEWHERE) return next();
    const { pathname, search } = new URL(c.req.url);
    return c.html(hopPage(pathWithin(pathname + search)));
  };
}

export type NoticeKey = keyof StaffTexts['desk']['notice'];

/** Before the guard nobody is signed in. */
type AnyContext = Pick<Context, 'req' | 'html'> & {
  readonly var: { readonly csrf?: string; readonly staff?: SignedIn };
};

/** In the language of whoever is signed in, else in the browser's. */
export function notice(
  c: AnyContext,
  desk: Desk,
  status: 400 | 401 | 403 | 404 | 413 | 429 | 500 | 503,
  key: NoticeKey,
): Response | Promise<Response> {
  const language = languageAt(c);
  const { notice: notices, toDesk } = desk.texts[language].desk;
  const { heading, text } = notices[key];
  const main = html`<p>${text}</p>
    <p><a class="button" href="/desk">${toDesk}</a></p>`;
  return c.html(layout(desk, language, { title: heading, main }, null), status);
}

/** The first of ours among what the browser asks for; English where none is. */
export function staffLanguage(c: Pick<Context, 'req'>): Language {
  const asked = (c.req.header('accept-language') ?? '').toLowerCase().split(',');
  const found = asked.map((one) => LANGUAGES.find((language) => one.trim().startsWith(language)));
  return found.find((language) => language !== undefined) ?? 'en';
}

function languageAt(c: AnyContext): Language {
  return c.var.staff?.language ?? staffLanguage(c);
}
