// What is kept, who can see it, and a wish about publication said early: true answers in place, by what was chosen; never a secret word.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Said {
  readonly told: string;
  readonly kept: readonly string[];
  readonly visible: readonly string[];
  readonly publicly: readonly string[];
  readonly confidentially: readonly string[];
  /** Who has access to what is kept. */
  readonly access: string;
  /** Told, with words of these questions and wishes. */
  readonly tells: readonly string[];
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    told: 'They took my brother away at night and never told us where.',
    kept: ['what do you keep about me?', 'what do you still have', 'do you already have what I wrote?'],
    visible: ['is this private?', 'is my stuff visible', 'can anyone see what I write?'],
    publicly: ['I want it to be public', 'no wait, public please'],
    confidentially: ['no wait, confidential please', 'better confidential', 'hold on, make it confidential'],
    access: 'who has access to what you keep?',
    tells: ['What they kept of him was his belt and his phone', 'The hearing was public and nobody came'],
  },
  fr: {
    told: 'Ils ont emmené mon frère la nuit et ne nous ont jamais dit où.',
    kept: ['qu’est-ce que vous gardez ?', 'que gardez-vous sur moi ?', 'vous avez déjà ce que j’ai écrit ?'],
    visible: ['c’est privé ?', 'est-ce que mon texte est visible ?', 'quelqu’un peut voir ce que j’écris ?'],
    publicly: ['je veux que ce soit public', 'non attendez, public svp'],
    confidentially: ['non attendez, confidentiel svp', 'plutôt confidentiel', 'une minute, plutôt confidentiel'],
    access: 'qui a accès à ce que vous gardez ?',
    tells: ['Ce qu’ils ont gardé de lui, c’est sa ceinture', 'Le procès était public et personne n’est venu'],
  },
  es: {
    told: 'Se llevaron a mi hermano de noche y nunca nos dijeron adónde.',
    kept: ['¿qué guardan de mí?', 'qué tienen guardado?', '¿ya tienen lo que escribí?'],
    visible: ['¿esto es privado?', '¿mi texto es visible?', '¿alguien puede ver lo que escribo?'],
    publicly: ['quiero que sea público', 'no espere, público por favor'],
    confidentially: ['no espere, confidencial por favor', 'mejor confidencial', 'calma, mejor confidencial'],
    access: '¿quién puede ver lo que guardan?',
    tells: ['Lo que guardaron de él fue su cinturón', 'El juicio era público y nadie vino'],
  },
  pt: {
    told: 'Levaram meu irmão de noite e nunca nos disseram para onde.',
    kept: ['o que vocês guardam de mim?', 'o que vc ainda tem?', 'vc já tem o que escrevi?'],
    visible: ['isso é privado?', 'meu texto é visível?', 'alguém pode ver o que eu escrevo?'],
    publicly: ['quero que seja publico', 'não espera, público por favor'],
    confidentially: ['nao espera, confidencial por favor', 'nao, melhor confidencial', 'calma, melhor confidencial'],
    access: 'quem tem acesso ao que vocês guardam?',
    tells: ['O que guardaram dele foi o cinto', 'O julgamento era público e ninguém veio'],
  },
};

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  const next = lexicon.words[language].commands.next[0] ?? '';
  const keys = (replies: Awaited<ReturnType<Player['says']>>) => replies.map(({ text }) => text);
  const textsOf = (player: Player) => player.parts.map(({ text }) => text);

  async function at(prompt: string): Promise<Player> {
    const player = new Player({ language });
    for (const text of ['👋', '1', '1', '1', '1', said.told]) await player.says(text);
    for (let step = 0; player.session.at.prompt !== prompt && step < 40; step++) await player.says(next);
    expect(player.session.at.prompt).toBe(prompt);
    return player;
  }

  it.each(said.kept)('"%s": nothing before the yes, words aside, or what was written', async (text) => {
    const first = new Player({ language });
    expect(keys(await first.says(text))).toContain('questions.kept-nothing');
    expect(first.held).toEqual([]);
    const aside = new Player({ language });
    await aside.says(said.told);
    expect(keys(await aside.says(text))).toContain('questions.kept-aside');
    for (const prompt of ['story', 'publication']) {
      const player = await at(prompt);
      expect(keys(await player.says(text))[0], prompt).toBe('questions.kept');
      expect(textsOf(player)).toEqual([said.told]);
    }
  });

  it('who has access to what is kept asks for readers', async () => {
    expect(keys(await (await at('story')).says(said.access))[0]).toBe('questions.readers');
  });

  it.each(said.visible)('"%s": who can read it, by what was chosen', async (text) => {
    const early = new Player({ language });
    expect(keys(await early.says(text))).toContain('questions.readers');
    expect(early.held).toEqual([]);
    const player = await at('story');
    expect(keys(await player.says(text))[0]).toBe('questions.readers');
    expect(textsOf(player)).toEqual([said.told]);
    for (const [choice, key] of [
      ['2', 'readers-public'],
      ['3', 'readers-confidential'],
    ] as const) {
      const chosen = await at('publication');
      await chosen.says(choice);
      expect(chosen.session.publication).not.toBeNull();
      const answer = await chosen.says(text);
      expect(keys(answer)[0]).toBe(`questions.${key}`);
    }
  });

  it('a wish about publication is answered and in no text: it is asked at the end', async () => {
    for (const text of [...said.publicly, ...said.confidentially]) {
      const isPublic = said.publicly.includes(text);
      const player = await at('story');
      expect([text, keys(await player.says(text))[0]]).toEqual([text, `talk.at-end${isPublic ? '' : '-confidential'}`]);
      expect(textsOf(player)).toEqual([said.told]);
      expect(player.session.publication).toBeNull();
    }
  });

  it('a wish about publication is not told while it is open whether a question belongs to the text', async () => {
    for (const text of [...said.publicly, ...said.confidentially]) {
      const player = await at('story');
      await player.says(said.access);
      expect(player.session.at.prompt).toBe('doubt');
      expect([text, keys(await player.says(text))[0]?.startsWith('talk.at-end')]).toEqual([text, true]);
      expect([player.session.at.prompt, textsOf(player)]).toEqual(['doubt', [said.told]]);
    }
  });

  it('a wish about publication is no secret word, neither the first time nor the second', async () => {
    const wishes = [...said.publicly, ...said.confidentially];
    for (const [place, text] of wishes.entries()) {
      const player = await at('own-word');
      expect([text, keys(await player.says(text))[0]?.startsWith('talk.at-end')]).toEqual([text, true]);
      expect(player.session.wordOnce).toBeUndefined();
      await player.says('mangrove');
      const { wordOnce } = player.session;
      expect(wordOnce).toBeDefined();
      for (const again of [text, wishes[(place + 1) % wishes.length] ?? '']) {
        await player.says(again);
        expect([again, player.session.at.prompt]).toEqual([again, 'own-word']);
        expect([player.session.wordOnce, player.session.ownWord]).toEqual([wordOnce, null]);
      }
      await player.says('mangrove');
      expect(player.session.ownWord).not.toBeNull();
      expect(textsOf(player)).toEqual([said.told]);
    }
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await at('story');
    await player.says(text);
    expect(textsOf(player)).toEqual([said.told, text]);
  });
});
