// The shortest honest way, one point answered: at most 18 messages from the person; their story begins with the fifth.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

describe('the shortest honest way', () => {
  it.each(WHOLE_LANGUAGES)('takes at most 18 messages in %s, and the story begins with the fifth', async (language) => {
    const { commands, typed, greetings } = lexicon.words[language];
    const [next = '', skip = '', all = ''] = [commands.next[0], commands.skip[0], commands['skip-all'][0]];
    const way = [
      ...[greetings[0] ?? '', '1', '1', '1'],
      ...['Sam, 19. XYZ, XYZ, XYZ, XYZ, XYZ, XYZ, XYZ.', next, skip],
      ...['1', 'XYZ, XYZ, XYZ.', next, next],
      ...[all, next, all],
      ...['1', '1', '3', typed.send[0] ?? ''],
    ];
    const player = new Player({ language });
    let begins = 0;
    let messages = 0;
    for (const text of way) {
      messages += 1;
      await player.says(text);
      if (begins === 0 && player.parts.length > 0) begins = messages;
      if (player.effects.some(({ kind }) => kind === 'approve')) break;
    }
    expect(player.effects.filter(({ kind }) => kind === 'approve')).toHaveLength(1);
    expect({ begins, messages }).toEqual({ begins: 5, messages: 18 });
    expect(player.session.counts).toEqual({
      story: expect.anything() as unknown,
      'topic/investigation': expect.anything() as unknown,
    });
  });
});
