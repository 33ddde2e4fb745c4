import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { countWords } from '../src/words.ts';

const CASES = z
  .array(z.object({ name: z.string(), text: z.string(), libreoffice: z.number(), whitespace: z.number() }))
  .parse(JSON.parse(readFileSync(new URL('fixtures/word-count-cases.json', import.meta.url), 'utf8')));

const anyText = fc.string({ unit: 'binary', maxLength: 200 });

describe('fault 22: countWords', () => {
  it.each(CASES)('is not below LibreOffice or the plain split: $name', ({ text, libreoffice, whitespace }) => {
    expect(countWords(text)).toBeGreaterThanOrEqual(Math.max(libreoffice, whitespace));
  });

  it.each([
    ['Mataram meu filho às três da manhã.', 7],
    ['On m’a dit d’attendre : j’attends aujourd’hui encore.', 8],
    ['¿Quién investigó? ¡Nadie!', 3],
    ['We asked for the file, and they said “no”.', 9],
    ['a well-known follow-up', 3],
    ['', 0],
    [' \n\u00a0\t ', 0],
    ['rights — all — matter', 5],
    ['rights—all', 2],
    ['rights--all', 3],
    ['2019–2024', 2],
    ['人权', 2],
    ['https://www.ohchr.org/en/calls?x=1&y=2#z', 1],
  ])('counts %j as %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });

  it('is never below a plain split on white space, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(countWords(text)).toBeGreaterThanOrEqual(text.split(/\s+/).filter((word) => word !== '').length);
      }),
    );
  });

  it('adds up over a space and over a line feed', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.constantFrom(' ', '\n'), (one, two, between) => {
        expect(countWords(one + between + two)).toBe(countWords(one) + countWords(two));
      }),
    );
  });

  it('ends over a line of 100,000 characters: what grows with its square would take longer than a test may', () => {
    expect(countWords('é'.repeat(100_000))).toBe(1);
    expect(countWords('-'.repeat(100_000))).toBe(50_000);
  });
});
