// A short order to stop is asked about as one, in people's own words, and joins no text beside the question. Whoever goes on is led to
// where they were.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly stop: readonly string[];
  readonly goesOn: readonly string[];
  /** To "Stop here?": says neither. */
  readonly unclear: readonly string[];
  /** Has words of an order to stop, and tells. */
  readonly tells: readonly string[];
  readonly givesUp: string;
  readonly leavesInDespair: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They took my brother away at night and never told us where.',
    stop: [
      'i want to stop here',
      'stop everything please',
      "ok let's stop, I'm too scared",
      'lets stop here',
      "better don't send anything",
      'i dont want this sent',
      "that's enough now",
      'cancel everything',
      'leave me alone',
      'stop talking to me',
      'end this conversation',
    ],
    goesOn: [
      'sorry carry on',
      'no i want to carry on',
      'go on',
      'I want to continue',
      "ok let's go on",
      "hi, I'm still here",
      "no I don't want to stop",
    ],
    unclear: ['hmm what', 'hmm'],
    tells: [
      'He told me to stop.',
      "Don't shoot, he said.",
      "They didn't send anything to the court.",
      'I begged them to stop.',
      'Leave me alone, he screamed.',
      'They told me to cancel everything.',
      'I told them to stop everything',
    ],
    givesUp: 'I want to quit',
    leavesInDespair: ["I can't go on, stop"],
  },
  fr: {
    told: 'Ils ont emmené mon frère la nuit et ne nous ont jamais dit où.',
    stop: [
      'arrête tout',
      'arretez tout svp',
      "j'arrête, j'ai trop peur",
      "j'arrete j'ai trop peur",
      "non, n'envoyez rien",
      'je veux plus rien envoyer',
      'ça suffit',
      'annulez tout',
      'laissez-moi tranquille',
      'stop, je veux plus',
      'finissons-en',
    ],
    goesOn: [
      'pardon je continue',
      'continuer',
      'on continue',
      'je veux continuer',
      'reprendre',
      'je suis toujours là',
      "non, je ne veux pas m'arrêter",
    ],
    unclear: ['euh attendez', 'je sais plus'],
    tells: [
      'Il m’a dit d’arrêter.',
      'Arrêtez, criait-il.',
      'Ils n’ont rien envoyé au juge.',
      'Ils ont arrêté tout le monde.',
      'Laissez-moi tranquille, criait mon fils.',
      "je leur ai dit d'arrêter tout",
      'Le juge a voulu tout annuler.',
    ],
    givesUp: "j'abandonne",
    leavesInDespair: ['je ne veux plus continuer'],
  },
  es: {
    told: 'Se llevaron a mi hermano de noche y nunca nos dijeron adónde.',
    stop: [
      'ya basta pare',
      'pare todo por favor',
      'mejor no mande nada',
      'ya me canse no quiero mandar nada',
      'ya me cansé, no quiero mandar nada',
      'no lo mande todavía',
      'quiero parar aqui',
      'cancele todo',
      'déjeme en paz',
      'ya párele',
      'deseo detenerme',
    ],
    goesOn: [
      'no perdon si sigo',
      'seguir',
      'sigamos',
      'continuar',
      'quiero seguir contando',
      'hola sigo aqui',
      'no, quiero seguir',
      'no quiero parar',
    ],
    unclear: ['ay no sé', 'qué cosa'],
    tells: [
      'Me dijo que parara.',
      'Pare, gritaban los policías.',
      'No mandaron nada al juez.',
      'Para mi hijo no hubo justicia.',
      'Déjenme en paz, gritaba mi hijo.',
      'les dije que pararan todo',
      'El juez quiso cancelar todo.',
    ],
    givesUp: 'quiero rendirme',
    leavesInDespair: ['no puedo más, pare'],
  },
  pt: {
    told: 'Levaram meu irmão de noite e nunca nos disseram para onde.',
    stop: [
      'para tudo',
      'chega, para por favor',
      'nao, nao manda ainda',
      'não, não manda ainda',
      'quero parar por aqui, estou com medo',
      'melhor nao mandar nada',
      'nao quero mais mandar isso',
      'cancela tudo',
      'me deixa em paz',
      'encerra essa conversa',
      'não quero mais falar',
    ],
    goesOn: [
      'desculpa, quero continuar',
      'não, quero seguir',
      'vamos continuar',
      'continuar',
      'seguir',
      'oi, ainda estou aqui',
      'nao quero parar',
    ],
    unclear: ['hum sei lá', 'ai não sei'],
    tells: [
      'Ele me disse para parar.',
      'Para, gritaram os policiais.',
      'Não mandaram nada ao juiz.',
      'A viatura parou aqui.',
      'Me deixa em paz, gritava meu filho.',
      'eu disse para eles pararem tudo',
      'O juiz quis cancelar tudo.',
    ],
    givesUp: 'quero desistir',
    leavesInDespair: ['não aguento mais, para'],
  },
};

