// What is said to the bot at a prompt that takes no testimony: questions are answered in place, commands in other words asked
// about, and names, secret words and consents stay as strict as they were.

import { describe, expect, it } from 'vitest';
import type { PromptId } from '../../src/dialog/prompts/prompt-ids.ts';
import type { Command } from '../../src/dialog/understanding/word-lists.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

interface Talk {
  readonly told: string;
  /** A question, and the key of its answer. */
  readonly questions: readonly (readonly [text: string, answer: string])[];
  /** A wish in other words, and the command. */
  readonly wishes: readonly (readonly [text: string, command: Command])[];
  readonly unknown: string;
  readonly names: readonly string[];
}

const TALK: Readonly<Record<WholeLanguage, Talk>> = {
  en: {
    told: 'they hung up on me every week for a year',
    questions: [
      ['is any of this going to cost me money', 'free'],
      ['will the cops get to see this', 'police'],
      ['is it a robot writing to me or a real person', 'robot'],
    ],
    wishes: [
      ['sorry my bus is here can we do this tonight', 'pause'],
      ['can somebody call me', 'person'],
      ['let me see what I wrote first', 'review'],
    ],
    unknown: 'do you know if the court is open on friday?',
    names: ['Skip Sanders', 'Will Stop', 'Hope Police', 'Grace Reader Help', 'April May Law'],
  },
  fr: {
    told: 'on a attendu dehors toute la nuit',
    questions: [
      ['est-ce que je dois payer quelque chose', 'free'],
      ['la police va pouvoir lire ça ?', 'police'],
      ["je parle à un robot ou à quelqu'un de vrai ?", 'robot'],
    ],
    wishes: [
      ['désolée mon bus arrive on peut continuer ce soir', 'pause'],
      ["est-ce que quelqu'un peut m'appeler", 'person'],
      ["je voudrais relire ce que j'ai écrit d'abord", 'review'],
    ],
    unknown: 'vous savez si le tribunal est ouvert vendredi ?',
    names: ['Pierre Police', 'Aimé Stop', 'Désiré Passer', 'Rose Avril', 'Marie-Claire Suivant'],
  },
  es: {
    told: 'no me dejaron verlo hasta los tres dias',
    questions: [
      ['esto tiene algún costo', 'free'],
      ['¿la policía va a poder leer esto?', 'police'],
      ['¿estoy hablando con un robot o con una persona de verdad?', 'robot'],
    ],
    wishes: [
      ['ya llegó mi camión, ¿podemos seguir más tarde?', 'pause'],
      ['me puede llamar alguien', 'person'],
      ['muéstreme primero lo que ya escribí', 'review'],
    ],
    unknown: '¿me puede decir qué documentos hay que llevar a la fiscalía?',
    names: ['Esperanza Para', 'Consuelo Policía', 'Ángeles Ayuda', 'Dolores Fuerte Ley', 'Mercedes Sigue'],
  },
  pt: {
    told: 'so achamos ele dois dias depois',
    questions: [
      ['isso tem algum custo', 'free'],
      ['a polícia vai conseguir ler isso?', 'police'],
      ['estou falando com um robô ou com uma pessoa de verdade?', 'robot'],
    ],
    wishes: [
      ['desculpa meu ônibus chegou dá pra continuar de noite', 'pause'],
      ['alguém pode me ligar', 'person'],
      ['deixa eu ver primeiro o que eu escrevi', 'review'],
    ],
    unknown: 'vocês conseguem um advogado pra mim?',
    names: ['Vitória Ajuda', 'Socorro Para', 'Ana Lúcia Pessoa', 'Felicidade Polícia', 'Domingos Próxima'],
  },
};

/** Lists of choices, a read-back, who may read it, and what can be done afterwards. */
const CHOOSING: readonly PromptId[] = [
  'for-whom',
  'topics',
  'others',
  'author-form',
  'read-back',
  'publication',
  'after',
];
const NAMING: readonly PromptId[] = ['harmed-name', 'author-name', 'own-word'];

async function at(language: WholeLanguage, prompt: PromptId): Promise<Player> {
  const player = new Player({ language });
  player.session = { ...player.session, language };
  for (const text of ['1', '1', '1', '1', '1', TALK[language].told]) await player.says(text);
  player.session = { ...player.session, at: { prompt }, under: [], ownWordOffered: true };
  return player;
}

const keysOf = (replies: readonly { readonly text: string }[]) => replies.map(({ text }) => text);

