// "That's everything from her" goes on, "where were we" asks again: neither is testimony. Whoever wants to see what they have written is
// shown the words.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly done: readonly string[];
  readonly where: readonly string[];
  readonly written: string;
  readonly readHere: string;
  /** To "anything else?" */
  readonly nothing: string;
  readonly nextPerson: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They took my brother away at night and never told us where.',
    done: ["that's everything from her", "that's all for him thanks", "I've finished telling my story"],
    where: ['where were we', 'where did we stop?'],
    written: 'what have I written so far?',
    readHere: 'I want to read it here',
    nothing: 'no nothing else',
    nextPerson: 'next person please',
  },
  fr: {
    told: 'Ils ont emmené mon frère la nuit et ne nous ont jamais dit où.',
    done: ["J'ai fini de raconter", "c'est tout pour elle merci"],
    where: ['où en étions-nous ?', 'on en était où'],
    written: "qu'est-ce que j'ai écrit jusqu'ici ?",
    readHere: 'je veux le lire ici',
    nothing: "non rien d'autre",
    nextPerson: 'la personne suivante',
  },
  es: {
    told: 'Se llevaron a mi hermano de noche y nunca nos dijeron adónde.',
    done: ['ya terminé de contar', 'eso es todo lo de ella gracias'],
    where: ['en que ibamos', '¿dónde nos quedamos?'],
    written: '¿qué llevo escrito hasta ahora?',
    readHere: 'quiero leerlo aquí',
    nothing: 'no nada mas',
    nextPerson: 'la siguiente persona',
  },
  pt: {
    told: 'Levaram meu irmão de noite e nunca nos disseram para onde.',
    done: ['já terminei de contar', 'é tudo dela obrigada'],
    where: ['onde paramos?', 'onde a gente parou'],
    written: 'o que eu já escrevi até agora?',
    readHere: 'quero ler aqui',
    nothing: 'não mais nada',
    nextPerson: 'próxima pessoa',
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const { told, done, where, written, readHere, nothing, nextPerson } = SAID[language];
  const next = lexicon.words[language].commands.next[0] ?? '';
  const texts = (player: Player) => player.parts.map(({ text }) => text);

  async function at(prompt: string): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', told]) await player.says(text);
    for (let step = 0; player.session.at.prompt !== prompt && step < 40; step++) await player.says(next);
    expect(player.session.at.prompt).toBe(prompt);
    return player;
  }

  it.each(done)('"%s" ends what is told', async (text) => {
    const player = await at('story');
    await player.says(text);
    expect(player.session.at.prompt).toBe('own-word');
    expect(texts(player)).toEqual([told]);
  });

  it(`"${nothing}" to the question for more goes on`, async () => {
    const player = await at('else');
    await player.says(nothing);
    expect(['else', 'doubt']).not.toContain(player.session.at.prompt);
    expect(texts(player)).toEqual([told]);
  });

  it(`"${nextPerson}" is an organiser's word for another person`, async () => {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '4', '1']) await player.says(text);
    if (player.session.at.prompt === 'own-word') for (let twice = 0; twice < 2; twice++) await player.says('mangrove');
    const before = player.key;
    await player.says(nextPerson);
    expect(player.key).not.toBe(before);
  });

  it.each(where)('"%s" asks the question again', async (text) => {
    const player = await at('story');
    expect((await player.says(text)).map((reply) => reply.text)).toEqual(['story.family']);
    expect(texts(player)).toEqual([told]);
  });

  it('a yes to "Should I show you what you have written?" shows the words', async () => {
    const player = await at('story');
    await player.says(written);
    expect(player.session.doubt).toMatchObject({ kind: 'heard', as: 'review' });
    const answer = await player.says('1');
    expect(answer[0]).toMatchObject({ text: 'review.text', params: { text: told } });
    expect(player.session.at.prompt).toBe('story');
    expect(texts(player)).toEqual([told]);
  });

  it('and at the end the whole document', async () => {
    for (const prompt of ['read-back', 'publication'] as const) {
      const player = await at(prompt);
      player.session = {
        ...player.session,
        doubt: { kind: 'heard', as: 'review', id: '', text: '', aside: true },
        at: { prompt: 'doubt' },
        under: [{ prompt }],
      };
      const answer = await player.says('1');
      expect(answer.map((reply) => reply.text)).toEqual([
        ...['read-back.top', 'read-back.section', 'read-back.foot', 'read-back.check'],
      ]);
    }
  });

  it(`"${readHere}" chooses to read it here`, async () => {
    const player = await at('read-back');
    expect((await player.says(readHere)).map((reply) => reply.text)).toContain('read-back.section');
    expect(player.session.at.prompt).toBe('read-back-check');
  });
});
