// What is asked where it is answered already: to read again at the check, to take back what has left, what confidential means at the choice,
// to send at SEND, and to hide a name in other words.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { playerAt } from '../../tools/understanding/places.ts';
import { lexicon, type Player } from '../support/player.ts';

interface Said {
  readonly reads: readonly string[];
  readonly withdraws: readonly string[];
  readonly confidential: string;
  /** The wish to send it, without its word. */
  readonly sends: string;
  /** A wish to hide somebody who is named in it. */
  readonly hides: string;
  /** Tells of Rosa Huanca, and the wish to hide her by her first name. */
  readonly half: readonly [string, string];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    reads: ['can I read it again?', 'I want to read it'],
    withdraws: ['I want to take my testimony back from the UN', 'withdraw my statement please'],
    confidential: 'is confidential really confidential?',
    sends: 'send it already',
    hides: 'Please do not name our client Rosa Huanca',
    half: ['My neighbour Rosa Huanca saw all of it from her door.', 'please hide the name of my neighbour Rosa'],
  },
  fr: {
    reads: ['je peux relire ?', 'je voudrais relire mon texte'],
    withdraws: ['je veux retirer mon témoignage', 'reprenez mon témoignage à l’ONU'],
    confidential: 'confidentiel, c’est vraiment anonyme ?',
    sends: 'envoyez-le maintenant',
    hides: 'S’il vous plaît ne nommez pas Rosa Huanca',
    half: ['Ma voisine Rosa Huanca a tout vu depuis sa porte.', 'je veux cacher le nom de ma voisine Rosa'],
  },
  es: {
    reads: ['¿puedo leerlo otra vez?', 'quiero leerlo'],
    withdraws: ['quiero retirar mi testimonio de la ONU', 'quiero retirar todo lo que mandé'],
    confidential: '¿confidencial es anónimo de verdad?',
    sends: 'envialo ya por favor',
    hides: 'Por favor no mencionen a Rosa Huanca',
    half: ['Mi vecina Rosa Huanca lo vio todo desde su puerta.', 'quiero esconder el nombre de mi vecina rosa'],
  },
  pt: {
    reads: ['posso ler de novo?', 'quero ler de novo'],
    withdraws: ['quero retirar meu depoimento', 'quero retirar da ONU o que eu mandei'],
    confidential: 'confidencial é anônimo de verdade?',
    sends: 'enviar agora',
    hides: 'Por favor não citem a Rosa Huanca',
    half: ['Minha vizinha Rosa Huanca viu tudo da porta dela.', 'quero esconder o nome da minha vizinha Rosa'],
  },
};

describe.each(WHOLE_LANGUAGES)('asked in its place, in %s', (language) => {
  const { reads, withdraws, confidential, sends, hides, half } = SAID[language];

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

  it('a wish to send says that nothing was sent, and which word sends', async () => {
    const player = await at('send');
    expect((await player.says(sends))[0]?.text).toBe('send.not-sent');
  });

  it('whoever shall not be named is hidden after a yes, and the wish joins no text', async () => {
    const player = await at('story');
    const before = player.parts.length;
    await player.says(hides);
    expect(player.session.doubt).toMatchObject({ kind: 'command', command: 'hide' });
    await player.says('1');
    expect([player.session.withheld, player.parts.length]).toEqual([['Rosa Huanca'], before]);
  });

  it('of a name that is told, half names the whole', async () => {
    const player = await at('story');
    for (const text of half) await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'command', command: 'hide' });
    await player.says('1');
    expect(player.session.withheld).toEqual(['Rosa Huanca']);
  });
});
