// "Are you recording me, is this going to the police", "should a lawyer see this", "who am I with now": answered on each point, at every
// prompt, and heard as no cry. A wish to move on where nothing can be left out is answered at once. Who comes is hidden from first.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { Player } from '../support/player.ts';

interface Said {
  readonly recorded: readonly string[];
  /** Words of the answer: nothing is recorded, and the police. */
  readonly answer: readonly [RegExp, RegExp];
  readonly lawyer: readonly string[];
  readonly who: readonly string[];
  readonly tells: readonly string[];
  readonly moveOn: string;
  readonly comes: string;
}

const SAID: Readonly<Record<WholeLanguage, Said>> = {
  en: {
    recorded: ['are you recording me? is this going to the cops', 'are you recording me', 'is this being recorded?'],
    answer: [/recorded/u, /police/u],
    lawyer: ['should a lawyer see this before I write', 'do i need a lawyer first?'],
    who: ['who am i talking to now', 'who is this talking to'],
    tells: [
      'They said nobody was recording us that night.',
      'Our lawyer should have been there and nobody called her.',
    ],
    moveOn: 'can we go on to the next question',
    comes: 'stop somebody is coming',
  },
  fr: {
    recorded: ['vous m’enregistrez ? ça va aller à la police ?', 'tu m’enregistres'],
    answer: [/enregistré/u, /police/u],
    lawyer: ['est-ce qu’un avocat doit voir ça avant que j’écrive', 'faut-il un avocat avant ?'],
    who: ['avec qui je suis là', 'je parle à qui là'],
    tells: [
      'Ils ont dit que personne ne nous enregistrait cette nuit-là.',
      'Notre avocat devait être là, et personne ne l’a appelé.',
    ],
    moveOn: 'question suivante s’il vous plaît',
    comes: 'attends quelqu’un arrive',
  },
  es: {
    recorded: ['me esta grabando? esto va a ir a la policia?', 'me estas grabando'],
    answer: [/graba/u, /polic/u],
    lawyer: ['¿un abogado debería ver esto antes de que escriba?', 'tengo que hablar con un abogado antes?'],
    who: ['con quien estoy ahora', 'con quien hablo ahora'],
    tells: ['Dijeron que nadie nos grababa esa noche.', 'Nuestra abogada debía estar ahí y nadie la llamó.'],
    moveOn: 'pasemos a la siguiente pregunta',
    comes: 'pare, viene gente',
  },
  pt: {
    recorded: ['você tá me gravando? isso vai pra polícia?', 'tá gravando isso'],
    answer: [/gravado/u, /políci/u],
    lawyer: ['um advogado tem que ver isso antes de eu escrever?', 'preciso de advogado antes?'],
    who: ['com quem eu tô agora', 'com quem eu tô falando agora'],
    tells: ['Disseram que ninguém gravou a gente naquela noite.', 'A nossa advogada devia estar lá e ninguém chamou.'],
    moveOn: 'vamos pra próxima pergunta',
    comes: 'para, tem gente chegando',
  },
};

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);

async function at(language: WholeLanguage, prompt: 'keep' | 'for-whom' | 'story'): Promise<Player> {
  const player = new Player({ language });
  player.session = { ...player.session, language };
  for (let turns = 0; turns < 8 && player.session.at.prompt !== prompt; turns++) await player.says('1');
  expect(player.session.at.prompt).toBe(prompt);
  return player;
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = SAID[language];

  it.each(said.recorded)('"%s" is answered: what is kept, and the police', async (text) => {
    for (const prompt of ['keep', 'for-whom', 'story'] as const) {
      const player = await at(language, prompt);
      const replies = await player.says(text);
      expect(keysOf(replies)[0], prompt).toBe('questions.recording');
      for (const words of said.answer) expect(player.read(replies.slice(0, 1))).toMatch(words);
      expect(player.parts).toEqual([]);
    }
  });

  it.each(said.lawyer)('"%s" is answered without legal advice', async (text) => {
    for (const prompt of ['keep', 'for-whom', 'story'] as const) {
      const player = await at(language, prompt);
      expect(keysOf(await player.says(text))[0], prompt).toBe('questions.lawyer');
      expect(player.parts).toEqual([]);
    }
  });

  it.each(said.who)('"%s" asks who we are, and is no cry', async (text) => {
    for (const prompt of ['keep', 'for-whom', 'story'] as const) {
      const player = await at(language, prompt);
      expect(keysOf(await player.says(text))[0], prompt).toMatch(/^questions\.(?:who|robot)$/u);
      expect(player.session.flags).not.toContain('in-danger');
      expect(player.parts).toEqual([]);
    }
  });

  it.each(said.tells)('"%s" is told', async (text) => {
    const player = await at(language, 'story');
    await player.says(text);
    expect(player.parts.map((part) => part.text)).toEqual([text]);
  });

  it('a wish to move on from a choice that has to be made is answered at once', async () => {
    const player = await at(language, 'keep');
    expect(keysOf(await player.says(said.moveOn))).toEqual(['skip.not-here', 'keep.ask']);
    expect([player.session.at.prompt, player.session.doubt]).toEqual(['keep', null]);
  });

  it('how to hide the chat is said before who can help, and nothing after that is asked', async () => {
    const player = await at(language, 'story');
    const keys = keysOf(await player.says(said.comes));
    expect(keys[0]).toBe('pause.hidden');
    expect(keys.slice(1)).toEqual(keys.length === 1 ? [] : ['danger.advice']);
    expect([player.session.paused, player.parts]).toEqual([true, []]);
  });
});
