// No search engine lists a page, and a messenger that shows one before it is opened shows nothing of what it is about.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/running-app.ts';

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await startApp({ env: { OPERATOR_NAME: 'Casa Exemplo', OPERATOR_PHONE: '+00', MAIL_FROM: 'a@example.org' } });
  url = `http://127.0.0.1:${(await app.app.listen()).port}`;
});
afterAll(() => app.close());

const PATHS = ['/', '/robots.txt', '/c/emler-2024', '/print/en', '/back', '/desk', '/health', '/nothing-here'];

it.each(PATHS)('%s is in no index', async (path) => {
  const answer = await fetch(`${url}${path}`, { redirect: 'manual' });
  expect(answer.headers.get('x-robots-tag')).toBe('noindex, nofollow, noarchive');
});

it('robots.txt allows nothing', async () => {
  const answer = await fetch(`${url}/robots.txt`);
  expect([answer.status, await answer.text()]).toEqual([200, 'User-agent: *\nDisallow: /\n']);
});

it.each(['en', 'fr', 'es', 'pt'])('what a messenger shows of a page in %s is neutral', async (language) => {
  for (const path of ['/', '/c/emler-2024', '/back']) {
    const page = await (await fetch(`${url}${path}`, { headers: { 'accept-language': language } })).text();
    const head = /<head>(.*?)<\/head>/su.exec(page)?.[1] ?? '';
    const shown = [...head.matchAll(/(?:og:title|og:description|"description")" content="([^"]*)"|<title>([^<]*)/gu)];
    const texts = [...new Set(shown.map(([, content, title]) => content ?? title ?? ''))];
    expect(texts, path).toHaveLength(1);
    expect(texts[0]).toMatch(/^[\p{L} ]{3,20}$/u);
    expect(head).not.toMatch(/griot|casa exemplo|police|polic[ií]a|emler|og:image/iu);
  }
});
