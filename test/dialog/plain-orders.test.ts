// Orders in ordinary words are asked back: to rest, to take out a message, to hide a name. None is saved as testimony.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: readonly [string, string];
  readonly rest: readonly string[];
  /** Of the last message. */
  readonly last: readonly string[];
  /** Of the first message, by a word of it. */
  readonly first: string;
  readonly hide: readonly string[];
  /** A question, with words of an order. */
  readonly asks: string;
  /** Has words of an order, and tells. */
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: ['The prosecutor never received us.', 'Then they came for his cousin Kauã.'],
    rest: ["I'm taking a short break", 'I will go on tomorrow', 'gonna rest for a bit'],
    last: ['delete the last one', 'ignore that, wrong chat', 'oops wrong person', 'sorry that was not meant for you'],
    first: 'scrap what I said about the prosecutor',
    hide: ['hide the name Kauã', 'please do not write the name Kauã'],
    asks: 'can I take it back later?',
    tells: [
      'The officers took a break and smoked while he lay there.',
      'They deleted the last message that he had sent to me.',
      'They arrested the wrong person and knew it.',
    ],
  },
  fr: {
    told: ['Le procureur ne nous a jamais reçus.', 'Ensuite ils sont venus chercher son cousin Kauã.'],
    rest: ['je fais une petite pause', 'je continue demain', 'je vais souffler un peu'],
    last: [
      'annule le dernier',
      'oubliez ça, mauvaise conversation',
      'pardon ce n’était pas pour vous',
      'effacez le dernier message',
    ],
    first: "enlevez ce que j'ai dit du procureur",
    hide: ['cachez le nom de Kauã', 'ne mettez pas le nom de Kauã'],
    asks: 'je peux le retirer plus tard ?',
    tells: [
      'Les policiers ont fait une pause et fumé pendant qu’il était par terre.',
      'Ils ont effacé le dernier message qu’il m’avait envoyé.',
      'Ils ont arrêté la mauvaise personne et ils le savaient.',
    ],
  },
  es: {
    told: ['El fiscal nunca nos recibió.', 'Después vinieron por su primo Kauã.'],
    rest: ['voy a parar un ratito', 'voy a descansar un poco', 'necesito un descanso'],
    last: ['borre lo último', 'ignore eso, chat equivocado', 'perdón eso no era para usted', 'me equivoqué de grupo'],
    first: 'borre lo último que dije del fiscal',
    hide: ['oculte el nombre de Kauã', 'no ponga el nombre de Kauã'],
    asks: '¿puedo retirarlo después?',
    tells: [
      'Los agentes hicieron una pausa y fumaron mientras él estaba en el suelo.',
      'Borraron el último mensaje que él me había mandado.',
      'Detuvieron a la persona equivocada y lo sabían.',
    ],
  },
  pt: {
    told: ['O promotor nunca recebeu a gente.', 'Depois vieram buscar o primo dele, o Kauã.'],
    rest: ['vou dar um tempinho', 'amanhã eu continuo', 'vou descansar um pouquinho'],
    last: ['apaga a última', 'ignora isso, grupo errado', 'desculpa não era pra você', 'mandei isso sem querer'],
    first: 'tira o que eu disse do promotor',
    hide: ['esconde o nome Kauã', 'não coloca o nome do Kauã'],
    asks: 'posso retirar depois?',
    tells: [
      'Os policiais fizeram uma pausa e fumaram enquanto ele estava no chão.',
      'Apagaram a última mensagem que ele tinha me mandado.',
      'Prenderam a pessoa errada e eles sabiam.',
    ],
  },
};

async function telling(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['👋', '1', '1', '1', '1', ...SAID[language].told]) await player.says(text);
  return player;
}

const told = (player: Player) => player.parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const { commands } = lexicon.words[language];

  it.each(said.rest)('"%s" is asked back, and rests on a yes', async (text) => {
    for (const place of ['story', 'topics']) {
      const player = await telling(language);
      while (player.session.at.prompt !== place) await player.says(commands.skip[0] ?? '');
      await player.says(text);
      expect(player.session.doubt).toMatchObject({ kind: 'heard', as: 'pause' });
      await player.says('1');
      expect(player.session.paused).toBe(true);
      expect(told(player)).toEqual(said.told);
    }
  });

  it.each(said.last)('"%s" shows the last message, and takes it out on a yes', async (text) => {
    const player = await telling(language);
    expect(player.read(await player.says(text))).toContain(said.told[1]);
    await player.says('1');
    expect(told(player)).toEqual([said.told[0]]);
    await player.says(commands.undo[0] ?? '');
    expect(told(player)).toEqual(said.told);
  });

  it('an order that names a message by a word of it shows that one', async () => {
    const player = await telling(language);
    expect(player.read(await player.says(said.first))).toContain(said.told[0]);
    await player.says('1');
    expect(told(player)).toEqual([said.told[1]]);
  });

  it.each(said.hide)('"%s" says the name back, withholds exactly that, and can be undone', async (text) => {
    for (const place of ['story', 'topics']) {
      const player = await telling(language);
      while (player.session.at.prompt !== place) await player.says(commands.skip[0] ?? '');
      const asked = player.read(await player.says(text));
      expect(asked.split('\n')[1]).toBe('Kauã');
      expect(player.session.withheld).toEqual([]);
      await player.says('1');
      expect(player.session.withheld).toEqual(['Kauã']);
      expect(player.session.at.prompt).toBe(place);
      expect(told(player)).toEqual(said.told);
      await player.says(commands.undo[0] ?? '');
      expect(player.session.withheld).toEqual([]);
    }
  });

  it('a no withholds nothing', async () => {
    const player = await telling(language);
    await player.says(said.hide[0] ?? '');
    await player.says('2');
    expect(player.session.withheld).toEqual([]);
    expect(told(player)).toEqual([...said.told, said.hide[0]]);
  });

  it('a question is answered as one', async () => {
    for (const place of ['story', 'topics']) {
      const player = await telling(language);
      while (player.session.at.prompt !== place) await player.says(commands.skip[0] ?? '');
      const [answer] = await player.says(said.asks);
      expect(answer?.text).toBe('questions.take-back');
    }
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await telling(language);
    await player.says(text);
    expect(told(player)).toEqual([...said.told, text]);
    expect(player.session.doubt).toBeNull();
  });
});
