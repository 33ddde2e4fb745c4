// Each prompt says everything about itself. What no later edit may loosen is written here a second time.

import { describe, expect, it } from 'vitest';
import { missingConsent, type PromptTraits } from '../../src/dialog/engine/prompt-traits.ts';
import { type PromptId, PROMPT_IDS } from '../../src/dialog/prompts/prompt-ids.ts';
import { PROMPT } from '../../src/dialog/prompts/prompts.ts';
import { proofOf } from '../../src/dialog/voice/spoken/asked.ts';

const where = (is: (traits: PromptTraits) => boolean): readonly PromptId[] =>
  PROMPT_IDS.filter((id) => is(PROMPT[id].traits));

const SHOWS_TEXT: readonly PromptId[] = [
  ...([
    'review',
    'review-part',
    'review-remove',
    'review-role',
    'names-where',
    'withheld-kind',
    'harmed-check',
    'author-check',
  ] as const),
  ...([
    'sieve',
    'read-back',
    'read-back-check',
    'over-limit',
    'over-limit-part',
    'cut-sure',
    'sieve-all',
    'publication',
  ] as const),
  ...(['publication-sure', 'names-found', 'standing', 'if-unreachable', 'send', 'staff-question'] as const),
  ...(['staff-proposal', 'copy', 'code', 'voice-check', 'new-code', 'cases', 'reader-agrees'] as const),
  ...(['joint', 'joint-split', 'joint-over', 'joint-member', 'joint-review', 'import'] as const),
];
const BEFORE_YES: readonly PromptId[] = [
  ...(['hello', 'safety', 'keep', 'keep-yes', 'age-whose', 'minor', 'minor-waiting', 'language', 'doubt'] as const),
  ...(['person', 'stop', 'hold', 'erase', 'gone', 'closed', 'heard', 'together', 'own-word', 'locked'] as const),
  ...(['teller-name', 'teller-language', 'teller-written', 'teller-consent', 'home', 'cases'] as const),
  ...(['erase-which', 'withdraw-kind', 'withdraw-sure', 'code-withdraw'] as const),
];
const AGREES: Readonly<Partial<Record<PromptId, readonly string[]>>> = {
  keep: ['keep-adult'],
  'keep-yes': ['yes'],
  'harmed-form': ['full', 'initials'],
  'author-form': ['full', 'initials'],
  publication: ['public-unnamed'],
  'names-found': ['names-stay'],
  'if-unreachable': ['unreachable-confidential'],
  'staff-question': ['question-send'],
  'staff-proposal': ['proposal-keep'],
  'write-back': ['yes'],
  'voice-consent': ['voice-yes'],
};

describe('a prompt', () => {
  it('stands under its own id', () => {
    expect(Object.keys(PROMPT).toSorted()).toEqual(PROMPT_IDS.toSorted());
    for (const id of PROMPT_IDS) expect(PROMPT[id].id).toBe(id);
  });

  it('asks for the passphrase before it shows, changes, publishes or sends a text', () => {
    expect(where(({ guarded }) => guarded)).toEqual(expect.arrayContaining([...SHOWS_TEXT]));
    for (const id of ['stop', 'erase', 'withdraw-kind', 'withdraw-sure', 'locked'] as const) {
      expect(PROMPT[id].traits.guarded, id).toBe(false);
    }
  });

  it('is not reached before its consent', () => {
    expect(where(({ consent }) => consent === 'none')).toEqual(PROMPT_IDS.filter((id) => BEFORE_YES.includes(id)));
    const given = { kept: true, adult: true, publication: null };
    const { send, story } = PROMPT;
    expect(missingConsent(story.traits, { ...given, adult: false })).toBe('keep');
    expect(missingConsent(story.traits, { ...given, kept: false, gathers: 'case' })).toBe('teller-consent');
    expect(missingConsent(story.traits, given)).toBeNull();
    expect(missingConsent(send.traits, { ...given, kept: false })).toBe('keep');
    expect(missingConsent(send.traits, given)).toBe('publication');
    expect(missingConsent(send.traits, { ...given, publication: 'confidential' })).toBeNull();
  });

  it('holds everything that was said before it reads back, publishes or sends', () => {
    const needs: readonly PromptId[] = ['others', 'sieve', 'read-back', 'read-back-check', 'publication'];
    expect(where(({ needsRecordings }) => needsRecordings === true)).toEqual(
      expect.arrayContaining([...needs, 'publication-sure', 'names-found', 'standing', 'send']),
    );
  });

  it.each(PROMPT_IDS.filter((id) => PROMPT[id].options !== undefined))('needs a phrase to agree by voice: %s', (id) => {
    const { traits } = PROMPT[id];
    const proof = (value: string) => proofOf(traits, { kind: 'choice', value, number: 1 });
    for (const value of AGREES[id] ?? []) expect(proof(value), value).toBe('phrase');
    expect(proof('danger')).toBe(id === 'hello' ? 'none' : 'yes');
  });

  it('that says nothing of its choices needs a phrase for each', () => {
    const traits = { kind: 'step', guarded: true, consent: 'keep' } as const;
    expect(proofOf(traits, { kind: 'choice', value: 'yes', number: 1 })).toBe('phrase');
  });
});
