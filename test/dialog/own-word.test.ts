// The word of one's own: typed twice, alike. No refusal, no question, no command and no sentence becomes it.

import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/dialog/language.ts';
import { lexicon, Player, texts } from '../support/player.ts';

const STORY = 'They killed my brother in March. Nobody told us for two days.';

async function atOwnWord(language: Language): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '1', STORY, lexicon.words[language].commands.next[0] ?? ''])
    await player.says(text);
  expect(player.session.at.prompt).toBe('own-word');
  return player;
}

const said = (language: Language, key: string) => texts.translate(language, { key }, '').split('\n')[0] ?? '';

const NO: Readonly<Record<Language, readonly string[]>> = {
  en: ['no thanks', 'no', 'No, thank you', "I'd rather not", '👎'],
  fr: ['non merci', 'non', 'je préfère pas', 'pas besoin'],
  es: ['no gracias', 'no', 'prefiero no', 'no quiero'],
  pt: ['não quero', 'não', 'não, obrigada', 'prefiro não'],
};
const YES: Readonly<Record<Language, readonly string[]>> = {
  en: ['yes', 'sure', 'ok'],
  fr: ['oui', 'd’accord'],
  es: ['sí', 'claro que sí'],
  pt: ['sim', 'pode ser'],
};
const ASKS: Readonly<Record<Language, readonly string[]>> = {
  en: ['what is that?', "I don't understand", 'what word?'],
  fr: ['c’est quoi ?', 'je ne comprends pas', 'quel mot ?'],
  es: ['no entiendo', '¿qué palabra?', '¿para qué es?'],
  pt: ['não entendi', 'como assim', 'que palavra?'],
};
const TELLS: Readonly<Record<Language, string>> = {
  en: 'my brother was only sixteen when it happened',
  fr: 'mon frère avait seulement seize ans ce jour-là',
  es: 'mi hermano tenía solo dieciséis años cuando pasó',
  pt: 'meu irmão tinha só dezesseis anos quando aconteceu',
};

describe('no harm 4: the word of one’s own', () => {
  describe.each(LANGUAGES)('in %s', (language) => {
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

    it('begins anew, calmly, where the second is another one', async () => {
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
});
