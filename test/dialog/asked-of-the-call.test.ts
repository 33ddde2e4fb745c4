// What a call is about, whether a text becomes public, until when and in which languages it is taken: the bot says what the call says.

import { describe, expect, it } from 'vitest';
import { LANGUAGES, WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { shelf, Player, texts } from '../support/player.ts';

interface Asked {
  readonly told: string;
  readonly about: readonly string[];
  readonly publicly: readonly string[];
  readonly deadline: readonly string[];
  readonly languages: readonly string[];
  /** Questions of a story. */
  readonly others: readonly string[];
  readonly whoReads: string;
  readonly date: string;
}

const ASKED: Readonly<Record<WholeLanguage, Asked>> = {
  en: {
    told: 'We waited for two days and nobody called us.',
    about: ['what is this call about?', "What's this about", 'what is it about?', 'What is this for?'],
    publicly: ['is it public?', 'will it be on the internet?', 'Is it published?', 'will this be published'],
    deadline: ['when is the deadline?'],
    languages: ['in which languages may I write?', 'what language can I write in?'],
    others: [
      'What language did the officer speak?',
      'What was the trial about?',
      'What was this for, they said nothing',
    ],
    whoReads: 'who will read this?',
    date: '24 May 2024',
  },
  fr: {
    told: 'On a attendu deux jours et personne ne nous a appelés.',
    about: ["c'est pour quoi ?", 'de quoi parle cet appel ?', 'ça parle de quoi ?'],
    publicly: ['est-ce que ce sera publié ?', "c'est public ?", 'ce sera sur internet ?'],
    deadline: ['quelle est la date limite ?'],
    languages: ['dans quelles langues puis-je écrire ?'],
    others: ['Quelle langue parlait le policier ?', 'Pourquoi lui ?', 'À quoi ça sert une plainte ?'],
    whoReads: 'qui va le lire ?',
    date: '24 mai 2024',
  },
  es: {
    told: 'Esperamos dos días y nadie nos llamó.',
    about: ['¿de qué trata esto?', '¿De qué se trata esto?', '¿de qué trata esta convocatoria?'],
    publicly: ['¿se va a publicar?', '¿es público?', '¿va a salir en internet?'],
    deadline: ['¿cuál es la fecha límite?'],
    languages: ['¿en qué idiomas puedo escribir?'],
    others: ['¿En qué idioma le hablaban?', '¿Por qué a él?', '¿Para qué es esto que le hicieron?'],
    whoReads: '¿quién lo lee?',
    date: '24 de mayo de 2024',
  },
  pt: {
    told: 'Esperamos dois dias e ninguém ligou para a gente.',
    about: ['sobre o que é isso?', 'isso é sobre o quê?', 'do que se trata isso?', 'para que é isso?'],
    publicly: ['vai ser publicado?', 'é público?', 'vai para a internet?'],
    deadline: ['qual é o prazo?'],
    languages: ['em que línguas posso escrever?'],
    others: ['Que língua o policial falava?', 'Por que ele?', 'Para que serve isso tudo que fizeram com ele?'],
    whoReads: 'quem vai ler?',
    date: '24 de maio de 2024',
  },
};

const emler = shelf.current('emler-2024');
const { catalogues, hash } = emler;
const call = { ...emler, call: { ...emler.call, languages: ['en', 'fr'] } };

async function inStory(language: WholeLanguage, told?: string): Promise<Player> {
  const player = new Player({ language, call });
  for (const text of ['1', '1', '1', '1', '1', '1']) {
    if (player.session.at.prompt === 'story') break;
    await player.says(text);
  }
  expect(player.session.at.prompt).toBe('story');
  if (told !== undefined) await player.says(told);
  return player;
}

describe.each(WHOLE_LANGUAGES)('%s', (language) => {
  const asked = ASKED[language];
  const { short, title } = catalogues[language];

  /** Answers of a first choice list, and in the story. */
  async function answers(question: string): Promise<readonly string[]> {
    const early = new Player({ language, call });
    await early.says('1');
    const late = await inStory(language);
    return [early.read(await early.says(question)), late.read(await late.says(question))];
  }

  it.each(asked.about)('%s: its short title and its title', async (question) => {
    for (const answer of await answers(question)) {
      expect(answer).toContain(short);
      expect(answer).toContain(title);
    }
  });

  it.each(asked.publicly)('%s: who reads', async (question) => {
    const readers = texts.translate(language, { key: 'questions.readers', params: { org: '…' } }, hash);
    const [, first = ''] = readers.split('\n');
    for (const answer of await answers(question)) expect(answer).toContain(first.slice(0, 15));
  });

  it.each(asked.deadline)('%s: the day', async (question) => {
    for (const answer of await answers(question)) expect(answer).toContain(asked.date);
  });

  it.each(asked.languages)('%s: those of the bot, and those that are read', async (question) => {
    const names = (ones: readonly string[]) =>
      ones.map((one) => texts.translate(language, { key: `choices.${one}` }, hash)).join(', ');
    for (const answer of await answers(question)) {
      // A name in letters from right to left is isolated from its neighbours.
      const read = answer.replaceAll(/[\u2068\u2069]/gu, '');
      expect(read).toContain(`: ${names(LANGUAGES)}.`);
      expect(read).toContain(`: ${names(['en', 'fr'])}.`);
    }
  });

  it.each(asked.others)('%s is not such a question', async (question) => {
    const player = await inStory(language, asked.told);
    const keys = (await player.says(question)).map(({ text }) => text);
    for (const key of ['about', 'languages', 'readers']) expect(keys).not.toContain(`questions.${key}`);
  });

  it('a question to the bot stays out of the story when its person goes on with another', async () => {
    for (const question of [...asked.about, ...asked.publicly]) {
      const player = await inStory(language, asked.told);
      await player.says(question);
      await player.says(asked.whoReads);
      await player.says(asked.told);
      expect(player.parts.map(({ text }) => text)).toEqual([asked.told, asked.told]);
    }
  });
});
