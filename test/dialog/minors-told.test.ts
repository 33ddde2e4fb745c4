// Somebody says, while telling, that they are under 18, or an organiser that the person is: it is asked about, and nothing is lost.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { isOwnMinority } from '../../src/dialog/understanding/age.ts';
import { lexicon, Player } from '../support/player.ts';

const SAID = {
  en: {
    told: 'They took my brother.',
    own: ["actually I'm 16", 'im a minor', 'I am not 18 yet'],
    theirs: 'she is 16 actually',
  },
  fr: {
    told: 'Ils ont pris mon frère.',
    own: ['en fait j’ai 16 ans', 'je suis mineure'],
    theirs: 'elle a 16 ans en fait',
  },
  es: {
    told: 'Se llevaron a mi hermano.',
    own: ['en realidad tengo 16 años', 'soy menor de edad'],
    theirs: 'tiene 16 años en realidad',
  },
  pt: {
    told: 'Levaram o meu irmão.',
    own: ['na verdade tenho 16 anos', 'sou menor de idade'],
    theirs: 'ela tem 16 anos na verdade',
  },
} as const;

const TOLD = {
  en: ['I was 16', 'My son was 15', 'I am 12 weeks pregnant', 'im 15 minutes away', '16', 'I am 34'],
  fr: ['j’avais 16 ans', 'j’ai 12 enfants', 'mon fils avait 15 ans'],
  es: ['tenía 16', 'tengo 5 hermanos', 'llevo 16 años esperando'],
  pt: ['eu tinha 16', 'tenho 4 filhos', 'faz 16 anos que espero'],
} as const;

async function atStory(language: keyof typeof SAID, ...said: readonly string[]): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['👋', '1', '1', '1', ...said, SAID[language].told]) await player.says(text);
  expect(player.session.at.prompt).toBe('story');
  return player;
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  it.each(SAID[language].own)(
    '"%s" is asked about; under 18, a person goes on with them, and the text is kept',
    async (text) => {
      const player = await atStory(language, '1');
      const replies = await player.says(text);
      expect(replies.map((reply) => reply.text)).toContain('keep.whose-told');
      expect(player.rows.map((row) => row.text)).toContain(text);
      expect((await player.says('2')).map((reply) => reply.text)).toContain('minor.kept');
      expect([player.session.at.prompt, player.session.flags.includes('under-age')]).toEqual(['minor', true]);
      expect(player.rows).toHaveLength(2);
    },
  );

  it('goes on with the story when it was another age, and asks the same words once', async () => {
    const [text] = SAID[language].own;
    for (const answer of ['1', '3']) {
      const player = await atStory(language, '1');
      await player.says(text);
      await player.says(answer);
      expect(player.session.at.prompt).toBe('story');
      expect((await player.says(text)).map((reply) => reply.text)).not.toContain('keep.whose-told');
      expect(player.session.flags).not.toContain('under-age');
    }
  });

  it('takes "I am not" back to the story', async () => {
    const player = await atStory(language, '1');
    for (const answer of [SAID[language].own[0], '2']) await player.says(answer);
    const not = player.session.at.prompt === 'minor' ? await player.taps('minor-not') : [];
    expect(not.map((reply) => reply.text)).toContain('minor.back-told');
    expect([player.session.at.prompt, player.session.flags.includes('under-age')]).toEqual(['story', false]);
  });

  it('asks an organiser about the person, and says what is kept if they are under 18', async () => {
    const number = { en: '1', fr: '2', es: '3', pt: '4' }[language];
    const leaveOut = lexicon.words[language].commands.skip[0] ?? 'skip';
    const player = await atStory(language, '4', '1', leaveOut, 'Keisha', number, '1');
    const replies = await player.says(SAID[language].theirs);
    expect(replies.map((reply) => reply.text)).toContain('gathering.age');
    expect((await player.says('1')).map((reply) => reply.text)).toContain('gathering.minor-kept');
    expect(player.rows).toHaveLength(2);
  });

  it.each(TOLD[language])('"%s" is told', (text) => {
    expect(isOwnMinority(lexicon, language, text, 2026)).toBe(false);
  });
});
