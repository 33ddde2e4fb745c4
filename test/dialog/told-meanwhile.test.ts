// What is plainly told while words are asked about is in the text at once; only the doubtful words wait.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const STORY: In<string> = {
  en: 'They killed my grandson at the bakery.',
  fr: 'Ils ont tué mon petit-fils à la boulangerie.',
  es: 'Mataron a mi nieto en la panadería.',
  pt: 'Mataram o meu neto na padaria.',
};
const TOLD: In<readonly [string, string]> = {
  en: [
    'The officer sent us away and said there was no record of it.',
    'My daughter went to the complaints office and nobody saw her there.',
  ],
  fr: [
    'Le commissaire nous a renvoyés et il a dit qu’il n’y avait aucune trace.',
    'Ma fille est allée à l’inspection et personne ne l’a reçue là-bas.',
  ],
  es: [
    'El comisario nos echó y dijo que no había ningún registro de eso.',
    'Mi hija fue a la oficina de quejas y nadie la atendió ahí.',
  ],
  pt: [
    'O delegado mandou a gente embora e disse que não tinha registro nenhum.',
    'Depois a minha filha foi na corregedoria e ninguém recebeu ela.',
  ],
};
const DOUBTFUL: In<string> = {
  en: 'all right then dear that is fine with me',
  fr: 'bon alors mon petit ça me va comme ça',
  es: 'puede seguir no más mijo así está bien',
  pt: 'pode seguir meu filho tá bom',
};

async function atTopics(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of [lexicon.words[language].greetings[0] ?? '', '1', '1', '1', '1', STORY[language]])
    await player.says(text);
  for (let turns = 0; turns < 5 && player.session.at.prompt !== 'topics'; turns++)
    await player.says(lexicon.words[language].commands.next[0] ?? '');
  expect(player.session.at.prompt).toBe('topics');
  return player;
}

const told = (player: Player): readonly string[] => player.parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('no harm 9: what is told while words are asked about, in %s', (language) => {
  it('is in the text at once, and "no" leaves out only the doubtful words', async () => {
    const player = await atTopics(language);
    await player.says(DOUBTFUL[language]);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: DOUBTFUL[language] });
    for (const text of TOLD[language]) {
      await player.says(text);
      expect([told(player).at(-1), player.session.at.prompt]).toEqual([text, 'doubt']);
    }
    expect(player.session.doubt).toMatchObject({ text: DOUBTFUL[language], more: [] });
    await player.says('2');
    expect(told(player)).toEqual([STORY[language], ...TOLD[language]]);
  });

  it('joins the text with the words that were asked about, if they were told as well, and the story goes on', async () => {
    const player = await atTopics(language);
    const [first, second] = TOLD[language];
    await player.says(first);
    expect(player.session.at.prompt).toBe('doubt');
    await player.says(second);
    expect([told(player), player.session.doubt, player.session.at.prompt]).toEqual([
      [STORY[language], first, second],
      null,
      'story',
    ]);
    await player.says(STORY[language]);
    expect(told(player)).toHaveLength(4);
    await player.says(lexicon.words[language].commands.next[0] ?? '');
    expect(player.session.at.prompt).toBe('topics');
  });

  it('is never lost to *undo*, which asks about it again', async () => {
    const player = await atTopics(language);
    for (const text of TOLD[language]) await player.says(text);
    const whole = [STORY[language], ...TOLD[language]];
    const undo = lexicon.words[language].commands.undo[0] ?? '';
    for (const answer of ['1', '2', '1']) {
      await player.says(undo);
      expect([told(player), player.session.at.prompt]).toEqual([[STORY[language]], 'doubt']);
      await player.says(answer);
      expect(told(player)).toEqual(answer === '1' ? whole : [STORY[language]]);
    }
  });

  it('a second doubtful message waits with the first', async () => {
    const player = await atTopics(language);
    for (const text of [DOUBTFUL[language], TOLD[language][0], `${DOUBTFUL[language]} 1000`]) await player.says(text);
    expect(player.session.doubt).toMatchObject({ more: [{ text: `${DOUBTFUL[language]} 1000` }] });
    await player.says('2');
    expect(told(player)).toEqual([STORY[language], TOLD[language][0]]);
  });
});
