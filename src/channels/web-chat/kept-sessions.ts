// The sessions of web pages, as they are remembered: by one process itself, by several in the database.

import type { Language } from '../../languages.ts';

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

/** `draft`: unsent words; null: none. */
export type SessionChange = Partial<Omit<WebSession, 'start' | 'from'>> & { readonly draft?: string | null };

/** By the cookie's token. */
export interface KeptSessions {
  find(token: string): Promise<WebSession | null>;
  draft(token: string): Promise<string>;
  /** In place of the one that began at `before`, without its draft; null: there was none. False if that is not so any more. */
  put(token: string, session: WebSession, before: string | null): Promise<boolean>;
  /** Does nothing to another session than the one that began then. */
  change(token: string, start: string, change: SessionChange): Promise<void>;
  forget(token: string): Promise<void>;
}
