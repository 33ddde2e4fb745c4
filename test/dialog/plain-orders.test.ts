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

/** `wish` names somebody and tells; `own` names nobody; `next` tells, and is told while the question is open. */
const UNANSWERED: Readonly<Record<WholeLanguage, Readonly<Record<'wish' | 'name' | 'own' | 'next' | 'asks', string>>>> =
  {
    en: {
      wish: 'my neighbour Rosa saw it all but please dont put her name',
      name: 'Rosa',
      own: 'please hide my name',
      next: 'I went to the prosecutor three times and they sent me away.',
      asks: 'who will read this?',
    },
    fr: {
      wish: 'ma voisine Rosa a tout vu mais elle a peur ne mettez pas son nom',
      name: 'Rosa',
      own: 'cachez mon nom',
      next: "Je suis allée trois fois au parquet et on m'a renvoyée chez moi.",
      asks: 'qui va lire ça ?',
    },
    es: {
      wish: 'mi vecina Lupita vio todo pero tiene miedo no ponga su nombre',
      name: 'Lupita',
      own: 'no quiero que salga mi nombre',
      next: 'Fui a la fiscalía tres veces y nunca me recibieron.',
      asks: '¿quién va a leer esto?',
    },
    pt: {
      wish: 'minha vizinha Rosa viu tudo mas tem medo não coloca o nome dela',
      name: 'Rosa',
      own: 'não quero que apareça meu nome',
      next: 'Fui três vezes ao ministério público e nunca me receberam.',
      asks: 'quem vai ler isso?',
    },
  };

describe.each(WHOLE_LANGUAGES)('a question that nobody answered, in %s', (language) => {
  const { wish, name, own, next, asks } = UNANSWERED[language];
  const { told: before, last } = SAID[language];
  const order = last[0] ?? '';
  const { commands } = lexicon.words[language];

  async function after(...texts: readonly string[]): Promise<Player> {
    const player = await telling(language);
    for (const text of texts) await player.says(text);
    return player;
  }

  it('whether to hide a name: is asked again, and nothing told meanwhile is lost', async () => {
    const player = await after(wish, next);
    expect(told(player)).toEqual([...before, wish, next]);
    expect(player.read(await player.says(next))).toContain(`\n${name}\n`);
    await player.says('1');
    expect(player.session.withheld).toEqual([name]);
    expect(told(player)).toEqual([...before, wish, next, next]);
    expect(player.session.at.prompt).toBe('story');
    await player.says(next);
    expect(player.session.at.prompt).toBe('story');
    expect(player.session.putOff).toBeUndefined();
  });

  it('whether to hide a name: a no puts it aside, with the words in the text', async () => {
    const player = await after(wish, next, '2', next);
    expect(player.session.withheld).toEqual([]);
    expect(told(player)).toEqual([...before, wish, next, next]);
    expect(player.session.at.prompt).toBe('story');
  });

  it('whether to hide a name: an immediate yes leaves the words in the text', async () => {
    const player = await after(wish, '1');
    expect(player.session.withheld).toEqual([name]);
    expect(told(player)).toEqual([...before, wish]);
  });

  it.each(['next', 'back'] as const)(
    'whether to hide a name: *%s* hides it, and *undo* shows it again',
    async (move) => {
      const player = await after(wish, commands[move][0] ?? '');
      expect(player.session.withheld).toEqual([name]);
      expect(told(player)).toContain(wish);
      await player.says(commands.undo[0] ?? '');
      expect(player.session.withheld).toEqual([]);
      expect(told(player)).toContain(wish);
    },
  );

  it('whether to hide a name, at a list: the words are set aside, and *undo* asks about them', async () => {
    for (const answer of ['1', '2']) {
      const player = await telling(language);
      while (player.session.at.prompt !== 'topics') await player.says(commands.skip[0] ?? '');
      for (const text of [wish, answer, commands.undo[0] ?? '']) await player.says(text);
      expect(player.session.doubt).toMatchObject({ kind: 'stray', text: wish });
    }
  });

  it('whether to hide names: is asked again after a question that was answered', async () => {
    const player = await after(own, asks);
    expect(player.session.doubt).toMatchObject({ kind: 'question' });
    await player.says('2');
    expect(player.session.doubt).toMatchObject({ kind: 'command', command: 'hide', words: 'aside' });
    expect(told(player)).toEqual(before);
    await player.says('1');
    expect(player.session.at.prompt).toBe('others');
  });

  it('whether to hide names: *next* leads to the names, and *undo* asks about the words', async () => {
    const player = await after(own, commands.next[0] ?? '');
    expect(player.session.at.prompt).toBe('others');
    await player.says(commands.undo[0] ?? '');
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: own });
  });

  it('whether to hide a name: words that are deleted for everyone are gone from the question as well', async () => {
    const player = await after(wish, next);
    const id = player.parts.find(({ text }) => text === wish)?.id ?? '';
    await player.hears({ kind: 'deletion', target: id });
    expect(told(player)).toEqual([...before, next]);
    expect(player.session.doubt).toBeNull();
  });

  it('whether to take a message out: is asked again about the same message', async () => {
    const player = await after(order, next);
    expect(told(player)).toEqual([...before, next]);
    expect(player.session.doubt).toMatchObject({ kind: 'take-out', part: { text: before[1] } });
    expect(player.read(await player.says(next))).toContain(before[1]);
    await player.says('1');
    expect(told(player)).toEqual([before[0], next, next]);
    await player.says(commands.undo[0] ?? '');
    expect(told(player)).toEqual([...before, next, next]);
  });

  it('whether to take a message out: a no puts it aside, and *next* asks once more', async () => {
    const no = await after(order, next, '2', next);
    expect(no.session.at.prompt).toBe('story');
    expect(told(no)).toEqual([...before, next, next]);
    const player = await after(order);
    const said = await player.says(commands.next[0] ?? '');
    expect(said[0]?.text).toBe('doubt.first');
    expect(player.session.at.prompt).toBe('doubt');
    await player.says(commands.next[0] ?? '');
    expect(player.session.at.prompt).not.toBe('doubt');
    expect(told(player)).toEqual(before);
  });
});

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
