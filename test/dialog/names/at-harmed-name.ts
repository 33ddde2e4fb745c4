// The way to the question for the name of the person who was harmed.

import { expect } from 'vitest';
import type { WholeLanguage } from '../../../src/languages.ts';
import { lexicon, Player } from '../../support/player.ts';

/** Tells `story`, and answers until the name in full is asked for. */
export async function atHarmedName(language: WholeLanguage, story: string): Promise<Player> {
  const player = new Player({ language });
  const { commands, greetings } = lexicon.words[language];
  for (const text of [greetings[0] ?? '', '1', '1', '1', '1', story]) await player.says(text);
  for (let turns = 0; turns < 20 && player.session.at.prompt !== 'harmed-form'; turns++)
    await player.says(commands[player.session.at.prompt === 'asks-government' ? 'skip-all' : 'next'][0] ?? '');
  await player.says('1');
  expect(player.session.at.prompt).toBe('harmed-name');
  return player;
}
