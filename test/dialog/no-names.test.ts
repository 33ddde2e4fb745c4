// "No names please" holds also for names that are told later, and "all but one" hides too much rather than too little. A hidden name
// is shown again in words, and never without being said back.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  /** Names João, Rosa Huanca. */
  readonly told: string;
  /** In the story, before any name. */
  readonly noNames: readonly string[];
  readonly yesAll: string;
  /** At the list. */
  readonly all: readonly string[];
  /** All but João. */
  readonly butOne: string;
  /** All but one that nobody knows by name. */
  readonly butKin: string;
  readonly showRosa: readonly string[];
  /** Of the only one that is hidden. */
  readonly showMine: readonly string[];
  /** To hide somebody who is not named. */
  readonly hideHer: string;
  /** Hides, whatever words of showing it has. */
  readonly hides: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They took my brother João at night. Our neighbour Rosa Huanca saw it.',
    noNames: ['no names please', "I don't want anybody's name in it"],
    yesAll: 'yes all',
    all: ['all the names', 'all of the names please'],
    butOne: 'hide all names except João',
    butKin: "hide all the names except my nephew's",
    showRosa: ['show the name of Rosa Huanca', 'please show rosa huanca'],
    showMine: ["show my son's name", "don't hide my son's name", "I want my son's name to be seen"],
    hideHer: 'and my daughter too, hide her please',
    hides: ["don't show the name of Rosa Huanca", 'leave the name Rosa Huanca out'],
  },
  fr: {
    told: 'Ils ont emmené mon frère João la nuit. Notre voisine Rosa Huanca a tout vu.',
    noNames: ['pas de noms svp', 'je ne veux mettre le nom de personne'],
    yesAll: 'oui tous',
    all: ['tous les noms', 'tous les noms svp'],
    butOne: 'cachez tous les noms sauf João',
    butKin: 'Cachez tous les noms sauf celui de mon neveu',
    showRosa: ['montrez le nom de Rosa Huanca', 'montrez rosa huanca'],
    showMine: ['montrez le nom de mon fils', 'ne cachez pas le nom de mon fils', 'le nom de mon fils doit apparaître'],
    hideHer: 'et ma fille aussi cachez la',
    hides: ['ne montrez pas le nom de Rosa Huanca', 'le nom de Rosa Huanca ne doit pas apparaître'],
  },
  es: {
    told: 'Se llevaron a mi hermano João de noche. Nuestra vecina Rosa Huanca lo vio.',
    noNames: ['sin nombres por favor', 'no quiero poner el nombre de nadie'],
    yesAll: 'sí todos',
    all: ['todos los nombres', 'todos los nombres por favor'],
    butOne: 'oculte todos los nombres menos João',
    butKin: 'oculte todos los nombres excepto el de mi sobrino',
    showRosa: ['muestre el nombre de Rosa Huanca', 'mostrar rosa huanca'],
    showMine: [
      'muestre el nombre de mi hijo',
      'no oculte el nombre de mi hijo',
      'pero el nombre de mi hijo sí tiene que salir',
    ],
    hideHer: 'y a mi hija también escóndala',
    hides: ['no muestre el nombre de Rosa Huanca', 'que no salga el nombre de Rosa Huanca'],
  },
  pt: {
    told: 'Levaram meu irmão João de noite. Nossa vizinha Rosa Huanca viu tudo.',
    noNames: ['não quero nome de ninguém', 'não quero nome nenhum'],
    yesAll: 'sim todos',
    all: ['todos os nomes', 'todos os nomes por favor'],
    butOne: 'esconda todos os nomes menos João',
    butKin: 'esconda todos os nomes exceto o do meu sobrinho',
    showRosa: ['mostre o nome da Rosa Huanca', 'mostrar rosa huanca'],
    showMine: [
      'mostre o nome do meu filho',
      'não esconda o nome do meu filho',
      'quero que apareça o nome do meu filho',
    ],
    hideHer: 'e minha filha também, esconde ela',
    hides: ['não mostre o nome da Rosa Huanca', 'o nome da Rosa Huanca não pode aparecer'],
  },
};

