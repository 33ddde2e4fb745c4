// The page to print: what is read aloud to a person is what the bot says, word for word, and the paper has no place for a name.

import { describe, expect, it } from 'vitest';
import { topicsOf } from '../../src/calls/call.ts';
import { LANGUAGES, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { intake, operator, shelf, texts } from '../support/player.ts';
import { printed } from '../support/printed.ts';
import { browserLike } from './browser-like.ts';
import { scriptedChat } from './scripted-chat.ts';

const { call, hash } = shelf.current(intake.call);

/** What a person reads on it. */
function wordsOf(page: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  const text = page.replaceAll(/<\/?bdi[^>]*>/gu, '').replaceAll(/<head>[^]*?<\/head>|<[^>]*>/gu, ' ');
  return spaced(text.replaceAll(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => signs[name] ?? ''));
}

const spaced = (text: string) => text.replaceAll(/\s+/gu, ' ').trim();

describe.each(WHOLE_LANGUAGES)('the page to print in %s', (language) => {
  const { name: org, phone, idleDays: idle, closedDays: closed } = operator;
  const say = (key: string, params = {}) =>
    spaced(texts.translate(language, { key, params }, hash).replaceAll('*', ''));

  it('says what the bot says, word for word', async () => {
    const { status, text } = await browserLike(scriptedChat().app).get(`/print/${language}`);
    expect(status).toBe(200);
    const page = wordsOf(text);
    expect(page).toContain(say('printed.who', { org, phone }));
    expect(page).toContain(say('printed.withdraw', { org, phone }));
    expect(page).toContain(say('gathering.aloud-keep', { org, idle, closed }));
    expect(page).toContain(say('publication.ask'));
    expect(page).toContain(say('call:how-used'));
    expect(page).toContain(say('printed.story'));
    expect(page).toContain(say('publication.sure'));
    for (const value of intake.choices.publication) {
      const publication = { key: `publication.label.${value}` };
      expect(page).toContain(say('gathering.aloud-send', { publication }));
      expect(page).toContain(say(`choices.${value}`));
    }
    for (const { id } of topicsOf(call)) {
      expect(page).toContain(say(`call:topics.${id}.short`));
      expect(page).toContain(say(`call:topics.${id}.hints.family`));
    }
    for (const ask of ['asks-government', 'asks-experts', 'good', 'else']) {
      const [question = ''] = texts.translate(language, { key: `${ask}.ask` }, hash).split('\n');
      expect(page).toContain(spaced(question));
    }
    for (const value of ['teller-yes', 'teller-minor', 'teller-no', 'read-phone', 'agrees-yes', 'initials']) {
      expect(page).toContain(say(`choices.${value}`));
    }
  });

  it('leads to the other languages, and asks for nothing but its own style', async () => {
    const chat = scriptedChat();
    const { text, headers } = await browserLike(chat.app).get(`/print/${language}`);
    expect(text).toContain(`<html lang="${language}" dir="ltr">`);
    const others = LANGUAGES.filter((other) => other !== language);
    expect([...text.matchAll(/href="\/print\/(\w\w)"/gu)].map(([, other]) => other)).toEqual(others);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|(?:href|src)="https?:/iu);
    const style = /href="(\/print\.css\?v=[\w-]+)"/u.exec(text)?.[1] ?? '';
    const css = await browserLike(chat.app).get(style);
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(css.text).not.toMatch(/url\(|@import/u);
  });
});

describe('the page to print', () => {
  it('begins no conversation and leaves no cookie', async () => {
    const chat = scriptedChat();
    const ana = browserLike(chat.app);
    const { headers } = await ana.get('/print/pt', { 'sec-fetch-site': 'cross-site' });
    expect(headers.getSetCookie()).toEqual([]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(ana.cookie).toBeNull();
    expect(chat.taken).toEqual([]);
  });

  it('is found without a language, in that of the browser; another language is not there', async () => {
    const ana = browserLike(scriptedChat().app, 'es-MX,es;q=0.9');
    expect((await ana.get('/print')).headers.get('location')).toBe('/print/es');
    expect((await ana.get('/print/wo')).status).toBe(404);
    expect((await ana.get('/print/constructor')).status).toBe(404);
  });

  it('shows an operator’s name as text, whatever signs it has', async () => {
    const name = 'Mães & Filhos <script>alert(1)</script> "{{phone}}"';
    const { text } = await browserLike(scriptedChat(undefined, { printed: printed({ name }) }).app).get('/print/pt');
    expect(text).not.toContain('<script>alert');
    expect(wordsOf(text)).toContain(name);
  });

  it('says on paper, too, that a trial is one, and names no organisation as standing behind it', async () => {
    const trial = { trial: true, printed: printed({ trial: true, phone: null }) };
    const { text } = await browserLike(scriptedChat(undefined, trial).app).get('/print/en');
    expect(text).toContain('class="trial"');
    expect(wordsOf(text)).toContain('This is only a trial');
    expect(wordsOf(text)).toContain('no phone number yet');
  });
});
