// A browser without scripts: keeps its cookie, follows redirects, sends the forms of the page that it has.

import type { WholeLanguage } from '../../src/languages.ts';
import { readPage, type Page } from './read-page.ts';

/** Milliseconds for one response. */
const PATIENCE = 20_000;

export interface Browser {
  readonly page: Page;
  /** As the browser sends it; null until one was set. */
  readonly cookie: string | null;
  open(path: string): Promise<Page>;
  /** Submits a form of the present page to its URL. */
  send(path: string, fields: Readonly<Record<string, string>>): Promise<Page>;
  download(path: string): Promise<Uint8Array>;
}

/** `origin`: e.g. "http://127.0.0.1:3978". Throws a clear error if a request fails. */
export function openBrowser(origin: string, language: WholeLanguage): Browser {
  let cookie: string | null = null;
  let page = readPage('');

  const fetchFrom = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers({ 'accept-language': language, 'sec-fetch-site': 'same-origin' });
    if (cookie !== null) headers.set('cookie', cookie);
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(new URL(path, origin), { ...init, headers, signal, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      cookie = /;\s*max-age=0/i.test(set) ? null : (set.split(';')[0] ?? null);
    }
    const next = response.headers.get('location');
    if (response.status === 303 && next !== null) return fetchFrom(next, {});
    if (response.ok) return response;
    const said = readPage(await response.text()).notice;
    throw new Error(`${path} was answered with ${response.status}${said === null ? '' : `: ${said}`}`);
  };
  const draw = async (response: Response): Promise<Page> => {
    page = readPage(await response.text());
    return page;
  };

  return {
    get page() {
      return page;
    },
    get cookie() {
      return cookie;
    },
    open: async (path) => draw(await fetchFrom(path, {})),
    async send(path, fields) {
      // Browsers send line breaks as CRLF.
      const sent = Object.entries(fields).map(([name, value]) => [name, value.replaceAll('\n', '\r\n')] as const);
      return draw(await fetchFrom(path, { method: 'POST', body: new URLSearchParams(Object.fromEntries(sent)) }));
    },
    download: async (path) => new Uint8Array(await (await fetchFrom(path, {})).arrayBuffer()),
  };
}
