// How long the bubbles are that people meet in the conversations of test/transcripts/.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { bubblesIn, lengthsOf, transcriptsNow } from '../../tools/wording/length.ts';

/** Characters; it may only fall. Before the texts were shortened: 165, 165, 124 and 157.5. */
const MEDIAN = { en: 110, fr: 110, es: 99, pt: 105 } as const;

describe('half of the bubbles of the conversations are short', () => {
  const lengths = lengthsOf(transcriptsNow());
  it.each(WHOLE_LANGUAGES)('in %s', (language) => {
    const own = lengths.find((one) => one.language === language);
    expect(own?.bubbles).toBeGreaterThan(200);
    expect(own?.median).toBeLessThanOrEqual(MEDIAN[language]);
  });
});

describe('the length of a bubble', () => {
  const transcript = [
    ...['# A mother (en)', '', '> hello', '', '  [hello] One.', '  *1* Go on', ''],
    ...['  Part.', '  First.', '  ', '  Second.', '', '  (file: final)', '', '@ 2 days later', ''],
  ].join('\n');

  it('has its lines and choices, and neither the name of its question nor what the person writes', () => {
    expect(bubblesIn(transcript)).toEqual(['One.\n*1* Go on', 'Part.\nFirst.\n\nSecond.']);
  });

  it('is counted by language, over the conversations that are compared', () => {
    const now = new Map([
      ['en-one.txt', transcript],
      ['en-new.txt', '> hello\n\n  Something that was never said before.\n'],
    ]);
    const before = new Map([['en-one.txt', '> hello\n\n  [hello] Hello, and welcome.\n']]);
    expect(lengthsOf(now, before)).toEqual([{ language: 'en', bubbles: 2, median: 17.5, sum: 35 }]);
    expect(lengthsOf(before, now)).toEqual([{ language: 'en', bubbles: 1, median: 19, sum: 19 }]);
  });
});
