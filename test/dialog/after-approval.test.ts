// After SEND: *stop* holds and waits, and "can I still change it?" gets the answer that is true at that moment.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';
import { untilPublication } from '../support/until-send.ts';

const CHANGING: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['can I still change it?', 'is it too late to change something', 'what if I change my mind'],
  fr: ['puis-je encore changer ?', 'est-ce que je peux encore modifier', 'et si je veux corriger quelque chose'],
  es: ['¿puedo cambiarlo todavía?', 'se puede cambiar después', 'y si quiero cambiar algo'],
  pt: ['posso mudar depois?', 'ainda posso mudar?', 'tem como corrigir depois'],
};
/** No question whether the text can be changed. */
const OTHERWISE: Readonly<Record<WholeLanguage, string>> = {
  en: 'can we change to French?',
  fr: 'on peut changer pour portugais',
  es: 'podemos cambiar al portugués?',
  pt: 'quem denunciou teve de se mudar',
};

async function sent(language: WholeLanguage, until: 'send' | 'write-back' | 'after', staff = false): Promise<Player> {
  const player = new Player({ language, ...(staff ? { operator: { release: 'staff' } } : {}) });
  await untilPublication(player);
  await player.says('3');
  const send = lexicon.words[language].typed.send[0] ?? '';
  if (until !== 'send') await player.says(send);
  if (until === 'after') await player.says('2');
  expect(player.session.at.prompt).toBe(until);
  return player;
}

async function keysOf(player: Player, text: string): Promise<readonly string[]> {
  return (await player.says(text)).map((reply) => reply.text);
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { commands, typed } = lexicon.words[language];
  const [stop = '', send = ''] = [commands.stop[0], typed.send[0]];

  it('*stop* holds the text, shows nothing of it, and waits', async () => {
    for (const place of ['write-back', 'after'] as const) {
      const player = await sent(language, place);
      expect(await keysOf(player, stop)).toEqual(['stop.cancelled', 'stopped.ask']);
      expect(player.session).toMatchObject({ at: { prompt: 'stopped' }, mails: [] });
      expect(player.parts).toHaveLength(1);
    }
  });

  it.each([
    ['1', 'read-back'],
    ['2', 'review'],
    ['3', 'send'],
    ['4', 'erase'],
    ['5', 'stopped'],
    [send, 'send'],
  ] as const)('then "%s" leads to %s, and sends nothing', async (text, prompt) => {
    const player = await sent(language, 'after');
    await player.says(stop);
    player.effects.length = 0;
    await player.says(text);
    expect(player.session).toMatchObject({ at: { prompt }, mails: [] });
    expect(player.effects.map(({ kind }) => kind)).not.toContain('approve');
    expect(player.session.paused).toBe(text === '5');
    if (prompt !== 'send') return;
    await player.says(send);
    expect(player.session.mails).toMatchObject([{ outcome: 'waiting' }]);
  });

  it.each(CHANGING[language])('"%s" is answered truly before SEND, in the window and after it', async (text) => {
    const before = await sent(language, 'send');
    expect(await keysOf(before, text)).toContain('changing.open');
    expect(before.session.at.prompt).toBe('send');

    const window = await sent(language, 'write-back');
    expect(await keysOf(window, text)).toEqual(['changing.approved', 'hold.ask']);
    expect(window.session.mails).toMatchObject([{ doubted: true }]);

    const staff = await sent(language, 'after', true);
    staff.wait(60 * 24);
    expect(await keysOf(staff, text)).toEqual(expect.arrayContaining(['changing.approved', 'hold.ask']));

    for (const place of ['write-back', 'after'] as const) {
      const left = await sent(language, place);
      left.mailLeft = true;
      left.wait(20);
      expect(await keysOf(left, text)).toContain('changing.left');
      expect(left.session).toMatchObject({ at: { prompt: place }, replaces: null });
    }
  });

  it('another change, or something told, is not answered so', async () => {
    const player = await sent(language, 'send');
    expect(await keysOf(player, OTHERWISE[language])).not.toContain('changing.open');
  });
});