const BOTH = ['João', 'Rosa Huanca'];
const hidden = (player: Player) => player.session.withheld.toSorted();

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const { commands } = lexicon.words[language];
  const [next = '', undo = ''] = [commands.next[0], commands.undo[0]];

  async function telling(...texts: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', ...texts]) await player.says(text);
    return player;
  }

  async function at(prompt: string, player: Player): Promise<Player> {
    for (let step = 0; player.session.at.prompt !== prompt && step < 40; step++) await player.says(next);
    expect(player.session.at.prompt).toBe(prompt);
    return player;
  }

  it.each(said.noNames)('"%s" before any name hides those that are told later', async (wish) => {
    const player = await telling(wish);
    const answer = await player.says('1');
    expect(answer.map(({ text }) => text)).toContain('hide.all-none');
    await player.says(said.told);
    expect(player.parts.map(({ text }) => text)).toEqual([said.told]);
    await at('others', player);
    expect(hidden(player)).toEqual(BOTH);
    expect(player.session.undo).toBeDefined();
    // Whoever shows one again, or all, keeps it shown.
    await player.says(undo);
    expect(hidden(player)).toEqual([]);
    await at('read-back', player);
    expect(hidden(player)).toEqual([]);
  });

  it('names that are told after the list are hidden as well, and said back', async () => {
    const player = await telling('…', said.noNames[0] ?? '', '1', said.told);
    await at('others', player);
    for (const text of [commands.review[0] ?? '', '1', '1', `${said.told} Marcus Idowu.`, next])
      await player.says(text);
    await at('read-back', player);
    expect(hidden(player)).toEqual([...BOTH, 'Marcus Idowu'].toSorted());
  });

  it('"all" answers the question whether names shall be hidden, and joins no text', async () => {
    const player = await telling(said.told, said.noNames[0] ?? '', said.yesAll);
    expect(hidden(player)).toEqual(BOTH);
    expect(player.parts.map(({ text }) => text)).toEqual([said.told]);
    await player.says(undo);
    expect(hidden(player)).toEqual([]);
  });

  it.each(said.all)('"%s" at the list hides all', async (wish) => {
    const player = await at('others', await telling(said.told));
    expect((await player.says(wish))[0]?.text).toBe('others.done');
    expect(hidden(player)).toEqual(BOTH);
  });

  it('all but one that is named leaves that one; if it is not known which one, all are hidden and it is asked', async () => {
    const named = await at('others', await telling(said.told));
    await named.says(said.butOne);
    expect(hidden(named)).toEqual(['Rosa Huanca']);
    for (const player of [await at('others', await telling(said.told)), await telling(said.told)]) {
      let answer = await player.says(said.butKin);
      if (player.session.at.prompt === 'doubt') answer = await player.says('1');
      expect(answer.map(({ text }) => text)).toContain('hide.except');
      expect(hidden(player)).toEqual(BOTH);
      expect(player.session.at.prompt).toBe('others');
    }
  });

  it.each(said.showRosa)('"%s" shows a hidden name again, says so, and *undo* hides it', async (wish) => {
    for (const prompt of ['others', 'publication']) {
      const player = await at('others', await telling(said.told));
      await player.says(said.all[0] ?? '');
      await at(prompt, player);
      const answer = await player.says(wish);
      expect(answer[0]).toMatchObject({ text: 'others.shown-again', params: { text: 'Rosa Huanca' } });
      expect(hidden(player)).toEqual(['João']);
      await player.says(undo);
      expect(hidden(player)).toEqual(BOTH);
    }
  });

  it.each(said.showMine)('"%s" shows the only hidden name; of several it is asked which one', async (wish) => {
    const one = await at('others', await telling(said.told));
    await one.says('João');
    expect(hidden(one)).toEqual(['João']);
    expect((await one.says(wish))[0]).toMatchObject({ text: 'others.shown-again', params: { text: 'João' } });
    expect(hidden(one)).toEqual([]);
    const several = await at('others', await telling(said.told));
    await several.says(said.all[0] ?? '');
    expect((await several.says(wish))[0]?.text).toBe('hide.which-shown');
    expect(hidden(several)).toEqual(BOTH);
  });

  it('somebody without a name is not taken for danger: the list asks which name', async () => {
    const player = await at('others', await telling(said.told));
    const answer = await player.says(said.hideHer);
    expect(answer.map(({ text }) => text)).toEqual(['hide.which', 'others.ask']);
    expect(player.session.flags).not.toContain('in-danger');
  });

  it.each(said.hides)('"%s" shows nothing', async (wish) => {
    const player = await at('others', await telling(said.told));
    await player.says(said.all[0] ?? '');
    await player.says(wish);
    if (player.session.at.prompt === 'doubt') await player.says('1');
    expect(hidden(player)).toEqual(BOTH);
  });
});
