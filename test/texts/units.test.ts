// A number and its unit: "1 word", "12 words". A day and an hour, as people say them.

import { describe, expect, it } from 'vitest';
import { type Language, LANGUAGES } from '../../src/languages.ts';
import { loadCatalogue, templatesOf } from '../../src/texts/catalogues.ts';
import { buildTexts } from '../../src/texts/translate.ts';

const BOT = loadCatalogue('bot');
const { translate } = buildTexts(BOT, 'UTC');

const SHOWN = {
  en: ['0 words', '1 word', '2 words'],
  fr: ['0 mot', '1 mot', '2 mots'],
  es: ['0 palabras', '1 palabra', '2 palabras'],
  pt: ['0 palavra', '1 palavra', '2 palavras'],
} as const;

describe('A number with its unit', () => {
  it.each(Object.entries(SHOWN))('agrees in %s', (name, shown) => {
    const language = LANGUAGES.find((one) => one === name) ?? 'en';
    const text = (words: number) =>
      translate(language, { key: 'over-limit.part', params: { part: 'A', words, lose: 0 } }, '');
    expect([0, 1, 2].map((words) => /\d+ \p{L}+/u.exec(text(words))?.[0])).toEqual(shown);
  });

  it.each(LANGUAGES)('is never written out in a text of %s', (language) => {
    const texts = templatesOf(BOT[language]);
    const units = [...texts].filter(([key]) => /^units\..*_other$/u.test(key));
    expect(units.length).toBeGreaterThan(5);
    // Kreyòl has one form for all numbers, which is right wherever it is written.
    const plurals = units
      .filter(([key, text]) => {
        const unit = key.replace('other', '');
        return [...texts].some(([other, form]) => other.startsWith(unit) && form !== text);
      })
      .map(([, text]) => text.replace('{{count}} ', ''));
    if (language === 'ht') return expect(plurals).toEqual([]);
    const bare = new RegExp(`\\{\\{\\w+\\}\\} (?:${plurals.join('|')})(?!\\p{L})`, 'u');
    expect(
      [...texts].filter(([key, text]) => !key.startsWith('units.') && bare.test(text)).map(([key]) => key),
    ).toEqual([]);
  });

  it('keeps a person’s words that look like a place as they are', () => {
    const text = translate(
      'en',
      { key: 'over-limit.part', params: { part: '{{words, words}}', words: 3, lose: 0 } },
      '',
    );
    expect(text).toBe('{{words, words}}: 3 words, could lose 0');
  });
});

describe('A moment', () => {
  const open = (language: Language, at: string, zone: string) =>
    translate(
      language,
      { key: 'hello.open', params: { date: { at, show: 'date' }, time: { at, show: 'time', zone } } },
      '',
    );

  it.each([
    ['en', '1 November 2026, 23:59 (Geneva time)'],
    ['fr', '1er novembre 2026, 23:59 (heure de Genève)'],
    ['es', '1 de noviembre de 2026, 23:59 (hora de Ginebra)'],
    ['pt', '1º de novembro de 2026, 23:59 (horário de Genebra)'],
  ] as const)('is said as people of %s say it: the first of a month, and the clocks of the UN', (language, said) => {
    expect(open(language, '2026-11-01T22:59:00Z', 'Europe/Zurich')).toContain(said);
  });

  it('names other days and clocks as the language does', () => {
    const said = open('fr', '2026-11-11T22:59:00Z', 'Europe/Brussels');
    expect(said).toContain('11 novembre 2026, 23:59 (heure d’Europe centrale)');
  });
});
