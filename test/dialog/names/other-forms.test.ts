// At the question for a name it is said whose name it is, and another form of it in words is taken; in Kreyòl, a question about the
// text and a sentence of grief are no danger.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { alarmIn } from '../../../src/dialog/understanding/alarm.ts';
import { lexicon, Player, texts } from '../../support/player.ts';
import { atHarmedName } from './at-harmed-name.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const STORY: In<string> = {
  en: 'My nephew Nelson was shot by the police.',
  fr: 'La police a tué mon neveu Nelson.',
  es: 'La policía mató a mi sobrino Nelson.',
  pt: 'A polícia matou o meu sobrinho Nelson.',
};
const INITIALS: In<readonly string[]> = {
  en: ['just the initials', 'only initials', 'initials'],
  fr: ['juste les initiales', 'seulement les lettres', 'les initiales'],
  es: ['solo las iniciales', 'nada más las letras', 'con iniciales'],
  pt: ['só as letras', 'só as iniciais', 'apenas as iniciais'],
};
const NONE: In<string> = {
  en: 'I want to stay anonymous',
  fr: 'je veux rester anonyme',
  es: 'quiero quedar anónima',
  pt: 'quero ficar anônima',
};

const atName = (language: WholeLanguage) => atHarmedName(language, STORY[language]);

describe.each(WHOLE_LANGUAGES)('no harm 8: whose name, in %s', (language) => {
  const said = (player: Player, key: string) => texts.translate(language, { key }, player.session.call.hash);

  it('is said where it is asked for, and where it is shown', async () => {
    const player = await atName(language);
    const whose = said(player, 'names.stands-who-harmed');
    const { commands } = lexicon.words[language];
    expect(player.read(await player.says(commands.repeat[0] ?? ''))).toContain(whose);
    expect(player.read(await player.says('Nelson Tavares'))).toContain(whose);
    await player.says('1');
    await player.says('1');
    expect(player.read(await player.says('Rosa Tavares'))).toContain(said(player, 'names.stands-who-author'));
  });

  it('"only the initials" is a form, and the name is still asked for', async () => {
    for (const text of INITIALS[language]) {
      const player = await atName(language);
      await player.says(text);
      expect([text, player.session.at.prompt, player.session.harmed]).toEqual([
        text,
        'harmed-name',
        { form: 'initials' },
      ]);
      expect(player.read(await player.says('Nelson Tavares'))).toContain('N. T.');
    }
  });

  it('"anonymous" leaves the name out', async () => {
    const player = await atName(language);
    await player.says(NONE[language]);
    expect(player.session).toMatchObject({ at: { prompt: 'author-form' }, harmed: { form: 'none' } });
  });
});

describe('no harm 4: Kreyòl ayisyen', () => {
  it('a question about the text and a telling of grief are no danger', async () => {
    for (const text of ['kote l rive', 'Polis touye frè mwen Jean Baptiste. Yo pa di nou anyen.']) {
      const player = new Player({ language: 'ht' });
      for (const said of ['bonjou', '1', '1', '1', '1', text]) await player.says(said);
      expect([text, player.session.flags.includes('in-danger')]).toEqual([text, false]);
    }
  });

  it('somebody who arrives now still is', () => {
    for (const text of ['yo rive', 'polis la rive', 'yo fèk rive', 'yo deyò a yo vle touye m'])
      expect([text, alarmIn(lexicon, text)]).toEqual([text, 'danger']);
  });

  it('"m vle rete anonim" leaves a name out', async () => {
    const player = new Player({ language: 'ht' });
    for (const said of ['bonjou', '1', '1', '1', '1', 'Polis touye frè mwen Jean Baptiste.']) await player.says(said);
    const answers: Readonly<Record<string, string>> = { 'asks-government': 'sote tout', 'submission-language': '2' };
    for (let turns = 0; turns < 20 && player.session.at.prompt !== 'author-form'; turns++)
      await player.says(answers[player.session.at.prompt] ?? 'swivan');
    await player.says('m vle rete anonim');
    expect(player.session.at.prompt).not.toBe('doubt');
    expect(player.session.author.form).toBe('none');
  });
});
