// A name that is given together with its form, and a sentence with another name where it is asked whether a name is right.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { lexicon, Player } from '../../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const STORY: In<string> = {
  en: 'My nephew was shot by the police.',
  fr: 'La police a tué mon neveu.',
  es: 'La policía mató a mi sobrino.',
  pt: 'A polícia matou o meu sobrinho.',
};
const NAMED: In<readonly (readonly [string, string])[]> = {
  en: [
    ['put his full name, it’s Darnell Hobbs', 'Darnell Hobbs'],
    ['my nephew yes, with his name Darnell Hobbs', 'Darnell Hobbs'],
  ],
  fr: [
    ['mettez son nom complet, c’est Moussa Exemple', 'Moussa Exemple'],
    ['le fils oui, avec son nom Moussa Exemple', 'Moussa Exemple'],
  ],
  es: [
    ['el hijo si con su nombre Kevin Quispe Mamani', 'Kevin Quispe Mamani'],
    ['ponga su nombre completo, es Kevin Quispe Mamani.', 'Kevin Quispe Mamani'],
  ],
  pt: [
    ['põe o nome dele todo que é Davi dos Santos Conceição', 'Davi dos Santos Conceição'],
    ['coloca o nome completo dele, Davi dos Santos Conceição', 'Davi dos Santos Conceição'],
  ],
};
/** Told, or refused: no name is taken out of these. */
const NOT_NAMED: In<readonly string[]> = {
  en: ['the officer who shot him has the name Carl Example', 'do not put his full name Darnell Hobbs'],
  fr: ['le policier qui l’a tué a pour nom Paul Exemple', 'ne mettez pas son nom complet Moussa Exemple'],
  es: ['el policía que lo mató tiene de nombre Carlos Ejemplo', 'no ponga su nombre completo Kevin Quispe'],
  pt: ['o policial que matou ele tem o nome Carlos Exemplo', 'não põe o nome completo dele Davi Conceição'],
};
const OTHER: In<string> = {
  en: 'her name is Rosa Mamani, put only Rosa',
  fr: 'elle s’appelle Rosa Mamani, mettez seulement Rosa',
  es: 'ella se llama Rosa Mamani, ponga solo Rosa',
  pt: 'ela se chama Rosa Mamani, põe só Rosa',
};
const CORRECTED: In<string> = {
  en: 'No, it is Marco Bello',
  fr: 'Non, Marco Bello',
  es: 'No, es Marco Bello',
  pt: 'Não, Marco Bello',
};

async function atForm(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  const { commands, greetings } = lexicon.words[language];
  for (const text of [greetings[0] ?? '', '1', '1', '1', '1', STORY[language]]) await player.says(text);
  for (let turns = 0; turns < 20 && player.session.at.prompt !== 'harmed-form'; turns++)
    await player.says(commands[player.session.at.prompt === 'asks-government' ? 'skip-all' : 'next'][0] ?? '');
  expect(player.session.at.prompt).toBe('harmed-form');
  return player;
}

async function atCheck(language: WholeLanguage): Promise<Player> {
  const player = await atForm(language);
  await player.says('1');
  await player.says('Kevin Quispe');
  expect(player.session.at.prompt).toBe('harmed-check');
  return player;
}

describe.each(WHOLE_LANGUAGES)('no harm 8: a name in a sentence, in %s', (language) => {
  it.each(NAMED[language])('is shown with its form before it counts: %s', async (text, name) => {
    const player = await atForm(language);
    const shown = player.read(await player.says(text));
    expect([player.session.at.prompt, player.session.naming?.name]).toEqual(['harmed-check', name]);
    expect(shown).toContain(name);
    expect(player.session.harmed).toEqual({ form: 'full' });
    await player.says('1');
    expect(player.session.harmed).toEqual({ form: 'full', name });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it.each(NOT_NAMED[language])('is not taken from what is told or refused: %s', async (text) => {
    const player = await atForm(language);
    await player.says(text);
    expect([player.session.naming, player.session.harmed.name]).toEqual([undefined, undefined]);
  });

  it('does not replace the name that is being checked', async () => {
    const player = await atCheck(language);
    await player.says(OTHER[language]);
    expect(player.session.naming?.name).toBe('Kevin Quispe');
    // Said to be no part of the story, if that is asked.
    if (player.session.at.prompt === 'doubt') await player.says('2');
    expect(player.session.at.prompt).toBe('harmed-check');
    await player.says('1');
    expect(player.session.harmed).toEqual({ form: 'full', name: 'Kevin Quispe' });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it('corrects it alone, or after a no', async () => {
    for (const text of [CORRECTED[language], 'Marco Bello']) {
      const player = await atCheck(language);
      await player.says(text);
      expect(player.session.naming?.name).toBe('Marco Bello');
    }
  });
});
