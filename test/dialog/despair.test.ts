// Despair is heard in few words too, is met with no less the more often it is said, and is pointed out before the text leaves. Giving up
// is met with rest and people, not with erasing. Without a number to give, no text promises one.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player, texts } from '../support/player.ts';

interface Said {
  readonly told: string;
  /** In the order in which they are said. */
  readonly despair: readonly string[];
  readonly givingUp: readonly string[];
  /** Of others: told. */
  readonly ofOthers: readonly string[];
  /** Courage that came back, and hope in justice that was lost: told. */
  readonly heartened: readonly string[];
  /** The same, with despair. */
  readonly despairsAgain: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'The police took my brother to the station in March and he never came back to us.',
    despair: ['I want to disappear', "I don't want to be here any more", 'let me die', 'nobody would miss me'],
    givingUp: ['I want to quit', 'I just want to let it go'],
    ofOthers: [
      'We will never give up',
      'They wanted to make him disappear.',
      'The lawyer told us to give up the case.',
    ],
    heartened: [
      'I found courage again. What would have helped is a lawyer from the first day.',
      'We lost hope in justice',
      'I got my hope back after the march.',
      'I am better now, I want to live again',
    ],
    despairsAgain: ['I found courage again but now I want to die', "I don't want to live anymore"],
  },
  fr: {
    told: 'La police a emmené mon frère au poste en mars et il n’est jamais revenu chez nous.',
    despair: ['je veux disparaître', 'je ne veux plus être là', 'laissez-moi mourir', 'personne ne me regretterait'],
    givingUp: ['je veux abandonner', 'je laisse tomber'],
    ofOthers: [
      'Nous ne voulons pas abandonner',
      'Ils ont voulu le faire disparaître.',
      'L’avocat nous a dit d’abandonner l’affaire.',
    ],
    heartened: [
      "J'ai repris courage. Ce qui aurait aidé, c'est un avocat dès le premier jour.",
      'nous avons perdu espoir dans la justice',
      "J'ai retrouvé la force de parler.",
      "Depuis la marche, j'ai repris goût à la vie.",
      "Ce qui m'aurait aidé, c'est qu'on m'écoute.",
    ],
    despairsAgain: ["J'ai repris courage mais je veux mourir", "j'ai même plus la force"],
  },
  es: {
    told: 'La policía se llevó a mi hermano a la comisaría en marzo y nunca volvió con nosotros.',
    despair: ['quiero desaparecer', 'ya no quiero estar aquí', 'déjenme morir', 'nadie me va a extrañar'],
    givingUp: ['quiero rendirme', 'mejor lo dejo así'],
    ofOthers: [
      'Nunca vamos a rendirnos',
      'Los agentes querían hacerlo desaparecer esa noche.',
      'El abogado nos dijo que dejáramos el caso.',
    ],
    heartened: [
      'Recobré el ánimo. Lo que hubiera ayudado es un abogado desde el primer día.',
      'perdimos la esperanza en la justicia',
      'Recuperé la esperanza después de la marcha.',
      'Ahora estoy mejor, tengo ganas de vivir otra vez',
    ],
    despairsAgain: ['Recuperé el valor pero quiero morir', 'ya no tengo ganas de vivir'],
  },
  pt: {
    told: 'A polícia levou meu irmão para a delegacia em março e ele nunca mais voltou para casa.',
    despair: ['quero sumir', 'não quero mais estar aqui', 'me deixa morrer', 'ninguém ia sentir minha falta'],
    givingUp: ['quero desistir', 'vou desistir de tudo'],
    ofOthers: ['Nunca vou desistir', 'Queriam sumir com o corpo dele.', 'O delegado mandou a gente desistir do caso.'],
    heartened: [
      'Criei coragem de novo. O que teria ajudado é um advogado desde o primeiro dia.',
      'perdemos a esperança na justiça',
      'Voltei a ter esperança depois da marcha.',
      'Agora estou melhor, tenho vontade de viver de novo',
    ],
    despairsAgain: ['Recuperei a coragem mas quero morrer', 'não tenho mais vontade de viver'],
  },
};

