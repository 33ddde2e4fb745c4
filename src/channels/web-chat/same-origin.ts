import type { Context } from 'hono';
import { tokenOf, type WebEnv } from './visitor.ts';
import type { WebChatDeps } from './ports.ts';

/**
 * Whether a form was sent from our own page. Browsers say so in Sec-Fetch-Site; older ones in Origin, which
 * our Referrer-Policy turns to "null" (https://fetch.spec.whatwg.org/#append-a-request-origin-header). Where both
 * are silent, the cookie answers: SameSite=Strict keeps it out of every request from elsewhere.
 */
export function isFromOurPage(c: Context<WebEnv>, deps: WebChatDeps): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null') {
    return origin === deps.publicUrl.origin || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
  }
  return tokenOf(c, deps) !== null;
}

/**
 * Whether a page without our cookie may begin a conversation at once. After a link from elsewhere the browser
 * keeps a Strict cookie back even where it has one: beginning then would overwrite a conversation that is there.
 */
export function mayBegin(c: Context<WebEnv>): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined ? c.req.query('here') !== undefined : site === 'same-origin' || site === 'none';
}
