// *back* to the question whether the words may be kept: another yes keeps what was told, and a no asks for the word that erases.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

const TOLD = 'They took my brother away at night. 23.03.2019';

describe.each(WHOLE_LANGUAGES)('back at the yes, in %s', (language) => {
  const { commands, typed } = lexicon.words[language];
  const [back = '', erase = ''] = [commands.back[0], typed.erase[0]];

  async function backAtKeep(): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', TOLD]) await player.says(text);
    for (let step = 0; player.session.at.prompt !== 'keep' && step < 9; step++) await player.says(back);
    expect(player.session.at.prompt).toBe('keep');
    return player;
  }

  it('a yes goes on with what was told', async () => {
    const player = await backAtKeep();
    const { case: file, contribution } = player.session;
    player.effects.length = 0;
    await player.says('1');
    expect(player.session).toMatchObject({ at: { prompt: 'story' }, case: file, contribution });
    expect(player.effects.map(({ kind }) => kind)).not.toContain('open-case');
    expect(player.parts.map(({ text }) => text)).toEqual([TOLD]);
  });

  it('a no erases only with the word', async () => {
    const player = await backAtKeep();
    await player.says('3');
    expect(player.session.at.prompt).toBe('erase');
    expect(player.erased).toBe(false);
    await player.says(back);
    expect(player.parts.map(({ text }) => text)).toEqual([TOLD]);
    await player.says('3');
    await player.says(erase);
    expect(player.erased).toBe(true);
  });
});

describe('an organiser back at the questions about the person', () => {
  const BEGIN = ['hello', '1', '1', '1', '4', '2', 'girasol', 'girasol', 'Ana', 'english', '1', TOLD];

  async function backAt(prompt: string): Promise<Player> {
    const player = new Player();
    for (const text of BEGIN) await player.says(text);
    for (let step = 0; player.session.at.prompt !== prompt && step < 9; step++) await player.says('back');
    expect(player.session.at.prompt).toBe(prompt);
    return player;
  }

  it('another language leads back to the text, and to no second consent', async () => {
    for (const answers of [['1'], ['4', '3']]) {
      const player = await backAt('teller-language');
      const { contribution } = player.session;
      for (const text of answers) await player.says(text);
      expect(player.session).toMatchObject({ at: { prompt: 'story' }, contribution });
      expect(player.parts.map(({ text }) => text)).toEqual([TOLD]);
    }
  });

  it('a no of the person erases only with the word', async () => {
    const player = await backAt('teller-consent');
    await player.says('3');
    expect(player.session.at.prompt).toBe('erase-which');
    expect(player.parts.map(({ text }) => text)).toEqual([TOLD]);
  });
});
