// "What do you mean": the open question is said in other words, at every prompt. A question at the links is no link. What is told
// at the review goes on at the story; of several messages in doubt some can be chosen.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly lost: readonly string[];
  /** Begins like it, and tells. */
  readonly tells: string;
  readonly atLinks: readonly string[];
  readonly adds: string;
  readonly more: readonly [string, string, string];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'The police took my brother Sam to the station in March.',
    lost: ['what do you mean', "I don't understand", 'sorry what does that mean'],
    tells: 'I do not understand why they left him lying there for hours',
    atLinks: ['is that safe?', 'what kind of page', 'why do you need this'],
    adds: 'I want to add something',
    more: [
      'they also took his bike that day',
      'his cousin saw all of it from there',
      'and the shop had a camera outside',
    ],
  },
  fr: {
    told: 'La police a emmené mon frère Sam au poste en mars.',
    lost: ['je comprends pas', 'ça veut dire quoi', 'pardon je n’ai pas compris'],
    tells: "je ne comprends pas pourquoi ils l'ont laissé par terre pendant des heures",
    atLinks: ['quel genre de page', 'pourquoi vous voulez ça', 'c’est quoi comme lien'],
    adds: 'je voudrais ajouter quelque chose',
    more: [
      'ils ont aussi pris son vélo ce jour-là',
      'son cousin a tout vu depuis la rue',
      'et le magasin avait une caméra dehors',
    ],
  },
  es: {
    told: 'La policía se llevó a mi hermano Sam a la comisaría en marzo.',
    lost: ['no entiendo', 'qué quiere decir', 'perdón no entendí'],
    tells: 'no entiendo por qué lo dejaron tirado ahí durante horas',
    atLinks: ['qué clase de página', 'para qué es eso', 'por qué quieren eso'],
    adds: 'quiero agregar algo',
    more: [
      'también se llevaron su bicicleta ese día',
      'su primo lo vio todo desde la calle',
      'y la tienda tenía una cámara afuera',
    ],
  },
  pt: {
    told: 'A polícia levou meu irmão Sam para a delegacia em março.',
    lost: ['não entendi', 'o que quer dizer', 'desculpa não entendi'],
    tells: 'não entendo por que deixaram ele caído ali durante horas',
    atLinks: ['que tipo de página', 'pra que serve isso', 'por que vocês querem isso'],
    adds: 'quero acrescentar uma coisa',
    more: [
      'também levaram a bicicleta dele naquele dia',
      'o primo dele viu tudo lá da rua',
      'e a loja tinha uma câmera do lado de fora',
    ],
  },
};

const promptOf = ({ session }: Player) => session.at.prompt;
const told = (player: Player) => player.parts.map(({ text }) => text);

const PLACES = [
  ...['hello', 'safety', 'keep', 'for-whom', 'story', 'topics', 'asks-government', 'good', 'else', 'links'],
  ...['others', 'harmed-form', 'author-form', 'read-back', 'publication', 'send', 'write-back', 'after'],
];

async function at(language: WholeLanguage, place: string): Promise<Player> {
  const player = new Player({ language });
  const { commands, typed } = lexicon.words[language];
  const ANSWERS: Readonly<Record<string, string | undefined>> = {
    ...{ hello: '1', safety: '1', keep: '1', 'for-whom': '1', 'read-back': '4', publication: '3', 'write-back': '2' },
    send: typed.send[0],
  };
  await player.says('👋');
  for (let step = 0; promptOf(player) !== place && step < 40; step++) {
    const here = promptOf(player);
    if (here === 'story') await player.says(SAID[language].told);
    await player.says(ANSWERS[here] ?? commands.next[0] ?? '');
  }
  expect(promptOf(player)).toBe(place);
  return player;
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const { commands } = lexicon.words[language];
  const [next = '', undo = '', review = ''] = [commands.next[0], commands.undo[0], commands.review[0]];

  it.each(PLACES)('the question at %s is explained, and asked again', async (place) => {
    for (const text of said.lost) {
      const player = await at(language, place);
      const before = told(player);
      const [first, ...rest] = await player.says(text);
      expect(first?.text, text).toMatch(/^explained\./u);
      expect(rest.some(({ prompt }) => prompt !== undefined)).toBe(true);
      expect(promptOf(player)).toBe(place);
      expect(told(player)).toEqual(before);
    }
  });

  it('a sentence that begins so is told', async () => {
    const player = await at(language, 'story');
    await player.says(said.tells);
    expect(told(player)).toEqual([said.tells]);
  });

  it.each(said.atLinks)('"%s" at the links is answered, and no link', async (text) => {
    const player = await at(language, 'links');
    const replies = await player.says(text);
    expect(replies[0]?.text).toMatch(/^(?:explained|questions)\./u);
    expect(told(player)).toEqual([said.told]);
    expect(promptOf(player)).toBe('links');
    await player.says('https://example.org/report');
    expect(told(player)).toEqual([said.told, 'https://example.org/report']);
  });

  it('what is told at the review is asked about once, and goes on at the story', async () => {
    for (const first of [said.adds, said.more[0]]) {
      const player = await at(language, 'topics');
      await player.says(review);
      await player.says(first);
      if (first !== said.adds) await player.says('1');
      expect(promptOf(player)).toBe('story');
      for (const text of said.more.slice(1)) {
        await player.says(text);
        expect(player.session.doubt).toBeNull();
      }
      expect(told(player).slice(-2)).toEqual(said.more.slice(1));
      await player.says(next);
      expect(promptOf(player)).toBe('review');
    }
  });

  it('of several messages in doubt some are chosen by their numbers, the rest is left out, and all can be undone', async () => {
    const player = await at(language, 'topics');
    // Too few words to be plainly told.
    const doubtful = said.more.map((text) => text.split(' ').slice(0, 5).join(' '));
    for (const text of doubtful) await player.says(text);
    const shown = player.read(await player.says(commands.repeat[0] ?? ''));
    for (const text of doubtful) expect(shown).toContain(text);
    await player.says('3, 5');
    expect(told(player)).toEqual([said.told, doubtful[0], doubtful[2]]);
    expect(promptOf(player)).toBe('topics');
    await player.says(undo);
    expect(told(player)).toEqual([said.told]);
    expect(promptOf(player)).toBe('doubt');
    await player.says('4');
    expect(told(player)).toEqual([said.told, doubtful[1]]);
  });
});
