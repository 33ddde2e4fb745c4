// Over the limit: which numbers a message means, what goes is shown, and nothing goes but by a word of its own.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { rangesIn } from '../../src/dialog/understanding/ranges.ts';
import { sentencesIn, withoutSentences } from '../../src/dialog/understanding/sentences.ts';
import { lexicon, Player, texts } from '../support/player.ts';

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const SAID: readonly (readonly [string, readonly number[]])[] = [
  ['3, 5, 9-12', [3, 5, 9, 10, 11, 12]],
  ['1 2 3', [1, 2, 3]],
  ['2 2 2', [2]],
  ['150-240', upTo(150, 240)],
  ['150–240', upTo(150, 240)],
  ['150 — 240', upTo(150, 240)],
  ['120-', upTo(120, 250)],
  ['-20', upTo(1, 20)],
  ['1-3 and 7', [1, 2, 3, 7]],
  ['from 120 on', upTo(120, 250)],
  ['from 150 to 240', upTo(150, 240)],
  ['between 5 and 7', [5, 6, 7]],
  ['please leave out everything after sentence number 120 ok', upTo(121, 250)],
  ['everything before 4', [1, 2, 3]],
  ['up to 20', upTo(1, 20)],
  ['à partir de la phrase 120', upTo(120, 250)],
  ['de la 150 à la 240', upTo(150, 240)],
  ['tout après la phrase 240', upTo(241, 250)],
  ["jusqu'à 20", upTo(1, 20)],
  ['enlevez les phrases 3 et 5, s’il vous plaît', [3, 5]],
  ['desde la 120 en adelante', upTo(120, 250)],
  ['de la 150 a la 240', upTo(150, 240)],
  ['quite todo después de la frase 120 por favor', upTo(121, 250)],
  ['hasta la 20', upTo(1, 20)],
  ['entre la 5 y la 7', [5, 6, 7]],
  ['1, 3 e 4', [1, 3, 4]],
  ['da 150 até a 240', upTo(150, 240)],
  ['a partir da 120', upTo(120, 250)],
  ['tira tudo depois da frase 120', upTo(121, 250)],
  ['a 20', [20]],
  ['120 em diante', upTo(120, 250)],
];

/** A no, an "only", an "except", a story: never a list of what should go. */
const NOT_SAID = [
  'do not leave out 5',
  "don't remove 5",
  'keep 5',
  'leave 5',
  'only 5',
  'everything except 5',
  'no quitar 5',
  'no quite la 5',
  'ne supprimez pas la 5',
  'gardez 5',
  'laissez la 5',
  'não tire a 5',
  'deixe a 5',
  'the 3 officers',
  'el 5 de marzo',
  'everything',
  'tudo',
];

describe('no harm 5: which sentences', () => {
  it.each(SAID)('%s', (said, numbers) => {
    expect(rangesIn(lexicon, said, 250)).toEqual({ kind: 'numbers', numbers });
  });

  it.each(NOT_SAID)('nothing is guessed from: %s', (said) => {
    expect(rangesIn(lexicon, said, 250)).toBeNull();
  });

  it.each([
    ['240-150', 'reversed'],
    ['from 9 to 3', 'reversed'],
    ['0', 'out-of-range'],
    ['251', 'out-of-range'],
    ['3, 240-260', 'out-of-range'],
    ['after 250', 'out-of-range'],
  ] as const)('%s is %s', (said, kind) => {
    expect(rangesIn(lexicon, said, 250)).toEqual({ kind });
  });

  it('says every list as it was meant, however it is written', () => {
    const range = fc.tuple(
      fc.integer({ min: 1, max: 250 }),
      fc.nat({ max: 20 }),
      fc.constantFrom('-', '–', ' - ', ' to '),
    );
    fc.assert(
      fc.property(
        fc.array(range, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(', ', ' and ', '; '),
        (ranges, and) => {
          const meant = ranges.map(([from, more, dash]) => [from, Math.min(250, from + more), dash] as const);
          const said = meant.map(([from, to, dash]) => `${from}${dash}${to}`).join(and);
          const numbers = [...new Set(meant.flatMap(([from, to]) => upTo(from, to)))].sort((a, b) => a - b);
          expect(rangesIn(lexicon, said, 250)).toEqual({ kind: 'numbers', numbers });
        },
      ),
    );
  });
});

describe('no harm 5: paragraphs stay', () => {
  const TEXT = 'One is here. Two is here.\n\nThree is here.\nFour is here. Five is here.';

  it.each([
    [[1], 'One is here.\n\nThree is here.\nFour is here. Five is here.'],
    [[0], 'Two is here.\n\nThree is here.\nFour is here. Five is here.'],
    [[1, 2], 'One is here.\n\nFour is here. Five is here.'],
    [[2], 'One is here. Two is here.\n\nFour is here. Five is here.'],
    [[3], 'One is here. Two is here.\n\nThree is here.\nFive is here.'],
    [[4], 'One is here. Two is here.\n\nThree is here.\nFour is here.'],
  ])('without %j', (gone, left) => {
    expect(withoutSentences(TEXT, 'en', new Set(gone))).toBe(left);
  });

  it('no two paragraphs become one, and no word changes', () => {
    const sentence = fc.constantFrom('We went there.', 'Nobody came!', 'Why?', 'His name is in no book.');
    const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 });
    const property = fc.property(
      fc.array(paragraph, { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.boolean()),
      (all, out) => {
        const text = all.map((one) => one.join(' ')).join('\n\n');
        const flat = all.flat();
        expect(sentencesIn(text, 'en').filter((one) => one.trim() !== '')).toHaveLength(flat.length);
        const gone = new Set(flat.flatMap((_, index) => (out.next().value === true ? [index] : [])));
        let index = 0;
        const left = all.map((one) => one.filter(() => !gone.has(index++)).join(' ')).filter((one) => one !== '');
        expect(withoutSentences(text, 'en', gone)).toBe(left.join('\n\n'));
      },
    );
    fc.assert(property);
  });
});

