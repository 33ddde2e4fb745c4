// Coming from elsewhere (a link in a mail, the organisation's sign-in service) the browser keeps our Strict cookie back, even
// for somebody who is signed in. An empty page goes on by itself, and then it comes along (docs/decisions/0031).

import type { MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { pathWithin } from './sign-in/request.ts';

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
