// An order to hide a number or a name is heard while somebody tells, at the list of names, at the choice of readers and at the read-back.
// It says back whatever it would hide, joins no text, and *undo* shows it again.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

const NUMBER = '55 11 98765 4321';

interface Said {
  readonly told: string;
  readonly number: string;
  /** Of a number that is in the message itself. */
  readonly withNumber: readonly string[];
  /** Of the number that was told. */
  readonly myNumber: readonly string[];
  /** Of João. */
  readonly name: readonly string[];
  /** Of a name that is not in the text. */
  readonly unknown: string;
  /** No name shall be in the text. */
  readonly noNames: readonly string[];
  /** Nothing shall be hidden. */
  readonly nothing: readonly string[];
  /** Has words of such an order, and tells. */
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They took my brother João away at night and never told us where.',
    number: `You can reach me at ${NUMBER}.`,
    withNumber: [
      `hide my number ${NUMBER}`,
      `my number is ${NUMBER} hide it`,
      `please don't publish my number ${NUMBER}`,
    ],
    myNumber: ['hide my number', 'please hide my phone number', "don't put my number"],
    name: ['hide João', 'hide joão please', 'please hide João from my story', "remove João's name"],
    unknown: 'hide brayan',
    noNames: ["I don't want to put anybody's name", 'no names please'],
    nothing: ["I don't want to hide any names", 'nothing to hide'],
    tells: [
      'They hide the numbers of the dead',
      'hide the truth, they said',
      'They told me to hide it',
      'remove the officer from duty',
      'hide me',
    ],
  },
  fr: {
    told: 'Ils ont emmené mon frère João la nuit et ne nous ont jamais dit où.',
    number: `Vous pouvez me joindre au ${NUMBER}.`,
    withNumber: [
      `cachez mon numéro ${NUMBER}`,
      `mon numéro c'est ${NUMBER}, cachez-le`,
      `ne publiez pas mon numéro ${NUMBER}`,
    ],
    myNumber: ['cachez mon numéro', "s'il vous plaît cachez mon numéro de téléphone", "n'affichez pas mon numéro"],
    name: ['cachez João', "cache João s'il te plaît", 'enlevez le nom de João de mon texte', 'masquez joão'],
    unknown: 'cachez brayan',
    noNames: ['je ne veux mettre le nom de personne', 'pas de noms svp'],
    nothing: ['je ne veux cacher aucun nom', 'rien à cacher'],
    tells: [
      'Ils cachent les numéros des matricules',
      'cachez la vérité, disaient-ils',
      "Ils m'ont dit de le cacher",
      'retirez les armes aux policiers',
    ],
  },
  es: {
    told: 'Se llevaron a mi hermano João de noche y nunca nos dijeron adónde.',
    number: `Me pueden llamar al ${NUMBER}.`,
    withNumber: [
      `oculta mi número ${NUMBER}`,
      `mi celular es ${NUMBER} no lo publique`,
      `no ponga mi número ${NUMBER}`,
    ],
    myNumber: ['oculte mi número', 'por favor oculte mi teléfono', 'no ponga mi número por favor'],
    name: ['oculte a João', 'oculta joão', 'quite el nombre de João de mi texto', 'esconda a João por favor'],
    unknown: 'oculta brayan',
    noNames: ['no quiero poner el nombre de nadie', 'sin nombres por favor'],
    nothing: ['no quiero ocultar ningún nombre', 'no hay nada que ocultar'],
    tells: [
      'Ocultan los números de las patrullas',
      'oculten la verdad, decían',
      'Me dijeron que lo ocultara',
      'quiten las armas a los policías',
    ],
  },
  pt: {
    told: 'Levaram meu irmão João de noite e nunca nos disseram para onde.',
    number: `Podem me ligar no ${NUMBER}.`,
    withNumber: [
      `esconde meu número ${NUMBER}`,
      `meu telefone é ${NUMBER}, esconde isso`,
      `não coloca meu telefone ${NUMBER}`,
    ],
    myNumber: ['esconda meu número', 'por favor esconde meu telefone', 'não coloca meu número'],
    name: ['esconda o nome do João', 'esconda o João', 'tira o João do meu texto', 'oculte joão por favor'],
    unknown: 'esconda brayan',
    noNames: ['não quero botar nome de ninguém', 'não quero nome nenhum'],
    nothing: ['não quero esconder nome nenhum', 'nada a esconder'],
    tells: [
      'Escondem os números das viaturas',
      'escondam a verdade, diziam',
      'Eles me disseram para esconder isso',
      'tirem as armas dos policiais',
    ],
  },
};

