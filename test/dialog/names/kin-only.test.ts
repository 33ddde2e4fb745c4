// "La mama", "mom" where a name is asked for are no name, and no courtesy: the name alone is asked for. "Show" alone is no yes.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { isKinOnly } from '../../../src/dialog/understanding/age.ts';
import { plainAnswerIn } from '../../../src/dialog/understanding/plain-answer.ts';
import { lexicon } from '../../support/player.ts';
import { atHarmedName } from './at-harmed-name.ts';

const STORY: Readonly<Record<WholeLanguage, string>> = {
  en: 'My nephew was shot by the police.',
  fr: 'La police a tué mon neveu.',
  es: 'La policía mató a mi sobrino.',
  pt: 'A polícia matou o meu sobrinho.',
};
const KIN: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['mama', 'mom', 'my mom', 'the mother'],
  fr: ['maman', 'la maman', 'mon fils'],
  es: ['mama', 'la mama', 'mi mamá'],
  pt: ['mamãe', 'a mãe', 'o meu filho'],
};
/** In any spelling. */
const NAMES = ['Mama Diallo', 'Rosa', 'rosa', 'maria lopez', 'MARIA LOPEZ', 'Papa Ndiaye', 'mama diallo'];

const atName = (language: WholeLanguage) => atHarmedName(language, STORY[language]);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  it.each(KIN[language])('"%s" is no name', async (text) => {
    const player = await atName(language);
    expect((await player.says(text))[0]?.text).toBe('names.unfit');
    expect([player.session.at.prompt, player.session.naming]).toEqual(['harmed-name', undefined]);
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it('names are taken as they are typed, and shown', async () => {
    for (const text of ['maria lopez', 'MARIA LOPEZ']) {
      const player = await atName(language);
      expect(player.read(await player.says(text))).toContain(text);
      expect(player.session.naming?.name).toBe(text);
    }
  });
});

it.each(NAMES)('"%s" is more than a relation', (text) => {
  expect(isKinOnly(lexicon, text)).toBe(false);
});

it('"show" alone is no yes in any language, as it may be an order', () => {
  expect(plainAnswerIn(lexicon, 'show')).toBeNull();
  expect(plainAnswerIn(lexicon, 'show de bola')).toBe('yes');
});
