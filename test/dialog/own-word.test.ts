// The word of one's own: typed twice, alike. No refusal, no question, no command and no sentence becomes it.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player, texts } from '../support/player.ts';

const STORY = 'They killed my brother in March. Nobody told us for two days.';

async function atOwnWord(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '1', STORY, lexicon.words[language].commands.next[0] ?? ''])
    await player.says(text);
  expect(player.session.at.prompt).toBe('own-word');
  return player;
}

const said = (language: WholeLanguage, key: string) => texts.translate(language, { key }, '').split('\n')[0] ?? '';

const NO: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['no thanks', 'no', 'No, thank you', "I'd rather not", '👎'],
  fr: ['non merci', 'non', 'je préfère pas', 'pas besoin'],
  es: ['no gracias', 'no', 'prefiero no', 'no quiero'],
  pt: ['não quero', 'não', 'não, obrigada', 'prefiro não'],
};
const YES: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['yes', 'sure', 'ok'],
  fr: ['oui', 'd’accord'],
  es: ['sí', 'claro que sí'],
  pt: ['sim', 'pode ser'],
};
const ASKS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['what is that?', "I don't understand", 'what word?'],
  fr: ['c’est quoi ?', 'je ne comprends pas', 'quel mot ?'],
  es: ['no entiendo', '¿qué palabra?', '¿para qué es?'],
  pt: ['não entendi', 'como assim', 'que palavra?'],
};
const TELLS: Readonly<Record<WholeLanguage, string>> = {
  en: 'my brother was only sixteen when it happened',
  fr: 'mon frère avait seulement seize ans ce jour-là',
  es: 'mi hermano tenía solo dieciséis años cuando pasó',
  pt: 'meu irmão tinha só dezesseis anos quando aconteceu',
};

const DANGER: Readonly<Record<WholeLanguage, string>> = {
  en: 'they are at my door now',
  fr: 'ils sont devant ma porte',
  es: 'están en mi puerta ahora',
  pt: 'estão na minha porta agora',
};

/** Asked for the word, before their answers are shown again. */
async function atLocked(language: WholeLanguage): Promise<Player> {
  const player = await atOwnWord(language);
  for (const text of ['girassol', 'girassol']) await player.says(text);
  player.wait(60);
  await player.says(lexicon.words[language].commands.review[0] ?? '');
  expect(player.session.at.prompt).toBe('locked');
  return player;
}

