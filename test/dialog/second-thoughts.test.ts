// A person changes her mind about an answer: her new words stay in every choice, and the earlier ones go only if she says so.

import { describe, expect, it } from 'vitest';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { stanceIn, tellsAnew } from '../../src/dialog/understanding/stance.ts';
import { atQuestions, filesOf, freeFixture, word } from '../support/forms.ts';
import { lexicon, type Player, texts } from '../support/player.ts';
import { docxParagraphs } from '../submission/read-back.ts';

const nested = freeFixture('invented-nested');
const SLOT = 'topic/complaints/complained';

async function atComplained(language: WholeLanguage): Promise<Player> {
  const player = await atQuestions(nested, { language });
  await player.says('1');
  await player.says(lexicon.words[language].asides['one-by-one'][0] ?? '');
  return player;
}

const answersOf = ({ parts }: Player) => parts.filter(({ slot }) => slot === SLOT).map(({ text }) => text);

/** `corrected` says yes in so many words; `unclear` does not, `other` without "I was wrong". */
const SAID: Readonly<Record<WholeLanguage, Readonly<Record<'no' | 'corrected' | 'unclear' | 'other', string>>>> = {
  en: {
    no: 'no',
    corrected: 'oh no, I was wrong, yes I complained in March',
    unclear: 'oh no, sorry, I did complain, I was wrong',
    other: 'Yes, we did, at the station',
  },
  fr: {
    no: 'non',
    corrected: "ah non, je me suis trompée, oui j'ai porté plainte",
    unclear: "je me suis trompée, j'ai porté plainte",
    other: 'Oui, au commissariat',
  },
  es: {
    no: 'no',
    corrected: 'ay no, perdón, sí me quejé, me equivoqué',
    unclear: 'me equivoqué, puse una queja en marzo',
    other: 'Sí, en la comisaría',
  },
  pt: {
    no: 'não',
    corrected: 'ai não, desculpa, me enganei, eu reclamei sim',
    unclear: 'me enganei, fiz uma queixa em março',
    other: 'Sim, na delegacia',
  },
};

describe.each(WHOLE_LANGUAGES)('a correction in %s', (language) => {
  const { no, corrected, unclear, other } = SAID[language];
  const say = (key: string) => texts.translate(language, { key }, '');

  async function correctedWith(text: string, before = no): Promise<Player> {
    const player = await atComplained(language);
    await player.says(before);
    await player.says(text);
    expect(player.session.at.prompt).toBe('doubt');
    return player;
  }

  it.each([corrected, unclear, other])('"%s": is kept, and the earlier answer is shown', async (text) => {
    const player = await atComplained(language);
    await player.says(no);
    const read = player.read(await player.says(text));
    expect(read).toContain(no);
    expect(read.split('\n')[0]).toBe(say('doubt.take-out-kept').split('\n')[0]);
    expect(answersOf(player)).toEqual([no, text]);
  });

  it.each(['1', '2', 'next'])('stays with the choice "%s"', async (choice) => {
    for (const text of [corrected, unclear, other]) {
      const player = await correctedWith(text);
      await player.says(choice === 'next' ? word(player, 'next') : choice);
      expect(answersOf(player)).toEqual(choice === '1' ? [text] : [no, text]);
    }
  });

  it('undo brings the earlier answer back, beside the new one', async () => {
    const player = await correctedWith(corrected);
    const read = player.read(await player.says('1'));
    expect(read).toContain(corrected);
    const { docx } = await filesOf(player);
    const answer = (await docxParagraphs(docx)).map(({ text }) => text);
    expect(answer).toContain(corrected);
    expect(answer).not.toContain(no);
    await player.says(word(player, 'undo'));
    expect(answersOf(player)).toEqual([no, corrected]);
  });

  it('that leaves the earlier answer shows both', async () => {
    const player = await correctedWith(other);
    const read = player.read(await player.says('2'));
    expect(read.split('\n')[0]).toBe(say('doubt.stays-now').split('\n')[0]);
    expect(read).toContain(`${no}\n${other}`);
  });

  it('also of an answer that decided nothing', async () => {
    const fear = { en: 'I was afraid', fr: "J'avais peur", es: 'Tenía miedo', pt: 'Eu tinha medo' }[language];
    const player = await atComplained(language);
    await player.says(fear);
    await player.says(unclear);
    await player.says(word(player, 'next'));
    expect(answersOf(player)).toEqual([fear, unclear]);
  });

  it('with a clear yes leads to the "if so", and no longer to the "if not"', async () => {
    for (const text of [corrected, other]) {
      const player = await correctedWith(text);
      await player.says(word(player, 'next'));
      expect(player.session.at.of).toBe('complaints/complained-where');
      await player.says(word(player, 'next'));
      expect(player.session.at.prompt).toBe('topics');
    }
  });

  it('without one leaves it open: both are asked, with their condition', async () => {
    const player = await correctedWith(unclear);
    const where = player.read(await player.says(word(player, 'next')));
    expect(where).toContain('1.a ');
    expect(player.session.at.of).toBe('complaints/complained-where');
    const why = player.read(await player.says(word(player, 'next')));
    expect(why).toContain('1.a ');
    expect(player.session.at.of).toBe('complaints/what-made-it-hard');
  });

  it('the story goes on after it without an answer to the question', async () => {
    const player = await correctedWith(other);
    await player.says('Marielle, 2019.');
    expect(answersOf(player)).toEqual([no, other, 'Marielle, 2019.']);
  });
});

describe('the answer in a message', () => {
  it.each([
    ['No, we were afraid. They never came.', 'no'],
    ['Yes, in May. No one answered.', 'yes'],
    ['No. Yes, we did.', 'open'],
    ['Sí, en la defensoría. Nada pasó.', 'yes'],
    ['Yes, I was wrong, no', 'no'],
    ['They said yes', null],
    ['Non, mais ils ont dit oui', 'no'],
  ])('"%s": %s', (text, stance) => {
    expect(stanceIn(lexicon, text)).toBe(stance);
  });

  it.each([
    'perdón, me equivoqué',
    'sorry, I made a mistake',
    'me equivoqué de chat',
    'je me suis trompée de personne',
  ])('"%s" tells nothing anew', (text) => {
    expect(tellsAnew(lexicon, text)).toBe(false);
  });
});

describe('an order to take out', () => {
  it('with other words in it loses none of them: undo asks about them', async () => {
    const player = await atComplained('en');
    await player.says('We were too afraid.');
    await player.says('ignore the last message, my cousin Ana did it');
    expect(player.session.doubt?.kind).toBe('take-out');
    await player.says('next');
    await player.says('next');
    expect(player.read(await player.says('undo'))).toContain('my cousin Ana did it');
  });
});
