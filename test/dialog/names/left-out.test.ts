// "Não, meu nome não" where the form of a name is asked, and a name corrected after a no in a sentence of its own.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { lexicon, Player } from '../../support/player.ts';

interface Said {
  readonly story: string;
  readonly own: readonly string[];
  readonly theirs: readonly string[];
  /** Neither a refusal of a name nor a form of it. */
  readonly other: readonly string[];
  readonly corrected: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    story: 'My nephew was shot by the police.',
    own: ['not my name', 'no, not my name', 'leave mine out', 'my name no'],
    theirs: ['not his name', 'no, not my son’s name'],
    other: ['they would not say my name', 'he told them his name, and no one wrote it down'],
    corrected: ['No, it’s Marco Bello', "no it's Marco Bello", 'No, his name is Marco Bello'],
  },
  fr: {
    story: 'La police a tué mon neveu.',
    own: ['non, pas mon nom', 'mon nom non', 'le mien non', 'laissez mon nom de côté'],
    theirs: ['pas son nom', 'non, son nom non'],
    other: ['ils n’ont pas voulu dire mon nom', 'il a dit son nom et personne ne l’a écrit'],
    corrected: ['Non, c’est Marco Bello', "non c'est Marco Bello", "Non, il s'appelle Marco Bello"],
  },
  es: {
    story: 'La policía mató a mi sobrino.',
    own: ['no, mi nombre no', 'el mío no', 'mi nombre no por favor', 'deje mi nombre afuera'],
    theirs: ['su nombre no', 'no, el de él no'],
    other: ['no quisieron decir mi nombre en la lista', 'dijo su nombre y nadie lo anotó'],
    corrected: ['No, es Marco Bello', 'no, se llama Marco Bello'],
  },
  pt: {
    story: 'A polícia matou o meu sobrinho.',
    own: ['não, meu nome não', 'o meu não', 'deixa meu nome de fora', 'meu nome não, por favor'],
    theirs: ['não, o nome dele não', 'o dele não'],
    other: ['não quiseram falar o meu nome na lista', 'ele disse o nome dele e ninguém anotou'],
    corrected: ['Não, é Marco Bello', 'não é Marco Bello', 'Não, o nome é Marco Bello'],
  },
};

const played = new Map<string, Player>();

/** The way to a question is played once. */
async function at(language: WholeLanguage, form: 'harmed' | 'author'): Promise<Player> {
  const before = played.get(`${language} ${form}`) ?? new Player({ language });
  const { commands, greetings } = lexicon.words[language];
  if (before.session.version === 0)
    for (const text of [greetings[0] ?? '', '1', '1', '1', '1', SAID[language].story]) await before.says(text);
  for (let turns = 0; turns < 20 && before.session.at.prompt !== `${form}-form`; turns++)
    await before.says(commands[before.session.at.prompt === 'asks-government' ? 'skip-all' : 'next'][0] ?? '');
  expect(before.session.at.prompt).toBe(`${form}-form`);
  played.set(`${language} ${form}`, before);
  const player = new Player({ language });
  [player.session, player.rows] = [before.session, before.rows];
  return player;
}

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];

  it.each([
    ['author', said.own, said.theirs, 'names.of-other'],
    ['harmed', said.theirs, said.own, 'names.next-own'],
  ] as const)('no name, said back, for the %s', async (who, refusals, others, told) => {
    for (const text of refusals) {
      const player = await at(language, who);
      const replies = keysOf(await player.says(text));
      expect([text, replies[0]]).toEqual([text, 'names.refused']);
      expect([text, player.session.at.prompt]).toEqual([text, `${who}-name`]);
      expect(player.session[who]).toEqual({ form: 'none' });
      expect(player.parts.map((part) => part.text)).toEqual([said.story]);
    }
    for (const text of others) {
      const player = await at(language, who);
      expect([text, keysOf(await player.says(text))[0]]).toEqual([text, told]);
      expect(player.session.at.prompt).toBe(`${who}-form`);
      expect(player.parts.map((part) => part.text)).toEqual([said.story]);
    }
  });

  it.each(said.other)('is not heard in "%s"', async (text) => {
    for (const who of ['author', 'harmed'] as const) {
      const player = await at(language, who);
      expect(keysOf(await player.says(text))).not.toContain('names.refused');
    }
  });

  it.each(said.corrected)('a name is corrected by "%s", and asked about again', async (text) => {
    const player = await at(language, 'harmed');
    for (const one of ['1', 'Kevin Quispe', text]) await player.says(one);
    expect([player.session.at.prompt, player.session.naming?.name]).toEqual(['harmed-check', 'Marco Bello']);
    await player.says('1');
    expect(player.session.harmed).toEqual({ form: 'full', name: 'Marco Bello' });
    expect(player.parts.map((part) => part.text)).toEqual([said.story]);
  });
});
