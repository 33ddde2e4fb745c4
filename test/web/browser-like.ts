// A browser in memory: keeps the cookie, says where its requests come from, fills in the form it was given.

import type { Hono } from 'hono';
import type { WebEnv } from '../../src/channels/web-chat/visitor.ts';

export interface Visit {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface BrowserLike {
  cookie: string | null;
  get(path: string, headers?: Record<string, string>): Promise<Visit>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Visit>;
  /** POST /say with the id of the form drawn last. */
  say(fields: Record<string, string>, headers?: Record<string, string>): Promise<Visit>;
}

export function browserLike(app: Hono<WebEnv>, language = 'pt-BR,pt;q=0.9'): BrowserLike {
  let formId = 'form-id-before-any';
  const fetch = async (path: string, init: RequestInit, headers: Record<string, string>): Promise<Visit> => {
    const sent = new Headers({ 'accept-language': language, 'sec-fetch-site': 'same-origin', ...headers });
    if (browser.cookie !== null) sent.set('cookie', browser.cookie);
    const answer = await app.request(path, { ...init, headers: sent });
    for (const set of answer.headers.getSetCookie()) {
      browser.cookie = set.includes('Max-Age=0') ? null : (set.split(';')[0] ?? null);
    }
    const text = await answer.text();
    formId = /id="say"[^]*?name="id" value="([\w-]+)"/.exec(text)?.[1] ?? formId;
    return { status: answer.status, headers: answer.headers, text };
  };
  const browser: BrowserLike = {
    cookie: null,
    get: (path, headers = {}) => fetch(path, {}, headers),
    post(path, fields = {}, headers = {}) {
      const body = new URLSearchParams(fields).toString();
      const said = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(Buffer.byteLength(body)),
      };
      return fetch(path, { method: 'POST', body }, { ...said, ...headers });
    },
    say: (fields, headers = {}) => browser.post('/say', { id: formId, ...fields }, headers),
  };
  return browser;
}