const textsOf = (player: Player) => player.parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { told, number, withNumber, myNumber, name, unknown, noNames, nothing, tells } = SAID[language];
  const { commands } = lexicon.words[language];
  const undo = commands.undo[0] ?? '';

  async function telling(...more: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', told, ...more]) await player.says(text);
    return player;
  }

  async function at(prompt: string, ...more: readonly string[]): Promise<Player> {
    const player = await telling(...more);
    for (let step = 0; player.session.at.prompt !== prompt && step < 40; step++) {
      await player.says(commands.next[0] ?? '');
    }
    expect(player.session.at.prompt).toBe(prompt);
    return player;
  }

  /** Says it, and expects it to be said back, done on a yes, and shown again by *undo*. */
  async function hides(player: Player, text: string, words: string): Promise<void> {
    const before = [textsOf(player), player.session.at.prompt];
    const asked = player.read(await player.says(text));
    expect(asked).toContain(`\n${words}\n`);
    expect(asked).not.toContain('+00 000');
    expect(player.session.withheld).toEqual([]);
    expect(player.read(await player.says('1'))).toContain(words);
    expect(player.session.withheld).toEqual([words]);
    expect([textsOf(player), player.session.at.prompt]).toEqual(before);
    await player.says(undo);
    expect(player.session.withheld).toEqual([]);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
  }

  it.each(withNumber)('"%s" while telling hides that number', async (text) => {
    await hides(await telling(), text, NUMBER);
  });

  it.each(myNumber)('"%s" hides the number that was told', async (text) => {
    await hides(await telling(number), text, NUMBER);
    await hides(await at('publication', number), text, NUMBER);
  });

  it.each(name)('"%s" hides the name, wherever it is said', async (text) => {
    await hides(await telling(), text, 'João');
    for (const prompt of ['publication', 'read-back']) await hides(await at(prompt), text, 'João');
  });

  it('a number or a name is hidden at the list at once, and nothing is taken for danger', async () => {
    for (const [text = '', words] of [...name.map((one) => [one, 'João']), [myNumber[0], NUMBER]] as const) {
      const player = await at('others', number);
      const said = await player.says(text);
      expect(said[0]?.text, text).toBe('others.done');
      expect(
        player.session.withheld.map((one) => one.toLowerCase()),
        text,
      ).toEqual([words.toLowerCase()]);
      await player.says(undo);
      expect(player.session.withheld).toEqual([]);
    }
  });

  it('of a number or a name that is not in the text the list says so', async () => {
    for (const text of [myNumber[0] ?? '', unknown]) {
      const said = await (await at('others')).says(text);
      expect(said[0]?.text, text).toBe('others.not-found');
    }
  });

  it('whoever wants no name in it has the names of the list hidden, and said back', async () => {
    for (const wish of noNames) {
      const player = await at('others');
      const said = await player.says(wish);
      expect(player.session.withheld, wish).toEqual(['João']);
      expect(said[0]?.text, wish).toBe('others.done');
      await player.says(undo);
      expect(player.session.withheld).toEqual([]);
    }
  });

  it('whoever wants nothing hidden has nothing hidden', async () => {
    for (const text of nothing) {
      const player = await at('others');
      await player.says(text);
      if (player.session.at.prompt === 'doubt') await player.says('1');
      expect(player.session.withheld, text).toEqual([]);
      expect(player.session.at.prompt, text).not.toBe('others');
    }
  });

  it('a name in small letters that is told in capitals is found, and one that was not told is asked about', async () => {
    const player = await at('publication');
    expect(player.read(await player.says(unknown))).toContain('brayan');
    expect(player.session.at.prompt).toBe('doubt');
  });

  it('whoever goes on telling keeps the order aside, and is asked again', async () => {
    const player = await telling(withNumber[0] ?? '', told);
    expect(textsOf(player)).toEqual([told, told]);
    expect(player.read(await player.says(told))).toContain(NUMBER);
    await player.says('1');
    expect(player.session.withheld).toEqual([NUMBER]);
    expect(textsOf(player)).toEqual([told, told, told]);
  });

  it('a no makes it a part of the story', async () => {
    expect(textsOf(await telling(withNumber[0] ?? '', '2'))).toEqual([told, withNumber[0]]);
  });

  it.each(tells)('"%s" is told', async (text) => {
    expect(textsOf(await telling(text))).toEqual([told, text]);
  });
});
