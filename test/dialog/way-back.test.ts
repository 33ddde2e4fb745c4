// On the web page the browser forgets its person: the code is named before anything is kept, and given whenever they rest.

import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/dialog/language.ts';
import { lexicon, Player } from '../support/player.ts';

const HOW_LONG = {
  en: 'how long does it take?',
  es: '¿cuánto tiempo tarda?',
  fr: 'combien de temps ça prend ?',
  pt: 'quanto tempo demora?',
} as const;
const WEB = { seenBy: 'network', takesFiles: false, wayBack: 'https://casa.example/back' } as const;
const codes = (player: Player) => player.effects.filter(({ kind }) => kind === 'code');

describe.each(LANGUAGES)('no harm 9: the way back is named (%s)', (language) => {
  const { commands } = lexicon.words[language];

  it('before the keep question, with the yes, at a pause and to who asks how long it takes', async () => {
    const player = new Player({ language, channel: WEB });
    await player.says('1');
    await player.says('1');
    const keep = await player.says('1');
    expect(player.session.at.prompt).toBe('keep');
    expect(keep.map(({ text }) => text)).toEqual(['way-back.before', 'keep.ask']);
    const yes = await player.says('1');
    expect(player.read(yes)).toContain('TEST-CODE-0001');
    await player.says('1');
    const pause = await player.says(commands.pause[0] ?? '');
    expect(pause.map(({ text }) => text)).toEqual(['pause.done-code', 'way-back.code']);
    await player.says(HOW_LONG[language]);
    await player.says(commands.code[0] ?? '');
    expect(codes(player).length).toBeGreaterThanOrEqual(3);
  });

  it('*stop* and "keep my answers" gives it, too; a word of one’s own is asked first', async () => {
    const player = new Player({ language, channel: WEB });
    for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
    await player.says(commands.stop[0] ?? '');
    expect(player.read(await player.says('1'))).toContain('TEST-CODE-0002');
    player.session = { ...player.session, ownWord: 'fingerprint of moon', unlockedAt: null, paused: false };
    const locked = await player.says(commands.pause[0] ?? '');
    expect(locked.map(({ text }) => text)).toEqual(['pause.done-code', 'way-back.tip']);
  });

  it('where the chat itself stays, nothing of it is said', async () => {
    const player = new Player({ language, channel: { seenBy: 'messenger', takesFiles: true } });
    for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
    const pause = await player.says(commands.pause[0] ?? '');
    expect(pause.map(({ text }) => text)).toEqual(['pause.done']);
    expect(codes(player)).toEqual([]);
  });
});
