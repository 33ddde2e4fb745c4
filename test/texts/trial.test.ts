// In a trial nobody shall write a true story: the first line of the first bubble says so in every language.

import { expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/languages.ts';
import { loadCatalogues } from '../../src/texts/catalogues.ts';

const NO_TRUE_STORY: Readonly<Record<Language, RegExp>> = {
  en: /no true story/u,
  fr: /pas ici d’histoire vraie/u,
  es: /no escriba aquí una historia verdadera/u,
  pt: /não escreva aqui uma história verdadeira/u,
  ht: /pa ekri okenn istwa ki vre/u,
  ar: /لا تكتبوا هنا قصة حقيقية/u,
};

it.each(LANGUAGES)('a trial in %s asks for no true story, before anything else', (language) => {
  const { trial } = loadCatalogues().bot[language].hello as { readonly trial: string };
  expect(trial.split('\n')[0]).toMatch(NO_TRUE_STORY[language]);
});
