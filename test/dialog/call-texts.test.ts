// How the texts of the first call read: short, plain, never blaming, never about the death, and honest about who wrote them.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCalls } from '../support/load-calls.ts';
import type { CallCatalogue } from '../../src/calls/load-calls.ts';
import { topicsOf } from '../../src/calls/call.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { loadCatalogues } from '../../src/texts/catalogues.ts';
import type { WholeLanguage } from '../../src/languages.ts';

const { bot } = loadCatalogues();
const root = join(import.meta.dirname, '..', '..');
const { calls, catalogues } = loadCalls(join(root, 'dialogs'), join(root, 'locales'));

function texts(language: WholeLanguage): CallCatalogue {
  const catalogue = catalogues[language]['emler-2024'];
  if (catalogue === undefined) throw new Error(`no texts in ${language}`);
  return catalogue;
}

function questions(language: WholeLanguage): string[] {
  return Object.values(texts(language).topics).flatMap(({ hints, prompts }) => [
    ...Object.values(hints),
    ...Object.values(prompts),
  ]);
}

/** Any of these as whole words; unlike \b it knows that é is a letter. */
const oneOf = (...words: string[]) => new RegExp(`(?<!\\p{L})(${words.join('|')})(?!\\p{L})`, 'iu');

/** Words that turn a question into a reproach, or ask for the death. */
const NEVER: Record<WholeLanguage, RegExp> = {
  en: oneOf('why', 'death', 'died', 'dead', 'kill\\w*', 'shot', 'murder\\w*'),
  fr: oneOf('pourquoi', 'morte?', 'décès', 'tuée?', 'meurtre'),
  es: oneOf('por qué', 'muerte', 'murió', 'muert[oa]', 'mataron', 'asesin\\w*'),
  pt: oneOf('por qu[eê]', 'morte', 'morreu', 'mort[oa]', 'mataram', 'assassin\\w*'),
};

describe.each(WHOLE_LANGUAGES)('%s', (language) => {
  test('sentences of fifteen words or fewer', () => {
    const long = questions(language)
      .flatMap((text) => text.split(/(?<=[.?!:])\s/))
      .filter((sentence) => sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length > 15);
    expect(long).toEqual([]);
  });

  test('nothing that blames, nothing about the death', () => {
    expect(questions(language).filter((text) => NEVER[language].test(text))).toEqual([]);
  });

  test('each bubble of hints begins with it that everything can be left out, and says it once', () => {
    const optional = {
      en: 'Answer only what you want.',
      fr: 'Répondez seulement à ce que vous voulez.',
      es: 'Responda solo lo que quiera.',
      pt: 'Responda só o que quiser.',
    }[language];
    expect(bot[language].topics.topic.split('\n')[0]).toBe(optional);
    for (const { hints } of Object.values(texts(language).topics))
      for (const hint of Object.values(hints)) expect(hint).not.toContain(optional);
  });

  test('each bubble of hints holds as many questions as the role’s single prompts, or nearly', () => {
    const marks = (text: string) => text.split('?').length - 1;
    for (const call of calls)
      for (const topic of topicsOf(call))
        for (const role of ['family', 'organisation'] as const) {
          const said = texts(language).topics[topic.id];
          const single = topic.prompts
            .filter((prompt) => prompt.for.includes(role))
            .map(({ id }) => said?.prompts[id] ?? '');
          expect(marks(said?.hints[role] ?? ''), `${topic.id} ${role}`).toBeGreaterThanOrEqual(single.length);
        }
  });

  test('what asks about threats says: only if it is safe, and no names', () => {
    const threats = texts(language).topics['families']?.prompts['threats'];
    const safe = {
      en: /^Only if it is safe.*No names/,
      fr: /^Seulement si c’est sans danger.*Pas de noms/,
      es: /^Solo si no hay peligro.*Sin nombres/,
      pt: /^Só se for seguro.*Sem nomes/,
    };
    expect(threats).toMatch(safe[language]);
  });

  test('a native reader has not checked it yet, and only English is official', () => {
    expect(texts(language)).toMatchObject({ reviewed: false, official: language === 'en' });
  });
});

test('a translation of an official text says that it is ours; the official text says nothing of the kind', () => {
  const marks = { fr: 'Notre traduction', es: 'Traducción nuestra', pt: 'Tradução nossa' };
  for (const [language, mark] of [
    ['fr', marks.fr],
    ['es', marks.es],
    ['pt', marks.pt],
  ] as const)
    for (const text of [...Object.values(texts(language).why), texts(language)['how-used']])
      expect(text).toContain(mark);
  expect(Object.values(texts('en').why).join(' ')).not.toContain('translation');
});

test('the five official points stand word for word, and head the document', () => {
  const { why, topics } = texts('en');
  expect(why).toEqual({
    investigation:
      'Investigation, prosecution and sentencing, and other accountability and redress measures, including disciplinary proceedings.',
    'racial-bias':
      'Ensuring that examining the role of racial discrimination, stereotypes and biases is central to accountability measures.',
    families: 'The role of victims and their families during accountability processes.',
    oversight: 'Independent and well-resourced oversight and complaint procedures.',
    support: 'Independent and well-resourced mechanisms to support victims and communities affected.',
  });
  for (const [id, text] of Object.entries(why)) expect(`${topics[id]?.title ?? ''}.`).toBe(text);
});

test('the body has its own names', () => {
  expect(WHOLE_LANGUAGES.map((language) => texts(language).issuer)).toEqual([
    'International Independent Expert Mechanism to Advance Racial Justice and Equality in Law Enforcement',
    'Mécanisme international d’experts indépendants chargé de promouvoir la justice et l’égalité raciales dans le contexte du maintien de l’ordre',
    'Mecanismo de Expertos para Promover la Justicia e Igualdad Racial en la Aplicación de la Ley',
    'Mecanismo Internacional Independente de Especialistas para Promover a Justiça Racial e a Igualdade no Contexto da Aplicação da Lei',
  ]);
});

test('Portuguese says você, Spanish usted, French vous', () => {
  expect(questions('pt').join(' ')).not.toMatch(oneOf('tu', 'teu', 'tua', 'vós', 'o senhor', 'a senhora'));
  expect(questions('es').join(' ')).not.toMatch(oneOf('tú', 'tu', 'tus', 'te', 'vos', 'vosotros', 'os'));
  expect(questions('fr').join(' ')).not.toMatch(oneOf('tu', 'ton', 'ta', 'tes', 'toi'));
});
