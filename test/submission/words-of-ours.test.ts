// The share of a call's limit that goes to our own words: headings, lines about who writes, the first line, the footer.
//
//     percent of 2,500 words     when topics were under each person       now, in en, fr, es, pt
//     one, a usual text           4.9   6.9   6.1   5.9                    3.3   4.0   3.4   3.4
//     one, everything told        6.3   8.8   8.0   7.6                    4.3   5.2   4.6   4.4
//     ten, a usual text each     29.7  42.0  39.2  34.9                    7.4   8.5   7.5   7.4
//     ten, everything told each  40.5  58.0  54.8  49.3                   10.2  11.5  10.6  10.3

import { describe, expect, it } from 'vitest';
import { topicsOf, wordLimitOf } from '../../src/calls/call.ts';
import { documentCall } from '../../src/conversation/document-call.ts';
import type { Draft } from '../../src/dialog/engine/draft.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { withBody } from '../../src/texts/body.ts';
import { countWords } from '../../src/words.ts';
import { shelf } from '../support/player.ts';
import { textsIn } from './samples.ts';

const served = shelf.current('emler-2024');
const LIMIT = wordLimitOf(served.call) ?? 0;
const TOPICS = topicsOf(served.call).map(({ id }) => `topic/${id}`);
const ALL = ['story', ...TOPICS, 'good', 'asks/government', 'asks/experts', 'else', 'links'];
const USUAL = ['story', ...TOPICS.slice(0, 3), 'asks/government', 'links'];
const WORDS = 20;

function draftOf(
  language: WholeLanguage,
  told: readonly string[],
  late = false,
): Draft & { readonly language: WholeLanguage } {
  return {
    ...{ callId: served.call.id, language, reference: 'GR-7K3Q9X', role: 'family', publication: 'confidential' },
    ...{ withheld: [], late },
    harmed: { form: 'initials', name: 'Ana Invento' },
    author: { form: 'full', name: 'Bruno Invento' },
    sections: told.map((slot) => ({ slot, paragraphs: ['palavra '.repeat(WORDS).trim()] })),
  };
}

/** Of the limit, in percent. The names are the people's own. */
function share(draft: Draft & { readonly language: WholeLanguage }, people: readonly Draft[] = [draft]): number {
  const texts = withBody(textsIn(draft.language), draft.language, served.catalogues[draft.language]);
  const { words } = buildModel(draft, documentCall(served, draft.language, texts), texts);
  const told = people.reduce((sum, { sections }) => sum + sections.length * WORDS, 0);
  const names = people.length * countWords('Bruno Invento A. I.');
  return ((words - told - names) / LIMIT) * 100;
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  it('one person loses at most 4 %, and 5.5 % if everything was asked and told', () => {
    expect(share(draftOf(language, USUAL))).toBeLessThanOrEqual(4);
    expect(share(draftOf(language, ALL, true))).toBeLessThanOrEqual(5.5);
  });

  it.each([
    ['a story', ['story']],
    ['a usual text', USUAL],
    ['everything', ALL],
  ])('ten people with %s lose at most 12 %', (_, told) => {
    const contributions = Array.from({ length: 10 }, () => draftOf(language, told));
    expect(share({ ...draftOf(language, ALL, true), contributions }, contributions)).toBeLessThanOrEqual(12);
  });
});
