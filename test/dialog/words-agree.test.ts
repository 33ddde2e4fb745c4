// The running count and the read-back agree to the word, with names withheld and links kept too.

import { describe, expect, it } from 'vitest';
import { wordLimitOf } from '../../src/calls/call.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { Player, texts } from '../support/player.ts';
import { modelOf } from '../support/until-send.ts';

const STORY = 'Ana Invento saiu de casa às seis. Ana nunca voltou (https://jornal.example/a).';

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const word = (command: string) => texts.translate(language, { key: `commands.${command}` }, '');

  it('at every step', async () => {
    const player = new Player({ language });
    let asked = 0;
    const answers: Readonly<Record<string, string>> = {
      ...{ hello: '1', safety: '1', keep: '1', 'for-whom': '1', 'author-form': '3', topics: word('next') },
      ...{ 'harmed-form': '2', others: word('next') },
    };
    for (let said = 0; player.session.at.prompt !== 'publication'; said++) {
      const { prompt } = player.session.at;
      if (said > 60) throw new Error(`stays at ${prompt}`);
      if (prompt === 'story' && player.rows.length === 0) await player.says(STORY);
      else if (prompt === 'harmed-name') await player.says('Ana Invento');
      else await player.says(answers[prompt] ?? word(prompt === 'story' ? 'next' : 'skip'));
      if (player.rows.length === 0) continue;
      const { shelved, session, rows } = player;
      const counted = player.world.wordsOf(session, rows);
      expect([shelved.call.id, counted]).toEqual(['emler-2024', modelOf(player).words]);
      const read = player.read(await player.says(word('words')));
      if (!/\d/u.test(read)) continue;
      // The read-back names all words, the running count those that still fit, in tens from fifty on.
      const limit = wordLimitOf(shelved.call) ?? Number.NaN;
      expect(read).toMatch(new RegExp(`\\b(?:${counted}|${Math.floor((limit - counted) / 10) * 10})\\b`, 'u'));
      asked++;
    }
    expect(asked).toBeGreaterThan(5);
  });
});
