// "Answer me you idiot", and wishes about names and parts, where something is told: they are no testimony, and *undo* asks about them.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly scolds: readonly string[];
  /** Anger at others. */
  readonly tells: readonly string[];
  readonly allButName: readonly string[];
  readonly onlyPart: readonly string[];
  /** Demands with the same words. */
  readonly demands: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They hung up on me every week for a year.',
    scolds: [
      'answer me you idiot',
      "why don't you answer me",
      'why dont you answer me when i ask you something',
      'stupid machine',
      'you’re a useless bot',
    ],
    tells: [
      'They are animals, all of them.',
      'Why did nobody answer me, I asked the officers at the desk every day',
      'the captain told me to answer him and called me an idiot',
    ],
    allButName: [
      'she wants everything published except her last name',
      'i want everything in it but not my surname',
      'publish everything except my name',
    ],
    onlyPart: [
      'only want the part about the inquiry published not the shooting',
      'I don’t want the part about my daughter public',
      'please leave that part out',
    ],
    demands: ['We want his name in every record.', 'They must take their part of the blame in public.'],
  },
  fr: {
    told: 'On a attendu dehors toute la nuit.',
    scolds: [
      'réponds-moi idiot',
      'pourquoi vous ne me répondez pas',
      'pourquoi tu réponds pas espèce d’idiot',
      'espèce de machine',
      'vous ne répondez jamais à mes questions',
    ],
    tells: [
      'Ce sont des animaux, tous.',
      'personne ne m’a répondu au guichet, et j’ai demandé chaque jour',
      'le capitaine m’a dit de répondre et m’a traité d’idiot',
    ],
    allButName: [
      'elle veut que tout paraisse sauf son nom de famille',
      'je veux que tout soit publié sauf mon nom de famille',
    ],
    onlyPart: [
      'je veux seulement que la partie sur l’enquête soit publiée, pas les tirs',
      'je ne veux pas que la partie sur ma fille soit publiée',
      'publiez seulement la partie sur l’enquête',
    ],
    demands: ['Nous voulons son nom sur une plaque.', 'Ils doivent prendre leur part de la faute.'],
  },
  es: {
    told: 'No me dejaron verlo hasta los tres días.',
    scolds: [
      'contésteme idiota',
      'por que no me contesta',
      'por que no me contesta si le digo que soy organizadora',
      'usted no me responde',
      'maldita máquina',
    ],
    tells: [
      'Son unos animales, todos.',
      'por qué no me contesta el fiscal si yo fui todos los días',
      'el capitán me dijo que contestara y me trató de idiota',
    ],
    allButName: ['ella quiere que salga todo menos su apellido', 'quiero que salga todo menos mi apellido'],
    onlyPart: [
      'solo quiero que se publique la parte de la fiscalía, no lo del disparo',
      'no quiero que la parte de mi hija se publique',
      'publique solo la parte de la fiscalía',
    ],
    demands: ['Queremos su nombre en una placa.', 'Que asuman su parte de la culpa.'],
  },
  pt: {
    told: 'Só achamos ele dois dias depois.',
    scolds: [
      'me responde idiota',
      'por que você não me responde',
      'responde logo seu burro',
      'você não me responde',
      'você é muito burro',
    ],
    tells: [
      'São uns animais, todos eles.',
      'ninguém me respondeu no balcão, e eu perguntei todo dia',
      'o capitão mandou eu responder e me chamou de burro',
    ],
    allButName: ['ela quer que saia tudo menos o sobrenome dela', 'quero que publique tudo menos meu sobrenome'],
    onlyPart: [
      'só quero que publique a parte da corregedoria, não a dos tiros',
      'não quero que a parte da minha filha seja publicada',
      'publica só a parte da corregedoria',
    ],
    demands: ['Queremos o nome dele numa placa.', 'Eles têm que assumir a parte deles da culpa.'],
  },
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);
const textsOf = (player: Player) => player.parts.map(({ text }) => text);
const played = new Map<string, Player>();

/** The way to a question is played once. */
async function at(language: WholeLanguage, prompt: 'story' | 'asks-government'): Promise<Player> {
  const before = played.get(`${language} ${prompt}`) ?? new Player({ language });
  if (before.session.version === 0) {
    before.session = { ...before.session, language };
    for (const one of ['1', '1', '1', '1', '1', SAID[language].told]) await before.says(one);
  }
  const next = lexicon.words[language].commands.next[0] ?? '';
  for (let turns = 0; turns < 20 && before.session.at.prompt !== prompt; turns++) await before.says(next);
  expect(before.session.at.prompt).toBe(prompt);
  played.set(`${language} ${prompt}`, before);
  const player = new Player({ language });
  [player.session, player.rows] = [before.session, before.rows];
  return player;
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const undo = lexicon.words[language].commands.undo[0] ?? '';

  it.each(said.scolds)('"%s" is answered, and in no text', async (text) => {
    const player = await at(language, 'story');
    expect(keysOf(await player.says(text))).toEqual(['talk.scolded', 'doubt.left-out']);
    expect([player.session.at.prompt, textsOf(player)]).toEqual(['story', [said.told]]);
    await player.says(undo);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
    // A demand to a government may have the same words.
    const demanding = await at(language, 'asks-government');
    expect(keysOf(await demanding.says(text))).toEqual(['doubt.heard.unsure']);
    await demanding.says('2');
    expect(textsOf(demanding)).toEqual([said.told, text]);
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await at(language, 'story');
    expect(keysOf(await player.says(text))).not.toContain('talk.scolded');
    expect(textsOf(player)).toEqual([said.told, text]);
  });

  it.each(said.allButName)('"%s" asks whether to hide names, at any answer', async (text) => {
    for (const prompt of ['story', 'asks-government'] as const) {
      const player = await at(language, prompt);
      await player.says(text);
      expect(player.session.doubt).toMatchObject({ kind: 'command', command: 'hide' });
      expect(textsOf(player)).toEqual([said.told]);
      await player.says('1');
      expect([player.session.at.prompt, textsOf(player)]).toEqual(['others', [said.told]]);
    }
  });

  it.each(said.onlyPart)('"%s" says how a part stays out, at any answer', async (text) => {
    for (const prompt of ['story', 'asks-government'] as const) {
      const player = await at(language, prompt);
      expect(keysOf(await player.says(text))).toEqual(['talk.at-end-confidential', 'talk.part-out', 'doubt.left-out']);
      expect([player.session.publication, textsOf(player)]).toEqual([null, [said.told]]);
      await player.says(undo);
      expect(player.session.doubt).toMatchObject({ kind: 'stray', text });
    }
  });

  it.each(said.demands)('"%s" is a demand', async (text) => {
    const player = await at(language, 'asks-government');
    await player.says(text);
    expect(textsOf(player)).toEqual([said.told, text]);
  });
});
