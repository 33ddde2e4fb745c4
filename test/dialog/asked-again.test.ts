// A number before its words is the choice. A "not" before the words of a choice is not that choice. Who asks to hear the text again
// hears it.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { recognizeAnswer } from '../../src/dialog/engine/recognize-answer.ts';
import { recognizeChoice } from '../../src/dialog/understanding/recognize.ts';
import type { Turn } from '../../src/dialog/engine/turn.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly four: string;
  readonly notThese: string;
  readonly notUsed: string;
  readonly again: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They hung up on me every week for a year.',
    four: '4, all of them in one text for the family',
    notThese: '4, no not that',
    notUsed: 'no use them',
    again: ['read it to me again', 'can you read it to me again please'],
  },
  fr: {
    told: 'On a attendu dehors toute la nuit.',
    four: '4, les quatre dans un seul texte commun',
    notThese: '4, non pas ça',
    notUsed: 'non les mettre',
    again: ['relisez-le-moi encore', 'lis-moi encore une fois'],
  },
  es: {
    told: 'No me dejaron verlo hasta los tres días.',
    four: '4. los cuatro en un solo texto de la familia',
    notThese: '4, no eso no',
    notUsed: 'no úselas',
    again: ['léamelo otra vez por favor', 'me lo lee de nuevo'],
  },
  pt: {
    told: 'Só achamos ele dois dias depois.',
    four: '4, as quatro num texto só da família',
    notThese: '4, não isso não',
    notUsed: 'não sim pode usar',
    again: ['lê de novo pra mim por favor', 'lê pra mim outra vez'],
  },
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const ROLES = ['family', 'witness', 'organisation', 'organiser'];

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];

  it('takes a number before its words for the choice', async () => {
    expect(recognizeChoice(lexicon, language, said.four, ROLES, false)).toEqual({
      kind: 'accepted',
      value: 'organiser',
    });
    expect(recognizeChoice(lexicon, language, said.notThese, ROLES, false).kind).toBe('rejected');
    // A consent needs the number alone.
    expect(recognizeChoice(lexicon, language, said.four, ROLES, true).kind).toBe('rejected');
    const player = new Player({ language });
    player.session = { ...player.session, language };
    for (const text of ['1', '1', '1', '1']) await player.says(text);
    expect(player.session.at.prompt).toBe('for-whom');
    expect(keysOf(await player.says(said.four))[0]).toBe('for-whom.organiser');
    expect(player.session.gathers).toBeDefined();
  });

  it(`"${said.notUsed}" uses nothing, also if an organiser reports it`, () => {
    for (const teller of [undefined, { label: 'Rosa' }]) {
      const turn = { world: { lexicon }, session: { language, teller } } as unknown as Turn;
      const found = recognizeAnswer(turn, {}, ['held-use', 'held-erase'], said.notUsed);
      expect(found).not.toMatchObject({ value: 'held-use' });
    }
  });

  it.each(said.again)('"%s" reads the text again', async (text) => {
    for (const place of ['read-back-check', 'send'] as const) {
      const player = new Player({ language });
      player.session = { ...player.session, language };
      for (const one of ['1', '1', '1', '1', '1', said.told]) await player.says(one);
      player.session = { ...player.session, at: { prompt: 'read-back' }, under: [] };
      await player.says('1');
      if (place === 'send') player.session = { ...player.session, at: { prompt: 'publication' }, under: [] };
      if (place === 'send') await player.says('3');
      expect(player.session.at.prompt).toBe(place);
      let replies = await player.says(text);
      // "Shall I show you …?" first is right as well.
      if (player.session.at.prompt === 'doubt') replies = await player.says('1');
      expect(keysOf(replies), place).toContain('read-back.section');
      expect(player.session.mails).toEqual([]);
    }
  });
});
