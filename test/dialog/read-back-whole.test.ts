// "Here, in messages" shows every line that the file has: what may be done with it, whose it is, who writes, each heading, the foot.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';
import { modelOf } from '../support/until-send.ts';

const TOLD: Readonly<Record<WholeLanguage, readonly [string, string]>> = {
  en: ['They shot my son Marcus Idowu at the corner. He was 24.', 'Nobody was charged.'],
  fr: ['Ils ont tiré sur mon fils Marcus Idowu au coin. Il avait 24 ans.', 'Personne n’a été inculpé.'],
  es: ['Le dispararon a mi hijo Marcus Idowu en la esquina. Tenía 24 años.', 'No acusaron a nadie.'],
  pt: ['Atiraram no meu filho Marcus Idowu na esquina. Ele tinha 24 anos.', 'Ninguém foi acusado.'],
};

const squashed = (text: string) => text.replace(/[\s*]+/gu, '');

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  it('nothing is in the file that was not shown', async () => {
    const { commands } = lexicon.words[language];
    const next = commands.next[0] ?? '';
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', TOLD[language][0], next]) await player.says(text);
    const answers: Readonly<Record<string, string>> = {
      ...{ 'harmed-form': '1', 'harmed-name': 'Marcus Idowu', 'harmed-check': '1', 'author-form': '2' },
      ...{ 'author-name': 'Rosa Idowu', 'author-check': '1' },
    };
    for (let said = 0; player.session.at.prompt !== 'read-back'; said++) {
      if (said > 40) throw new Error(`stays at ${player.session.at.prompt}`);
      const { prompt } = player.session.at;
      if (prompt === 'topics' && player.parts.length === 1)
        for (const text of ['1', TOLD[language][1]]) await player.says(text);
      await player.says(answers[player.session.at.prompt] ?? next);
    }
    const read = squashed(player.read(await player.says('1')));
    const { blocks, footer } = modelOf(player);
    const texts = blocks.map(({ text }) => text);
    expect(texts.join(' ')).toContain('Marcus Idowu');
    expect(texts.join(' ')).toContain('R. I.');
    let at = 0;
    for (const text of [...texts, footer]) {
      const found = read.indexOf(squashed(text), at);
      expect(found, text).toBeGreaterThanOrEqual(at);
      at = found + squashed(text).length;
    }
    expect(player.session.at.prompt).toBe('read-back-check');
  });
});
