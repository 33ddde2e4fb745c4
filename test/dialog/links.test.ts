import { describe, expect, it } from 'vitest';
import { linksIn, linksName } from '../../src/dialog/links.ts';

describe('a link that names whom the text does not', () => {
  it.each([
    ['a name nobody wrote', 'Veja https://jornal.example/2024/Davi-Exemplo-morto', [], true],
    ['the same name in the text', 'Davi Exemplo era meu filho. https://jornal.example/Davi-Exemplo', [], false],
    ['a withheld name, in small letters too', 'https://news.example/kofi-mensah-shot', ['Kofi Mensah'], true],
    ['written in per cent', 'https://journal.example/Awa%20Agbodjan', [], true],
    ['nobody', 'https://www.example.org/news/2024/03/12?id=Report', [], false],
    ['one that cannot be decoded', 'https://www.example.org/%E0%A4%A', [], false],
  ] as const)('%s', (_, text, hidden, expected) => {
    expect(linksName([text], hidden)).toBe(expected);
  });
});

describe('the links of a text', () => {
  it('are without the punctuation that ends a sentence', () => {
    expect(linksIn('See (https://example.org/a). https://example.org/b)], http://c.example/d(e)x!')).toEqual([
      'https://example.org/a',
      'https://example.org/b',
      'http://c.example/d(e)x',
    ]);
  });
});
