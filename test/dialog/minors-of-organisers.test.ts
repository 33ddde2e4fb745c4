// Somebody is under 18: what an organiser is told of them, and what is said of words that were told before *back*.

import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages.ts';
import type { Reply } from '../../src/dialog/engine/reply.ts';
import { lexicon, Player, type PlayerOptions } from '../support/player.ts';

const TOLD = 'Mataron a su hermano en el mercado, en marzo.';
const keys = (replies: readonly Reply[]) => replies.map(({ text }) => text);

async function played(options: PlayerOptions, ...said: readonly string[]): Promise<Player> {
  const player = new Player(options);
  for (const text of ['👋', '1', '1', '1', ...said]) await player.says(text);
  return player;
}

describe.each(LANGUAGES)('in %s', (language) => {
  const { back, skip } = lexicon.words[language].commands;
  const [goBack = 'back', leaveOut = 'skip'] = [back[0], skip[0]];
  const toConsent = ['4', '1', leaveOut, 'Keisha'];
  const number = { en: '1', fr: '2', es: '3', pt: '4', ht: '5', ar: '6' }[language];

  it('an organiser learns who may tell it, and that nothing is kept; she is not sent to a grown-up', async () => {
    for (const support of [true, false]) {
      const operator = support ? {} : { support: [], phone: null };
      const player = await played({ language, operator }, ...toConsent, number);
      expect(player.session.at.prompt).toBe('teller-consent');
      const replies = await player.says('2');
      expect(keys(replies)[0]).toBe('gathering.minor');
      const text = JSON.stringify(replies[0]?.params);
      expect(text).toContain(support ? 'support.child"' : 'support.child-none');
      expect(player.read(replies)).toContain(`*${lexicon.words[language].gathering.new[0]}*`);
      expect(player.session.at.prompt).toBe('home');
      expect([player.rows, player.held]).toEqual([[], []]);
    }
  });

  it('after *back* the same is said, and that what was written is still kept', async () => {
    for (const [choice, said] of [
      ['2', 'gathering.minor-kept'],
      ['3', 'gathering.no-kept'],
    ] as const) {
      const player = await played({ language }, ...toConsent, number, '1', TOLD, goBack);
      expect(player.session.at.prompt).toBe('teller-consent');
      expect(keys(await player.says(choice))).toEqual([said, 'gathering.erase-which']);
      expect(player.parts.map(({ text }) => text)).toEqual([TOLD]);
      await player.says('1');
      await player.says(lexicon.words[language].typed.erase[0] ?? '');
      expect(player.parts).toEqual([]);
    }
  });

  it('who is under 18 after *back* learns what is kept, and erases it with the word only', async () => {
    const player = await played({ language }, '1', TOLD, goBack, goBack);
    expect(player.session.at.prompt).toBe('keep');
    expect(keys(await player.says('2'))).toEqual(['minor.kept', 'minor.ask-call']);
    await player.says('2');
    expect(player.session.at.prompt).toBe('erase');
    expect(player.parts.map(({ text }) => text)).toEqual([TOLD]);
    await player.says(lexicon.words[language].typed.erase[0] ?? '');
    expect(player.erased).toBe(true);
  });

  it('what is written then is kept nowhere, and what was told stays', async () => {
    const player = await played({ language }, '1', TOLD, goBack, goBack, '2');
    await player.says('Yo estaba con él cuando pasó todo eso en la calle.');
    expect(player.effects).toContainEqual({ kind: 'redact', message: player.lastId });
    expect(player.parts.map(({ text }) => text)).toEqual([TOLD]);
  });
});