const LONG = Array.from(
  { length: 250 },
  (_, at) => `We went there ${at} times and nobody could say where it was.`,
).join(' ');

async function overTheLimit(language: WholeLanguage = 'en'): Promise<Player> {
  const player = new Player({ language });
  const { next, skip, 'skip-all': all } = lexicon.words[language].commands;
  const way = [next[0], skip[0], next[0], all[0], next[0], all[0], '1'];
  for (const text of ['1', '1', '1', '1', LONG, ...way]) await player.says(text ?? '');
  expect(player.session.at).toMatchObject({ prompt: 'over-limit-part' });
  return player;
}

const wordsOf = (player: Player) => player.parts.reduce((sum, { words }) => sum + words, 0);

describe('no harm 5: what replaces is shown beside what goes', () => {
  it('an instruction of nine words replaces nothing: it is taken for what it says, shown, and asked for a word of its own', async () => {
    const player = await overTheLimit();
    const before = wordsOf(player);
    const read = player.read(await player.says('please leave out everything after sentence number 120 ok'));
    expect(player.session.at.prompt).toBe('cut-sure');
    expect(read).toContain(`${130 * 12} words, from “We went there 120 times and” to “nobody could say where it was.”`);
    expect(read).toContain('ERASE');
    for (const said of ['yes', 'ok', 'REPLACE', 'sure', 'SEND']) await player.says(said);
    expect(wordsOf(player)).toBe(before);
    expect(player.read(await player.says('ERASE'))).toContain(`Words: ${130 * 12}. *undo*`);
    expect(wordsOf(player)).toBe(120 * 12);
    await player.says('undo');
    expect(player.parts.map(({ text }) => text)).toEqual([LONG]);
  });

  it('"150-240" drops ninety-one sentences, not two', async () => {
    const player = await overTheLimit();
    for (const text of ['150-240', 'ERASE']) await player.says(text);
    expect(wordsOf(player)).toBe((250 - 91) * 12);
  });

  describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
    const word = (which: 'replace' | 'erase') => (lexicon.words[language].typed[which][0] ?? '').toUpperCase();
    const NEW = 'Fomos 9 veces à la porte and nobody answered us there.';

    it('a new text takes the old one’s place with its own word only, and *undo* brings the old one back', async () => {
      const player = await overTheLimit(language);
      const before = player.rows;
      const read = player.read(await player.says(NEW));
      expect(player.session.at.prompt).toBe('cut-sure');
      expect(read).toContain('3000 ');
      expect(read).toContain('11 ');
      expect(read).toContain('Fomos 9 veces à la porte');
      expect(read).toContain(word('replace'));
      for (const said of [lexicon.words[language].choices['yes']?.[0] ?? '', word('erase'), '👍'])
        await player.says(said);
      expect(player.rows).toEqual(before);
      await player.says(word('replace'));
      expect(player.parts.map(({ text }) => text)).toEqual([NEW]);
      await player.says(texts.translate(language, { key: 'commands.undo' }, ''));
      expect(player.rows).toEqual(before);
    });

    it('a no, or *back*, changes nothing and says so', async () => {
      const player = await overTheLimit(language);
      const before = player.rows;
      for (const no of [lexicon.words[language].choices['no']?.[0], lexicon.words[language].commands.back[0]]) {
        await player.says(NEW);
        const read = player.read(await player.says(no ?? ''));
        expect(read, no).toContain(texts.translate(language, { key: 'cut.not-done' }, ''));
        expect(player.session.at.prompt).toBe('over-limit-part');
      }
      expect(player.rows).toEqual(before);
      expect(player.session.cut).toBeUndefined();
    });

    it('numbers that are not there, or the wrong way round, get a calm word', async () => {
      const player = await overTheLimit(language);
      expect(player.read(await player.says('240-150'))).toContain(
        texts.translate(language, { key: 'cut.reversed' }, ''),
      );
      expect(player.read(await player.says('240-260'))).toContain('250');
      expect(wordsOf(player)).toBe(3000);
    });
  });

  it('does nothing by numbers that were shown for another text', async () => {
    const player = await overTheLimit();
    await player.says('1-100');
    const read = player.read(await player.hears({ kind: 'edit', target: 'm5', text: 'One. Two. Three.' }));
    expect(read).toContain('Nothing was changed.');
    expect(player.session.at.prompt).not.toBe('cut-sure');
    expect(player.parts.map(({ text }) => text)).toEqual(['One. Two. Three.']);
  });

  it('asks the same in *review*', async () => {
    const player = new Player();
    for (const text of ['1', '1', '1', '1', LONG, 'They never told us why.', 'review', '1', '2', '1'])
      await player.says(text);
    expect(player.session.at.prompt).toBe('cut-sure');
    expect(player.parts).toHaveLength(2);
    await player.says('ERASE');
    expect(player.parts.map(({ text }) => text)).toEqual(['They never told us why.']);
  });
});
