// *one by one* leads through the questions of a call to the last one, and a question is found by its official number.

import { describe, expect, it } from 'vitest';
import { inEvery, WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { atQuestions, servedFixture, word } from '../support/forms.ts';
import { lexicon, type Player } from '../support/player.ts';

const roles = ['family', 'organisation'] as const;
const question = (id: string, number: string, after?: 'yes') => ({
  ...{ id, number, for: [...roles] },
  ...(after === undefined ? {} : { 'only-if': { question: 'heard', answer: after } }),
});

/** As `call new` drafts it: the parts of question 2 are in the list. */
const call = servedFixture('invented-nested', {
  response: {
    ...{ kind: 'questionnaire', compulsory: 'no', 'anything-else': 'no' },
    questionnaires: [
      {
        ...{ id: 'all', audience: 'anyone' },
        questions: [
          question('learned', '1'),
          question('heard', '2'),
          question('steps', '2.a', 'yes'),
          question('counsel', '2.b', 'yes'),
          question('obstacles', '3'),
          question('reform', '4.1'),
        ],
      },
    ],
  },
});

const oneByOne = (language: WholeLanguage) => lexicon.words[language].asides['one-by-one'][0] ?? '';
const at = ({ session }: Player) => `${session.at.prompt} ${session.at.of ?? ''}`;

describe.each(WHOLE_LANGUAGES)('one by one in %s', (language) => {
  it('goes on to the next question until the last, also after one that is skipped, and then to the list', async () => {
    const player = await atQuestions(call, { language });
    await player.says(oneByOne(language));
    const answers = { en: 'Yes, twice.', fr: 'Oui, deux fois.', es: 'Sí, dos veces.', pt: 'Sim, duas vezes.' };
    const asked: string[] = [];
    for (const skipped of [false, false, true, false, false, false]) {
      asked.push(at(player));
      if (!skipped) await player.says(answers[language]);
      await player.says(word(player, 'next'));
    }
    expect(asked).toEqual(
      ['learned', 'heard', 'steps', 'counsel', 'obstacles', 'reform'].map((id) => `topic-one ${id}/${id}`),
    );
    expect(at(player)).toBe('topics ');
    const slots = [...new Set(player.parts.map(({ slot }) => slot))].filter((slot) => slot.startsWith('topic/'));
    expect(slots).toEqual(['learned', 'heard', 'counsel', 'obstacles', 'reform'].map((id) => `topic/${id}/${id}`));
  });
});

it('leaves out what does not apply, and what has an answer already', async () => {
  const player = await atQuestions(call);
  for (const text of ['question 3', 'Nobody told us.', 'next', 'one by one', 'From the press.', 'next', 'No, never.']) {
    await player.says(text);
  }
  await player.says('next');
  expect(at(player)).toBe('topic-one reform/reform');
});

it('ends with the list: a question that is chosen there leads back to it', async () => {
  const player = await atQuestions(call);
  for (const text of ['one by one', 'From the press.', 'next', 'skip all']) await player.says(text);
  expect(at(player)).toBe('topics ');
  for (const text of ['question 3', 'Nobody told us.', 'next']) await player.says(text);
  expect(at(player)).toBe('topics ');
});

const LEADS = { ...inEvery(() => ['']), en: ['question', 'q'], fr: ['question'], es: ['pregunta'], pt: ['pergunta'] };

describe.each(WHOLE_LANGUAGES)('the official number of a question, in %s', (language) => {
  it.each([
    ['2.a', 'steps'],
    ['2a', 'steps'],
    ['2 (b)', 'counsel'],
    ['4.1', 'reform'],
  ])('%s opens it', async (number, id) => {
    const player = await atQuestions(call, { language });
    await player.says(number);
    expect(at(player)).toBe(`topic ${id}`);
  });

  it('comes before the number of the list if a word says that a question is meant', async () => {
    for (const lead of LEADS[language]) {
      const player = await atQuestions(call, { language });
      await player.says(`${lead} 3`);
      expect(at(player), lead).toBe('topic obstacles');
    }
    const player = await atQuestions(call, { language });
    await player.says('3');
    expect(at(player)).toBe('topic steps');
  });
});
