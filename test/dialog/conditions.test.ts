// "If so, …" is asked after a yes; an answer to a question that no longer applies is kept aside, and nobody loses a word.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { stanceIn } from '../../src/dialog/understanding/stance.ts';
import { docxParagraphs } from '../submission/read-back.ts';
import { atQuestions, filesOf, freeFixture, goTo, servedFixture, word } from '../support/forms.ts';
import { lexicon, type Player, texts } from '../support/player.ts';

const nested = freeFixture('invented-nested');

/** At question 1.a: whether they complained. */
async function atComplained(language: WholeLanguage = 'en', call = nested): Promise<Player> {
  const player = await atQuestions(call, { language });
  await player.says('1');
  await player.says(lexicon.words[language].asides['one-by-one'][0] ?? '');
  expect(player.session.at.of).toBe('complaints/complained');
  return player;
}

async function next(player: Player): Promise<string> {
  return player.read(await player.says(word(player, 'next')));
}

async function documentOf(player: Player): Promise<string> {
  const { docx } = await filesOf(player);
  return (await docxParagraphs(docx)).map(({ text }) => text).join('\n');
}

const SAID: Readonly<
  Record<
    WholeLanguage,
    { readonly yes: readonly string[]; readonly no: readonly string[]; readonly unclear: readonly string[] }
  >
> = {
  en: {
    yes: ['Yes', 'yes we did', 'Yes, at the ombudsman, in May.'],
    no: ['No', 'nope', 'No. We were afraid of them.'],
    unclear: ['We asked a lawyer first.', 'Maybe', 'My cousin complained'],
  },
  fr: {
    yes: ['Oui', 'ah oui', 'Oui, auprès du défenseur des droits.'],
    no: ['Non', 'Non, nous avions peur d’eux.'],
    unclear: ['Nous avons demandé à un avocat.'],
  },
  es: {
    yes: ['Sí', 'claro que sí', 'Sí, en la defensoría.'],
    no: ['No', 'No. Teníamos miedo.'],
    unclear: ['Primero fuimos a una abogada.'],
  },
  pt: {
    yes: ['Sim', 'sim claro', 'Sim, na ouvidoria.'],
    no: ['Não', 'Não, a gente tinha medo.'],
    unclear: ['Primeiro fomos a uma advogada.'],
  },
};

it.each([
  ['نعم، كتبوا إلينا في مارس.', 'yes'],
  ['لا، لم يكتب إلينا أحد.', 'no'],
  ['نعم؛ مرتين', 'yes'],
  ['Wi, yo te ekri nou nan mwa mas.', 'yes'],
  ['Non, pèsonn pa t ekri nou.', 'no'],
])('a yes or a no before a comma of its own script decides, too: %s', (said, stance) => {
  expect(stanceIn(lexicon, said)).toBe(stance);
});

describe.each(WHOLE_LANGUAGES)('after an answer in %s', (language) => {
  it.each(SAID[language].yes)('"%s": the "if so" is asked as the next one, without its condition', async (said) => {
    expect(stanceIn(lexicon, said)).toBe('yes');
    const player = await atComplained(language);
    await player.says(said);
    const asked = await next(player);
    expect(player.session.at.of).toBe('complaints/complained-where');
    expect(asked).toMatch(/^\p{L}+ 1\.a\.i\.\ncomplained where\n/u);
    expect(asked).not.toContain('1.a ');
  });

  it.each(SAID[language].no)('"%s": the "if so" is not asked, the "if not" is', async (said) => {
    expect(stanceIn(lexicon, said)).toBe('no');
    const player = await atComplained(language);
    await player.says(said);
    await next(player);
    expect(player.session.at.of).toBe('complaints/what-made-it-hard');
  });

  it.each(SAID[language].unclear)('"%s": the condition is shown, and can be skipped', async (said) => {
    expect(stanceIn(lexicon, said)).toBeNull();
    const player = await atComplained(language);
    await player.says(said);
    expect(await next(player)).toMatch(/^\p{L}+ 1\.a\.i\.\ncomplained where\n.*1\.a /u);
    await player.says(word(player, 'skip'));
    expect(player.session.at.of).toBe('complaints/what-made-it-hard');
    await player.says(word(player, 'skip'));
    expect(player.session.at.prompt).toBe('topics');
  });

  it('nothing: the condition is shown', async () => {
    const player = await atComplained(language);
    expect(await next(player)).toContain('1.a ');
  });
});

