// A name that is hidden in the text and shall stand in full in its own line: it is one or the other, and its person says which.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';
import { modelOf } from '../support/until-send.ts';

const TOLD: Readonly<Record<WholeLanguage, string>> = {
  en: 'They shot my son Marcus Idowu at the corner.',
  fr: 'Ils ont tiré sur mon fils Marcus Idowu au coin de la rue.',
  es: 'Le dispararon a mi hijo Marcus Idowu en la esquina.',
  pt: 'Atiraram no meu filho Marcus Idowu na esquina.',
};

const NAME = 'Marcus Idowu';

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { choices, commands } = lexicon.words[language];
  const [next = '', undo = ''] = [commands.next[0], commands.undo[0]];

  async function at(prompt: string, player: Player): Promise<Player> {
    for (let step = 0; player.session.at.prompt !== prompt && step < 40; step++) await player.says(next);
    expect(player.session.at.prompt).toBe(prompt);
    return player;
  }

  /** The name is hidden, and then chosen to stand in full. */
  async function chosen(): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', TOLD[language]]) await player.says(text);
    await at('others', player);
    await player.says(NAME);
    expect(player.session.withheld).toEqual([NAME]);
    await at('harmed-form', player);
    await player.says('1');
    return player;
  }

  const inDocument = (player: Player) => modelOf(player).blocks.map(({ text }) => text);

  it('it is said before the name counts, and neither a yes nor *next* decides it', async () => {
    const player = await chosen();
    const asked = player.read(await player.says(NAME));
    expect(asked.split(NAME)).toHaveLength(3);
    for (const text of [choices['yes']?.[0] ?? '', next]) {
      await player.says(text);
      expect(player.session).toMatchObject({ at: { prompt: 'harmed-check' }, withheld: [NAME] });
      expect(player.session.harmed.name).toBeUndefined();
    }
  });

  it('shown, it stands in full in the line and in the text; *undo* hides it in both', async () => {
    const player = await chosen();
    await player.says(NAME);
    expect((await player.says('1'))[0]).toMatchObject({ text: 'others.shown-again', params: { text: NAME } });
    expect(player.session).toMatchObject({ withheld: [], harmed: { form: 'full', name: NAME } });
    expect(inDocument(player).filter((text) => text.includes(NAME))).toHaveLength(2);
    await player.says(undo);
    expect(player.session).toMatchObject({ withheld: [NAME], harmed: { form: 'none' } });
    expect(inDocument(player).join('\n')).not.toContain(NAME);
  });

  it('hidden, it is shown as such, and counts as no name', async () => {
    const player = await chosen();
    await player.says(NAME);
    expect((await player.says('2')).map(({ text }) => text)).toContain('names.check');
    await player.says('1');
    expect(player.session).toMatchObject({ withheld: [NAME], harmed: { form: 'none', name: NAME } });
    expect(inDocument(player).join('\n')).not.toContain(NAME);
  });

  it('a name in full that is hidden later is hidden in its line, and the check does not call it full', async () => {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', TOLD[language]]) await player.says(text);
    await at('harmed-form', player);
    for (const text of ['1', NAME, '1']) await player.says(text);
    expect(player.session.harmed).toEqual({ form: 'full', name: NAME });
    await at('read-back', player);
    for (const text of [commands.hide[0] ?? '']) await player.says(text);
    expect(player.session.at.prompt).toBe('others');
    const answer = await player.says(NAME);
    expect(answer.map(({ text }) => text)).toContain('names.hides-full');
    expect(inDocument(player).join('\n')).not.toContain(NAME);
    const shown = await player.says(next);
    const line = shown.flatMap(({ choices = [] }) => choices).find(({ value }) => value === 'name:harmed');
    expect(line?.label.params).toMatchObject({ form: { key: 'review.not-shown' } });
  });
});
