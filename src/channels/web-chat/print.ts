// GET /print/<language>: the script to read aloud and a form for where there is no network. It holds nobody's words, so it
// is open to all: no cookie is asked for, and none is given. docs/decisions/0085-a-page-to-print.md.

import { isLanguage } from '../../languages.ts';
import { printPage } from './page/print-page.ts';
import { draw, frameOf, notice, type ChatContext, type WebContext } from './chat-context.ts';
import { languageOf } from './visitor.ts';

export function print(c: WebContext, room: ChatContext): Response | Promise<Response> {
  const language = c.req.param('language');
  if (!isLanguage(language)) return notice(c, room, 404, 'notFound');
  return draw(c, printPage(frameOf(c, room, language), room.deps.printed(language)));
}

/** Without a language: in the one last drawn, else the browser's. */
export function toPrint(c: WebContext, { deps, sittings }: ChatContext): Response {
  return c.redirect(`/print/${languageOf(c, deps, sittings)}`, 302);
}