describe.each(WHOLE_LANGUAGES)('at a prompt that takes no testimony, in %s', (language) => {
  const talk = TALK[language];

  it.each([...CHOOSING, ...NAMING])('a question is answered, and %s is asked again', async (prompt) => {
    for (const [text, answer] of talk.questions) {
      const player = await at(language, prompt);
      const { publication, mails, harmed, author } = player.session;
      const replies = await player.says(text);
      if (prompt === 'own-word') expect(keysOf(replies)[0], text).toMatch(/^(?:questions|own-word\.what)/u);
      else expect(keysOf(replies), text).toContain(`questions.${answer}`);
      expect(keysOf(replies), text).not.toContain('choice.not-among');
      expect(player.session, text).toMatchObject({ at: { prompt }, doubt: null, publication, mails, harmed, author });
      expect(player.session.counts['story']?.parts, text).toBe(1);
    }
  });

  it.each(CHOOSING)('a wish in other words is asked about at %s, and done after a yes', async (prompt) => {
    for (const [text, command] of talk.wishes) {
      const player = await at(language, prompt);
      const asked = await player.says(text);
      expect(keysOf(asked), text).toEqual([`doubt.plain.${command}`]);
      expect(asked[0]?.choices?.map(({ value }) => value)).toEqual(['yes', 'no']);
      const done = keysOf(await player.says('1'));
      expect(player.session.doubt, text).toBeNull();
      if (command === 'review')
        expect(done, text).toContain(done.includes('review.text') ? 'review.text' : 'read-back.section');
      else if (command === 'pause') expect(player.session.paused, text).toBe(true);
      else expect(player.session.at.prompt, text).toBe(command);
    }
  });

  it.each(CHOOSING)('after a no the wish is not done, and %s is open as before', async (prompt) => {
    for (const [text] of talk.wishes) {
      const player = await at(language, prompt);
      const { publication, mails, consents } = { ...player.session, consents: player.effects.length };
      await player.says(text);
      await player.says('2');
      expect(player.session.paused, text).toBe(false);
      expect(player.session, text).toMatchObject({ publication, mails });
      expect(
        player.effects.slice(consents).some(({ kind }) => kind === 'consent'),
        text,
      ).toBe(false);
      expect([prompt, 'doubt', 'story'], text).toContain(player.session.at.prompt);
    }
  });

  it('another answer instead of a yes or no goes to the open prompt', async () => {
    const player = await at(language, 'author-form');
    await player.says(talk.wishes[1]?.[0] ?? '');
    expect(player.session.at.prompt).toBe('doubt');
    await player.says(lexicon.choices[language].get('initials')?.[0] ?? '');
    expect(player.session).toMatchObject({ author: { form: 'initials' }, doubt: null });
  });

  it('an unknown question is answered honestly, with the number of a person', async () => {
    for (const prompt of ['topics', 'publication', 'after'] as const) {
      const player = await at(language, prompt);
      const [answer] = await player.says(talk.unknown);
      expect(answer).toMatchObject({ text: 'questions.other', params: { phone: '+00 000 0100' } });
      expect(player.session.at.prompt).toBe(prompt);
    }
  });

  it('SEND is neither given nor skipped', async () => {
    for (const [text] of [...talk.questions, ...talk.wishes]) {
      const player = await at(language, 'publication');
      await player.says('3');
      expect(player.session.at.prompt).toBe('send');
      await player.says(text);
      expect(player.session.mails, text).toEqual([]);
      if (player.session.at.prompt === 'doubt') await player.says('2');
      expect(player.session, text).toMatchObject({ at: { prompt: 'send' }, mails: [] });
    }
  });

  it('a name is never taken for talk', async () => {
    for (const text of talk.names) {
      for (const prompt of ['harmed-name', 'author-name'] as const) {
        const player = await at(language, prompt);
        const replies = await player.says(text);
        expect(player.session.doubt, text).toBeNull();
        expect(
          keysOf(replies).filter((key) => /^(?:questions|talk|doubt)\./u.test(key)),
          text,
        ).toEqual([]);
      }
    }
  });

  it('a question joins no words that are asked about', async () => {
    const player = await at(language, 'topics');
    player.session = {
      ...player.session,
      at: { prompt: 'doubt' },
      under: [{ prompt: 'topics' }],
      doubt: { kind: 'stray', id: 'm90', text: talk.told, more: [] },
    };
    const [text = '', answer = ''] = talk.questions[1] ?? [];
    expect(keysOf(await player.says(text))).toContain(`questions.${answer}`);
    expect(player.session.doubt).toMatchObject({ kind: 'stray', more: [] });
  });

  it('agrees to nothing before the yes', async () => {
    for (const [text] of [...talk.questions, ...talk.wishes]) {
      const player = new Player({ language });
      player.session = { ...player.session, language };
      for (const one of ['1', '1', '1']) await player.says(one);
      expect(player.session.at.prompt).toBe('keep');
      await player.says(text);
      expect(player.session, text).toMatchObject({ kept: false, adult: false, held: { words: 0 } });
    }
  });
});

const MINOR: Readonly<Record<WholeLanguage, string>> = {
  en: 'im 15 can i write here',
  fr: "j'ai 15 ans je peux écrire ?",
  es: 'tengo 15 años puedo escribir yo?',
  pt: 'tenho 15 anos posso escrever?',
};

describe.each(WHOLE_LANGUAGES)('an age before the yes, in %s', (language) => {
  it('is never answered as a question', async () => {
    const player = new Player({ language });
    player.session = { ...player.session, language };
    for (const one of ['1', '1', '1']) await player.says(one);
    const replies = await player.says(MINOR[language]);
    expect(keysOf(replies).filter((key) => key.startsWith('questions.'))).toEqual([]);
    expect(player.session.kept).toBe(false);
  });
});
