// On the web page the browser forgets its person: the code is named before anything is kept, and given whenever they rest.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { Reply } from '../../src/dialog/engine/reply.ts';
import { lexicon, Player } from '../support/player.ts';
import { ON_TO_PUBLICATION, STORY } from '../support/running-app.ts';

const HOW_LONG = {
  en: ['how long does it take?', 'How long is this?', 'how much time do i need'],
  es: ['¿cuánto tiempo tarda?', 'cuánto dura', '¿Cuánto se demora?', '¿cuánto tiempo va a tomar?'],
  fr: ['combien de temps ça prend ?', 'Ça dure longtemps ?', 'combien de temps faut-il'],
  pt: ['quanto tempo demora?', 'Quanto tempo leva?', 'vai demorar?'],
} as const;
const WEB = { seenBy: 'network', takesFiles: false, wayBack: 'https://casa.example/back' } as const;
const TOLD = {
  en: 'They took my son away and nobody spoke.',
  es: 'Se llevaron a mi hijo y nadie habló.',
  fr: 'Ils ont emmené mon fils et personne n’a parlé.',
  pt: 'Levaram meu filho e ninguém falou.',
};
const keys = (replies: readonly Reply[]) => replies.map(({ text }) => text);
const codes = (player: Player) => player.effects.filter(({ kind }) => kind === 'code');

describe.each(WHOLE_LANGUAGES)('no harm 9: the way back is named (%s)', (language) => {
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
    let given = 1;
    for (const question of HOW_LONG[language]) {
      const long = await player.says(question);
      expect(keys(long), question).toEqual(expect.arrayContaining(['questions.how-long', 'way-back.code']));
      given += 1;
      expect(player.read(long)).toContain(`TEST-CODE-000${given}`);
    }
    await player.says('1');
    const pause = await player.says(commands.pause[0] ?? '');
    expect(keys(pause)).toEqual(['pause.done-code', 'way-back.code', 'way-back.beside']);
    // A question right after a pause is answered, not only greeted.
    expect(keys(await player.says(HOW_LONG[language][0]))).toEqual(
      expect.arrayContaining(['questions.how-long', 'way-back.code', 'way-back.beside']),
    );
    expect(codes(player)).toHaveLength(given + 2);
    // What is on paper already works on, until another one is asked for.
    expect(codes(player)).toEqual(codes(player).map((code) => ({ ...code, beside: true })));
    expect(keys(await player.says(commands.code[0] ?? ''))).toEqual(
      expect.arrayContaining(['way-back.code', 'way-back.instead']),
    );
    expect(codes(player).at(-1)).toEqual({ kind: 'code', code: expect.any(String) as string });
  });

  it('before the yes a pause says what a code will be for, and that words are put aside for a day', async () => {
    const player = new Player({ language, channel: WEB });
    await player.says('1');
    for (const question of HOW_LONG[language])
      expect(keys(await player.says(question)), question).toContain('way-back.before');
    expect(keys(await player.says(commands.pause[0] ?? '')).slice(0, 2)).toEqual(['way-back.before', 'nothing-yet']);
    await player.says(TOLD[language]);
    expect(player.session.held.parts).toBe(1);
    const pause = keys(await player.says(commands.pause[0] ?? ''));
    expect(pause.slice(0, 2)).toEqual(['pause.held', 'way-back.before']);
    expect(pause).not.toContain('nothing-yet');
    expect(codes(player)).toEqual([]);
  });

  it('after SEND, too: to who asks how long it takes, and at a pause, which holds the mail', async () => {
    const player = new Player({ language, channel: WEB });
    for (const text of ['1', '1', '1', '1', '1', STORY, ...ON_TO_PUBLICATION, '3']) await player.says(text);
    expect(player.session.at.prompt).toBe('send');
    await player.says(lexicon.words[language].typed.send[0] ?? '');
    expect(player.session.at.prompt).toBe('write-back');
    expect(keys(await player.says(HOW_LONG[language][0]))).toContain('way-back.code');
    expect(keys(await player.says(commands.pause[0] ?? ''))).toEqual(
      expect.arrayContaining(['pause.done-code', 'way-back.code', 'hold.state']),
    );
  });

  it.each(['1', '2', 'next'])('at the end, where people close the page (%s)', async (answer) => {
    const player = new Player({ language, channel: WEB });
    for (const text of ['1', '1', '1', '1', '1', STORY, ...ON_TO_PUBLICATION, '3']) await player.says(text);
    await player.says(lexicon.words[language].typed.send[0] ?? '');
    const word = answer === 'next' ? (commands.next[0] ?? '') : answer;
    expect(keys(await player.says(word))).toContain('way-back.code');
    expect(player.session.at.prompt).toBe('after');
  });

  it('*stop* and "keep my answers" gives it, too; a word of one’s own is asked first', async () => {
    const player = new Player({ language, channel: WEB });
    for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
    await player.says(commands.stop[0] ?? '');
    expect(player.read(await player.says('1'))).toContain('TEST-CODE-0002');
    expect(player.session.paused).toBe(true);
    player.session = { ...player.session, ownWord: 'fingerprint of moon', unlockedAt: null, paused: false };
    const locked = await player.says(commands.pause[0] ?? '');
    expect(locked.map(({ text }) => text)).toEqual(['pause.done-code', 'way-back.tip']);
  });

  it('a chat elsewhere that was cut off is told once, with the way to go on', async () => {
    const player = new Player({ language, channel: WEB });
    for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
    const redirected = () => player.effects.filter(({ kind }) => kind === 'redirect').length;
    player.blocked = '2026-11-01T00:00:00.000Z';
    const told = keys(await player.says(STORY));
    expect(told.slice(told.indexOf('elsewhere.blocked'))).toEqual(
      expect.arrayContaining(['elsewhere.blocked', 'way-back.code']),
    );
    expect(redirected()).toBe(1);
    expect(keys(await player.says(TOLD[language]))).not.toContain('elsewhere.blocked');
    player.session = { ...player.session, ownWord: 'fingerprint of moon', unlockedAt: null };
    player.blocked = '2026-11-02T00:00:00.000Z';
    const locked = keys(await player.says(TOLD[language]));
    expect(locked).toEqual(expect.arrayContaining(['elsewhere.blocked', 'way-back.tip']));
    expect(locked).not.toContain('way-back.code');
    // What could not be said waits for the word of one's own.
    expect(redirected()).toBe(2);
  });

  it('where the chat itself stays, nothing of it is said', async () => {
    const player = new Player({ language, channel: { seenBy: 'messenger', takesFiles: true } });
    for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
    const pause = await player.says(commands.pause[0] ?? '');
    expect(pause.map(({ text }) => text)).toEqual(['pause.done']);
    expect(codes(player)).toEqual([]);
  });
});