describe('no harm 4, fault 35: the word of one’s own', () => {
  describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
    it('binds when it was typed twice, alike, and both typings go from what can be scrolled back to', async () => {
      const player = await atOwnWord(language);
      const read = player.read(await player.says('Girassol azul'));
      expect(read).toContain(said(language, 'own-word.again'));
      expect(read).not.toContain('irassol');
      expect(player.session.ownWord).toBeNull();
      expect(player.read(await player.says('girassol AZUL'))).toContain(said(language, 'own-word.set'));
      expect(player.session.ownWord).toBe('fingerprint of girassol azul');
      expect(player.session.wordOnce).toBeUndefined();
      const taken = player.effects.flatMap((effect) => (effect.kind === 'redact' ? [effect.message] : []));
      expect(taken).toEqual(['m7', 'm8']);
    });

    it('begins again, calmly, where the second is another one', async () => {
      const player = await atOwnWord(language);
      await player.says('girassol');
      expect(player.read(await player.says('girasol'))).toContain(said(language, 'own-word.differs'));
      await player.says('girasol');
      expect(player.session.ownWord).toBeNull();
      await player.says('girasol');
      expect(player.session.ownWord).toBe('fingerprint of girasol');
      expect(player.effects.filter(({ kind }) => kind === 'redact')).toHaveLength(4);
    });

    it.each(NO[language])('a refusal is one, also the second time: %s', async (no) => {
      for (const before of [[], ['girassol']]) {
        const player = await atOwnWord(language);
        for (const text of before) await player.says(text);
        expect(player.read(await player.says(no))).toContain(said(language, 'own-word.none'));
        expect(player.session).toMatchObject({ ownWord: null, at: { prompt: 'topics' } });
        expect(player.session.wordOnce).toBeUndefined();
      }
    });

    it.each([...YES[language], ...ASKS[language]])(
      'a yes or a question is never the word, even twice: %s',
      async (text) => {
        const player = await atOwnWord(language);
        for (const one of [text, text, text]) await player.says(one);
        expect(player.session).toMatchObject({ ownWord: null, at: { prompt: 'own-word' } });
        await player.says('girassol');
        await player.says('girassol');
        expect(player.session.ownWord).toBe('fingerprint of girassol');
      },
    );

    it('a command does what it does, and a slip of one is asked about', async () => {
      for (const [command, phrases] of Object.entries(lexicon.words[language].commands)) {
        const player = await atOwnWord(language);
        for (const phrase of [phrases[0] ?? '', phrases[0] ?? '']) await player.says(phrase);
        expect(player.session.ownWord, command).toBeNull();
      }
      const player = await atOwnWord(language);
      const slip = `${lexicon.words[language].commands.review[0] ?? ''}e`;
      for (const text of [slip, slip]) await player.says(text);
      expect(player.session.ownWord).toBeNull();
      for (const text of ['SEND', 'SEND', 'hello', 'hello']) await player.says(text);
      expect(player.session.ownWord).toBeNull();
    });

    it('a sentence is asked about and kept for the story', async () => {
      const player = await atOwnWord(language);
      await player.says(TELLS[language]);
      expect(player.session).toMatchObject({ ownWord: null, at: { prompt: 'doubt' } });
      await player.says('1');
      expect(player.parts.map(({ text }) => text)).toEqual([STORY, TELLS[language]]);
      expect(player.session.at.prompt).toBe('own-word');
    });

    it('where it is asked for, a refusal, a question or a sentence is no try of it', async () => {
      const player = await atOwnWord(language);
      for (const text of ['girassol', 'girassol']) await player.says(text);
      player.wait(60);
      await player.says(lexicon.words[language].commands.review[0] ?? '');
      expect(player.session.at.prompt).toBe('locked');
      for (const text of [...NO[language], ...ASKS[language], TELLS[language]]) await player.says(text);
      expect(player.session.wrongWords).toBe(0);
      expect(player.session.doubt).toMatchObject({ text: TELLS[language] });
      await player.says('girassol');
      expect(player.session.unlockedAt).not.toBeNull();
    });
  });

  describe.each(WHOLE_LANGUAGES)('set back by staff, in %s', (language) => {
    const reset = said(language, 'own-word.reset');
    const skip = lexicon.words[language].commands.skip[0] ?? '';

    it('is told first with the next message, a new one is offered, and what was asked for is shown', async () => {
      const player = await atLocked(language);
      expect(await player.hears({ kind: 'own-word-reset' })).toEqual([]);
      expect(player.session).toMatchObject({ ownWord: null, unlockedAt: null, at: { prompt: 'locked' } });
      player.wait(60);
      const replies = await player.says('tulipan');
      expect(replies[0]?.text).toBe('own-word.reset');
      expect(player.read(replies)).toContain(said(language, 'own-word.ask'));
      expect(player.read(replies)).not.toContain(said(language, 'locked.ask'));
      // It was perhaps nearly the word.
      expect(player.effects).toContainEqual({ kind: 'redact', message: player.lastId });
      expect(player.session).toMatchObject({ ownWord: null, at: { prompt: 'own-word' } });
      for (const text of ['tulipan', 'tulipan']) await player.says(text);
      expect(player.session).toMatchObject({ ownWord: 'fingerprint of tulipan', at: { prompt: 'review' } });
      expect(player.session.wordReset).toBeUndefined();
    });

    it('is told and offered once; one can go on without', async () => {
      const player = await atLocked(language);
      await player.hears({ kind: 'own-word-reset' });
      await player.says('tulipan');
      expect(player.read(await player.says(skip))).not.toContain(reset);
      expect(player.session).toMatchObject({ ownWord: null, at: { prompt: 'review' } });
      await player.hears({ kind: 'own-word-reset' });
      expect(player.session.wordReset).toBeUndefined();
    });

    it('takes nothing of what is being told, and stands on top of no other question', async () => {
      const player = await atOwnWord(language);
      for (const text of ['girassol', 'girassol']) await player.says(text);
      await player.says('1');
      expect(player.session.at.prompt).toBe('topic');
      player.wait(60);
      await player.hears({ kind: 'own-word-reset' });
      const replies = await player.says(lexicon.words[language].commands.delete[0] ?? '');
      expect(replies[0]?.text).toBe('own-word.reset');
      expect(player.session.at.prompt).toBe('erase');
      await player.says(lexicon.words[language].commands.back[0] ?? '');
      expect(player.session.at.prompt).toBe('own-word');
      await player.says(skip);
      expect(player.session.at.prompt).toBe('topic');

      const other = await atOwnWord(language);
      for (const text of ['girassol', 'girassol', '1']) await other.says(text);
      await other.hears({ kind: 'own-word-reset' });
      await other.says(TELLS[language]);
      expect(other.parts.map(({ text }) => text)).toEqual([STORY, TELLS[language]]);
      expect(other.session.at.prompt).toBe('topic');
      await other.says(lexicon.words[language].commands.next[0] ?? '');
      expect(other.session.at.prompt).toBe('own-word');
    });

    it('asks about what was told where the word was asked for, before it offers a new one', async () => {
      const player = await atLocked(language);
      await player.hears({ kind: 'own-word-reset' });
      await player.says(TELLS[language]);
      expect(player.session.at.prompt).toBe('doubt');
      await player.says('1');
      expect(player.parts.map(({ text }) => text)).toEqual([STORY, TELLS[language]]);
      expect(player.session).toMatchObject({ at: { prompt: 'own-word' } });
    });

    it('offers no new one in the turn that answers somebody in danger', async () => {
      const player = await atOwnWord(language);
      for (const text of ['girassol', 'girassol']) await player.says(text);
      expect(player.session.at.prompt).toBe('topics');
      await player.hears({ kind: 'own-word-reset' });
      expect((await player.says(DANGER[language])).map(({ text }) => text)).toContain('danger.advice');
      expect(player.session.at.prompt).toBe('topics');
      await player.says(lexicon.words[language].commands.repeat[0] ?? '');
      expect(player.session.at.prompt).toBe('own-word');
    });

    it('reaches at once who allowed us to write', async () => {
      const player = await atLocked(language);
      player.session = { ...player.session, personMayWrite: true };
      const read = player.read(await player.hears({ kind: 'own-word-reset' }));
      expect(read).toContain(reset);
      expect(read).toContain(said(language, 'own-word.ask'));
      expect(player.session).toMatchObject({ at: { prompt: 'own-word' } });
    });
  });

  describe('five wrong tries', () => {
    const TIMES = [1, 2, 3, 4, 5];

    it('close it for a day from the fifth on, whatever is written in between', async () => {
      const player = await atLocked('en');
      for (const one of TIMES) await player.says(`wrong${one}`);
      expect(player.session.wrongWords).toBe(5);
      for (let hour = 1; hour < 24; hour++) {
        player.wait(58);
        const left = Math.ceil((24 * 60 - 58 * hour) / 60);
        expect(player.read(await player.says('girassol'))).toMatch(new RegExp(`tried again in ${left} hours?\\.`, 'u'));
        await player.says(hour % 2 === 0 ? 'wrong' : 'help');
      }
      expect(player.session.unlockedAt).toBeNull();
      player.wait(58);
      await player.says('girassol');
      expect(player.session.at.prompt).toBe('locked');
      await player.says('girassol');
      expect(player.session).toMatchObject({ wrongWords: 0, at: { prompt: 'review' } });
      expect(player.session.wordLockedAt).toBeUndefined();
    });

    it('are opened by staff, too', async () => {
      const player = await atLocked('en');
      for (const one of TIMES) await player.says(`wrong${one}`);
      await player.hears({ kind: 'own-word-reset' });
      expect(player.session).toMatchObject({ wrongWords: 0, ownWord: null });
      expect(player.session.wordLockedAt).toBeUndefined();
    });
  });
});
