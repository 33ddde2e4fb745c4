// What an organiser types where a language, a reader or a word for somebody is asked for: what is no answer is asked again, what may
// be none is said back first, and what is told is kept.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const word = (language: WholeLanguage, command: 'next' | 'skip') => lexicon.words[language].commands[command][0] ?? '';
const send = (language: WholeLanguage) => lexicon.words[language].typed.send[0]?.toUpperCase() ?? '';

const STORY: In<string> = {
  en: 'The police took him from the house at night. Nobody told us where.',
  fr: 'La police l’a emmené de la maison pendant la nuit. Personne ne nous a rien dit.',
  es: 'La policía se lo llevó de la casa en la noche. Nadie nos dijo nada.',
  pt: 'A polícia levou ele de dentro de casa de noite. Ninguém disse nada.',
};
const SEVERAL: In<readonly string[]> = {
  en: ['Wolof and French', 'English or French'],
  fr: ['wolof et français', 'français, wolof'],
  es: ['wolof y francés', 'quechua y español'],
  pt: ['wolof e francês', 'português ou guarani'],
};
const NO_ANSWER: In<readonly string[]> = {
  en: ['yes she agrees', 'send it', 'agreed', 'please wait', 'thank you', 'confidential', 'of course'],
  fr: ['oui elle accepte', 'envoie-le', 'd’accord', 'attends', 'merci', 'confidentiel', 'bien sûr'],
  es: ['si ella acepta', 'mándelo', 'de acuerdo', 'gracias', 'confidencial', 'claro que sí'],
  pt: ['sim ela aceita', 'pode enviar', 'combinado', 'espera', 'obrigada', 'confidencial', 'claro'],
};

async function at(language: WholeLanguage, prompt: string): Promise<Player> {
  const player = new Player({ language });
  for (const text of [lexicon.words[language].greetings[0] ?? '', '1', '1', '1', '4', '1']) await player.says(text);
  const answers: Readonly<Record<string, string>> = {
    'own-word': word(language, 'skip'),
    'teller-name': 'Lia',
    'teller-language': String(WHOLE_LANGUAGES.indexOf(language) + 1),
    'teller-consent': '1',
    story: STORY[language],
    'read-back': '4',
    publication: '3',
    'reader-name': 'R. M.',
    'reader-how': '1',
  };
  for (let turns = 0; turns < 40 && player.session.at.prompt !== prompt; turns++) {
    const here = player.session.at.prompt;
    const isTold = here === 'story' && player.parts.length > 0;
    await player.says((isTold ? undefined : answers[here]) ?? word(language, 'next'));
  }
  expect(player.session.at.prompt).toBe(prompt);
  return player;
}

describe.each(WHOLE_LANGUAGES)('no harm 6: the free answers of an organiser, in %s', (language) => {
  it.each(['teller-language', 'reader-language'])('a sentence is no language at %s', async (prompt) => {
    for (const text of [...NO_ANSWER[language], send(language)]) {
      const player = await at(language, prompt);
      await player.says(text);
      expect([text, player.session.at]).toEqual([text, { prompt }]);
    }
  });

  it.each(['teller-language', 'reader-language'])(
    'another language is said back at %s before it counts',
    async (prompt) => {
      const player = await at(language, prompt);
      const asked = player.read(await player.says('Mandinka'));
      expect(asked).toContain('Mandinka');
      expect(player.session.at).toEqual({ prompt, of: 'Mandinka' });
      await player.says('2');
      expect(player.session.at).toEqual({ prompt });
      for (const text of ['Wolof', 'bambara', '1']) await player.says(text);
      const { at: place, teller } = player.session;
      expect(prompt === 'teller-language' ? teller?.told : place.of).toBe('bambara');
    },
  );

  it('an order, an agreement or SEND is nobody’s name who reads', async () => {
    for (const text of [...NO_ANSWER[language].slice(1), send(language)]) {
      const player = await at(language, 'reader-name');
      await player.says(text);
      expect([text, player.session.at, player.session.teller?.reader]).toEqual([
        text,
        { prompt: 'reader-name' },
        undefined,
      ]);
    }
  });

  it.each(SEVERAL[language])('%s is said back, and no language that we have is taken from it', async (told) => {
    const player = await at(language, 'teller-language');
    expect(player.read(await player.says(told))).toContain(told);
    expect([player.session.at, player.session.teller?.told]).toEqual([
      { prompt: 'teller-language', of: told },
      undefined,
    ]);
    await player.says('1');
    expect([player.session.at.prompt, player.session.teller?.told]).toEqual(['teller-written', told]);
  });

  it('what may be no name is said back before it is the reader’s', async () => {
    const player = await at(language, 'reader-name');
    const asked = player.read(await player.says('rosa inventada'));
    expect(asked).toContain('rosa inventada');
    expect([player.session.at.prompt, player.session.teller?.reader]).toEqual(['reader-check', undefined]);
    await player.says('2');
    expect(player.session.at.prompt).toBe('reader-name');
    for (const text of ['rosa', 'rosa inventada', '1']) await player.says(text);
    expect(player.session.teller?.reader?.by).toBe('rosa inventada');
    expect(player.session.at.prompt).toBe('reader-how');
  });

  it('what is told where somebody is to be named is kept, and offered once they have said yes', async () => {
    const player = await at(language, 'teller-name');
    await player.says(STORY[language]);
    expect([player.session.at.prompt, player.held.map(({ text }) => text)]).toEqual(['teller-name', [STORY[language]]]);
    for (const text of ['Lia', String(WHOLE_LANGUAGES.indexOf(language) + 1), '1']) await player.says(text);
    expect(player.session.at.prompt).toBe('held');
    await player.says('1');
    expect(player.parts.map(({ text }) => text)).toEqual([STORY[language]]);
  });
});
