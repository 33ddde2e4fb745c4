// The visitor of the page: the cookie and the sender's network address. The cookie is the only key to a conversation.

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Language } from '../../languages.ts';
import { acceptedLanguage } from '../../web/toolkit/request.ts';
import type { Address } from '../channel.ts';
import type { WebChatDeps } from './ports.ts';
import type { KeptSessions, SessionChange, WebSession } from './kept-sessions.ts';

// A web session ends after some quiet minutes without a request: a person who opens the page then, perhaps another one with the same
// phone, sees only new replies. One process keeps them in memory; several keep them in the database, each sealed with its own cookie.
// After a restart, or a crash of the database, every page begins a new session, which shows too little rather than too much.

const MINUTE = 60_000;
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

export function rememberedSessions(): KeptSessions {
  const sessions = new Map<string, WebSession>();
  const drafts = new Map<string, string>();
  return {
    find: (token) => Promise.resolve(sessions.get(token) ?? null),
    draft: (token) => Promise.resolve(drafts.get(token) ?? ''),
    put(token, session, before) {
      if ((sessions.get(token)?.start ?? null) !== before) return Promise.resolve(false);
      drafts.delete(token);
      sessions.delete(token);
      sessions.set(token, session);
      const [oldest] = sessions.size > MOST_SESSIONS ? sessions.keys() : [];
      if (oldest !== undefined) sessions.delete(oldest);
      return Promise.resolve(true);
    },
    change(token, start, { draft, ...change }) {
      const session = sessions.get(token);
      if (session?.start !== start) return Promise.resolve();
      sessions.delete(token);
      sessions.set(token, Object.assign(session, change));
      if (draft === undefined) return Promise.resolve();
      drafts.delete(token);
      if (draft !== null) drafts.set(token, draft);
      const [oldest] = drafts.size > MOST_DRAFTS ? drafts.keys() : [];
      if (oldest !== undefined) drafts.delete(oldest);
      return Promise.resolve();
    },
    forget(token) {
      drafts.delete(token);
      sessions.delete(token);
      return Promise.resolve();
    },
  };
}

/** Other processes may begin the same session at the same moment; more than once is a fault. */
const TRIES = 5;

export class WebSessions {
  readonly #now: () => Date;
  readonly #kept: KeptSessions;

  constructor(now: () => Date, kept: KeptSessions) {
    this.#now = now;
    this.#kept = kept;
  }

  /** The running session, or a new one. Prolongs it. */
  async open(token: string): Promise<WebSession> {
    for (let tries = 1; ; tries++) {
      const now = this.#now();
      const before = await this.#kept.find(token);
      if (before !== null && now.getTime() - before.seen < before.quiet * MINUTE) {
        await this.change(token, before, { seen: now.getTime() });
        return before;
      }
      const session = begin(now, before);
      if (await this.#kept.put(token, session, before?.start ?? null)) return session;
      if (tries === TRIES) throw new Error('a web session could not be begun');
    }
  }

  /** The running session; null if there is none. Does not prolong it. */
  async running(token: string): Promise<WebSession | null> {
    const session = await this.#kept.find(token);
    return session !== null && this.#now().getTime() - session.seen < session.quiet * MINUTE ? session : null;
  }

  /** The language last drawn for this page, even after the session. */
  async language(token: string): Promise<Language | null> {
    return (await this.#kept.find(token))?.language ?? null;
  }

  /** In what is kept, and in `session`. */
  async change(token: string, session: WebSession, change: Omit<SessionChange, 'draft'>): Promise<void> {
    Object.assign(session, change);
    await this.#kept.change(token, session.start, change);
  }

  /** An unsent draft, for the rest of this session, while the person looks at another page. */
  async keepDraft(token: string, { start }: WebSession, text: string): Promise<void> {
    await this.#kept.change(token, start, { draft: text.trim() === '' ? null : text });
  }

  draft(token: string): Promise<string> {
    return this.#kept.draft(token);
  }

  forget(token: string): Promise<void> {
    return this.#kept.forget(token);
  }
}

function begin(now: Date, before: WebSession | null): WebSession {
  return {
    start: now.toISOString(),
    from: before === null ? now.toISOString() : new Date(before.seen + 1).toISOString(),
    seen: now.getTime(),
    greeted: false,
    earlier: false,
    key: null,
    language: before?.language ?? null,
    quiet: before?.quiet ?? QUIET_MINUTES,
  };
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
export async function languageOf(c: Context<WebEnv>, deps: WebChatDeps, sessions: WebSessions): Promise<Language> {
  const token = tokenOf(c, deps);
  return (token === null ? null : await sessions.language(token)) ?? acceptedLanguage(c.req.header('accept-language'));
}

/**
 * Whether a page without our cookie may begin a conversation at once. After a link from another site the browser holds
 * a Strict cookie back: beginning then would overwrite an existing conversation.
 */
export function mayBegin(c: Context<WebEnv>): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined ? c.req.query('here') !== undefined : site === 'same-origin' || site === 'none';
}
