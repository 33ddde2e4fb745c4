// "Are you a cop?" is answered truly at every prompt, with and without its mark. Talk is no name. How much is left begins with what was
// told. Of a name that is withheld in part, only what leaves is said to leave.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly who: readonly string[];
  readonly talk: readonly string[];
  readonly goodbye: string;
  readonly names: readonly string[];
  /** An officer's name, of which the last word is withheld. */
  readonly officer: { readonly story: string; readonly first: string; readonly last: string };
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'We waited for two days and nobody called us.',
    who: ['are you a cop?', 'are you a cop', 'you with the police?', 'do you work for the government'],
    talk: ['amen', 'thanks', 'hello', 'sorry', 'thank you so much'],
    goodbye: 'good night',
    names: ['Mercy', 'Grace Amen'],
    officer: { story: 'Officer Daniel Reyes shot him.', first: 'Daniel', last: 'Reyes' },
  },
  fr: {
    told: 'On a attendu deux jours et personne ne nous a appelés.',
    who: ["t'es un flic ?", 'vous êtes de la police', 'tu es un keuf', 'vous travaillez pour la police ?'],
    talk: ['merci', 'bonjour', 'amen', 'pardon'],
    goodbye: 'bonne nuit',
    names: ['Merci Dupont', 'Aimée'],
    officer: { story: 'Le brigadier Paul Martin a tiré.', first: 'Paul', last: 'Martin' },
  },
  es: {
    told: 'Esperamos dos días y nadie nos llamó.',
    who: ['¿usted es policía?', 'eres policía', 'es un tombo usted', '¿ustedes trabajan para la policía?'],
    talk: ['gracias', 'hola', 'amén', 'muchas gracias', 'perdón'],
    goodbye: 'adiós',
    names: ['Gracia Amado', 'Dolores'],
    officer: { story: 'El sargento Miguel Costa le disparó.', first: 'Miguel', last: 'Costa' },
  },
  pt: {
    told: 'Esperamos dois dias e ninguém ligou para a gente.',
    who: ['você é da polícia?', 'você é policial', 'é da pm?', 'vocês trabalham pra polícia'],
    talk: ['obrigada', 'oi', 'amém', 'desculpa', 'boa tarde'],
    goodbye: 'tchau',
    names: ['Aparecida', 'Graça Bento'],
    officer: { story: 'O cabo Paulo Silva bateu nele.', first: 'Paulo', last: 'Silva' },
  },
};

const promptOf = ({ session }: Player) => session.at.prompt;
type Replies = Awaited<ReturnType<Player['says']>>;
const keysOf = (replies: Replies) => replies.map(({ text }) => text);

async function at(language: WholeLanguage, place: string, story = SAID[language].told): Promise<Player> {
  const player = new Player({ language });
  const { commands, typed } = lexicon.words[language];
  const ANSWERS: Readonly<Record<string, string | undefined>> = {
    ...{ hello: '1', safety: '1', keep: '1', 'for-whom': '1', 'read-back': '4', publication: '3', 'write-back': '2' },
    send: typed.send[0],
  };
  await player.says('👋');
  for (let step = 0; promptOf(player) !== place && step < 40; step++) {
    const here = promptOf(player);
    if (here === 'story') await player.says(story);
    const isForm = here === 'harmed-form' && place === 'harmed-name';
    await player.says(isForm ? '1' : (ANSWERS[here] ?? commands.next[0] ?? ''));
  }
  expect(promptOf(player)).toBe(place);
  return player;
}

const PLACES = ['hello', 'safety', 'keep', 'for-whom', 'topics', 'harmed-form', 'publication', 'send', 'after'];

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const { commands } = lexicon.words[language];

  it.each(said.who)('"%s" is answered at every prompt', async (text) => {
    for (const place of PLACES) {
      const player = await at(language, place);
      expect(keysOf(await player.says(text))[0], place).toBe('questions.who');
      expect(promptOf(player)).toBe(place);
    }
  });

  it.each(said.talk)('"%s" is no name: it is answered, and the name asked for again', async (text) => {
    const player = await at(language, 'harmed-name');
    const replies = await player.says(text);
    expect(keysOf(replies)[0]).toMatch(/^talk\./u);
    expect(promptOf(player)).toBe('harmed-name');
    expect(player.session.naming).toBeUndefined();
  });

  it('a goodbye at a name rests, and binds none', async () => {
    const player = await at(language, 'harmed-name');
    await player.says(said.goodbye);
    expect(player.session).toMatchObject({ paused: true, at: { prompt: 'harmed-name' } });
    expect(player.session.naming).toBeUndefined();
  });

  it.each(said.names)('"%s" is a name', async (name) => {
    const player = await at(language, 'harmed-name');
    await player.says(name);
    expect(player.session.naming?.name).toBe(name);
  });

  it('how much is left begins with what was told', async () => {
    const player = await at(language, 'topics');
    const [told, points] = await player.says(commands.progress[0] ?? '');
    expect(told).toMatchObject({ text: 'progress.told', params: { words: said.told.split(' ').length } });
    expect(points?.text).toBe('progress.points');
    const early = await at(language, 'keep');
    expect(keysOf(await early.says(commands.progress[0] ?? ''))).not.toContain('progress.told');
  });

  it('of an officer’s name only what is not withheld is said to leave', async () => {
    const { story, first, last } = said.officer;
    const named = async (hide: readonly string[]) => {
      const player = await at(language, 'others', story);
      for (const word of hide) await player.says(word);
      for (let step = 0; promptOf(player) !== 'read-back' && step < 9; step++)
        await player.says(commands.next[0] ?? '');
      return (await player.says(commands.repeat[0] ?? '')).find(({ text }) => text.startsWith('names-found'))?.params;
    };
    expect(await named([])).toMatchObject({ text: `${first} ${last}` });
    expect(await named([last])).toMatchObject({ text: first });
    expect(await named([last, first])).toBeUndefined();
  });
});
