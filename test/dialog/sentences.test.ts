import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesIn } from '../../src/dialog/understanding/sentences.ts';
import { countWords } from '../../src/words.ts';
import { Player } from '../support/player.ts';

describe('the pieces of a text', () => {
  it('are its sentences', () => {
    expect(sentencesIn('Mataram meu irmão. Ninguém veio! E agora?', 'pt')).toEqual([
      'Mataram meu irmão. ',
      'Ninguém veio! ',
      'E agora?',
    ]);
  });

  it('are short also where a phone wrote no capital letter, and where nothing ends a sentence', () => {
    const small = 'fuimos a la comisaría. nos dijeron que volviéramos el martes. el martes no había nadie. '.repeat(9);
    const none = 'fuimos otra vez y nos dijeron que no era ahí y que preguntáramos en la otra calle '.repeat(9);
    for (const text of [small, none]) {
      const pieces = sentencesIn(text, 'es');
      expect(pieces.length).toBeGreaterThan(3);
      expect(Math.max(...pieces.map(countWords))).toBeLessThanOrEqual(45);
    }
  });

  it('are the text again when they are joined, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'Ñ', '.', ' ', '\n', ',', '?', '彼', '👍'), maxLength: 400 }),
        (text) => sentencesIn(text, 'es').join('') === text,
      ),
    );
  });
});

describe('over the limit', () => {
  const LONG = 'we went there again and nobody could say where the file was. '.repeat(250);

  it('what was typed without capitals can be shortened piece by piece; all of it goes only with the word that erases', async () => {
    const player = new Player();
    for (const text of ['hello', '1', '1', '1', LONG, 'next', 'skip', 'next', 'skip all', 'next', 'skip all', '1'])
      await player.says(text);
    expect(player.session.at.prompt).toBe('over-limit-part');
    const before = player.parts.reduce((sum, { words }) => sum + words, 0);
    expect(before).toBeGreaterThan(2_500);
    await player.says(Array.from({ length: 250 }, (_, at) => at + 1).join(' '));
    expect(player.parts.reduce((sum, { words }) => sum + words, 0)).toBe(before);
    expect(player.session.at.prompt).toBe('cut-sure');
    await player.says(Array.from({ length: 80 }, (_, at) => at + 1).join(' '));
    expect(player.parts.reduce((sum, { words }) => sum + words, 0)).toBe(before);
    await player.says('ERASE');
    expect(player.parts.reduce((sum, { words }) => sum + words, 0)).toBe(before - 80 * 12);
    expect(player.session.at.prompt).toBe('read-back');
  });
});
