// A message that its author deleted, and whose deletion they undid: its words go back to where they were.

import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages.ts';
import { Player, texts } from '../support/player.ts';

const FIRST = 'Nobody told us where he was for two whole days.';
const restored = (target: string, text: string) => ({ kind: 'edit', target, text, restored: true }) as const;

describe.each(LANGUAGES)('a deletion that is undone, in %s', (language) => {
  const said = (key: string) => texts.translate(language, { key }, '');

  async function told(): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['1', '1', '1', '1', FIRST]) await player.says(text);
    return player;
  }

  it('brings the words back, into the answer that they were in, and says so', async () => {
    const player = await told();
    const before = player.parts;
    await player.hears({ kind: 'deletion', target: 'm5' });
    expect(player.parts).toEqual([]);
    // She has gone on meanwhile.
    const { next } = { next: texts.translate(language, { key: 'commands.next' }, '') };
    await player.says(next);
    const read = player.read(await player.hears(restored('m5', FIRST)));
    expect(read).toContain(said('edit.put-back'));
    expect(player.parts.map(({ id, slot, text }) => ({ id, slot, text }))).toEqual(
      before.map(({ id, slot, text }) => ({ id, slot, text })),
    );
    // It can be taken out and put back again.
    await player.hears({ kind: 'deletion', target: 'm5' });
    expect(player.parts).toEqual([]);
    await player.hears(restored('m5', FIRST));
    expect(player.parts.map(({ text }) => text)).toEqual([FIRST]);
  });

  it('of what never went changes nothing, and says nothing', async () => {
    const player = await told();
    const before = player.parts;
    expect(await player.hears(restored('m5', FIRST))).toEqual([]);
    expect(await player.hears({ kind: 'edit', target: 'm5', text: FIRST })).toEqual([]);
    expect(player.parts).toEqual(before);
  });

  it('of a word that was no part of the text adds nothing to it', async () => {
    const player = await told();
    await player.hears({ kind: 'deletion', target: 'm4' });
    const read = player.read(await player.hears(restored('m4', '1')));
    expect(read).toContain(said('edit.not-an-answer'));
    expect(player.parts.map(({ text }) => text)).toEqual([FIRST]);
  });

  it('before the consent holds the words again', async () => {
    const player = new Player({ language });
    await player.says(FIRST);
    await player.hears({ kind: 'deletion', target: 'm1' });
    expect(player.session.held.parts).toBe(0);
    await player.hears(restored('m1', FIRST));
    expect(player.session.held.parts).toBe(1);
  });
});

it('remembers twenty deletions at most, by id only', async () => {
  const player = new Player({ language: 'en' });
  for (const text of ['1', '1', '1', '1']) await player.says(text);
  for (let i = 5; i < 30; i++) await player.says(`Sentence ${i} of what I have to say about that day.`);
  for (let i = 5; i < 30; i++) await player.hears({ kind: 'deletion', target: `m${i}` });
  expect(Object.keys(player.session.deletedFrom ?? {})).toHaveLength(20);
  expect(JSON.stringify(player.session)).not.toContain('what I have to say');
});
