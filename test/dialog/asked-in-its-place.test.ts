// What is asked where it is answered already: to read again at the check, to take back what has left, what confidential means at the choice.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { playerAt } from '../../tools/understanding/places.ts';
import { lexicon, type Player } from '../support/player.ts';

interface Said {
  readonly reads: readonly string[];
  readonly withdraws: readonly string[];
  readonly confidential: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    reads: ['can I read it again?', 'I want to read it'],
    withdraws: ['I want to take my testimony back from the UN', 'withdraw my statement please'],
    confidential: 'is confidential really confidential?',
  },
  fr: {
    reads: ['je peux relire ?', 'je voudrais relire mon texte'],
    withdraws: ['je veux retirer mon témoignage', 'reprenez mon témoignage à l’ONU'],
    confidential: 'confidentiel, c’est vraiment anonyme ?',
  },
  es: {
    reads: ['¿puedo leerlo otra vez?', 'quiero leerlo'],
    withdraws: ['quiero retirar mi testimonio de la ONU', 'quiero retirar todo lo que mandé'],
    confidential: '¿confidencial es anónimo de verdad?',
  },
  pt: {
    reads: ['posso ler de novo?', 'quero ler de novo'],
    withdraws: ['quero retirar meu depoimento', 'quero retirar da ONU o que eu mandei'],
    confidential: 'confidencial é anônimo de verdade?',
  },
};

describe.each(WHOLE_LANGUAGES)('asked in its place, in %s', (language) => {
  const { reads, withdraws, confidential } = SAID[language];

  async function at(place: string): Promise<Player> {
    const player = await playerAt(language, place);
    if (player === null) throw new Error(`nobody comes to ${place}`);
    return player;
  }

  it.each(reads)('"%s" at the check shows what was told', async (text) => {
    const player = await at('send');
    await player.says(lexicon.words[language].commands.review[0] ?? '');
    expect(player.session.at.prompt).toBe('review');
    const read = player.read(await player.says(text));
    expect(read).toContain('Marcos Pereira');
    expect(player.session.at).toEqual({ prompt: 'review-part', of: 'story' });
  });

  it.each(withdraws)('"%s" after it has left asks what the body shall do', async (text) => {
    const player = await at('after');
    await player.says(text);
    expect(player.session.at.prompt).toBe('withdraw-kind');
  });

  it('the choice of readers explains itself', async () => {
    const player = await at('publication');
    const keys = (await player.says(confidential)).map((reply) => reply.text);
    expect(keys).toEqual(['explained.publication', 'publication.ask']);
  });
});
