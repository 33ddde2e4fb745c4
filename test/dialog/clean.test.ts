import { describe, expect, it } from 'vitest';
import { clean } from '../../src/dialog/understanding/fold.ts';
import { countWords } from '../../src/words.ts';

describe('no harm 20: what parts two words goes on parting them', () => {
  it.each(['\v', '\f', '\u001c', '\u001d', '\u001e', '\u001f', '\u0085', '\u2028', '\u2029', '\r', '\r\n'])(
    '%j is a line feed',
    (between) => {
      for (const [one, other] of [
        ['my', 'son'],
        ['mon', 'fils'],
        ['mi', 'hijo'],
        ['meu', 'filho'],
      ] as const) {
        expect(clean(`${one}${between}${other}`)).toBe(`${one}\n${other}`);
        expect(countWords(clean(`${one}${between}${other}`))).toBe(2);
      }
    },
  );
});
