// "You've already written … here. Should I use them?": answered in people's own words; and what is never offered there.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly story: string;
  readonly leaves: readonly string[];
  readonly unclear: string;
  readonly goesOn: string;
  /** Answers to what is said of safety. */
  readonly safe: readonly string[];
  /** Has such words, and tells. */
  readonly told: string;
  readonly notAlone: string;
  readonly ofAge: string;
  /** An organiser's. */
  readonly remarks: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    story: 'my son was killed by the police in march',
    leaves: ["no don't use them, that's not my story", 'leave it out please', "that's not part of my story", 'no need'],
    unclear: 'not sure not now',
    goesOn: 'They took him to the station and beat him all night long.',
    safe: ["it's my own laptop, go ahead", 'no, nobody watches me, only I use this phone', "I'm safe here"],
    told: 'My husband died at the station and we are alone with four children since then',
    notAlone: 'i am not alone',
    ofAge: "no that's the kid, I'm 40",
    remarks: ['yes they all agreed', 'each family should have their own'],
  },
  fr: {
    story: 'mon fils a été tué par la police en mars',
    leaves: [
      'Laissez ça de côté',
      "non ne les utilisez pas, ce n'est pas mon histoire",
      'pas la peine',
      'mettez ça de côté',
    ],
    unclear: 'je ne sais pas encore',
    goesOn: "Ils l'ont emmené au commissariat et l'ont frappé toute la nuit.",
    safe: ['Non non personne ne me surveille on peut y aller', "c'est mon propre téléphone", 'je suis en sécurité'],
    told: 'Mon époux est mort au commissariat et je suis restée seule avec quatre enfants',
    notAlone: 'je ne suis pas seule',
    ofAge: "non ça c'est le petit, moi j'ai 40 ans",
    remarks: ["oui elles sont toutes d'accord", 'un pour chaque famille'],
  },
  es: {
    story: 'mi hijo fue asesinado por la policía en marzo',
    leaves: [
      'no no las use eso no es mi historia',
      'no eso no',
      'déjelo fuera por favor',
      'eso no es parte de mi historia',
    ],
    unclear: 'no sé todavía',
    goesOn: 'Lo llevaron a la comisaría y lo golpearon toda la noche.',
    safe: ['no nadie me vigila solo yo uso este teléfono', 'es mi celular', 'estoy segura aquí'],
    told: 'A mi esposo lo mataron en la comisaría y desde entonces estoy sola con cuatro hijos',
    notAlone: 'no estoy sola',
    ofAge: 'no ese es el niño, yo tengo 40 años',
    remarks: ['si ellos ya dijeron que si', 'que cada familia tenga el suyo, uno por persona'],
  },
  pt: {
    story: 'meu filho foi morto pela polícia em março',
    leaves: ['isso não, deixa fora', 'deixa de fora por favor', 'não precisa', 'não usa isso, não é minha história'],
    unclear: 'ainda não sei',
    goesOn: 'Levaram ele para a delegacia e bateram nele a noite toda.',
    safe: ['não, ninguém mexe no meu celular', 'é o meu celular', 'só eu uso este telefone'],
    told: 'Meu marido morreu na delegacia e desde então estou sozinha com quatro filhos',
    notAlone: 'não estou sozinha',
    ofAge: 'não esse é o menino, eu tenho 40 anos',
    remarks: ['sim todas concordaram', 'um para cada família, cada uma o seu'],
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];

  async function at(...texts: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of texts) await player.says(text);
    return player;
  }
  const held = () => at(said.story, '1', '1', '1', '1');

  it.each(said.leaves)('"%s" leaves them out; *undo* brings them back', async (text) => {
    const player = await held();
    expect(player.session.at.prompt).toBe('held');
    expect((await player.says(text))[0]?.text).toBe('held.left-out');
    expect([player.session.at.prompt, player.parts]).toEqual(['story', []]);
    await player.says(lexicon.words[language].commands.undo[0] ?? '');
    expect(player.session.at.prompt).toBe('held');
    await player.says('1');
    expect(player.parts.map((part) => part.text)).toEqual([said.story]);
  });

  it('a no that is not clear is asked back with both numbers', async () => {
    const player = await held();
    const replies = await player.says(said.unclear);
    expect(replies[0]).toMatchObject({ text: 'held.number', params: { use: 1, out: 2 } });
    expect(player.session.at.prompt).toBe('held');
  });

  it('what is told meanwhile is in the text, and the question waits', async () => {
    const player = await held();
    await player.says(said.goesOn);
    expect(player.session.at.prompt).toBe('held');
    expect(player.parts.map((part) => part.text)).toEqual([said.goesOn]);
    await player.says('1');
    expect(player.parts.map((part) => part.text)).toEqual([said.story, said.goesOn]);
  });

  it.each(said.safe)('"%s" goes on, and is no testimony', async (text) => {
    const player = await at('👋', '1', text);
    expect([player.session.at.prompt, player.held]).toEqual(['keep', []]);
  });

  it('who is not alone, or tells, does not go on by it; what is told is held', async () => {
    expect((await at('👋', '1', said.notAlone)).session.at.prompt).toBe('safety');
    const player = await at('👋', '1', said.told);
    expect(player.session.at.prompt).toBe('safety');
    expect(player.held.map(({ text }) => text)).toEqual([said.told]);
  });

  it('an age in a few words more is no testimony; with a story it is', async () => {
    const player = await at('👋', '1', '1', said.ofAge);
    expect([player.session.at.prompt, player.held]).toEqual(['keep-yes', []]);
    const tells = `${said.ofAge}. ${said.goesOn}`;
    expect((await at('👋', '1', '1', tells)).held.map(({ text }) => text)).toEqual([tells]);
  });

  it.each(said.remarks)('an organiser’s "%s" is not offered as somebody’s testimony', async (text) => {
    const player = await at('👋', '1', '1', '1', '4', text);
    expect(player.held).toEqual([]);
    const tells = `${text}. ${said.goesOn}`;
    expect((await at('👋', '1', '1', '1', '4', tells)).held.map((one) => one.text)).toEqual([tells]);
  });
});
