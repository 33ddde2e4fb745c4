// A question in its own form, without a question mark, and with words of a story behind it: answered, and in no text unasked.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { atStory } from '../support/at-story.ts';

interface Said {
  readonly lawyer: readonly string[];
  readonly names: readonly string[];
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    lawyer: [
      'should a lawyer see this before i write about the shooting',
      'should i talk to a lawyer first before i tell you about the trial',
    ],
    names: ['and their names, what happens to each', 'their names, how do they appear'],
    tells: [
      'our lawyer should have seen the file but they hid it',
      'they would not let a lawyer see him before the interrogation',
      'their names are on the report and nothing happened to them',
    ],
  },
  fr: {
    lawyer: [
      'est-ce qu’un avocat devrait voir ça avant que j’écrive sur les tirs',
      'je dois parler à un avocat avant d’écrire sur la fusillade',
    ],
    names: ['et leurs noms, qu’est-ce que ça devient pour chacune'],
    tells: [
      'notre avocat aurait dû voir le dossier mais ils l’ont caché',
      'leurs noms sont dans le rapport et rien ne leur est arrivé',
    ],
  },
  es: {
    lawyer: [
      'un abogado deberia ver esto antes de que escriba del tiroteo',
      'debería hablar con un abogado antes de contar lo del juicio',
    ],
    names: ['y sus nombres, qué pasa con cada una'],
    tells: [
      'mi abogado debería ver el expediente pero no lo dejaron',
      'los nombres que dieron los policías salen en el parte',
    ],
  },
  pt: {
    lawyer: [
      'um advogado devia ver isso antes de eu escrever sobre o tiroteio',
      'eu devia falar com um advogado antes de contar da morte dele',
    ],
    names: ['e os nomes delas, o que acontece com cada uma'],
    tells: [
      'nosso advogado devia ver o processo mas esconderam dele',
      'os nomes que os policiais deram aparecem no boletim',
    ],
  },
};

const telling = atStory(() => 'Kofi Mensah-Dupré');

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];

  it.each([
    ...said.lawyer.map((text) => ['questions.lawyer', text] as const),
    ...said.names.map((text) => ['questions.anonymous', text] as const),
  ])('%s answers "%s"', async (answer, text) => {
    const player = await telling(language);
    const before = player.parts.length;
    const [first] = await player.says(text);
    expect(first?.text).toBe(answer);
    expect(player.parts).toHaveLength(before);
    await player.says('1');
    expect(player.parts.at(-1)?.text).toBe(text);
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await telling(language);
    await player.says(text);
    expect(player.parts.at(-1)?.text).toBe(text);
  });
});
