// A calm page for what did not work.

import type { Context } from 'hono';
import { html } from 'hono/html';
import { LANGUAGES, type Language } from '../languages.ts';
import type { Desk } from './desk.ts';
import { layout } from './layout.ts';
import type { SignedIn } from './signed-in.ts';
import type { StaffTexts } from '../texts/catalogues.ts';

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
export function guessLanguage(c: Pick<Context, 'req'>): Language {
  const asked = (c.req.header('accept-language') ?? '').toLowerCase().split(',');
  const found = asked.map((one) => LANGUAGES.find((language) => one.trim().startsWith(language)));
  return found.find((language) => language !== undefined) ?? 'en';
}

function languageAt(c: AnyContext): Language {
  return c.var.staff?.language ?? guessLanguage(c);
}
