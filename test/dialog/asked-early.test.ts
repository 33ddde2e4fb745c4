// What people ask before anything is kept or sent, an age and a yes in one sentence, and what a no to keeping says of later words.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

type In<T> = Readonly<Record<WholeLanguage, T>>;

const hello = (language: WholeLanguage) => lexicon.words[language].greetings[0] ?? '';
const keys = (replies: Awaited<ReturnType<Player['says']>>) => replies.map(({ text }) => text);

async function after(language: WholeLanguage, ...said: readonly string[]) {
  const player = new Player({ language });
  for (const text of said) await player.says(text);
  return player;
}

const FUNDING: In<readonly string[]> = {
  en: ['who pays for this', 'and who pays for all this?', 'who is paying you?'],
  fr: ['qui paye pour ça', 'et qui paye pour ca au fait', 'qui finance ça ?'],
  es: ['quién paga esto', 'y quien paga por esto', '¿quién financia esto?'],
  pt: ['quem paga isso', 'e quem paga por isso', 'quem financia isso?'],
};
const BODY: In<readonly string[]> = {
  en: ['what is the UN', 'what’s the UN?', 'who are the UN?'],
  fr: ['c’est quoi l’ONU ?', 'qu’est-ce que l’ONU', 'l’ONU c’est quoi ?'],
  es: ['que es la onu', '¿qué es la ONU?', 'y la ONU qué es?'],
  pt: ['o que é a ONU', 'que é a onu?', 'a ONU é o quê?'],
};
const SENT: In<readonly string[]> = {
  en: ['has it arrived', 'did it go?', 'has it been sent already'],
  fr: ['c’est parti ?', 'c’est bien arrivé ?', 'ils ont bien reçu ?'],
  es: ['¿ya llegó?', 'ya lo enviaron?', 'ya se fue'],
  pt: ['já chegou?', 'já foi?', 'já foi enviado'],
};
const POLICE: In<string> = {
  en: 'can the police read this? I am so scared, they are outside',
  fr: 'la police peut lire ça ? j’ai peur, ils sont dehors',
  es: 'pero la policia puede leer esto? tengo miedo',
  pt: 'a polícia pode ler isso? estou com medo, eles estão lá fora',
};
const WHO: In<string> = {
  en: 'are you the police?',
  fr: 'vous êtes la police ?',
  es: '¿ustedes son la policía?',
  pt: 'vocês são da polícia?',
};
const AGE_AND_YES: In<readonly string[]> = {
  en: [
    'yes, I’m 34',
    'yes we’re adults',
    'yes I am over 18, yes keep it',
    'I am 34 years old and yes you can keep it',
    'you can keep it, I am 51',
  ],
  fr: [
    'oui, j’ai 34 ans',
    'oui nous sommes majeurs',
    'oui j’ai 40 ans et vous pouvez garder',
    'vous pouvez garder, je suis majeure',
  ],
  es: [
    'sí, tengo 34',
    'sí somos mayores de edad',
    'sí tengo 34 y sí pueden guardar',
    'pueden guardarlo, tengo 52 años',
  ],
  pt: [
    'sim, tenho 34',
    'sim somos maiores de idade',
    'pode guardar sim, eu tenho setenta e três anos',
    'tenho 40 anos e pode guardar sim',
  ],
};
const NOT_BOTH: In<readonly string[]> = {
  en: [
    'yes, I’m 16',
    'yes my son is 34',
    'I am 34 but do not keep it',
    'my son is 20 and you can keep it',
    'I am 16, you can keep it',
    'I am 34',
  ],
  fr: [
    'oui, j’ai 16 ans',
    'j’ai 40 ans mais ne gardez rien',
    'mon fils a 20 ans et vous pouvez garder',
    'j’ai 16 ans, vous pouvez garder',
  ],
  es: [
    'sí, tengo 16',
    'tengo 34 pero no guarden',
    'mi hijo tiene 20 y pueden guardar',
    'tengo 16, pueden guardar',
    'tengo 34',
  ],
  pt: [
    'sim, tenho 16',
    'tenho 40 mas não guarde',
    'meu filho tem 20 e pode guardar',
    'tenho 16 anos, pode guardar',
    'tenho 40 anos',
  ],
};
const OTHERS_AGE: In<string> = {
  en: 'my son was 16',
  fr: 'mon fils avait 16 ans',
  es: 'mi hijo tenía 16 años',
  pt: 'meu filho tinha 16 anos',
};
const STORY: In<string> = {
  en: 'They shot my brother at the market.',
  fr: 'Ils ont tué mon frère au marché.',
  es: 'Mataron a mi hermano en el mercado.',
  pt: 'Mataram o meu irmão na feira.',
};
const A_DAY: In<RegExp> = { en: /one day/u, fr: /un jour/u, es: /un día/u, pt: /um dia/u };

