// What is changed or taken back after it was sent, wherever it stands by then.

import { describe, expect, it } from 'vitest';
import { Player } from '../support/player.ts';

async function atTopics(): Promise<Player> {
  const player = new Player();
  for (const text of ['hello', '1', '1', '1', 'Nobody told us for two whole days.', 'next', 'skip'])
    await player.says(text);
  return player;
}

describe('messages that went astray', () => {
  const FIRST = 'I forgot to say that his boots were never given back to us.';
  const SECOND = 'They said that there had never been any boots at all.';

  it('join the story as the messages they are', async () => {
    const player = await atTopics();
    for (const text of [FIRST, SECOND, 'yes']) await player.says(text);
    expect(player.parts.map(({ text }) => text)).toEqual(['Nobody told us for two whole days.', FIRST, SECOND]);
  });

  it('can be taken back one by one while they are asked about', async () => {
    const player = await atTopics();
    await player.says(FIRST);
    await player.says(SECOND);
    await player.hears({ kind: 'deletion', target: 'm8' });
    await player.hears({ kind: 'edit', target: 'm9', text: 'They said there were none.' });
    await player.says('yes');
    expect(player.parts.map(({ text }) => text)).toEqual([
      'Nobody told us for two whole days.',
      'They said there were none.',
    ]);
  });

  it('leave nothing to ask about when all of them are taken back', async () => {
    const player = await atTopics();
    await player.says(FIRST);
    const read = player.read(await player.hears({ kind: 'deletion', target: 'm8' }));
    expect(player.session.at.prompt).toBe('topics');
    expect(read).toContain('taken that message out');
  });
});

describe('an answer', () => {
  it('is changed by an edit, and taken out by a deletion, with its words', async () => {
    const player = await atTopics();
    const before = player.session.counts['story']?.words ?? 0;
    await player.hears({ kind: 'edit', target: 'm5', text: 'Nobody told us for two whole days and two nights.' });
    expect(player.session.counts['story']?.words).toBe(before + 3);
    await player.hears({ kind: 'deletion', target: 'm5' });
    expect(player.parts).toEqual([]);
    expect(player.session.counts).toEqual({});
    expect(player.effects).toContainEqual({ kind: 'redact', message: 'm5' });
  });
});
