import { expect } from 'vitest';
import type { WholeLanguage } from '../../src/languages.ts';
import { Player } from './player.ts';

/**
 * Each call gives a player of its own, at the story of a family, behind what `told` says in their language. The way there is
 * played once for each language.
 */
export function atStory(told: (language: WholeLanguage) => string): (language: WholeLanguage) => Promise<Player> {
  const played = new Map<string, Player>();
  return async (language) => {
    const before = played.get(language) ?? new Player({ language });
    if (!played.has(language)) {
      for (const one of ['1', '1', '1', '1', '1', told(language)]) await before.says(one);
      played.set(language, before);
    }
    expect(before.session.at.prompt).toBe('story');
    const player = new Player({ language });
    [player.session, player.rows] = [before.session, before.rows];
    return player;
  };
}
