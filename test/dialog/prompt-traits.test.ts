// Each prompt says everything about itself. What must not be lost from it is written here a second time.

import { expect, test } from 'vitest';
import type { PromptTraits } from '../../src/dialog/engine/prompt-traits.ts';
import { isInterrupt } from '../../src/dialog/engine/turn.ts';
import { PROMPT } from '../../src/dialog/prompts/prompts.ts';
import { GUARDED, missingConsent, type PromptId, PROMPTS } from '../../src/dialog/prompts/steps.ts';
import { TAKES_WORDS } from '../../src/dialog/stages/answer-alarm.ts';
import { mustEndFirst } from '../../src/dialog/voice/present-transcriptions.ts';
import { NAMES, proofOf, SECRET } from '../../src/dialog/voice/spoken/asked.ts';

const where = (is: (traits: PromptTraits, id: PromptId) => boolean) =>
  PROMPTS.filter((id) => is(PROMPT[id].traits, id)).toSorted();

const nothing = { kept: false, adult: false, publication: null };
const kept = { kept: true, adult: true, publication: null };

test('the lists of before say the same', () => {
  expect(where(({ guarded }) => guarded)).toEqual(GUARDED.toSorted());
  expect(where(({ kind }) => kind === 'interruption')).toEqual(where((_, id) => isInterrupt(id)));
  expect(where(({ consent }) => consent === 'none')).toEqual(where((_, id) => missingConsent(id, nothing) === null));
  expect(where(({ consent }) => consent === 'publication')).toEqual(
    where((_, id) => missingConsent(id, kept) !== null),
  );
  expect(where(({ takes }) => takes === 'secret')).toEqual(SECRET.toSorted());
  expect(where(({ takes }) => takes === 'name')).toEqual(NAMES.toSorted());
  expect(where(({ endsFirst }) => endsFirst === true)).toEqual(where((_, id) => mustEndFirst(id)));
  expect(where(({ takesWords }) => takesWords === true)).toEqual(TAKES_WORDS.toSorted());
  for (const id of PROMPTS) {
    const { phrase = [] } = PROMPT[id].traits;
    for (const value of [...phrase, 'any other']) {
      const proof = proofOf(id, { kind: 'choice', value, number: 1 });
      expect(proof, `${id} ${value}`).toBe(phrase.includes(value) ? 'phrase' : 'yes');
    }
  }
});

test('what is read back, made public or sent holds everything that was said', () => {
  expect(where(({ needsRecordings }) => needsRecordings === true)).toEqual(
    expect.arrayContaining(['read-back', 'read-back-check', 'publication', 'publication-sure', 'names-found', 'send']),
  );
});

test('each stands under its own id', () => {
  for (const [id, prompt] of Object.entries(PROMPT)) expect(prompt.id).toBe(id);
});