type Replies = Awaited<ReturnType<Player['says']>>;
const keysOf = (replies: Replies) => replies.map(({ text }) => text);
const told = (player: Player) => player.parts.map(({ text }) => text);

async function telling(language: WholeLanguage, operator = {}): Promise<Player> {
  const player = new Player({ language, operator });
  for (const text of ['👋', '1', '1', '1', '1', SAID[language].told]) await player.says(text);
  return player;
}

async function toSieve(player: Player, language: WholeLanguage): Promise<Replies> {
  const { commands } = lexicon.words[language];
  let replies: Replies = [];
  for (let step = 0; !['sieve', 'read-back'].includes(player.session.at.prompt) && step < 20; step++) {
    replies = await player.says(commands['skip-all'][0] ?? '');
  }
  return replies;
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { despair, givingUp, ofOthers, heartened, despairsAgain } = SAID[language];
  const { commands } = lexicon.words[language];

  it.each(heartened)('"%s" is told, and is no despair', async (text) => {
    const player = await telling(language);
    const replies = await player.says(text);
    expect(keysOf(replies)).toEqual(['saved.plain']);
    expect(told(player)).toEqual([SAID[language].told, text]);
  });

  it.each(despairsAgain)('"%s" is despair all the same', async (text) => {
    const player = await telling(language);
    expect(keysOf(await player.says(text))[0]).toBe('despair.advice');
  });

  it.each(despair)('"%s" is answered as despair, also when it is said again', async (text) => {
    const player = await telling(language);
    for (let times = 0; times < 5; times++) {
      const replies = await player.says(text);
      expect(keysOf(replies)[0]).toMatch(/^despair\./u);
      expect(player.read(replies)).toContain('+00 000 0199');
    }
  });

  it('care is never less than before, and names people and rest', async () => {
    const player = await telling(language);
    let first = 0;
    for (const text of [...despair, ...despair]) {
      const [care] = await player.says(text);
      const read = player.read(care === undefined ? [] : [care]);
      if (first === 0) first = read.length;
      else expect(read).toContain(`*${commands.pause[0] ?? ''}*`);
      expect(read.length).toBeGreaterThanOrEqual(first);
      expect(read).toContain('+00 000 0100');
      expect(read).toContain('+00 000 0199');
    }
  });

  it('what was answered stays in the text, and is listed before it leaves', async () => {
    const player = await telling(language);
    for (const text of despair) await player.says(text);
    expect(told(player)).toEqual([SAID[language].told, ...despair]);
    const listed = player.read(await toSieve(player, language));
    expect(player.session.at.prompt).toBe('sieve');
    for (const text of despair) expect(listed).toContain(text);
    expect(listed).not.toContain(SAID[language].told);
  });

  it.each(givingUp)('"%s" is met with rest and people, and erases nothing', async (text) => {
    for (const place of ['story', 'topics']) {
      const player = await telling(language);
      while (player.session.at.prompt !== place) await player.says(commands.skip[0] ?? '');
      const replies = await player.says(text);
      expect(keysOf(replies)[0]).toMatch(/^(?:talk\.giving-up|despair)/u);
      const read = player.read(replies);
      expect(read).toContain(`*${commands.pause[0] ?? ''}*`);
      expect(read).toContain('+00 000 0199');
      expect(read).not.toContain(`*${commands.delete[0] ?? ''}*`);
      expect(player.session.at.prompt).toBe(place);
    }
  });

  it.each(ofOthers)('"%s" is told', async (text) => {
    const player = await telling(language);
    expect(keysOf(await player.says(text))).toEqual(['saved.plain']);
  });

  it('without a number none is promised, and somebody near is named', async () => {
    const player = await telling(language, { support: [], phone: null });
    const { person, help } = commands;
    for (const text of [...despair, givingUp[0] ?? '', person[0] ?? '', '1', help[0] ?? '']) {
      const read = player.read(await player.says(text));
      expect(read).not.toContain(texts.translate(language, { key: 'hello.no-phone' }, ''));
      expect(read).not.toMatch(/:\n\s*(?:\n|$)/u);
    }
  });
});
