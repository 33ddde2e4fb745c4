// Questions that the bot can answer: whether somebody calls, why something is asked, whether somebody else may tell it, how another person is
// added, and what happens once the text is approved.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly calls: readonly string[];
  readonly why: readonly string[];
  readonly forAnother: readonly string[];
  readonly next: readonly string[];
  readonly now: string;
  /** Told, with words of these questions. */
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They took my brother away at night and never told us where.',
    calls: ['do you call me?', 'are you going to call us?'],
    why: ['why do you ask that?', 'why do you need to know that?'],
    forAnother: ['can his mother speak for him?', 'could her sister write for her?'],
    next: ['so how do I put in the second person', 'how can I add somebody else?'],
    now: 'and what happens now, when do they answer me?',
    tells: [
      'You can call me at 55 11 98765 4321 about the hearing',
      'They never said why they wanted to know his name that night',
      'His mother could not speak for him when they came to the house',
    ],
  },
  fr: {
    told: 'Ils ont emmené mon frère la nuit et ne nous ont jamais dit où.',
    calls: ["vous pouvez m'appeler ?", 'allez-vous me rappeler ?'],
    why: ['pourquoi vous me demandez ça ?', 'pourquoi cette question ?'],
    forAnother: ['est-ce que sa mère peut parler pour lui ?', 'sa sœur peut écrire pour elle ?'],
    next: ['comment je mets la deuxième personne ?', "comment j'ajoute une autre personne"],
    now: 'et maintenant que se passe-t-il ?',
    tells: [
      'Vous pouvez me joindre au 55 11 98765 4321 pour l’audience',
      'Ils n’ont jamais dit pourquoi ils voulaient savoir son nom cette nuit-là',
      'Sa mère ne pouvait pas parler pour lui quand ils sont venus à la maison',
    ],
  },
  es: {
    told: 'Se llevaron a mi hermano de noche y nunca nos dijeron adónde.',
    calls: ['¿me pueden llamar?', '¿ustedes me llaman?'],
    why: ['¿por qué me pregunta eso?', '¿para qué quiere saber eso?'],
    forAnother: ['¿puede su madre hablar por él?', '¿su hermana puede escribir por ella?'],
    next: ['¿cómo pongo a la segunda persona?', '¿cómo agrego a otra persona?'],
    now: 'y ahora qué pasa, ¿cuándo me contestan?',
    tells: [
      'Me pueden llamar al 55 11 98765 4321 por lo de la audiencia',
      'Nunca dijeron por qué querían saber su nombre esa noche',
      'Su madre no pudo hablar por él cuando llegaron a la casa',
    ],
  },
  pt: {
    told: 'Levaram meu irmão de noite e nunca nos disseram para onde.',
    calls: ['vocês podem me ligar?', 'vocês vão me ligar?'],
    why: ['por que você pergunta isso?', 'para que quer saber isso?'],
    forAnother: ['a mãe dele pode falar por ele?', 'a irmã pode escrever por ela?'],
    next: ['como coloco a segunda pessoa?', 'como ponho outra pessoa?'],
    now: 'e agora o que acontece com o meu texto?',
    tells: [
      'Podem me ligar no 55 11 98765 4321 sobre a audiência',
      'Nunca disseram por que queriam saber o nome dele naquela noite',
      'A mãe não conseguiu falar por ele quando chegaram em casa',
    ],
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const { commands, typed } = lexicon.words[language];
  const next = commands.next[0] ?? '';

  async function at(prompt: string): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', said.told]) await player.says(text);
    for (let step = 0; player.session.at.prompt !== prompt && step < 40; step++) await player.says(next);
    expect(player.session.at.prompt).toBe(prompt);
    return player;
  }

  /** In the story, at a point of the call and at a list of choices; what is asked is in no text. */
  async function answers(text: string, key: string, aside = key): Promise<void> {
    for (const prompt of ['story', 'asks-government', 'publication']) {
      const player = await at(prompt);
      const first = (await player.says(text))[0]?.text;
      expect(first, `${prompt}: ${text}`).toBe(`questions.${prompt === 'publication' ? aside : key}`);
      expect(player.parts.map((part) => part.text)).toEqual([said.told]);
    }
  }

  it.each(said.calls)('"%s": nobody calls', (text) => answers(text, 'call-me'));
  it.each(said.why)('"%s": it says why', (text) => answers(text, 'why-ask', 'why-ask-here'));
  it.each(said.forAnother)('"%s": yes, in their own name', (text) => answers(text, 'other-teller'));
  it.each(said.next)('"%s": each person has a text of their own', (text) => answers(text, 'next-person-alone'));

  it.each(said.next)('"%s", asked by an organiser, names the word for it', async (text) => {
    const player = new Player({ language });
    for (const one of ['👋', '1', '1', '1', '4', '1']) await player.says(one);
    if (player.session.at.prompt === 'own-word') for (let twice = 0; twice < 2; twice++) await player.says('mangrove');
    expect(player.session.gathers).toBeDefined();
    expect((await player.says(text))[0]?.text).toBe('questions.next-person');
  });

  it('after the approval it is said what happens then', async () => {
    const before = await at('publication');
    await before.says(said.now);
    const sent = await at('publication');
    for (const text of ['3', typed.send[0] ?? '', '2']) await sent.says(text);
    expect(sent.session.at.prompt).toBe('after');
    const answer = (await sent.says(said.now)).map(({ text }) => text);
    expect(answer).toContain('questions.then-sent');
    expect(answer).not.toContain('questions.then');
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await at('story');
    await player.says(text);
    expect(player.parts.map((part) => part.text)).toEqual([said.told, text]);
  });
});