describe('an answer that changes', () => {
  async function answered(): Promise<Player> {
    const player = await atComplained();
    await player.says('Yes, we did.');
    await next(player);
    await player.says('At the ombudsman in May.');
    return player;
  }

  it('keeps what no longer applies aside, says so, and leaves it out of the document and the count', async () => {
    const player = await answered();
    const [first, second] = player.parts.slice(-2);
    const read = player.read(await player.hears({ kind: 'edit', target: first?.id ?? '', text: 'No, we did not.' }));
    expect(read).toContain('Something is kept aside.');
    expect(read).toContain('question 1.a.i');
    expect(player.parts).toContainEqual(second);
    expect(await documentOf(player)).not.toContain('ombudsman');
    expect(await documentOf(player)).toContain('No, we did not.');
    const list = player.read(await player.says('review'));
    expect(list).toContain('complaints, question 1.a.i: 5 words (kept aside, not in the text)');
    await player.says('next');
    const back = player.read(await player.hears({ kind: 'edit', target: first?.id ?? '', text: 'Yes, we did.' }));
    expect(back).toContain('Something is back in your text.');
    expect(await documentOf(player)).toContain('1.a.i. complained where\nAt the ombudsman in May.');
  });

  it('can be taken back with undo, and everything is as it was', async () => {
    const player = await answered();
    const [first] = player.parts.slice(-2);
    await player.hears({ kind: 'edit', target: first?.id ?? '', text: 'No.' });
    expect(player.read(await player.says('undo'))).toContain('Something is back in your text.');
    expect(await documentOf(player)).toContain('At the ombudsman in May.');
  });

  it('the latest clear answer counts, also if an unclear one comes after it', async () => {
    const player = await atComplained();
    for (const text of ['No.', 'Yes, we did after all.', 'It was in May.']) await player.says(text);
    await next(player);
    expect(player.session.at.of).toBe('complaints/complained-where');
  });

  it('brings a question back that is open under review', async () => {
    const player = await atComplained();
    await player.says('No.');
    const id = player.lastId;
    await goTo(player, 'read-back');
    const read = player.read(await player.hears({ kind: 'edit', target: id, text: 'Yes.' }));
    expect(read).toContain('There’s something more to answer, if you want.');
    expect(read).toContain('question 1.a.i');
    const list = player.read(await player.says('review'));
    const more = /(\d+)\. Tell something more/u.exec(list)?.[1] ?? /\*?(\d+)\*?\s+Tell something more/u.exec(list)?.[1];
    const open = player.read(await player.says(more ?? ''));
    expect(open).toContain('complained where');
  });

  it.each(WHOLE_LANGUAGES)(
    'in %s: without the earlier answer its dependent one is kept aside, and said',
    async (language) => {
      const player = await atComplained(language);
      const no = SAID[language].no[0] ?? '';
      await player.says(no);
      const id = player.lastId;
      await next(player);
      await player.says('Marielle, 2019.');
      const read = player.read(await player.hears({ kind: 'deletion', target: id }));
      expect(read).toContain(
        texts.translate(language, { key: 'topics.kept-alone' }, '').split('{{')[0]?.split('\n')[1],
      );
      expect(read).toContain('1.a.ii');
      expect(await documentOf(player)).not.toContain('Marielle');
      const list = await next(player);
      expect(player.session.at.prompt).toBe('topics');
      expect(list).toMatch(/complaints$/mu);
      // It stays so whatever else is told, and comes back with the answer.
      for (const said of ['2', '2020, 2021.', word(player, 'next'), '1']) await player.says(said);
      expect(await documentOf(player)).not.toContain('Marielle');
      await player.says(lexicon.words[language].asides['one-by-one'][0] ?? '');
      await player.says(no);
      expect(await documentOf(player)).toContain('Marielle, 2019.');
    },
  );

  it('taken out at review: the dependent answer goes with it, and undo brings both back', async () => {
    const player = await answered();
    const list = player.read(await player.says('review'));
    const number = /(\d+)\*? complaints, question 1\.a:/u.exec(list)?.[1] ?? '';
    await player.says(number);
    await player.says('2');
    const read = player.read(await player.says('1'));
    expect(read).toContain('The answer before it is gone');
    expect(read).toContain('question 1.a.i');
    expect(player.parts.map(({ text }) => text)).not.toContain('Yes, we did.');
    expect(await documentOf(player)).not.toContain('ombudsman');
    expect(player.read(await player.says('undo'))).toContain('Something is back in your text.');
    expect(await documentOf(player)).toContain('At the ombudsman in May.');
  });

  it('a deletion of the answer decides nothing more', async () => {
    const player = await atComplained();
    await player.says('No.');
    expect(player.session.conditions).toEqual({
      'topic/complaints/complained-where': false,
      'topic/complaints/what-made-it-hard': true,
    });
    await player.hears({ kind: 'deletion', target: player.lastId });
    expect(player.session.conditions).toBeUndefined();
  });
});

describe('a condition on a whole question', () => {
  const { response } = nested.call;
  if (response.kind !== 'questionnaire') throw new Error('another fixture');
  const questions = [
    { id: 'complaints' },
    { id: 'remedies', 'only-if': { question: 'complaints', answer: 'yes' as const } },
    { id: 'state-law', 'only-if': { question: 'remedies', answer: 'yes' as const } },
  ];
  const call = servedFixture('invented-nested', {
    response: { ...response, questionnaires: [{ id: 'all', audience: 'anyone', questions }] },
  });

  it('takes it out of the list after a no, with all that depends on it; before, the list says the condition', async () => {
    const player = await atQuestions(call);
    expect(player.read(await player.says('repeat'))).toContain('remedies (if yes to question 1)');
    await player.says('1');
    await player.says('No, never.');
    const list = await next(player);
    expect(list).not.toContain('remedies');
    expect(list).not.toContain('state law');
    await player.says('1');
    await player.says('Yes, in 2023 we did.');
    expect(await next(player)).toMatch(/remedies\n/u);
  });
});
