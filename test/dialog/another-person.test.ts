// What an organiser says about another person than the one whose text is open: asked about before it is in any text.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const STORY: In<string> = {
  en: 'The police took him from the house at night.',
  fr: 'La police l’a emmené de la maison pendant la nuit.',
  es: 'La policía se lo llevó de la casa en la noche.',
  pt: 'A polícia levou ele de dentro de casa de noite.',
};
const LEAVES: In<readonly string[]> = {
  en: [
    'Awa wants out',
    'one of the ladies, Awa, she changed her mind',
    'Awa pulled out, take her text out',
    'Awa doesn’t want to take part',
  ],
  fr: [
    'une des dames, Awa, elle veut plus, elle se retire',
    'Awa ne veut plus',
    'Awa a changé d’avis',
    'Awa s’est retirée, enlève son texte',
  ],
  es: [
    'doña Awa ya no quiere',
    'la señora Awa se retira',
    'Awa ya no quiere participar',
    'Awa se arrepintió, borre su testimonio',
  ],
  pt: ['a Awa desistiu, tira o texto dela', 'a dona Awa não quer mais', 'a Awa mudou de ideia', 'Awa quer sair'],
};
const OPENS: In<readonly string[]> = {
  en: [
    'I need to fix something in Awa’s text',
    'I need to fix something in the first mother’s text',
    'go back to Awa please now for me',
  ],
  fr: ['je veux revenir à Awa', 'je dois corriger quelque chose chez la première dame', 'revenons à Awa'],
  es: [
    'no, quiero ir con la señora Awa',
    'me equivoqué en lo de doña Awa, quiero corregir a la primera',
    'quiero corregir a la primera',
  ],
  pt: ['quero voltar para a Awa', 'preciso corrigir uma coisa da primeira mãe', 'quero mexer no texto da Awa'],
};
/** Told, though a name of the list or such words are in it. */
const TOLD: In<readonly string[]> = {
  en: [
    'Awa was there and saw the police beat him.',
    'My mother wants out of that house since they killed him.',
    'I want to go to the second hearing.',
  ],
  fr: [
    'Awa était là et a vu la police le frapper.',
    'Ma mère ne veut plus sortir de la maison.',
    'Je veux aller à la deuxième audience.',
  ],
  es: [
    'Awa estaba ahí y vio cómo la policía le pegaba.',
    'Mi mamá ya no quiere vivir en esa casa.',
    'Quiero ir a la segunda audiencia.',
  ],
  pt: [
    'A Awa estava lá e viu a polícia bater nele.',
    'Minha mãe não quer mais sair de casa.',
    'Quero ir na segunda audiência.',
  ],
};

const WHICH: In<readonly string[]> = {
  en: ['which one am I on', 'wait which person is this', 'who am I on now'],
  fr: ['attends je suis à laquelle là?', 'je suis avec qui', 'c’est quelle personne là'],
  es: ['¿en cuál estoy?', 'con quién estoy', '¿cuál está abierta?'],
  pt: ['em qual pessoa eu estou?', 'com qual pessoa estou', 'qual está aberta'],
};

/** Awa is Person 1; the text of Person 2 is open. */
async function atSecond(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  const skip = lexicon.words[language].commands.skip[0] ?? '';
  const own = String(WHOLE_LANGUAGES.indexOf(language) + 1);
  for (const text of [lexicon.words[language].greetings[0] ?? '', '1', '1', '1', '4', '1', skip])
    await player.says(text);
  for (const label of ['Awa', 'Fatou']) {
    for (const text of [label, own, '1']) await player.says(text);
    for (let turns = 0; turns < 4 && player.session.at.prompt !== 'story'; turns++) await player.says(skip);
    expect(player.session.at.prompt).toBe('story');
    await player.says(STORY[language]);
    if (label === 'Awa') await player.says(lexicon.words[language].gathering.new[0] ?? '');
  }
  return player;
}

describe.each(WHOLE_LANGUAGES)('what is said of another person, in %s', (language) => {
  it.each(LEAVES[language])('asks whether the person named withdraws: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'case', then: 'erase' });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
    await player.says('1');
    expect(player.session).toMatchObject({ at: { prompt: 'erase', of: 'case' }, teller: { label: 'Awa' } });
    expect(player.effects.filter(({ kind }) => kind === 'erase')).toEqual([]);
    await player.says(lexicon.words[language].typed.erase[0]?.toUpperCase() ?? '');
    expect(player.effects).toContainEqual({ kind: 'erase', what: 'case' });
  });

  it.each(OPENS[language])('asks whether to open the text of the person meant: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt).toMatchObject({ kind: 'case', text });
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
    await player.says('1');
    expect(player.session.teller?.label).toBe('Awa');
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it.each(WHICH[language])('says whose text is open: %s', async (text) => {
    const player = await atSecond(language);
    const replies = await player.says(text);
    expect(player.read(replies)).toContain('2');
    expect(replies.map((reply) => reply.text)).toContain('gathering.opened');
    expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
  });

  it('keeps the words aside in the text that was open', async () => {
    const player = await atSecond(language);
    const [, text = ''] = LEAVES[language];
    await player.says(text);
    await player.says('1');
    for (const said of [
      lexicon.words[language].commands.back[0] ?? '',
      lexicon.words[language].gathering.cases[0] ?? '',
      '2',
    ])
      await player.says(said);
    expect(player.session.teller?.label).toBe('Fatou');
    await player.says(lexicon.words[language].commands.undo[0] ?? '');
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
  });

  it.each(TOLD[language])('keeps what is told: %s', async (text) => {
    const player = await atSecond(language);
    await player.says(text);
    expect(player.session.doubt?.kind).not.toBe('case');
    expect(player.session.at.prompt === 'doubt' || player.parts.some((part) => part.text === text)).toBe(true);
  });
});
