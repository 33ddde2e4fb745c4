// What the readers want to know above all is the call's own; a call that does not say it is named instead.

import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../src/calls/catalogue.ts';
import { inEvery, type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { FIXTURE_IDS, shelvedFixture } from '../fixtures/calls/fixture-call.ts';
import { shelf, texts } from '../support/player.ts';

const PLACES = { date: 'D', forNowThey: '' };
const STORIES = ['family', 'witness', 'organisation', 'organiser', 'begun'] as const;

const told = (language: WholeLanguage, hash: string) =>
  STORIES.map((of) => texts.translate(language, { key: `story.${of}`, params: PLACES }, hash));

/** What the first call asks, and no other: what came after, and nothing of how the death was. */
const FIRST: Readonly<Record<WholeLanguage, RegExp>> = {
  en: /came after|investigat|\bdeath\b/u,
  fr: /la suite|enquête|\bmort\b/u,
  es: /pasó después|investiga|\bmuerte\b/u,
  pt: /veio depois|investiga|\bmorte\b/u,
};

describe.each(FIXTURE_IDS)('%s', (id) => {
  const call = shelvedFixture(id);
  texts.addCall(call);

  it.each(WHOLE_LANGUAGES)('asks for nothing that it does not say, but says what it is about, in %s', (language) => {
    for (const text of told(language, call.hash)) {
      expect(text).not.toMatch(FIRST[language]);
      expect(text).toContain(`: ${call.catalogues[language].short}. `);
    }
  });
});

it.each(WHOLE_LANGUAGES)('the first call asks for what came after, in %s', (language) => {
  const { hash } = shelf.current('emler-2024');
  for (const text of told(language, hash)) expect(text).toMatch(FIRST[language]);
});

describe('a call that says it', () => {
  const { hash: _, ...plain } = shelvedFixture('invented-table');
  const catalogues = inEvery((language) => {
    const catalogue = plain.catalogues[language];
    // Borrowed texts have no phrases of the body.
    if (catalogue.body === undefined) return catalogue;
    return { ...catalogue, body: { ...catalogue.body, wants: `le W1 ${language}`, matters: 'M1', spared: 'S1' } };
  });
  texts.addCall({ ...plain, hash: 'wants', catalogues });

  it.each(WHOLE_LANGUAGES)(
    'has its words in each story, with those on what nobody needs to tell, in %s',
    (language) => {
      const [family, witness, organisation, organiser, begun] = told(language, 'wants');
      for (const text of [family, witness, organisation, organiser]) expect(text).toContain(` le W1 ${language}. `);
      for (const text of [family, organiser, begun]) expect(text).toMatch(/ S1[.;] /u);
      expect(begun).toMatch(/\bM1\b/u);
      for (const text of told(language, 'wants')) expect(text).not.toContain('{{');
    },
  );

  it('in at most 120 characters', () => {
    const long = (wants: string) => ({ ...catalogues.en, body: { ...catalogues.en.body, wants } });
    expect(parseCatalogue(plain.call, 'en', long('x'.repeat(120))).ok).toBe(true);
    expect(parseCatalogue(plain.call, 'en', long('x'.repeat(121)))).toMatchObject({
      problems: [{ path: 'body.wants', expected: expect.stringContaining('at most 120 characters') as string }],
    });
  });
});
