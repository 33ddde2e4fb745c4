// Who is at the page: the cookie and the sender's network address. The cookie is the only key to a conversation.

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { networkOf } from '../../request.ts';
import { acceptedLanguage } from './accept-language.ts';
import type { WebChatDeps } from './ports.ts';
import type { Language } from '../../languages.ts';
import type { WebSessions } from './web-sessions.ts';

/** In tests there is no socket behind a request. */
export interface WebEnv {
  readonly Bindings: Partial<HttpBindings>;
}

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** `__Host-` binds the cookie to this host over https; browsers refuse the prefix on plain loopback. */
function cookieName(deps: WebChatDeps): string {
  return deps.publicUrl.protocol === 'https:' ? '__Host-griot' : 'griot';
}

function cookieOptions(deps: WebChatDeps) {
  return { httpOnly: true, sameSite: 'Strict', path: '/', secure: deps.publicUrl.protocol === 'https:' } as const;
}

/** The token of the page's cookie; null where there is none, or it is not one of ours. */
export function tokenOf(c: Context<WebEnv>, deps: WebChatDeps): string | null {
  const token = getCookie(c, cookieName(deps));
  return token !== undefined && TOKEN.test(token) ? token : null;
}

/** A new token of 256 random bits, in a session cookie: it goes when the browser closes. */
export function giveToken(c: Context<WebEnv>, deps: WebChatDeps): string {
  const token = newToken(deps);
  setToken(c, deps, token);
  return token;
}

export function newToken(deps: WebChatDeps): string {
  return Buffer.from(deps.randomBytes(TOKEN_BYTES)).toString('base64url');
}

export function setToken(c: Context<WebEnv>, deps: WebChatDeps, token: string): void {
  setCookie(c, cookieName(deps), token, cookieOptions(deps));
}

export function takeToken(c: Context<WebEnv>, deps: WebChatDeps): void {
  deleteCookie(c, cookieName(deps), cookieOptions(deps));
}

/** The sender's network for rate limits (src/request.ts); never stored, never logged. */
export function senderOf(c: Context<WebEnv>, deps: WebChatDeps): string {
  const forwarded = deps.trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1) : undefined;
  return networkOf(forwarded ?? socketAddress(c.env) ?? 'unknown');
}

/** A request made in memory has no bindings at all, whatever Hono's types say. */
function socketAddress(bindings: Partial<HttpBindings> | undefined): string | undefined {
  return bindings?.incoming?.socket.remoteAddress;
}

/** The language last drawn for this page, else the browser's. */
export function languageOf(c: Context<WebEnv>, deps: WebChatDeps, sittings: WebSessions): Language {
  const token = tokenOf(c, deps);
  return (token === null ? null : sittings.language(token)) ?? acceptedLanguage(c.req.header('accept-language'));
}
