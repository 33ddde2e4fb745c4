import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inGroups, makeCrockford, parseCrockford } from '../src/crockford.ts';

describe('a code that people type', () => {
  it('is read back from what is shown, also when it is written down carelessly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
        const code = makeCrockford(12, () => bytes);
        const shown = inGroups(code);
        expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
        const careless = shown.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'o').replaceAll('1', 'l');
        for (const typed of [shown, careless, ` ${code}\n`]) expect(parseCrockford(typed, 12)).toBe(code);
      }),
    );
  });

  it('uses every letter equally often', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const counts = new Map<string, number>();
    for (let i = 0; i < 256; i += 1) {
      const letter = makeCrockford(1, () => all.slice(i, i + 1));
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect([counts.size, new Set(counts.values())]).toEqual([32, new Set([8])]);
    expect(makeCrockford(12, randomBytes)).not.toBe(makeCrockford(12, randomBytes));
  });

  it.each(['', 'ABCD-EFGH', 'UUUU-UUUU-UUUU', 'ABCD-EFGH-JKMN-P', '<script>abcde', 'ÁBCD-EFGH-JKMN'])(
    '%j is none',
    (typed) => {
      expect(parseCrockford(typed, 12)).toBeNull();
    },
  );
});
