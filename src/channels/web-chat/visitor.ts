// The visitor of the page: the cookie and the sender's network address. The cookie is the only key to a conversation.

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Language } from '../../languages.ts';
import { acceptedLanguage } from '../../web/toolkit/request.ts';
import type { Address } from '../channel.ts';
import type { WebChatDeps } from './ports.ts';

// A web session ends after some quiet minutes without a request: a person who opens the page then, perhaps another one
// with the same phone, sees only new replies. Kept in memory only: after a restart every page begins a new session,
// which shows too little rather than too much.

const QUIET_MINUTES = 15;

/** For an organiser's chat: the time after which the passphrase is asked again (dialog/organiser/gathering.ts). */
export const QUIET_WITH_SEVERAL = 5;

export function quietMinutes({ several }: { readonly several: boolean }): number {
  return several ? QUIET_WITH_SEVERAL : QUIET_MINUTES;
}

/** Most sessions remembered; the longest unused is forgotten first. */
const MOST_SESSIONS = 50_000;

/** Most drafts remembered, each 64 KB at most; the oldest is forgotten first. */
const MOST_DRAFTS = 250;

export interface WebSession {
  /** When it began (ISO); part of the opening event's id. */
  readonly start: string;
  /** The bot's lines from this time (ISO) may be drawn, including those since the page was last looked at. */
  readonly from: string;
  seen: number;
  /** The bot has answered in this session, so the page need not be greeted. */
  greeted: boolean;
  /** There are lines from before this session, which are not drawn. */
  earlier: boolean;
  /** The language last drawn. */
  language: Language | null;
  /** Key with which the page seals a draft while it reloads; null before the first page. */
  key: string | null;
  /** Minutes without a request after which it ends. */
  quiet: number;
}

function runs({ seen, quiet }: WebSession, now: Date): boolean {
  return now.getTime() - seen < quiet * 60_000;
}

export class WebSessions {
  readonly #now: () => Date;
  readonly #sessions = new Map<string, WebSession>();
  readonly #drafts = new Map<WebSession, string>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** The running session, or a new one. Prolongs it. */
  open(token: string): WebSession {
    const now = this.#now();
    const before = this.#sessions.get(token);
    const session = before !== undefined && runs(before, now) ? before : this.#begin(now, before);
    session.seen = now.getTime();
    this.#sessions.delete(token);
    this.#sessions.set(token, session);
    if (this.#sessions.size > MOST_SESSIONS) {
      const oldest = this.#sessions.keys().next();
      if (oldest.done !== true) this.#sessions.delete(oldest.value);
    }
    return session;
  }

  /** The running session; null if there is none. Does not prolong it. */
  running(token: string): WebSession | null {
    const session = this.#sessions.get(token);
    return session !== undefined && runs(session, this.#now()) ? session : null;
  }

  /** The language last drawn for this page, even after the session. */
  language(token: string): Language | null {
    return this.#sessions.get(token)?.language ?? null;
  }

  /** An unsent draft, in memory, for the rest of this session, while the person looks at another page. */
  keepDraft(session: WebSession, text: string): void {
    this.#drafts.delete(session);
    if (text.trim() !== '') this.#drafts.set(session, text);
    const [oldest] = this.#drafts.size > MOST_DRAFTS ? this.#drafts.keys() : [];
    if (oldest !== undefined) this.#drafts.delete(oldest);
  }

  draft(session: WebSession): string {
    return this.#drafts.get(session) ?? '';
  }

  forget(token: string): void {
    const session = this.#sessions.get(token);
    if (session !== undefined) this.#drafts.delete(session);
    this.#sessions.delete(token);
  }

  #begin(now: Date, before: WebSession | undefined): WebSession {
    if (before !== undefined) this.#drafts.delete(before);
    return {
      start: now.toISOString(),
      from: before === undefined ? now.toISOString() : new Date(before.seen + 1).toISOString(),
      seen: now.getTime(),
      greeted: false,
      earlier: false,
      key: null,
      language: before?.language ?? null,
      quiet: before?.quiet ?? QUIET_MINUTES,
    };
  }
}

export const WEB_CHAT = 'web-chat';

/** The address of the holder of this cookie. */
export function webAddress(token: string): Address {
  return { channel: WEB_CHAT, account: 'default', address: token };
}

/** In tests a request has no socket. */
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

/** The token of the page's cookie; null if there is none, or it is not ours. */
export function tokenOf(c: Context<WebEnv>, deps: WebChatDeps): string | null {
  const token = getCookie(c, cookieName(deps));
  return token !== undefined && TOKEN.test(token) ? token : null;
}

/** A new token of 256 random bits, in a session cookie, which the browser drops when it closes. */
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

/** The language last drawn for this page, else the browser's. */
export function languageOf(c: Context<WebEnv>, deps: WebChatDeps, sessions: WebSessions): Language {
  const token = tokenOf(c, deps);
  return (token === null ? null : sessions.language(token)) ?? acceptedLanguage(c.req.header('accept-language'));
}

/**
 * Whether a page without our cookie may begin a conversation at once. After a link from another site the browser holds
 * a Strict cookie back: beginning then would overwrite an existing conversation.
 */
export function mayBegin(c: Context<WebEnv>): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined ? c.req.query('here') !== undefined : site === 'same-origin' || site === 'none';
}
