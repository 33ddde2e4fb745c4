import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/texts/catalogues.ts';
import { WHOLE_LANGUAGES } from '../../../src/languages.ts';

describe.each(WHOLE_LANGUAGES)('the words for Teams in %s', (language) => {
  const texts = Object.entries(loadCatalogue('teams')[language]).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );

  it('are calm, short, and tell nothing to who reads over a shoulder', () => {
    expect(texts).toHaveLength(6);
    for (const [key, text] of texts) {
      expect(text.length, key).toBeLessThanOrEqual(350);
      expect(text, key).not.toMatch(/!|\p{Extended_Pictographic}|polic|polí|mort|muert|killed|death/iu);
    }
  });

  it('wait for a native reader', () => {
    expect(loadCatalogue('teams')[language].reviewed).toBe(false);
  });
});
