// A language that is not spoken here, or that the call does not accept, is said at the start; one that is spoken is spoken.

import { describe, expect, it } from 'vitest';
import { type Language, LANGUAGES, type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import type { World } from '../../src/dialog/engine/world.ts';
import { guessLanguage } from '../../src/dialog/stages/other-language.ts';
import { lexicon, Player, shelf } from '../support/player.ts';

describe('the language of a first message', () => {
  it.each<readonly [string, Language]>([
    ['قتلوا ابني في مارس', 'ar'],
    ['مرحبا', 'ar'],
    ['السَّلامُ عليكم، أريد أن أكتب عن أخي', 'ar'],
    // An Iraqi and an Egyptian, each with a letter that Arabic itself has not.
    ['شنو صار وياهم؟ راح أحچي لكم', 'ar'],
    ['Bonjou, lapolis touye pitit mwen', 'ht'],
    ['bonjou', 'ht'],
    ['mwen bezwen èd', 'ht'],
    ['hello, they killed my son', 'en'],
    ['bonjour, la police a tué mon fils', 'fr'],
    ["L'organe de plainte est payé par le ministère de la police.", 'fr'],
    ['mi hijo se llamaba José, lo mataron', 'es'],
    ['mataram meu filho em março', 'pt'],
  ])('%s', async (text, language) => {
    // A single French sentence may leave it open.
    expect([language, null]).toContain(guessLanguage(lexicon, text));
    if (language === 'ar' || language === 'ht') expect(guessLanguage(lexicon, text)).toBe(language);
    const player = new Player({ language });
    const told = (await player.says(text)).map((reply) => reply.text);
    expect(told.filter((key) => key === 'other-language.any')).toEqual([]);
    expect(player.session.language).toBe(language);
  });

  it.each([
    'አበበ ሞተ',
    '警察杀了我的儿子',
    'پسرم را کشتند، ما می‌خواهیم حقیقت را بدانیم',
    'میرے بیٹے کو پولیس نے مار دیا',
  ])('no harm 11: one that is not spoken here is said: %s', async (text) => {
    const player = new Player();
    const read = player.read(await player.says(text));
    expect(read).toContain('kreyòl · العربية');
    expect(read).toContain(player.world.operator.phone);
  });

  it('is not guessed from a greeting that people of several languages use', () => {
    for (const text of ['salam', 'ok', '1', 'ola']) expect(guessLanguage(lexicon, text)).not.toBe('ar');
  });
});

describe('no harm 11: a language that the call does not accept', () => {
  it.each(WHOLE_LANGUAGES)('a call that does not accept %s says so after the first tap', async (language) => {
    const current = shelf.current('emler-2024');
    const others = WHOLE_LANGUAGES.filter((one) => one !== language);
    const call = { ...current, call: { ...current.call, languages: others } };
    const player = new Player({ language, call });
    const read = player.read(await player.hears({ kind: 'opened' }));
    expect(read).toContain(player.world.operator.phone);
    expect(player.session.at.prompt).toBe('hello');
    const said = async (spoken: WholeLanguage) => {
      const one = new Player({ language: spoken, call });
      await one.hears({ kind: 'opened' });
      return (await one.says('1')).map(({ text }) => text);
    };
    expect(await said(language)).toContain('other-language.accepted');
    expect(await said(others[0] ?? 'en')).not.toContain('other-language.accepted');
  });

  it.each<readonly [string, string]>([
    ['here', 'قتلوا ابني في الشارع ولم يقل لنا أحد شيئا'],
    ['here', 'Lapolis touye pitit mwen nan lari a'],
    ['any', '警察杀了我的儿子，没有人告诉我们'],
  ])('is said with the first words of the story that are in it (%s), once, and they are kept', async (said, text) => {
    for (const language of WHOLE_LANGUAGES) {
      const player = new Player({ language });
      for (const answer of ['1', '1', '1', '1', '1']) await player.says(answer);
      expect(player.session.at.prompt).toBe('story');
      const keys = async () => (await player.says(text)).map((reply) => reply.text);
      expect(await keys()).toEqual(['saved.plain', `other-language.${said}`]);
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

it('every language can be asked for by its name, in every other one', async () => {
  const names = { en: 'English', fr: 'français', es: 'español', pt: 'português', ht: 'kreyòl', ar: 'العربية' };
  for (const from of LANGUAGES) {
    for (const to of LANGUAGES) {
      const player = new Player({ language: from });
      for (const answer of ['1', '1', '1', '1', '1']) await player.says(answer);
      await player.says(names[to]);
      expect(player.session.language, `${from} → ${to}`).toBe(to);
    }
  }
});

it('a text that a language lacks comes in its fallback, and the first time that is said before it', async () => {
  const player = new Player({ language: 'ht' });
  const world: World = { ...player.world, borrowed: { ht: new Set(['for-whom.ask', 'words.left']) } };
  Object.assign(player, { world });
  const said: string[] = [];
  for (const text of ['1', '1', '1', '1', '1', 'konbyen mo', 'konbyen mo']) {
    said.push(...(await player.says(text)).map((reply) => reply.text));
  }
  const told = said.indexOf('other-language.partly');
  expect(said[told + 1]).toBe('for-whom.ask');
  expect(said).toContain('words.left');
  expect(said.filter((key) => key === 'other-language.partly')).toHaveLength(1);
});
