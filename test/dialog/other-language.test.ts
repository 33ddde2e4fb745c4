// A language that is not spoken here, or that the call does not accept, is said at the start.

import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages.ts';
import { otherLanguageIn } from '../../src/dialog/stages/other-language.ts';
import { Player, shelf } from '../support/player.ts';

describe('no harm 11: a language that is not spoken here', () => {
  it.each([
    ['قتلوا ابني في مارس', 'ar'],
    ['Bonjou, lapolis touye pitit mwen', 'ht'],
    ['አበበ ሞተ', 'any'],
    ['警察杀了我的儿子', 'any'],
    ['hello, they killed my son', null],
    ['bonjour, la police a tué mon fils', null],
    ['mi hijo se llamaba José, lo mataron', null],
    ['mataram meu filho em março', null],
  ])('%s', async (text, other) => {
    expect(otherLanguageIn(text)).toBe(other);
    const told = (await new Player().says(text)).map((reply) => reply.text);
    expect(told.filter((key) => key.startsWith('other-language.') && key !== 'other-language.accepted')).toEqual(
      other === null ? [] : [`other-language.${other}`],
    );
  });

  it.each(LANGUAGES)(
    'a call that does not accept %s says so in the first answer, and on a change of language',
    async (language) => {
      const current = shelf.current('emler-2024');
      const others = LANGUAGES.filter((one) => one !== language);
      const call = { ...current, call: { ...current.call, languages: others } };
      const player = new Player({ language, call });
      const read = player.read(await player.hears({ kind: 'opened' }));
      expect(read).toContain(player.world.operator.phone);
      expect(player.session.at.prompt).toBe('hello');
      const keys = (await new Player({ language, call }).hears({ kind: 'opened' })).map(({ text }) => text);
      expect(keys).toContain('other-language.accepted');
      const accepted = (await new Player({ language: others[0] ?? 'en', call }).hears({ kind: 'opened' })).map(
        ({ text }) => text,
      );
      expect(accepted).not.toContain('other-language.accepted');
    },
  );

  it.each([
    ['ar', 'قتلوا ابني في الشارع ولم يقل لنا أحد شيئا'],
    ['ht', 'Lapolis touye pitit mwen nan lari a'],
    ['any', '警察杀了我的儿子，没有人告诉我们'],
  ])('is said with the first words of the story that are in it (%s), once, and they are kept', async (other, text) => {
    for (const language of LANGUAGES) {
      const player = new Player({ language });
      for (const answer of ['1', '1', '1', '1', '1']) await player.says(answer);
      expect(player.session.at.prompt).toBe('story');
      const keys = async () => (await player.says(text)).map((reply) => reply.text);
      expect(await keys()).toEqual(['saved.plain', `other-language.${other}`]);
      expect(await keys()).toEqual(['saved.plain']);
      expect(player.parts).toHaveLength(2);
    }
  });
});

describe('A first message in another of the four languages is answered in that language', () => {
  it.each([
    ['¿de qué trata la convocatoria?', 'en', 'es'],
    ['¿de qué trata la convocatoria?', 'pt', 'es'],
    ['¡auxilio!', 'en', 'es'],
    ['não', 'es', 'pt'],
    ['ma sœur', 'en', 'fr'],
  ] as const)('%s, greeted in %s', async (text, greeted, language) => {
    const player = new Player({ language: greeted });
    await player.says(text);
    expect(player.session.language).toBe(language);
  });
});
