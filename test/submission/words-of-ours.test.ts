// The share of a call's limit that goes to our own words: headings, lines about who writes, the first line, the footer.

import { expect, it } from 'vitest';
import { topicsOf, wordLimitOf } from '../../src/calls/call.ts';
import { documentCall } from '../../src/conversation/document-call.ts';
import { type Draft, PUBLICATIONS } from '../../src/dialog/engine/draft.ts';
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
  change: Partial<Draft> = {},
): Draft & { readonly language: WholeLanguage } {
  return {
    ...{ callId: served.call.id, reference: 'GR-7K3Q9X', role: 'family', publication: 'confidential' },
    ...{ withheld: [], late: false },
    harmed: { form: 'initials', name: 'Ana Invento' },
    author: { form: 'full', name: 'Bruno Invento' },
    sections: told.map((slot) => ({ slot, paragraphs: ['palavra '.repeat(WORDS).trim()] })),
    ...change,
    language,
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

/** Each way in which it may be published, also if a body publishes on request only; and each other role. */
const READERS: readonly Partial<Draft>[] = [
  ...PUBLICATIONS.flatMap((publication) => [{ publication }, { publication, asksToPublish: true as const }]),
  ...[{ role: 'witness' } as const, { role: 'organisation' } as const],
];

/** The most of all ways to publish. */
function ofOne(language: WholeLanguage, told: readonly string[], late: boolean): number {
  return Math.max(...READERS.map((readers) => share(draftOf(language, told, { ...readers, late }))));
}

function ofTen(language: WholeLanguage, told: readonly string[]): number {
  const contributions = Array.from({ length: 10 }, () => draftOf(language, told));
  return share({ ...draftOf(language, ALL, { late: true }), contributions }, contributions);
}

/** Percent of 2,500 words in en, fr, es, pt, as it was before topics had headings of few words, and as it is. */
const TABLE: readonly (readonly [
  what: string,
  ours: (language: WholeLanguage) => number,
  atMost: number,
  before: readonly number[],
  now: readonly number[],
])[] = [
  ['one, a usual text', (language) => ofOne(language, USUAL, false), 4, [3.3, 4.0, 3.4, 3.4], [3.0, 3.2, 3.0, 3.1]],
  [
    'one, everything told, late',
    (language) => ofOne(language, ALL, true),
    4,
    [4.3, 5.2, 4.6, 4.4],
    [3.7, 4.0, 3.8, 3.9],
  ],
  ['ten, a story each', (language) => ofTen(language, ['story']), 12, [], [4.2, 4.6, 3.9, 5.0]],
  ['ten, a usual text each', (language) => ofTen(language, USUAL), 12, [7.4, 8.5, 7.5, 7.4], [6.9, 7.3, 6.6, 7.7]],
  [
    'ten, everything told each',
    (language) => ofTen(language, ALL),
    12,
    [10.2, 11.5, 10.6, 10.3],
    [9.4, 9.9, 9.2, 10.3],
  ],
];

it.each(TABLE)('%s: the share of our words', (_, ours, atMost, before, now) => {
  const shares = WHOLE_LANGUAGES.map(ours);
  expect(shares.map((one) => Number(one.toFixed(1)))).toEqual(now);
  expect(Math.max(...shares)).toBeLessThanOrEqual(atMost);
  // The widest of the four: a language may take a longer word that people prefer.
  if (before.length > 0) expect(Math.max(...now)).toBeLessThanOrEqual(Math.max(...before));
});
