// At the list of questions: what is told there is offered to the story, and "none" goes on.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { atQuestions, freeFixture } from '../support/forms.ts';

const nested = freeFixture('invented-nested');

const TOLD: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['sorry, yes I did complain, at the police station', 'a link https://journal.example/a', 'yes 500'],
  fr: ["pardon, oui j'ai porté plainte, au commissariat", 'voici un lien https://journal.example/a', 'oui 500'],
  es: ['perdón, sí me quejé, en la comisaría', 'un enlace https://journal.example/a', 'sí 500'],
  pt: ['desculpa, sim eu reclamei, na delegacia', 'um link https://journal.example/a', 'sim 500'],
};

const NONE: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['none', "I don't know"],
  fr: ['aucune', 'je ne sais pas'],
  es: ['ninguna', 'no sé'],
  pt: ['nenhuma', 'não sei'],
};

describe.each(WHOLE_LANGUAGES)('at the list in %s', (language) => {
  it.each(TOLD[language])('"%s" is offered to the story', async (said) => {
    const player = await atQuestions(nested, { language });
    expect(player.read(await player.says(said))).toContain(said);
    expect(player.session.at.prompt).toBe('doubt');
    await player.says('1');
    expect(player.parts.map(({ slot, text }) => [slot, text])).toContainEqual(['story', said]);
  });

  it.each(NONE[language])('"%s" goes on', async (said) => {
    const player = await atQuestions(nested, { language });
    await player.says(said);
    expect(player.session.at.prompt).toBe('asks-government');
  });

  it('a number that is not on it is asked again', async () => {
    const player = await atQuestions(nested, { language });
    await player.says('7');
    expect(player.session.at.prompt).toBe('topics');
  });
});
