import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/languages.ts';
import { ourTexts } from '../../tools/wording/our-texts.ts';
import { breachesIn } from '../../tools/wording/typography.ts';

describe('our texts are set as docs/wording.md says', () => {
  const all = ourTexts();
  it.each(LANGUAGES)('in %s', (language) => {
    const own = all.filter((one) => one.language === language);
    expect(own.length).toBeGreaterThan(1_000);
    const broken = own.flatMap(({ file, key, text, mixed }) =>
      breachesIn(language, text, mixed).map(({ at, better }) => `${file} ${key}: "${at}": ${better}`),
    );
    expect(broken).toEqual([]);
  });
});

const WRONG: readonly (readonly [Language, string, string])[] = [
  ['en', "Don't worry.", '’'],
  ['pt', 'Escreva "sim".', 'quotation'],
  ['es', 'Espere...', '…'],
  ['en', 'Done - for now.', '–'],
  ['en', 'One  thing.', 'one space'],
  ['es', 'Un momento .', 'before a mark'],
  ['pt', 'Um momento: «sim».', '“ ”'],
  ['es', 'Escriba “sí”.', '« »'],
  ['es', 'Qué quiere?', '¿ ?'],
  ['es', '« sí »', 'inside'],
  ['en', 'Write “yes.', 'pairs'],
  ['fr', 'Voulez-vous ?', 'U+202F'],
  ['fr', 'Oui : suivant', 'U+00A0'],
  ['fr', 'Écrivez «oui\u202F».', 'after «'],
];

describe('a text that is set wrong is found', () => {
  it.each(WRONG)('%s: %s', (language, text, better) => {
    expect(breachesIn(language, text).map((one) => one.better)).toEqual([expect.stringContaining(better)]);
  });

  it.each([
    ['en', 'It’s “here” – see https://casa.example/a?b=c, and run npm run -s griot -- chat.'],
    ['fr', '«\u202FOui\u202F»\u202F; d’accord\u202F? À 17:30, voici\u00A0: suivant.'],
    ['es', '¿Qué quiere? «Nada».'],
  ] as const)('and one that is set right is not: %s', (language, text) => {
    expect(breachesIn(language, text)).toEqual([]);
  });
});
