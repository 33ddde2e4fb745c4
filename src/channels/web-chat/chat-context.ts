// The shared parts of the web chat's routes: ports, sessions, limits, and the drawing of a page.

import type { Context } from 'hono';
import type { Language } from '../../languages.ts';
import { loadAsset } from '../../web/toolkit/assets.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { TokenBuckets } from './limits.ts';
import { type Assets, type Frame, type NoticeKey, noticePage, type Unsent } from './page/layout.ts';
import { WEB_CHAT, webAddress, type WebChatDeps } from './ports.ts';
import { buildShown, offered, type Offers, type Shown } from './shown.ts';
import { languageOf, quietMinutes, type WebEnv, WebSessions } from './visitor.ts';

export type WebContext = Context<WebEnv>;

export interface ChatContext {
  readonly deps: WebChatDeps;
  readonly assets: Assets;
  readonly sessions: WebSessions;
  readonly limits: {
    /** Messages, per conversation. */
    readonly messages: TokenBuckets;
    /** Messages, per network address: generous, since many families share one. */
    readonly sender: TokenBuckets;
    /** Conversations begun, per network address. */
    readonly beginnings: TokenBuckets;
    /** Codes tried, made or ended, per network address. */
    readonly codes: TokenBuckets;
  };
}

/** Throws if a file is missing. */
function loadAssets(): Assets {
  const folder = new URL('browser/', import.meta.url);
  return {
    style: loadAsset(folder, '/', 'chat.css'),
    print: loadAsset(folder, '/', 'print.css'),
    script: loadAsset(folder, '/', 'chat.js'),
    typed: loadAsset(folder, '/', 'typed.js'),
    voice: loadAsset(folder, '/', 'voice.js'),
    icon: loadAsset(folder, '/', 'icon.svg'),
  };
}

export function buildChatContext(deps: WebChatDeps): ChatContext {
  const { now } = deps;
  return {
    deps,
    assets: loadAssets(),
    sessions: new WebSessions(now),
    limits: {
      messages: new TokenBuckets({ burst: 60, perMinute: 60 }, now),
      sender: new TokenBuckets({ burst: 600, perMinute: 600 }, now),
      beginnings: new TokenBuckets({ burst: 60, perMinute: 30 }, now),
      codes: new TokenBuckets({ burst: 10, perMinute: 1 }, now),
    },
  };
}

export function frameOf(c: WebContext, chat: ChatContext, language = languageOf(c, chat.deps, chat.sessions)): Frame {
  const { texts, leaveUrl, trial, takesVoice } = chat.deps;
  return { language, texts: texts[language], allTexts: texts, assets: chat.assets, leaveUrl, trial, takesVoice };
}

/** A random id for a newly drawn form. */
export function newFormId({ deps }: ChatContext): string {
  return Buffer.from(deps.randomBytes(16)).toString('base64url');
}

/**
 * The lines that may be shown to the browser with this cookie: those of the running session, as far as they are theirs.
 * Null if the cookie belongs to nobody.
 */
export async function drawn(chat: ChatContext, token: string): Promise<{ person: string; shown: Shown } | null> {
  const { people } = chat.deps;
  const known = await people.personAt(webAddress(token));
  if (known === null) return null;
  const session = chat.sessions.running(token);
  const said = session === null ? [] : await people.transcript(known.person, session.from, WEB_CHAT);
  const shown = buildShown(said.filter(({ from, at }) => from !== 'person' || at >= (session?.start ?? at)));
  if (session !== null && shown.language !== null) session.language = shown.language;
  if (session !== null && shown.language !== null) session.quiet = quietMinutes(shown);
  return { person: known.person, shown: { ...shown, offers: await offersOf(chat, known.person, shown) } };
}

async function offersOf({ deps }: ChatContext, person: string, shown: Shown): Promise<Offers> {
  const all = offered(shown);
  const kept = await Promise.all(all.map(({ kind, contribution }) => deps.people.document(person, kind, contribution)));
  return new Map(all.map(({ kind }, i) => [kind, kept[i]?.files.map(({ format }) => format) ?? []]));
}

export type NoticeStatus = 400 | 403 | 404 | 409 | 413 | 429 | 500 | 503;

export function notice(
  c: WebContext,
  chat: ChatContext,
  status: NoticeStatus,
  key: NoticeKey,
  unsent: Unsent | null = null,
): Response | Promise<Response> {
  return draw(c, noticePage(frameOf(c, chat), key, unsent), status);
}

export function draw(c: WebContext, page: Html, status: 200 | NoticeStatus = 200): Response | Promise<Response> {
  return c.html(page, status);
}

/** The language of the last line, else languageOf(). */
export function languageDrawn(c: WebContext, chat: ChatContext, shown: Shown): Language {
  return shown.language ?? languageOf(c, chat.deps, chat.sessions);
}
