// The routes that are reached without a session. What they have in common: a cookie from the first page on, a token in
// every form, and a throttle before anything is looked at.

import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import type { Language } from '../../languages.ts';
import type { Desk } from '../desk.ts';
import { layout, type Page } from '../layout.ts';
import { staffLanguage, notice } from '../notice-page.ts';
import { isChange, isOurForm } from './guard.ts';
import { csrfOf, giveToken, tokenOf } from './token.ts';

export interface DoorEnv {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: { token: string; csrf: string };
}

export type DoorContext = Context<DoorEnv>;

/** The cookie is given with the first page; a form without it, or of another one, is not taken. */
export function atSignIn(desk: Desk): MiddlewareHandler<DoorEnv> {
  return async (c, next) => {
    const known = tokenOf(c, desk);
    if (isChange(c) && known === null) return notice(c, desk, 403, 'elsewhere');
    const token = known ?? giveToken(c, desk);
    c.set('token', token);
    c.set('csrf', csrfOf(token, desk));
    if (isChange(c) && !(await isOurForm(c, desk, c.var.csrf))) return notice(c, desk, 403, 'elsewhere');
    return next();
  };
}

export function newSignInRoutes(desk: Desk): Hono<DoorEnv> {
  const door = new Hono<DoorEnv>();
  // By their paths: a middleware over everything would stand before the rooms inside, too.
  for (const path of ['/sign-in/*', '/set-up/*']) door.use(path, atSignIn(desk));
  return door;
}

/** `language`: of the account, once it is known; else the browser's. */
export function drawDoor(
  c: DoorContext,
  desk: Desk,
  page: Page,
  language: Language,
  status: 200 | 401 | 422 | 429 | 503 = 200,
): Response | Promise<Response> {
  return c.html(layout(desk, language, page, null), status);
}

export function asked(c: DoorContext, desk: Desk, problem: string | null, language: Language = staffLanguage(c)) {
  return { texts: desk.texts[language].signIn, csrf: c.var.csrf, problem };
}

/** When a throttled try may be made again, as the clock shows it here. */
export function clock({ timeZone }: Desk, language: Language, at: Date): string {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat(language, options).format(at);
}
