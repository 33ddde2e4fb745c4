// What becomes of what an organiser writes where a name is asked for: of whoever tells, and of whoever reads to them.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../../src/languages.ts';
import { lexicon, Player } from '../../support/player.ts';

const word = (language: WholeLanguage, command: 'next' | 'skip' | 'skip-all' | 'back' | 'undo') =>
  lexicon.words[language].commands[command][0] ?? '';

async function atTeller(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of [lexicon.words[language].greetings[0] ?? '', '1', '1', '1', '4', '1']) await player.says(text);
  if (player.session.at.prompt !== 'teller-name') await player.says(word(language, 'skip'));
  expect(player.session.at.prompt).toBe('teller-name');
  return player;
}

const STORY: Readonly<Record<WholeLanguage, string>> = {
  en: 'They waited at the station for two days. Nobody came.',
  fr: 'On a attendu deux jours au poste. Personne n’est venu.',
  es: 'Esperamos dos días en la comisaría. Nadie salió.',
  pt: 'Esperamos dois dias na delegacia. Ninguém veio.',
};

async function atReader(language: WholeLanguage): Promise<Player> {
  const player = await atTeller(language);
  await player.says('Girasol');
  const answers: Readonly<Record<string, string>> = {
    'teller-language': String(WHOLE_LANGUAGES.indexOf(language) + 1),
    'teller-consent': '1',
    story: STORY[language],
    'read-back': '4',
    publication: '3',
  };
  for (let turns = 0; turns < 40 && player.session.at.prompt !== 'reader-name'; turns++) {
    const { prompt } = player.session.at;
    const told = prompt === 'story' && player.parts.length > 0;
    await player.says((told ? undefined : answers[prompt]) ?? word(language, 'next'));
  }
  expect(player.session.at.prompt).toBe('reader-name');
  return player;
}

const REFUSED: Readonly<Record<WholeLanguage, string>> = {
  en: "I'd rather not",
  fr: 'je préfère pas',
  es: 'prefiero no decirlo',
  pt: 'não quero dizer',
};
const ASKED: Readonly<Record<WholeLanguage, string>> = {
  en: 'what do you mean?',
  fr: 'c’est pour quoi ?',
  es: '¿para qué es?',
  pt: 'como assim?',
};
const SENTENCE: Readonly<Record<WholeLanguage, string>> = {
  en: 'I forgot to say that the officer was drunk',
  fr: "j'ai oublié de dire que le policier était ivre",
  es: 'se me olvidó decir que el policía estaba borracho',
  pt: 'esqueci de dizer que o policial estava bêbado',
};
const NAMED: Readonly<Record<WholeLanguage, string>> = {
  en: 'my name is Rosa Invented',
  fr: 'je m’appelle Rosa Inventée',
  es: 'me llamo Rosa Inventada',
  pt: 'eu me chamo Rosa Inventada',
};

describe.each(WHOLE_LANGUAGES)('no harm 3: the names that an organiser gives, in %s', (language) => {
  it('a refusal, a question, a yes or a sentence becomes nobody’s name, and is answered', async () => {
    for (const text of [REFUSED[language], ASKED[language], SENTENCE[language], '👍', '…']) {
      const player = await atTeller(language);
      const said = player.read(await player.says(text));
      expect([player.session.at.prompt, player.session.teller], text).toEqual(['teller-name', undefined]);
      expect(said.length, text).toBeGreaterThan(20);
    }
  });

  it('a name is taken without the words around it, and another one instead after *back*', async () => {
    const player = await atTeller(language);
    await player.says(NAMED[language]);
    expect(player.session.teller?.label).toMatch(/^Rosa Invent/u);
    expect(player.session.at.prompt).toBe('teller-language');
    await player.says(word(language, 'back'));
    expect(player.session.at.prompt).toBe('teller-name');
    await player.says('Girasol');
    expect(player.session.teller).toMatchObject({ label: 'Girasol', number: 1 });
  });

  it('what is written instead of the reader’s name stands nowhere, and what belongs to the story is kept', async () => {
    for (const text of [REFUSED[language], ASKED[language]]) {
      const player = await atReader(language);
      const said = player.read(await player.says(text));
      expect([player.session.at.prompt, player.session.teller?.reader], text).toEqual(['reader-name', undefined]);
      expect(said.length, text).toBeGreaterThan(80);
    }
    const player = await atReader(language);
    await player.says(SENTENCE[language]);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: SENTENCE[language] });
    await player.says('1');
    expect(player.parts.map(({ text }) => text)).toContain(SENTENCE[language]);
    expect(player.session.teller?.reader).toBeUndefined();
  });

  it('the reader’s name is taken, can be written again after *back*, and stands in no text', async () => {
    const player = await atReader(language);
    await player.says(NAMED[language]);
    expect(player.session.teller?.reader?.by).toMatch(/^Rosa Invent/u);
    await player.says(word(language, 'back'));
    expect(player.session.at.prompt).toBe('reader-name');
    await player.says('R. M.');
    expect(player.session.teller?.reader?.by).toBe('R. M.');
    await player.says('1');
    const read = player.read(await player.says('1'));
    expect(read).toContain(STORY[language]);
    expect(read).not.toMatch(/Rosa|R\. M\./u);
  });

  it('*undo* takes none of them for a step of its own', async () => {
    const player = await atReader(language);
    await player.says('R. M.');
    await player.says(word(language, 'undo'));
    expect(player.session.teller).toMatchObject({ label: 'Girasol', reader: { by: 'R. M.' } });
    expect(player.parts.map(({ text }) => text)).toEqual([STORY[language]]);
  });
});
