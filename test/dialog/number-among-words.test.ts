// "Umm, I think the second one please", "pues yo diría la 2": the number of a choice with words that tell nothing around it.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { numberAround } from '../../src/dialog/understanding/recognize.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly second: readonly string[];
  /** They tell something, deny it, or ask. */
  readonly other: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    second: ['umm I think the second one please', 'I would say 2', 'maybe the second', 'I guess number 2 please'],
    other: [
      'the second time they beat him',
      'not the second one',
      'I think 2 of them shot him',
      'the second one?',
      'the one',
    ],
  },
  fr: {
    second: ['euh je pense la deuxième s’il vous plaît', 'je dirais la 2', 'plutôt la deuxième'],
    other: ['la deuxième fois ils l’ont frappé', 'pas la deuxième', 'je crois qu’ils étaient 2 policiers'],
  },
  es: {
    second: ['pues yo diría la 2', 'creo que la segunda por favor', 'me quedo con la segunda'],
    other: ['la segunda vez le pegaron', 'no la segunda', 'creo que eran 2 policías'],
  },
  pt: {
    second: ['acho que a segunda, por favor', 'eu diria a 2', 'fico com a segunda'],
    other: ['a segunda vez bateram nele', 'não a segunda', 'acho que eram 2 policiais'],
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  it.each(SAID[language].second)('"%s" is the second choice, and no testimony', async (text) => {
    const player = new Player({ language });
    for (const one of ['1', '1', '1', '1']) await player.says(one);
    expect(player.session.at.prompt).toBe('for-whom');
    await player.says(text);
    expect(player.session.role).toBe('witness');
    expect(player.parts).toEqual([]);
  });

  it.each(SAID[language].other)('"%s" is no number of a choice', (text) => {
    expect(numberAround(lexicon, language, text)).toBeNull();
  });
});