const textsOf = (player: Player) => player.parts.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { told, stop, goesOn, unclear, tells, givesUp, leavesInDespair } = SAID[language];
  const { commands } = lexicon.words[language];
  const word = (command: 'stop' | 'next' | 'undo' | 'review' | 'skip') => commands[command][0] ?? '';

  async function telling(...more: readonly string[]): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', told, ...more]) await player.says(text);
    return player;
  }

  it.each(stop)('"%s" is asked about as *stop*, also at a list, and is in no text', async (text) => {
    const player = await telling(text);
    expect(player.session.doubt).toMatchObject({ kind: 'heard', as: 'stop' });
    await player.says('1');
    expect(player.session.at.prompt).toBe('stop');
    expect(textsOf(player)).toEqual([told]);
    const atList = await telling(word('review'), text);
    expect(atList.session.doubt).toMatchObject({ kind: 'heard', as: 'stop' });
    expect(textsOf(atList)).toEqual([told]);
  });

  it('an order that is given again is a yes; a choice makes it part of the story', async () => {
    const [first = '', second = ''] = stop;
    const again = await telling(first, second);
    expect(again.session.at.prompt).toBe('stop');
    expect(textsOf(again)).toEqual([told]);
    expect(textsOf(await telling(first, '2'))).toEqual([told, first]);
    expect((await telling(first, word('stop'))).session.at.prompt).toBe('stop');
  });

  it.each(goesOn)('"%s" goes on, and is in no text', async (text) => {
    const asked = await telling(stop[0] ?? '', text);
    expect(asked.session.at.prompt).toBe('story');
    expect(textsOf(asked)).toEqual([told]);
    await asked.says(word('undo'));
    expect(asked.session.doubt).toMatchObject({ kind: 'stray', text: stop[0] });
    const stopped = await telling(word('stop'));
    const said = await stopped.says(text);
    expect(stopped.session.at.prompt).toBe('story');
    expect(said.map((reply) => reply.text)).not.toContain('stop.ask');
    expect(textsOf(stopped)).toEqual([told]);
  });

  it('*next* and a greeting after *stop* go on, and only then is it said so', async () => {
    for (const text of [word('next'), lexicon.words[language].greetings[0] ?? '']) {
      const player = await telling(word('stop'));
      const said = await player.says(text);
      expect(player.session.at.prompt).toBe('story');
      expect(said.map((reply) => reply.text)).not.toContain('stop.ask');
    }
  });

  it('a plain no goes on, and says that the order is in no text', async () => {
    const player = await telling(stop[0] ?? '');
    const said = await player.says(lexicon.words[language].plain.no[0] ?? '');
    expect(said[0]?.text).toBe('doubt.left-out');
    expect(player.session.at.prompt).toBe('story');
    expect(textsOf(player)).toEqual([told]);
  });

  it.each(unclear)('"%s" is no answer: it is asked again, and all of it stays aside', async (text) => {
    const player = await telling(stop[0] ?? '');
    const said = await player.says(text);
    expect(said.map((reply) => reply.text)).toEqual(['doubt.heard.stop']);
    expect(textsOf(player)).toEqual([told]);
    await player.says(goesOn[0] ?? '');
    expect(textsOf(player)).toEqual([told]);
    await player.says(word('undo'));
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: stop[0], more: [{ text }] });
  });

  it('after a second one that is not clear it goes on, with all of them aside, and says so', async () => {
    const [first = '', second = 'hmm'] = [...unclear, unclear[0]];
    const player = await telling(stop[0] ?? '', first);
    const said = await player.says(second);
    expect(said[0]?.text).toBe('doubt.left-out');
    expect(player.session.at.prompt).toBe('story');
    expect(textsOf(player)).toEqual([told]);
    await player.says(word('undo'));
    expect(player.session.doubt).toMatchObject({
      kind: 'stray',
      text: stop[0],
      more: [{ text: first }, { text: second }],
    });
  });

  it('what follows *stop* shows a choice that goes on', async () => {
    const player = await telling(word('stop'));
    await player.taps('stop-go-on');
    expect(player.session.at.prompt).toBe('story');
    const typed = await telling(word('stop'));
    await typed.says('3');
    expect(typed.session).toMatchObject({ at: { prompt: 'story' }, paused: false });
  });

  it.each(leavesInDespair)('"%s" is met as despair, and is asked about as an order', async (text) => {
    const player = await telling();
    const said = await player.says(text);
    expect(said.map((reply) => reply.text)).toEqual(['despair.advice', 'doubt.heard.stop']);
    expect(textsOf(player)).toEqual([told]);
  });

  it('an unclear answer that is deleted for everyone is gone', async () => {
    const player = await telling(stop[0] ?? '', unclear[0] ?? '');
    await player.hears({ kind: 'deletion', target: player.lastId });
    expect(JSON.stringify(player.session.doubt)).not.toContain(unclear[0]);
  });

  it('whoever goes on telling is saved, and the order stays aside', async () => {
    const next = `${told} ${told}`;
    const player = await telling(stop[0] ?? '', next);
    expect(player.session.at.prompt).toBe('story');
    expect(textsOf(player)).toEqual([told, next]);
  });

  it.each(tells)('"%s" is told', async (text) => {
    const player = await telling(text);
    expect(textsOf(player)).toEqual([told, text]);
    expect(player.session.doubt).toBeNull();
  });

  it('giving up in few words is met with rest, and is in no text', async () => {
    const player = await telling();
    const said = await player.says(givesUp);
    expect(said[0]?.text).toBe('talk.giving-up');
    expect(textsOf(player)).toEqual([told]);
    await player.says(word('undo'));
    expect(player.session.doubt).toMatchObject({ kind: 'stray', text: givesUp });
  });
});
