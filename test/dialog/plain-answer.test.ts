// What people write to a plain question, on phones, with and without accents, in four languages.
// The lines stand in test/fixtures/answers, by what they are.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import {
  isAskingBack,
  isRefusal,
  looksLikeSentence,
  plainAnswerIn,
} from '../../src/dialog/understanding/plain-answer.ts';
import { lexicon } from '../support/player.ts';

const lines = z.array(z.string());
const schema = z.strictObject({
  ...{ yes: lines, no: lines, refusal: lines, asking: lines, sentence: lines, name: lines },
  /** Neither a yes nor a no, though words of one stand in it. */
  neither: lines,
});

const without = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');

describe.each(WHOLE_LANGUAGES)('no harm 10: yes and no, in %s', (language) => {
  const said = schema.parse(
    JSON.parse(readFileSync(new URL(`../fixtures/answers/${language}.json`, import.meta.url), 'utf8')),
  );

  it.each(['yes', 'no'] as const)('every natural %s is one, also in capitals and without accents', (answer) => {
    expect(said[answer].length).toBeGreaterThanOrEqual(55);
    const missed = said[answer].filter((text) =>
      [text, text.toUpperCase(), `${without(text)}!`, ` ${text} `].some(
        (one) => plainAnswerIn(lexicon, one) !== answer,
      ),
    );
    expect(missed).toEqual([]);
  });

  it('what says more than yes or no is neither', () => {
    expect(said.neither.filter((text) => plainAnswerIn(lexicon, text) !== null)).toEqual([]);
    expect(said.sentence.filter((text) => plainAnswerIn(lexicon, text) !== null)).toEqual([]);
    expect(said.asking.filter((text) => plainAnswerIn(lexicon, text) !== null)).toEqual([]);
    expect(said.name.filter((text) => plainAnswerIn(lexicon, text) !== null)).toEqual([]);
  });

  it('a refusal is a refusal, and nothing else is', () => {
    expect(said.refusal.filter((text) => !isRefusal(lexicon, text) || !isRefusal(lexicon, without(text)))).toEqual([]);
    for (const others of [said.yes, said.asking, said.sentence, said.name, said.neither]) {
      expect(others.filter((text) => isRefusal(lexicon, text))).toEqual([]);
    }
  });

  it('a question back is a question, and nothing else is', () => {
    expect(said.asking.filter((text) => !isAskingBack(lexicon, text) || !isAskingBack(lexicon, without(text)))).toEqual(
      [],
    );
    for (const others of [said.yes, said.no, said.refusal, said.sentence, said.name]) {
      expect(others.filter((text) => isAskingBack(lexicon, text))).toEqual([]);
    }
  });

  it('a sentence is no name, and a name no sentence', () => {
    expect(said.sentence.filter((text) => !looksLikeSentence(lexicon, text))).toEqual([]);
    expect(said.name.filter((text) => looksLikeSentence(lexicon, text))).toEqual([]);
  });
});

describe('no harm 10: yes and no', () => {
  it('are never looked for in a long text, however it begins', () => {
    const long = 'no '.repeat(40_000);
    expect([plainAnswerIn(lexicon, long), isRefusal(lexicon, long), isAskingBack(lexicon, long)]).toEqual([
      null,
      false,
      false,
    ]);
  });
});
