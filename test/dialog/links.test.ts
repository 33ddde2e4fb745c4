import { describe, expect, it } from 'vitest';
import { linksIn, linksName, withoutTracking } from '../../src/dialog/understanding/links.ts';

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

describe('no harm 3: a name in a link is found as it is in a text', () => {
  it.each([
    ['https://presse.example/awa-ndiaye-tuee', 'Awa N’Diaye', true],
    ["https://presse.example/awa-n'diaye", 'Awa Ndiaye', true],
    ['https://presse.example/awa-n%E2%80%99diaye', 'Awa Ndiaye', true],
    ['https://jornal.example/joao-goncalves', 'João Gonçalves', true],
    ['https://jornal.example/jo%C3%A3o-gon%C3%A7alves', 'Joao Goncalves', true],
    ['https://diario.example/JulioCruzPaz', 'Julio Cruz Paz', true],
    ['https://news.example/the-okafors', 'Ngozi Okafor', true],
    ['https://news.example/2024/may/will-they-answer', 'Will May', false],
    ['https://diario.example/julio-domingo', 'Julio Domingo', true],
    ['https://diario.example/julio/4', 'Julio Domingo', false],
  ])('%s of %s: %s', (link, name, expected) => {
    expect(linksName([`${link} .`], [name])).toBe(expected);
  });

  it.each([
    ['https://presse.example/Awa-Ndiaye', 'Awa N’Diaye était ma sœur.'],
    ['https://presse.example/Awa-N%27Diaye', 'Awa Ndiaye était ma sœur.'],
    ['https://jornal.example/Joao_Goncalves', 'João Gonçalves era meu pai.'],
    ['https://diario.example/Jose-Nunez', 'José Núñez salió.'],
  ])('%s names nobody whom %j does not name', (link, text) => {
    expect(linksName([text, link], [])).toBe(false);
    expect(linksName([link], [])).toBe(true);
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

  it('keep a closing bracket whose opening one is theirs', () => {
    const text = '(see https://a.example/x_(y)) [https://a.example/[b]/c_(d)]; (https://a.example/(e)).';
    expect(linksIn(text)).toEqual(['https://a.example/x_(y)', 'https://a.example/[b]/c_(d)', 'https://a.example/(e)']);
  });

  it('may begin with www., if a whole address follows', () => {
    expect(linksIn('www.a.example/x, WWW.b.example. Awww.no www.here or me@www.c.example')).toEqual([
      'www.a.example/x',
      'WWW.b.example',
    ]);
  });

  it('stay as they were written', () => {
    const text = 'https://josé.example/peña?q=añil&fbclid=1#más www.ação.example/á(b)';
    expect(linksIn(text).map(withoutTracking)).toEqual([
      'https://josé.example/peña?q=añil#más',
      'www.ação.example/á(b)',
    ]);
  });
});