describe.each(WHOLE_LANGUAGES)('what is asked early, in %s', (language) => {
  it('who pays, what the UN is, and whether it has arrived are answered, and are no testimony', async () => {
    for (const [key, all] of [
      ['questions.funding', FUNDING[language]],
      ['questions.body', BODY[language]],
      ['questions.sent', SENT[language]],
    ] as const) {
      for (const text of all) {
        const player = await after(language, hello(language), '1', '1', '1', '1', STORY[language]);
        expect([text, ...keys(await player.says(text))]).toContain(key);
        expect(player.parts.map((part) => part.text)).toEqual([STORY[language]]);
        const early = await after(language, hello(language));
        expect([text, ...keys(await early.says(text))]).toContain(key);
        expect(early.held).toEqual([]);
      }
    }
  });

  it('who we are is said to whoever asks it first, and the question is not kept', async () => {
    const player = new Player({ language });
    expect(keys(await player.says(WHO[language]))).toContain('hello.ask');
    expect([player.session.at.prompt, player.held]).toEqual(['hello', []]);
  });

  it('a frightened question about the police gets help, and an answer', async () => {
    for (const player of [new Player({ language }), await after(language, hello(language))]) {
      const said = keys(await player.says(POLICE[language]));
      expect(said).toContain('danger.advice');
      expect(said).toContain('questions.police');
    }
  });

  it('an age and a yes in one sentence are both', async () => {
    for (const text of AGE_AND_YES[language]) {
      const player = await after(language, hello(language), '1', '1', text);
      expect([text, player.session.at.prompt, player.session.kept]).toEqual([text, 'for-whom', true]);
      expect([text, player.held, player.parts]).toEqual([text, [], []]);
    }
  });

  it('after talk of another age a yes with an age is asked about by itself', async () => {
    const player = await after(
      language,
      hello(language),
      '1',
      '1',
      OTHERS_AGE[language],
      AGE_AND_YES[language][0] ?? '',
    );
    expect([player.session.at.prompt, player.session.kept]).toEqual(['keep-yes', false]);
  });

  it('a no, another’s age, a minor’s or an age alone is no yes', async () => {
    for (const text of NOT_BOTH[language]) {
      const player = await after(language, hello(language), '1', '1', text);
      expect([text, player.session.kept]).toEqual([text, false]);
    }
  });

  it('a no to keeping says what becomes of words that are written later', async () => {
    const player = await after(language, hello(language), '1', '1');
    expect(player.read(await player.says('3'))).toMatch(A_DAY[language]);
    const again = new Player({ language });
    await again.says(STORY[language]);
    expect(again.held.map(({ text }) => text)).toEqual([STORY[language]]);
  });
});

it('a yes and an age are both in Kreyòl and in Arabic as well', async () => {
  for (const [language, text] of [
    ['ht', 'wi m gen 40 an'],
    ['ht', 'wi nou se granmoun'],
    ['ar', 'نعم عمري ٤٠ سنة'],
    ['ar', 'نعم نحن بالغون'],
  ] as const) {
    const player = new Player({ language });
    for (const one of ['👋', '1', '1', text]) await player.says(one);
    expect([text, player.session.kept]).toEqual([text, true]);
  }
});
